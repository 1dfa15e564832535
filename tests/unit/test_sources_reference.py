"""The reference sources: what each row becomes, what is set aside, and that every row is accounted for."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pyarrow.parquet as pq
import pytest
import shapely

from headwater.engine import Engine
from headwater.engine.tables import TABLES
from headwater.sources import Account, Extract, Source
from headwater.sources.deprivation import SOURCE as DEPRIVATION
from headwater.sources.ons_places import SOURCE as PLACES
from headwater.sources.populations import SOURCE as POPULATIONS
from headwater.vocabulary import BadInput

Rows = dict[str, list[dict[str, Any]]]
Conform = Callable[..., tuple[Account, Rows]]
NO_ENGINE = cast("Engine", None)


def extract(source: Source, name: str, body: str, path: Path) -> Extract:
    """A file as the room's door would hand it on."""
    path.write_text(body, encoding="utf-8", newline="\n")
    if name.endswith(".geojson"):
        features = json.loads(body)["features"]
        header, rows = tuple(features[0]["properties"]), len(features)
    else:
        header, rows = tuple(body.splitlines()[0].replace('"', "").split(",")), len(body.splitlines()) - 1
    known = source.recognise(name, header, path)
    assert known is not None, f"{name} was not recognised"
    digest = hashlib.sha256(body.encode()).hexdigest()
    return Extract(name=name, path=path, dataset=known.dataset, producer=known.producer, month=known.month, rows=rows,
                   size=len(body), sha256=digest, header=header)  # fmt: skip


@pytest.fixture
def conform(tmp_path: Path) -> Conform:
    def run(source: Source, *files: tuple[str, str]) -> tuple[Account, Rows]:
        extracts = [extract(source, name, body, tmp_path / f"{n}.data") for n, (name, body) in enumerate(files)]
        account = source.conform(extracts[0].dataset, extracts, NO_ENGINE, tmp_path / "out")
        assert account.landed == sum(one.rows for one in extracts)
        tables = {path.stem: pq.read_table(path) for path in (tmp_path / "out").glob("*.parquet")}
        assert set(tables) == {*source.contracts[account.dataset].tables, "quarantine"}
        assert all(table.schema == TABLES[name] for name, table in tables.items())
        return account, {name: table.to_pylist() for name, table in tables.items()}

    return run


