"""Exclusions: what each row becomes in the older words and in today's, and what is set aside."""

from pathlib import Path

import pytest

from conformed import body_of, conform_invented, conform_one, extract_of, values
from headwater.sources import contract
from headwater.sources.schools import SOURCE
from headwater.sources.schools.invented import invent

OLDER = ("year", "level", "la_name", "school_type", "num_schools", "headcount", "perm_excl", "perm_excl_rate", "fixed_excl",
         "fixed_excl_rate", "one_plus_fixed", "one_or_more_fixed_excl_rate")  # fmt: skip
TODAY = ("time_period", "geographic_level", "country_code", "region_code", "region_name", "old_la_code", "new_la_code", "la_name",
         "school_type", "headcount", "perm_excl", "perm_excl_rate", "suspension", "susp_rate", "one_plus_susp",
         "one_plus_susp_rate")  # fmt: skip
BY_REASON = ("year", "level", "country_code", "region_code", "region_name", "old_la_code", "new_la_code", "la_name", "school_type",
             "perm_physical_pupils", "perm_theft", "fixed_physical_pupils", "fixed_theft")  # fmt: skip
LEEDS = (201617, "Local authority", "Leeds", "Secondary", 41, 44_000, 5, 0.01, 1_200, 2.7, 700, 1.6)


def test_an_older_row_becomes_six_figures_under_todays_names(tmp_path: Path):
    account, rows, _ = conform_one(SOURCE, "exclusions.csv", body_of(OLDER, LEEDS), tmp_path)
    assert (account.dataset, account.conformed) == ("schools.exclusions", 1)
    assert {row["measure"]: (row["value"], row["unit"]) for row in rows} == {
        "exclusions.permanent": (5, "permanent exclusions"),
        "exclusions.permanent-rate": (0.01, "per 100 pupils"),
        "suspensions": (1_200, "suspensions"),
        "suspensions-rate": (2.7, "per 100 pupils"),
        "suspended-pupils": (700, "pupils"),
        "suspended-pupils-rate": (1.6, "per 100 pupils"),
    }
    assert {
        (r["period"], r["first_month"], r["last_month"], r["area_code"], r["group"], r["denominator"]) for r in rows
    } == {("2016-17", "2016-09", "2017-08", "E08000035", "school=secondary", 44_000)}
    assert {row["release"] for row in rows} == {"years to 2016-17"}


@pytest.mark.parametrize(("header", "status"), [(OLDER, "c"), (TODAY, "x")])
def test_x_was_one_or_two_pupils_and_is_now_no_figure(tmp_path: Path, header: tuple[str, ...], status: str):
    older = (201617, "Local authority", "Leeds", "Total", 9, 100, "x", "x", 3, 3, 3, 3)
    today = (201920, "Local authority", "E92000001", "E12000003", "Yorkshire and The Humber", 383, "E08000035", "Leeds", "Total",
             100, "x", "x", 3, 3, 3, 3)  # fmt: skip
    _, rows, _ = conform_one(SOURCE, "e.csv", body_of(header, older if header is OLDER else today), tmp_path)
    assert [(r["value"], r["status"]) for r in rows if r["measure"] == "exclusions.permanent"] == [(None, status)]


def test_a_name_means_the_authority_of_its_time(tmp_path: Path):
    rest = ("Total", 9, 100, 3, 3, 3, 3, 3, 3)
    body = body_of(OLDER, (201617, "Local authority", "Dorset", *rest), (201920, "Local authority", "Dorset", *rest))
    _, rows, _ = conform_one(SOURCE, "e.csv", body, tmp_path)
    assert {(r["period"], r["area_code"], r["level"]) for r in rows} == {
        ("2016-17", "E10000009", "utla18"),
        ("2019-20", "E06000059", "utla23"),
    }


