"""Membership against a slow, obvious account of the same thing in fractions."""

from collections import defaultdict
from fractions import Fraction

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.engine.tables import TABLES
from headwater.places import WHOLE, Atlas
from headwater.vocabulary import Level, Place

FORCE = Place("Z23000001", "All", Level.FORCE)


@st.composite
def counties(draw: st.DrawFn) -> tuple[dict[str, list[str]], dict[str, str], dict[str, int]]:
    """Old LSOAs and their heirs, the district of each heir, and its residents."""
    heirs = [f"Z01{n:06d}" for n in range(100, 100 + draw(st.integers(1, 8)))]
    old = {
        f"Z01{n:06d}": draw(st.lists(st.sampled_from(heirs), min_size=1, max_size=4, unique=True))
        for n in range(draw(st.integers(1, 6)))
    }
    district = {heir: f"Z07{draw(st.integers(1, 3)):06d}" for heir in heirs}
    return old, district, {heir: draw(st.integers(0, 3000)) for heir in heirs}


def table(name: str, rows: list[tuple[object, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(TABLES[name])
    return pa.table([list(cells) for cells in columns], schema=TABLES[name])


def build(old: dict[str, list[str]], district: dict[str, str], people: dict[str, int]) -> Atlas:
    links: list[tuple[object, ...]] = [
        ("lsoa11", code, "lsoa21", heir, "S" if len(heirs) > 1 else "M")
        for code, heirs in old.items()
        for heir in heirs
    ]
    links += [("lsoa21", heir, "ltla24", code, None) for heir, code in district.items()]
    links += [("ltla24", code, "pfa24", FORCE.code, None) for code in sorted(set(district.values()))]
    counted = [(code, "lsoa21", 2021, None, None, None, None, n, "Census 2021") for code, n in people.items()]
    return Atlas(areas=table("areas", []), links=table("links", links), population=table("population", counted))


def by_hand(
    old: dict[str, list[str]], place: dict[str, str], people: dict[str, int]
) -> dict[tuple[str, str], Fraction]:
    """The share of each code that falls in each place: residents of its heirs there, over residents of all its heirs."""
    shares: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for code, heirs in old.items():
        everyone = sum(people[heir] for heir in heirs)
        for heir in heirs:
            shares[code, place[heir]] += Fraction(people[heir], everyone) if everyone else Fraction(1, len(heirs))
    for heir in people:
        shares[heir, place[heir]] = Fraction(1)
    return shares


@settings(max_examples=60, deadline=None)
@given(counties())
def test_membership_agrees_with_the_hand_count(county: tuple[dict[str, list[str]], dict[str, str], dict[str, int]]):
    old, district, people = county
    atlas = build(old, district, people)
    for level, place in ((Level.DISTRICT, district), (Level.LSOA, {heir: heir for heir in people})):
        expected = by_hand(old, place, people)
        rows = atlas.membership(level, FORCE).to_pylist()
        assert {(row["area_code"], row["place_code"]) for row in rows} == set(expected)
        totals: dict[str, int] = defaultdict(int)
        for row in rows:
            share = expected[row["area_code"], row["place_code"]]
            totals[row["area_code"]] += row["weight"]
            assert abs(row["weight"] - share * WHOLE) < 4  # each of up to four heirs is rounded by less than one
            assert row["carried"] == (row["weight"] < WHOLE)
        assert set(totals.values()) == {WHOLE}


@settings(max_examples=30, deadline=None)
@given(counties())
def test_the_parts_of_a_county_add_up_to_the_whole(county: tuple[dict[str, list[str]], dict[str, str], dict[str, int]]):
    old, district, people = county
    atlas = build(old, district, people)
    whole = {(r["area_code"], r["place_code"], r["weight"]) for r in atlas.membership(Level.LSOA, FORCE).to_pylist()}
    parts = [atlas.membership(Level.LSOA, place).to_pylist() for place in atlas.within(FORCE, Level.DISTRICT)]
    assert {(r["area_code"], r["place_code"], r["weight"]) for rows in parts for r in rows} == whole
    assert atlas.population(Level.FORCE, FORCE).people == {FORCE.code: sum(people.values())}