def lines(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def reasons(rows: Rows) -> list[tuple[int, str]]:
    return [(row["line"], row["reason"]) for row in rows["quarantine"]]


# --- look-ups


def test_a_look_up_gives_areas_and_links(conform: Conform):
    body = lines("lsoa11_name,lsoa11_code,change_code,lsoa21_name,lsoa21_code,ltla22_name,ltla22_code",
                 "A 001A,E01000001,S,A 001C,E01000011,A,E07000001", "A 001A,E01000001,S,A 001D,E01000012,A,E07000001")  # fmt: skip
    account, rows = conform(PLACES, ("any name.csv", body))
    assert (account.conformed, account.quarantined, account.duplicates) == (2, 0, 0)
    assert [tuple(row.values()) for row in rows["links"]] == [
        ("lsoa11", "E01000001", "lsoa21", "E01000011", "S"),
        ("lsoa21", "E01000011", "ltla22", "E07000001", None),
        ("lsoa11", "E01000001", "lsoa21", "E01000012", "S"),
        ("lsoa21", "E01000012", "ltla22", "E07000001", None),
    ]
    assert {(row["level"], row["area_code"], row["name"]) for row in rows["areas"]} == {
        ("lsoa11", "E01000001", "A 001A"),
        ("lsoa21", "E01000011", "A 001C"),
        ("lsoa21", "E01000012", "A 001D"),
        ("ltla22", "E07000001", "A"),
    }


def test_what_cannot_be_a_link_is_set_aside_with_its_line(conform: Conform):
    body = lines("LSOA21CD,LSOA21NM,LAD24CD,LAD24NM", "E01000001,A 001A,E07000001,A", "S01000001,B,S12000001,B",
                 "oops,C,E07000001,A", ",D,E07000001,A", "E01000002,E,,", "E01000003,F", "E01000001,A 001A,E07000001,A")  # fmt: skip
    account, rows = conform(PLACES, ("x.csv", body))
    assert (account.conformed, account.quarantined, account.duplicates) == (1, 5, 1)
    assert reasons(rows) == [
        (3, "the area is outside England and Wales"),
        (4, "'LSOA21CD' is not a nine-character area code"),
        (5, "'LSOA21CD' is empty"),
        (6, "the row names no area that this one lies in"),
        (7, "the row has fewer fields than the header"),
    ]
    assert account.notes == ("1 rows are for areas outside England and Wales",)
    assert "oops" not in str(rows["quarantine"])


def test_a_blank_parent_is_passed_over(conform: Conform):
    body = lines("lsoa21_code,icb24_code,ltla24_code", "W01000001,,W06000001")
    account, rows = conform(PLACES, ("x.csv", body))
    assert account.conformed == 1
    assert [row["parent_level"] for row in rows["links"]] == ["ltla24"]


def test_a_change_that_is_not_one_is_set_aside(conform: Conform):
    _, rows = conform(PLACES, ("x.csv", lines("lsoa11_code,lsoa21_code,CHGIND", "E01000001,E01000001,Q")))
    assert reasons(rows) == [(2, "'CHGIND' is not U, S, M or X")]


def test_a_rural_urban_class_is_one_more_area(conform: Conform):
    body = lines("lsoa21_code,ruc21_code,classification,ruc", "E01000001,UN1,Urban: nearer,Urban")
    _, rows = conform(PLACES, ("ruc.csv", body))
    assert ("ruc21", "UN1", "Urban: nearer") in {(row["level"], row["area_code"], row["name"]) for row in rows["areas"]}
    assert [row["parent_code"] for row in rows["links"]] == ["UN1"]


def test_the_same_link_in_two_files_is_written_once(conform: Conform):
    wards = lines("lsoa21_code,ward24_code,ltla24_code", "E01000001,E05000001,E07000001")
    districts = lines("lsoa21_code,ltla24_code", "E01000001,E07000001")
    account, rows = conform(PLACES, ("b.csv", wards), ("a.csv", districts))
    assert (account.conformed, len(rows["links"])) == (2, 2)


def test_the_series_of_a_file_is_its_levels(tmp_path: Path):
    def series(*header: str) -> str:
        known = PLACES.recognise("x.csv", header, tmp_path)
        assert known is not None
        return known.producer

    assert (
        series("LAD24CD", "LSOA21CD", "WD24CD")
        == series("lsoa21_code", "ward24_code", "ltla24_code")
        == "ons-lsoa21-ward24-ltla24"
    )


# --- boundaries


def geojson(*features: tuple[str, str, Any]) -> str:
    made = [
        {"type": "Feature", "properties": {"LSOA21CD": code, "LSOA21NM": name}, "geometry": shape}
        for code, name, shape in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": made})


def polygon(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[*points, points[0]]]}


SQUARE = polygon((0, 51), (1, 51), (1, 52), (0, 52))


def test_an_outline_is_kept_as_it_is(conform: Conform):
    account, rows = conform(PLACES, ("b.geojson", geojson(("E01000001", "A", SQUARE))))
    (row,) = rows["boundaries"]
    assert (account.conformed, row["level"], row["area_code"], row["name"]) == (1, "lsoa21", "E01000001", "A")
    assert shapely.from_wkb(row["wkb"]).equals(shapely.box(0, 51, 1, 52))


def test_an_outline_that_crosses_itself_is_repaired_and_said(conform: Conform):
    bow_tie = polygon((0, 51), (1, 52), (1, 51), (0, 52))
    account, rows = conform(PLACES, ("b.geojson", geojson(("E01000001", "A", bow_tie))))
    outline = shapely.from_wkb(rows["boundaries"][0]["wkb"])
    assert outline.is_valid
    assert outline.area == pytest.approx(0.5)
    assert any("crossed themselves" in note for note in account.notes)


def test_pieces_of_one_area_are_put_together_and_copies_are_not(conform: Conform):
    other = polygon((5, 51), (6, 51), (6, 52), (5, 52))
    account, rows = conform(
        PLACES,
        ("b.geojson", geojson(("E01000001", "A", SQUARE), ("E01000001", "A", other), ("E01000001", "A", SQUARE))),
    )
    assert (account.conformed, account.duplicates) == (2, 1)
    (row,) = rows["boundaries"]
    assert shapely.from_wkb(row["wkb"]).area == pytest.approx(2)


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        (None, "the feature has no outline"),
        ({"type": "Point", "coordinates": [0, 51]}, "the feature has no outline"),
        ({"type": "Polygon", "coordinates": []}, "the feature has no outline"),
        ({"type": "Polygon", "coordinates": [[[0, 51], [1, "x"]]]}, "the outline cannot be read"),
        (polygon((400_000, 560_000), (400_001, 560_000), (400_001, 560_001)), "the outline is not in longitude and latitude (EPSG:4326)"),
    ],
)  # fmt: skip
def test_a_feature_without_a_usable_outline_is_set_aside(conform: Conform, shape: Any, reason: str):
    account, rows = conform(PLACES, ("b.geojson", geojson(("E01000001", "A", SQUARE), ("E01000002", "B", shape))))
    assert (account.conformed, reasons(rows)) == (1, [(3, reason)])


