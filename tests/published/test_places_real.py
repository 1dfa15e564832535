"""The real files of England and Wales, against figures that their publishers print."""

import gzip
import json
import shutil
from collections.abc import Generator
from itertools import pairwise
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from headwater.engine import Engine, open_engine
from headwater.places import Atlas, banded
from headwater.sources import Account, Extract, Source
from headwater.sources.deprivation import SOURCE as DEPRIVATION
from headwater.sources.ons_places import SOURCE as PLACES
from headwater.sources.populations import SOURCE as POPULATIONS
from headwater.sources.text import receive, records
from headwater.vocabulary import Level, Place, WrongRequest

FOLDERS: tuple[tuple[str, Source], ...] = (
    ("places", PLACES),
    ("population", POPULATIONS),
    ("deprivation", DEPRIVATION),
)
ROWS = {
    "ons_places.lookups": 260_276,
    "ons_places.boundaries": 86_950,
    "populations.single_years": 69_837,
    "populations.ethnicity": 178_360,
    "populations.sexes": 331,
    "deprivation.imd_2019": 32_844,
    "deprivation.imd_2025": 33_755,
    "deprivation.wimd_2019": 1_909,
    "deprivation.imd_2019_districts": 309,
    "deprivation.imd_2025_districts": 296,
}
"""Counted in the files with other tools."""


def landed(source: Source, folder: Path, room: Path) -> list[Extract]:
    extracts: list[Extract] = []
    for number, zipped in enumerate(sorted(folder.glob("*.gz"))):
        path = room / f"{source.name}{number}"
        with gzip.open(zipped) as pieces:
            received = receive(iter(lambda: pieces.read(1 << 20), b""), path, zipped.name)
        header = properties(path) if ".geojson" in zipped.name else tuple(next(records(path)).fields)
        known = source.recognise(zipped.name.removesuffix(".gz"), header, path)
        assert known is not None, zipped.name
        extracts.append(
            Extract(name=zipped.name, path=path, dataset=known.dataset, producer=known.producer, month=None, rows=received.rows,
                    size=received.size, sha256=received.sha256, header=header)
        )  # fmt: skip
    return extracts


def properties(path: Path) -> tuple[str, ...]:
    """The property names of the first feature, without reading a country of outlines."""
    with path.open(encoding="utf-8") as file:
        first = file.read(1500).split('"properties": ')[1]
    return tuple(json.loads(first[: first.index("}") + 1]))


@pytest.fixture(scope="module")
def lake(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Path, dict[str, Account]]]:
    room = tmp_path_factory.mktemp("real")
    accounts: dict[str, Account] = {}
    for folder, source in FOLDERS:
        extracts = landed(source, real_data / folder, room)
        for dataset in sorted({extract.dataset for extract in extracts}):
            mine = [extract for extract in extracts if extract.dataset == dataset]
            accounts[dataset] = source.conform(dataset, mine, cast("Engine", None), room / "lake" / dataset)
    yield room / "lake", accounts
    shutil.rmtree(room)