def test_what_cannot_be_read_is_set_aside_with_its_line_and_never_its_cells(tmp_path: Path):
    body = body_of(
        OLDER,
        LEEDS,
        (201618, *LEEDS[1:]),
        (201617, "School", *LEEDS[2:]),
        (201617, "Region", "NULL", *LEEDS[3:]),
        (201617, "Local authority", "Ledes", *LEEDS[3:]),
        (*LEEDS[:3], "Nursery", *LEEDS[4:]),
        (*LEEDS[:6], "many", *LEEDS[7:]),
        LEEDS,
        (*LEEDS[:6], 6, *LEEDS[7:]),
        LEEDS[:5],
        (201112, "Local authority", "North Northamptonshire", *LEEDS[3:]),
    )
    account, _, aside = conform_one(SOURCE, "e.csv", body, tmp_path)
    assert (account.conformed, account.duplicates) == (1, 1)
    assert sorted(aside) == [
        (3, "'time_period' is not a year such as 2016/17"),
        (4, "'geographic_level' is not national, regional or local authority"),
        (5, "'la_name' names no area"),
        (6, "'la_name' is no authority known"),
        (7, "'school_type' is not one of the kinds of school in the contract"),
        (8, "'perm_excl' is neither a number nor one of the marks in the contract"),
        (10, "the same area and school appears earlier in the file with other contents"),
        (11, "the row has fewer fields than the header"),
        (12, "'la_name' is an authority that did not exist then"),
    ]


def test_each_reason_is_a_group_and_a_reason_nobody_has_met_keeps_its_own_name(tmp_path: Path):
    header = (*BY_REASON[:-2], "susp_physical_pupils", "susp_offensive_weapon", "susp_offensive_weapon_perc")
    where = (
        "Local authority",
        "E92000001",
        "E12000003",
        "Yorkshire and The Humber",
        383,
        "E08000035",
        "Leeds",
        "Total",
    )
    body = body_of(header, (202122, *where, 1, 2, 3, 4, 0.5))
    _, rows, _ = conform_one(SOURCE, "r.csv", body, tmp_path)
    assert {(r["measure"], r["group"]): r["value"] for r in rows} == {
        ("exclusions.permanent", "reason=assault-pupil"): 1,
        ("exclusions.permanent", "reason=theft"): 2,
        ("suspensions", "reason=assault-pupil"): 3,
        ("suspensions", "reason=offensive-weapon"): 4,
    }


def test_a_code_out_of_date_gives_way_to_the_one_that_followed_it(tmp_path: Path):
    where = ("LOCAL AUTHORITY", "E92000001", "E12000001", "North East", 390, "E08000020", "Gateshead", "Special")
    body = body_of(BY_REASON, (201112, *where, 1, 1, 1, "x"), (201617, *where, 1, 1, 1, 1))
    _, rows, _ = conform_one(SOURCE, "r.csv", body, tmp_path)
    assert {(r["period"], r["area_code"], r["level"]) for r in rows} == {
        ("2011-12", "E08000020", "utla12"),
        ("2016-17", "E08000037", "utla23"),
    }
    assert values(rows, status="c") == [None]


def test_an_authority_without_a_code_is_known_by_its_number(tmp_path: Path):
    row = (
        200607,
        "LOCAL AUTHORITY",
        "E92000001",
        "E12000006",
        "East of England",
        820,
        ".",
        "Bedfordshire (Pre LGR 2009)",
    )
    _, rows, _ = conform_one(SOURCE, "r.csv", body_of(BY_REASON, (*row, "Total", 1, 1, 1, 1)), tmp_path)
    assert {(r["area_code"], r["level"]) for r in rows} == {("E10000001", "utla08")}


def test_a_later_table_is_a_series_of_its_own(tmp_path: Path):
    first = extract_of(SOURCE, "a.csv", body_of(OLDER, LEEDS), tmp_path)
    later = extract_of(SOURCE, "b.csv", body_of(OLDER, LEEDS, (201718, *LEEDS[1:])), tmp_path)
    assert (first.producer, later.producer) == ("dfe-years-to-2016-17", "dfe-years-to-2017-18")


def test_the_break_of_2020_is_on_record_for_reasons_alone():
    assert [told.month for told in contract("schools.reasons").breaks] == ["2020-09"]
    assert contract("schools.exclusions").breaks == ()


def test_the_pretend_tables_conform_whole_and_come_out_the_same_again(tmp_path: Path):
    for _, rows in conform_invented(SOURCE, invent, tmp_path):
        assert {row["area_code"][:3] for row in rows} == {"Z07"}
    assert any(row["status"] == "c" for row in rows), "one or two pupils are withheld, as they were"