def test_boundaries_in_metres_are_refused_at_the_door(tmp_path: Path):
    body = geojson(("E01000001", "A", polygon((400_000, 560_000), (400_001, 560_000), (400_001, 560_001))))
    with pytest.raises(BadInput, match=r"metres of the National Grid.*EPSG:4326"):
        extract(PLACES, "b.geojson", body, tmp_path / "b")


# --- residents


AGES = ",".join([*map(str, range(90)), "90+"])


def test_single_years_become_rows_with_the_year_of_the_name(conform: Conform):
    counts = ["1"] * 90 + ["7"]
    body = lines(f"lsoa11_name,lsoa11_code,total_population,{AGES}", f"A,E01000001,97,{','.join(counts)}")
    account, rows = conform(POPULATIONS, ("folder/population20_lsoa11.csv", body))
    assert account.conformed == 1
    everyone, *ages = rows["population"]
    assert everyone == {"area_code": "E01000001", "level": "lsoa11", "year": 2020, "age_from": None, "age_to": None, "sex": None,
                        "ethnicity": None, "people": 97, "basis": "mid-2020 estimate"}  # fmt: skip
    assert [(row["age_from"], row["age_to"], row["people"]) for row in ages[:2]] == [(0, 0, 1), (1, 1, 1)]
    assert [(row["age_from"], row["age_to"], row["people"]) for row in ages[-1:]] == [(90, None, 7)]
    assert len(ages) == 91


def test_ages_that_do_not_add_up_or_are_not_numbers_are_set_aside(conform: Conform):
    good = ",".join(["1"] * 91)
    body = lines(f"lsoa11_code,total_population,{AGES}", f"E01000001,90,{good}", f"E01000002,91,{good.replace('1', 'x', 1)}",
                 f"E01000003,91,{good}", f"E01000003,91,{good}", f"E01000003,92,{good[:-1]}2")  # fmt: skip
    account, rows = conform(POPULATIONS, ("population19.csv", body))
    assert (account.conformed, account.duplicates) == (1, 1)
    assert reasons(rows) == [
        (2, "the single years of age do not add up to 'total_population'"),
        (3, "'0' is not a whole number"),
        (6, "the same area appears earlier in the file with other contents"),
    ]
    assert {row["year"] for row in rows["population"]} == {2019}


def test_ethnic_groups_become_words_and_everyone_is_counted_once(conform: Conform):
    body = lines("lsoa21_code,total_residents,ethnic_group,n,prop", 'E01000001,10,White,7,0.7',
                 'E01000001,10,"Asian, Asian British or Asian Welsh",3,0.3', "E01000001,11,Other ethnic group,1,0.1",
                 "E01000001,10,Martian,1,0.1")  # fmt: skip
    account, rows = conform(POPULATIONS, ("ethnicity21_lsoa21.csv", body))
    assert [(row["ethnicity"], row["people"]) for row in rows["population"]] == [(None, 10), ("white", 7), ("asian", 3)]
    assert {(row["year"], row["basis"]) for row in rows["population"]} == {(2021, "Census 2021")}
    assert reasons(rows) == [
        (4, "'total_residents' differs from an earlier row of the same area"),
        (5, "'ethnic_group' is not one of the groups in the contract"),
    ]
    assert account.conformed == 2


def test_sexes_must_add_up(conform: Conform):
    body = lines(
        "ltla21_code,total_population,total_females,total_males,younger_females",
        "E06000001,10,6,4,1",
        "E06000002,10,6,5,1",
    )
    _, rows = conform(POPULATIONS, ("age_gender21_ltla21_ew.csv", body))
    assert [(row["sex"], row["people"]) for row in rows["population"]] == [(None, 10), ("female", 6), ("male", 4)]
    assert reasons(rows) == [(3, "females and males do not add up to 'total_population'")]


