"""Columns tell which areas a file is about, in either style."""

import pytest

from headwater.sources.levels import columns_of


def levels(*header: str) -> list[str]:
    return [named.level for named in columns_of(header).levels]


def test_both_styles_are_understood():
    ours = ("lsoa21_code", "lsoa21_name", "ward24_name", "ward24_code", "ltla24_name", "ltla24_code")
    portal = ("LSOA21CD", "LSOA21NM", "WD24CD", "WD24NM", "LAD24CD", "LAD24NM", "ObjectId")
    assert levels(*ours) == levels(*portal) == ["lsoa21", "ward24", "ltla24"]


@pytest.mark.parametrize(
    "other", ["sicbl24_code_nhs", "LSOA21NMW", "OA21CD", "total_population", "prop", "RUC", "imd25_extent", "lsoa_code"]
)
def test_what_is_not_a_code_of_a_known_level_is_passed_over(other: str):
    assert levels(other) == []


def test_the_finest_level_leads_and_earlier_years_come_first():
    columns = columns_of(("ltla22_code", "lsoa21_code", "CHGIND", "lsoa11_code"))
    assert [named.level for named in columns.levels] == ["lsoa11", "lsoa21", "ltla22"]
    assert [(child.level, parent.level) for child, parent in columns.steps] == [
        ("lsoa11", "lsoa21"),
        ("lsoa21", "ltla22"),
    ]
    assert columns.change == "CHGIND"


def test_a_district_leads_to_every_coarser_area_of_its_row():
    steps = columns_of(("PFA24CD", "LAD24CD", "CSP24CD")).steps
    assert [(child.level, parent.level) for child, parent in steps] == [("ltla24", "csp24"), ("ltla24", "pfa24")]


def test_a_rural_urban_class_is_named_by_its_classification():
    columns = columns_of(("lsoa21_code", "ruc21_code", "classification", "ruc"))
    assert [(named.level, named.name) for named in columns.levels] == [("lsoa21", None), ("ruc21", "classification")]
