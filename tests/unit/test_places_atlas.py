"""A county of six LSOAs, small enough to check by eye.

LSOA 2011            LSOA 2021      ward   district
Z01000001  U   ->    Z01000001      W1     East
Z01000002  S   ->    Z01000011      W1     East      300 people
                     Z01000012      W1     East      100
Z01000003  X   ->    Z01000013      W2     East      150
                     Z01000014      W3     West       50
Z01000004  M   ->    Z01000015      W3     West
Z01000005  M   ->    Z01000015
"""

from typing import Any

import pyarrow as pa
import pytest
import shapely

from headwater.engine.tables import TABLES
from headwater.places import Atlas, DeprivedArea
from headwater.vocabulary import Level, Place, WrongRequest

EAST, WEST = "Z07000001", "Z07000002"
FORCE = "Z23000001"
WARDS = {"W1": "Z05000001", "W2": "Z05000002", "W3": "Z05000003"}
CHANGES = [("01", "01", "U"), ("02", "11", "S"), ("02", "12", "S"), ("03", "13", "X"), ("03", "14", "X"),
           ("04", "15", "M"), ("05", "15", "M")]  # fmt: skip
NESTED = {"01": ("W1", EAST), "11": ("W1", EAST), "12": ("W1", EAST), "13": ("W2", EAST), "14": ("W3", WEST),
          "15": ("W3", WEST)}  # fmt: skip
PEOPLE = {"01": 500, "11": 300, "12": 100, "13": 150, "14": 50, "15": 700}


def lsoa(end: str) -> str:
    return f"Z010000{end}"