def test_a_name_without_a_year_is_refused_with_the_name_to_give_it(tmp_path: Path):
    with pytest.raises(
        BadInput, match=r"residents\.csv holds residents by sex.*its name does not say of which year.*age_gender21"
    ):
        POPULATIONS.recognise(
            "residents.csv", ("ltla21_code", "total_population", "total_females", "total_males"), tmp_path
        )


def test_other_files_are_not_taken_for_residents(tmp_path: Path):
    assert POPULATIONS.recognise("population20.csv", ("lsoa21_code", "ltla24_code"), tmp_path) is None
    assert POPULATIONS.recognise("population20.csv", ("total_population", "0", "1"), tmp_path) is None


# --- deprivation


def test_each_domain_is_a_row(conform: Conform):
    body = lines("lsoa21_code,IMD_decile,Crime_decile,IMD_rank,Crime_rank,IMD_score,Crime_score", "E01000001,8,9,26525,30000,8.742,-1.771",
                 "W01000001,8,9,1,2,3,4", "E01000002,8,9,first,2,3,4", "E01000003,8,9,1,2,high,4")  # fmt: skip
    account, rows = conform(DEPRIVATION, ("imd.csv", body))
    assert account.dataset == "deprivation.imd_2025"
    assert [tuple(row.values()) for row in rows["context"]] == [
        ("E01000001", "lsoa21", "IMD 2025", "overall", 8.742, 26525, 8),
        ("E01000001", "lsoa21", "IMD 2025", "crime", -1.771, 30000, 9),
    ]
    assert reasons(rows) == [
        (3, "'lsoa21_code' is not in the country of IMD 2025"),
        (4, "'IMD_rank' is not a whole number"),
        (5, "'IMD_score' is not a number"),
    ]


@pytest.mark.parametrize(
    ("header", "dataset"),
    [
        ("lsoa11_code,IMD_decile,IMD_rank,Housing_and_Access_rank", "deprivation.imd_2019"),
        (("LSOA code (2011),Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
         "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)"), "deprivation.imd_2019"),
        ("lsoa11_code,IMD_decile,IMD_rank,Housing_rank,Access_rank", "deprivation.wimd_2019"),
        ("lsoa21_code,IMD_decile,IMD_rank", "deprivation.imd_2025"),
        ("ltla24_code,imd_average_score,imd_rank_of_average_score", "deprivation.imd_2025_districts"),
        ("ltla22_code,Score,Proportion,Extent", "deprivation.imd_2019_districts"),
    ],
)  # fmt: skip
def test_each_index_is_known_by_its_columns(tmp_path: Path, header: str, dataset: str):
    known = DEPRIVATION.recognise("x.csv", tuple(header.split(",")), tmp_path)
    assert known is not None
    assert known.dataset == dataset


def test_a_district_has_an_average_score_and_its_rank_and_no_other_average(conform: Conform):
    body = lines("ltla24_code,imd_average_rank,imd_average_score,imd_rank_of_average_score,income_average_score,imd25_extent",
                 "E06000001,23075.98,37.58,6,0.357,0.5")  # fmt: skip
    _, rows = conform(DEPRIVATION, ("x.csv", body))
    assert [tuple(row.values())[3:] for row in rows["context"]] == [
        ("overall", 37.58, 6, None),
        ("income", 0.357, None, None),
    ]


# --- all three


@pytest.mark.parametrize("source", [PLACES, POPULATIONS, DEPRIVATION], ids=lambda source: source.name)
def test_a_file_of_police_data_belongs_to_none_of_them(source: Source, tmp_path: Path):
    header = ("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
              "Crime type", "Last outcome category", "Context")  # fmt: skip
    assert source.recognise("2024-01/2024-01-cleveland-street.csv", header, tmp_path) is None


def test_the_same_files_give_the_same_bytes(tmp_path: Path):
    body = lines(
        "lsoa21_code,lsoa21_name,ltla24_code,ltla24_name",
        *(f"E0100{n:04d},A {n},E0700000{n % 3},B{n % 3}" for n in range(200)),
    )
    once = extract(PLACES, "x.csv", body, tmp_path / "x")
    for out in ("one", "two"):
        PLACES.conform(once.dataset, [once], NO_ENGINE, tmp_path / out)
    for name in ("areas", "links", "quarantine"):
        assert (tmp_path / "one" / f"{name}.parquet").read_bytes() == (
            tmp_path / "two" / f"{name}.parquet"
        ).read_bytes()