@pytest.fixture(scope="module")
def atlas(lake: tuple[Path, dict[str, Account]], tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    def table(name: str) -> pa.Table:
        return pa.concat_tables([pq.read_table(path) for path in sorted(lake[0].glob(f"*/{name}.parquet"))])

    with open_engine(scratch=tmp_path_factory.mktemp("scratch")) as engine:
        population = engine.collect(banded(engine.scan(*sorted(lake[0].glob("*/population.parquet")))))
    return Atlas(areas=table("areas"), links=table("links"), context=table("context"), boundaries=table("boundaries"),
                 population=population)  # fmt: skip


@pytest.fixture(scope="module")
def both(atlas: Atlas) -> Place:
    return atlas.find("England and Wales")


@pytest.fixture(scope="module")
def northumbria(atlas: Atlas) -> Place:
    return atlas.find("Northumbria")


def test_every_row_of_every_file_is_accounted_for(lake: tuple[Path, dict[str, Account]]):
    assert {dataset: account.landed for dataset, account in lake[1].items()} == ROWS


def test_only_areas_beyond_england_and_wales_are_set_aside(lake: tuple[Path, dict[str, Account]]):
    aside = {dataset: account.reasons for dataset, account in lake[1].items() if account.quarantined}
    outside = "the area is outside England and Wales"
    # 6,976 Scottish data zones; 2 x 43 districts and 817 wards of Scotland and Northern Ireland
    assert aside == {"ons_places.lookups": ((outside, 6_976),), "ons_places.boundaries": ((outside, 903),)}


def test_there_are_as_many_areas_as_ons_says(atlas: Atlas, both: Place):
    # ONS, "Census 2021 geographies" and the look-ups of 2023 and 2024
    counts = {Level.LSOA: 35_672, Level.MSOA: 7_264, Level.DISTRICT: 318, Level.FORCE: 43, Level.COUNTY: 175, Level.REGION: 9,
              Level.HEALTH: 42, Level.COUNTRY: 2}  # fmt: skip
    assert {level: len(atlas.within(both, level)) for level in counts} == counts


def test_northumbria_is_six_districts(atlas: Atlas, northumbria: Place):
    assert northumbria.code == "E23000007"
    names = [place.name for place in atlas.within(northumbria, Level.DISTRICT)]
    assert names == [
        "Northumberland",
        "Newcastle upon Tyne",
        "North Tyneside",
        "South Tyneside",
        "Sunderland",
        "Gateshead",
    ]


def test_residents_are_the_census_total(atlas: Atlas, both: Place):
    # ONS, "Population and household estimates, England and Wales: Census 2021": 59,597,542. LSOA tables carry a little noise.
    found = atlas.population(Level.FORCE, both)
    assert sum(found.people.values()) == pytest.approx(59_597_542, abs=100)
    assert (len(found.people), found.missing, found.converted, found.basis) == (43, (), False, "Census 2021")


def test_ages_of_an_earlier_census_keep_their_total(atlas: Atlas, both: Place):
    # ONS mid-2020 estimate for England and Wales: 59,719,724
    ages = atlas.ages(Level.FORCE, both)
    assert sum(sum(bands.values()) for bands in ages.people.values()) == 59_719_724
    assert (ages.basis, ages.missing) == ("mid-2020 estimate", ())


def test_weights_of_every_lsoa_of_2011_are_a_whole(atlas: Atlas, both: Place):
    rows = atlas.membership(Level.LSOA, both)
    sums = rows.group_by("area_code").aggregate([("weight", "sum")])
    assert set(sums["weight_sum"].to_pylist()) == {1_000_000}
    # 861 split into 1,900 and 9 rows of irregular change: everything else is whole
    assert sum(rows["carried"].to_pylist()) == 1_900 + 9


def test_only_one_lsoa_of_northumbria_falls_in_two_districts(atlas: Atlas, northumbria: Place):
    rows = [row for row in atlas.membership(Level.DISTRICT, northumbria).to_pylist() if row["carried"]]
    assert [(row["area_code"], row["place_code"]) for row in rows] == [
        ("E01008187", "E06000057"),
        ("E01008187", "E08000037"),
    ]


def test_msoas_by_name_are_the_msoas_of_the_look_up(atlas: Atlas, lake: tuple[Path, dict[str, Account]]):
    # ONS publishes LSOA 2011 to MSOA 2011 exactly, so the rule by name that is used for 2021 can be tried on it
    links = pq.read_table(lake[0] / "ons_places.lookups" / "links.parquet").to_pylist()
    areas = pq.read_table(lake[0] / "ons_places.lookups" / "areas.parquet").to_pylist()
    names = {(area["level"], area["area_code"]): area["name"] for area in areas}
    pairs = [(link["child_code"], link["parent_code"]) for link in links if link["parent_level"] == "msoa11"]
    unlike = {child for child, parent in pairs if names["lsoa11", child][:-1] != names["msoa11", parent]}
    assert len(pairs) == 34_753
    # four LSOAs of Shepway stand under their later names in the look-up from 2011 to 2021
    assert unlike == {"E01024508", "E01024509", "E01024510", "E01024517"}
    assert any("by the names of its LSOAs" in note for note in atlas.notes)


def test_partnerships_of_dorset_cannot_be_counted_and_those_of_northumbria_can(atlas: Atlas, northumbria: Place):
    with pytest.raises(WrongRequest, match="E22000063, E22000067, E22000367"):
        atlas.membership(Level.CSP, atlas.find("Dorset", Level.FORCE))
    assert len(set(atlas.membership(Level.CSP, northumbria)["place_code"].to_pylist())) == 6


def test_each_country_has_its_own_index(atlas: Atlas, both: Place, northumbria: Place):
    england, wales = atlas.deprivation(northumbria), atlas.deprivation(atlas.find("South Wales"))
    assert (england.index, england.ranked, len(england.areas), england.missing) == ("IMD 2025", 33_755, 927, ())
    assert (wales.index, wales.ranked) == ("WIMD 2019", 1_909)
    with pytest.raises(WrongRequest, match="England and Wales"):
        atlas.deprivation(both)


def test_the_most_deprived_lsoa_is_in_tendring(atlas: Atlas):
    # MHCLG, English Indices of Deprivation 2025: Jaywick (Tendring) is the most deprived neighbourhood again
    (most,) = [area for area in atlas.deprivation(atlas.find("Tendring", Level.DISTRICT)).areas if area.rank == 1]
    assert most.decile == 1


def test_every_lsoa_and_district_has_a_shape(atlas: Atlas, northumbria: Place):
    assert len(atlas.shapes(Level.LSOA, northumbria)) == 927
    assert atlas.unmapped(Level.DISTRICT, northumbria) == ()
    assert [place.name for place in atlas.unmapped(Level.FORCE, northumbria)] == []


def test_the_size_of_northumbria_on_the_flat_sheet(atlas: Atlas, northumbria: Place):
    # ONS, Standard Area Measurements: the six districts are about 5,550 square kilometres
    def area(ring: tuple[tuple[float, float], ...]) -> float:
        return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2e6

    total = sum(area(ring) for shape in atlas.shapes(Level.DISTRICT, northumbria) for ring in shape.rings)
    assert total == pytest.approx(5_550, rel=0.02)