def table(name: str, rows: list[tuple[Any, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(TABLES[name])
    return pa.table(
        [pa.array(cells, field.type) for cells, field in zip(columns, TABLES[name], strict=True)], schema=TABLES[name]
    )


def links() -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = [("lsoa11", lsoa(old), "lsoa21", lsoa(new), how) for old, new, how in CHANGES]
    for end, (ward, district) in NESTED.items():
        rows += [("lsoa21", lsoa(end), "ward24", WARDS[ward], None), ("lsoa21", lsoa(end), "ltla24", district, None)]
    for district in (EAST, WEST):
        rows.append(("ltla24", district, "pfa24", FORCE, None))
    rows += [("ltla24", EAST, "csp24", "Z22000001", None), ("ltla24", WEST, "csp24", "Z22000002", None)]
    rows += [("ltla24", WEST, "csp24", "Z22000003", None), ("ltla23", EAST, "utla23", "Z10000001", None)]
    return rows


def areas() -> list[tuple[Any, ...]]:
    rows = [
        ("lsoa21", lsoa(end), f"{'East' if district == EAST else 'West'} 001{letter}")
        for letter, (end, (_, district)) in zip("ABCDEF", NESTED.items(), strict=True)
    ]
    rows += [("ltla24", EAST, "East"), ("ltla24", WEST, "West-on-Sea"), ("pfa24", FORCE, "Aldermere")]
    rows += [("ward24", code, ward) for ward, code in WARDS.items()]
    rows += [("csp24", "Z22000001", "East"), ("csp24", "Z22000002", "West Town"), ("csp24", "Z22000003", "West Coast")]
    return [*rows, ("ltla23", EAST, "East"), ("ltla22", "Z07000009", "Old Marsh"), ("utla23", "Z10000001", "Eastshire")]


def residents(counts: dict[str, int] = PEOPLE) -> list[tuple[Any, ...]]:
    return [(lsoa(end), "lsoa21", 2021, None, None, None, None, n, "Census 2021") for end, n in counts.items()]


def square(x: float, y: float, size: float = 0.01) -> bytes:
    return shapely.to_wkb(shapely.box(x, y, x + size, y + size))


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    ages = [("Z01000001", "lsoa11", 2020, 9, 9, 5), ("Z01000001", "lsoa11", 2020, 10, 10, 7),
            ("Z01000002", "lsoa11", 2020, 90, None, 4), ("Z01000003", "lsoa11", 2020, 18, 24, 8),
            ("Z01000004", "lsoa11", 2020, 30, 30, 2), ("Z01000005", "lsoa11", 2020, 30, 30, 3)]  # fmt: skip
    population = residents()
    population += [(*row[:5], None, None, row[5], "mid-2020 estimate") for row in ages]
    population += [(lsoa("01"), "lsoa21", 2021, None, None, None, group, n, "Census 2021")
                   for group, n in (("white", 400), ("asian", 100))]  # fmt: skip
    population.append((lsoa("01"), "lsoa21", 2021, None, None, "female", None, 260, "Census 2021"))
    boundaries = [("lsoa21", lsoa("01"), "East 001A", square(0, 52)), ("ward22", WARDS["W1"], "W1", square(0, 52, 0.02)),
                  ("lsoa21", lsoa("15"), "West 001F", square(1, 53))]  # fmt: skip
    return Atlas(
        areas=table("areas", areas()),
        links=table("links", links()),
        population=table("population", population),
        boundaries=table("boundaries", boundaries),
    )


@pytest.fixture(scope="module")
def county(atlas: Atlas) -> Place:
    return atlas.find("Aldermere")


def weights(atlas: Atlas, level: Level, within: Place) -> dict[tuple[str, str], tuple[int, bool]]:
    rows = atlas.membership(level, within).to_pylist()
    return {(row["area_code"], row["place_code"]): (row["weight"], row["carried"]) for row in rows}


def test_a_split_lsoa_is_shared_by_the_residents_of_its_heirs(atlas: Atlas, county: Place):
    found = weights(atlas, Level.LSOA, county)
    assert found["Z01000002", "Z01000011"] == (750_000, True)
    assert found["Z01000002", "Z01000012"] == (250_000, True)


def test_a_split_inside_one_district_is_whole_there(atlas: Atlas, county: Place):
    assert weights(atlas, Level.DISTRICT, county)["Z01000002", EAST] == (1_000_000, False)


def test_an_irregular_change_across_districts_is_apportioned_at_both_levels(atlas: Atlas, county: Place):
    assert weights(atlas, Level.DISTRICT, county)["Z01000003", EAST] == (750_000, True)
    assert weights(atlas, Level.DISTRICT, county)["Z01000003", WEST] == (250_000, True)
    assert weights(atlas, Level.FORCE, county)["Z01000003", FORCE] == (1_000_000, False)


def test_merged_and_unchanged_codes_are_whole(atlas: Atlas, county: Place):
    found = weights(atlas, Level.LSOA, county)
    assert found["Z01000004", "Z01000015"] == found["Z01000005", "Z01000015"] == (1_000_000, False)
    assert found["Z01000001", "Z01000001"] == (1_000_000, False)


def test_only_what_falls_inside_is_given(atlas: Atlas):
    west = weights(atlas, Level.LSOA, atlas.find(WEST))
    assert {area for area, _ in west} == {"Z01000003", "Z01000004", "Z01000005", "Z01000014", "Z01000015"}
    assert west["Z01000003", "Z01000014"] == (250_000, True)


def test_membership_is_sorted_and_typed(atlas: Atlas, county: Place):
    found = atlas.membership(Level.WARD, county)
    keys = list(zip(found["area_code"].to_pylist(), found["place_code"].to_pylist(), strict=True))
    assert keys == sorted(keys)
    assert [str(field.type) for field in found.schema] == ["string", "string", "int64", "bool"]


def test_without_residents_shares_are_equal_and_the_atlas_says_so():
    atlas = Atlas(areas=table("areas", areas()), links=table("links", links()))
    assert weights(atlas, Level.LSOA, atlas.find(FORCE))["Z01000002", "Z01000011"] == (500_000, True)
    assert any("2 LSOAs" in note and "equally" in note for note in atlas.notes)


def test_areas_of_a_place_come_in_order_of_code(atlas: Atlas, county: Place):
    assert [place.name for place in atlas.within(county, Level.DISTRICT)] == ["East", "West-on-Sea"]
    assert [place.code for place in atlas.within(atlas.find(WEST), Level.LSOA)] == ["Z01000014", "Z01000015"]


def test_a_level_of_another_year_is_reached_by_identical_codes_and_noted(atlas: Atlas, county: Place):
    assert [place.name for place in atlas.within(county, Level.COUNTY)] == ["Eastshire"]
    assert any("district of 2024 is taken to be the district of 2023" in note for note in atlas.notes)


def test_a_partnership_that_is_part_of_a_district_is_listed_and_not_counted(atlas: Atlas, county: Place):
    assert [place.name for place in atlas.within(county, Level.CSP)] == ["East", "West Town", "West Coast"]
    with pytest.raises(WrongRequest, match="Z22000002, Z22000003"):
        atlas.membership(Level.CSP, county)
    with pytest.raises(WrongRequest, match="only part of a district"):
        atlas.within(atlas.find("West Coast"), Level.LSOA)


def test_a_partnership_that_is_a_whole_district_can_be_counted(atlas: Atlas):
    assert len(atlas.within(atlas.find("Z22000001"), Level.LSOA)) == 4


def test_a_level_with_no_look_up_is_refused_with_what_there_is(atlas: Atlas, county: Place):
    with pytest.raises(WrongRequest, match=r"region.*There are.*police force area"):
        atlas.within(county, Level.REGION)


def test_a_name_that_two_areas_share_asks_for_the_code(atlas: Atlas):
    with pytest.raises(WrongRequest, match=r"2 areas.*Z07000001.*Z22000001"):
        atlas.find("East")
    assert atlas.find("East", Level.DISTRICT).code == EAST


@pytest.mark.parametrize("typed", ["west on sea", "WEST-ON-SEA", " West-on-Sea ", "z07000002"])
def test_a_name_is_found_as_people_type_it(atlas: Atlas, typed: str):
    assert atlas.find(typed) == Place(WEST, "West-on-Sea", Level.DISTRICT)


def test_a_near_miss_is_offered(atlas: Atlas):
    with pytest.raises(WrongRequest, match="'Aldermere': is that it"):
        atlas.find("Aldermeer")


def test_an_area_no_longer_in_use_is_named_as_such(atlas: Atlas):
    with pytest.raises(WrongRequest, match="was a district of 2022"):
        atlas.find("Old Marsh")


def test_there_is_no_england_without_english_areas(atlas: Atlas):
    with pytest.raises(WrongRequest, match="no area called"):
        atlas.find("England and Wales")


@pytest.mark.parametrize(
    ("codes", "vintage"),
    [
        (["Z01000001"], "either"),
        (["Z01000001", "Z01000002", None], "lsoa11"),
        (["Z01000001", "Z01000011", "S01000001"], "lsoa21"),
        (["Z01000002", "Z01000011"], "mixed"),
        (["S01000001", None], "unknown"),
        ([], "unknown"),
    ],
)
def test_codes_tell_their_vintage(atlas: Atlas, codes: list[str | None], vintage: str):
    assert atlas.vintage(codes) == vintage


def test_residents_are_the_census_totals_added_up(atlas: Atlas, county: Place):
    found = atlas.population(Level.DISTRICT, county)
    assert found.people == {EAST: 1050, WEST: 750}
    assert (found.basis, found.year, found.converted, found.missing) == ("Census 2021", 2021, False, ())


def test_a_place_with_an_uncounted_lsoa_is_left_out_and_named(county: Place):
    counts = {end: n for end, n in PEOPLE.items() if end != "14"}
    atlas = Atlas(
        areas=table("areas", areas()), links=table("links", links()), population=table("population", residents(counts))
    )
    found = atlas.population(Level.DISTRICT, county)
    assert found.people == {EAST: 1050}
    assert found.missing == (WEST,)


def test_residents_of_an_earlier_census_are_carried_over_and_marked(county: Place):
    old = [(f"Z0100000{n}", "lsoa11", 2020, None, None, None, None, 101, "mid-2020 estimate") for n in range(1, 6)]
    atlas = Atlas(areas=table("areas", areas()), links=table("links", links()), population=table("population", old))
    districts = atlas.population(Level.DISTRICT, county)
    assert districts.people == {EAST: 253, WEST: 253}  # 101 + 101 + 50.5, and 50.5 + 101 + 101: a half goes up
    assert districts.converted
    assert not atlas.population(Level.FORCE, county).converted


def test_without_residents_the_question_is_refused(county: Place):
    atlas = Atlas(areas=table("areas", areas()), links=table("links", links()))
    with pytest.raises(WrongRequest, match="no residents by LSOA"):
        atlas.population(Level.DISTRICT, county)


def test_ages_are_banded_and_carried(atlas: Atlas, county: Place):
    found = atlas.ages(Level.DISTRICT, county)
    assert found.people[EAST] == {"0-9": 5, "10-17": 7, "18-24": 6, "25-34": 0, "35-49": 0, "50-64": 0, "65+": 4}
    assert found.people[WEST]["18-24"] == 2
    assert found.people[WEST]["25-34"] == 5
    assert (found.basis, found.converted) == ("mid-2020 estimate", True)


def test_ethnicity_is_of_the_place_alone(atlas: Atlas, county: Place):
    assert atlas.ethnicity(county) == {"asian": 100, "white": 400}
    assert atlas.ethnicity(atlas.find(WEST)) == {}


def deprived(rows: list[tuple[Any, ...]]) -> Atlas:
    return Atlas(areas=table("areas", areas()), links=table("links", links()), context=table("context", rows))


def test_the_newest_index_that_covers_the_place_is_used(county: Place):
    atlas = deprived([(lsoa("01"), "lsoa21", "IMD 2025", "overall", 30.5, 9, 1), (lsoa("01"), "lsoa21", "IMD 2025", "crime", 1.0, 8, 2),
                      ("Z01000001", "lsoa11", "IMD 2019", "overall", None, 5, 1), (EAST, "ltla24", "IMD 2025", "overall", 1.0, 1, None)])  # fmt: skip
    found = atlas.deprivation(county)
    assert (found.index, found.ranked) == ("IMD 2025", 33_755)
    assert found.areas == (DeprivedArea(lsoa("01"), 30.5, 9, 1),)
    assert len(found.missing) == 5


def test_a_part_of_a_split_lsoa_inherits_and_a_merged_one_does_not(county: Place):
    old = [(f"Z0100000{n}", "lsoa11", "IMD 2019", "overall", None, n, n) for n in range(1, 6)]
    found = deprived(old).deprivation(county)
    assert {area.code[-2:]: area.rank for area in found.areas} == {"01": 1, "11": 2, "12": 2, "13": 3, "14": 3}
    assert found.inherited == tuple(lsoa(end) for end in ("11", "12", "13", "14"))
    assert found.missing == (lsoa("15"),)


def test_england_and_wales_have_no_one_index():
    codes = ["E01000001", "W01000001"]
    atlas = Atlas(
        areas=table("areas", [("lsoa21", code, f"Place 001{code[0]}") for code in codes]),
        links=table("links", [("lsoa21", code, "pfa24", "E23000001", None) for code in codes]),
    )
    assert [place.code for place in atlas.within(atlas.find("England and Wales"), Level.COUNTRY)] == [
        "E92000001",
        "W92000004",
    ]
    with pytest.raises(WrongRequest, match="no one index across England and Wales"):
        atlas.deprivation(atlas.find("K04000001"))


def test_an_msoa_without_a_look_up_is_told_by_name(county: Place):
    named = [*areas(), ("msoa21", "Z02000001", "East 001"), ("msoa21", "Z02000002", "West 001")]
    atlas = Atlas(areas=table("areas", named), links=table("links", links()))
    assert [place.name for place in atlas.within(county, Level.MSOA)] == ["East 001", "West 001"]
    assert any("by the names of its LSOAs" in note for note in atlas.notes)


def test_shapes_are_in_metres_from_the_middle_of_the_place(atlas: Atlas, county: Place):
    east, west = atlas.shapes(Level.LSOA, county)
    assert (east.code, west.name) == (lsoa("01"), "West 001F")
    ring = east.rings[0]
    assert ring[0] == ring[-1]
    assert all(x == round(x) and y == round(y) for x, y in ring)
    xs, ys = zip(*ring, strict=True)
    assert max(ys) - min(ys) == pytest.approx(0.01 * 111_195, abs=1)
    assert max(xs) - min(xs) == pytest.approx(0.01 * 111_195 * 0.6088, abs=2)  # cos of 52.505 degrees
    assert max(xs) < 0 < min(x for x, _ in west.rings[0])


def test_maps_of_two_levels_lie_on_one_sheet_and_an_older_outline_stands_in(atlas: Atlas, county: Place):
    (ward,) = atlas.shapes(Level.WARD, county)
    lsoa_ring, ward_ring = atlas.shapes(Level.LSOA, county)[0].rings[0], ward.rings[0]
    assert min(lsoa_ring) == min(ward_ring)
    assert [place.name for place in atlas.unmapped(Level.WARD, county)] == ["W2", "W3"]


def test_outer_rings_turn_left_and_holes_right():
    holed = shapely.Polygon(
        [(0, 52), (0, 53), (1, 53), (1, 52)], [[(0.2, 52.2), (0.8, 52.2), (0.8, 52.8), (0.2, 52.8)]]
    )
    atlas = Atlas(
        areas=table("areas", areas()),
        links=table("links", links()),
        boundaries=table("boundaries", [("pfa24", FORCE, "Aldermere", shapely.to_wkb(holed))]),
    )
    (shape,) = atlas.shapes(Level.FORCE, atlas.find(FORCE))
    assert [shapely.LinearRing(ring).is_ccw for ring in shape.rings] == [True, False]
