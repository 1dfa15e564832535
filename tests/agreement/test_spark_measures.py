"""What every measure of police files asks of the lake, asked of DuckDB and of Spark over real files: the same answers to the last crime."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from headwater.assessment import measures
from headwater.assessment.counting import by_group, flagged, people_in, tally, waits
from headwater.assessment.setting import measures_of
from headwater.engine import Engine, open_engine
from headwater.lake import Snapshot, open_snapshot, open_workspace
from headwater.vocabulary import Measure, Period

HAVE_SPARK = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
WANTED = HAVE_SPARK or bool(os.environ.get("HEADWATER_REQUIRE_ALL"))
pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(not WANTED, reason="needs Java and pip install 'headwater[spark]'"),
]

MEASURES = {measure.name: measure for measure in measures() if measure.source.startswith("police_uk")}
FORCES = ("northumbria",)
PERIOD = Period.year_to("2023-02")
"""Twelve months in which crimes, outcomes and searches are all covered."""


@pytest.fixture(scope="module")
def snapshot(northumbria: Path) -> Snapshot:
    return open_snapshot(open_workspace(northumbria))


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Engine]]:
    with (
        open_engine("duckdb", scratch=tmp_path_factory.mktemp("duckdb")) as duckdb,
        open_engine("spark", scratch=tmp_path_factory.mktemp("spark"), threads=2) as spark,
    ):
        yield duckdb, spark


def _parts(measure: Measure) -> tuple[bool, ...]:
    """A share has a whole as well as a part."""
    return (False, True) if measure.shape == "proportion" else (False,)


@pytest.mark.parametrize("name", MEASURES)
def test_tallies_agree(name: str, snapshot: Snapshot, engines: tuple[Engine, Engine]) -> None:
    """Sorted, and the same types: what follows adds them up without looking again."""
    measure = MEASURES[name]
    for whole in _parts(measure):
        one, other = (tally(snapshot, engine, measure, FORCES, whole=whole) for engine in engines)
        assert one.num_rows > 0
        assert one.schema.equals(other.schema)
        assert one.equals(other)


@pytest.mark.parametrize("name", [name for name, measure in MEASURES.items() if measure.by])
def test_groups_agree(name: str, snapshot: Snapshot, engines: tuple[Engine, Engine]) -> None:
    measure = MEASURES[name]
    for whole in _parts(measure):
        one, other = (by_group(snapshot, engine, measure, FORCES, PERIOD, whole=whole) for engine in engines)
        assert one == other
        assert {"", "asian", "black", "mixed", "other", "white"} == set(one)
        assert all(n > 0 for n in one.values())


@pytest.mark.parametrize("name", [name for name, measure in MEASURES.items() if measure.shape == "time"])
def test_waits_agree(name: str, snapshot: Snapshot, engines: tuple[Engine, Engine]) -> None:
    """A crime still waiting has no month of answer on either engine, and is last."""
    one, other = (waits(snapshot, engine, MEASURES[name], FORCES, PERIOD) for engine in engines)
    assert one.schema.equals(other.schema)
    assert one.equals(other)
    assert set(one["month"].to_pylist()) == set(PERIOD.months)
    assert one["answered"].null_count == len(PERIOD.months)


@pytest.fixture(scope="module")
def partners(aldermere: Path) -> tuple[Snapshot, dict[str, Measure]]:
    """Aldermere's partners: police records, hospitals, ambulances."""
    workspace = open_workspace(aldermere)
    return open_snapshot(workspace), {measure.name: measure for measure in measures_of(workspace)}


@pytest.mark.parametrize("name", ["serious-violence", "knife-violence-under-25", "ed-assaults", "ambulance-violence"])
def test_tallies_of_partners_records_agree(name: str, partners, engines: tuple[Engine, Engine]) -> None:
    snapshot, agreed = partners
    senders = snapshot.coverage.producers(agreed[name].source)
    one, other = (tally(snapshot, engine, agreed[name], senders) for engine in engines)
    assert one.num_rows > 0
    assert one.equals(other)


def test_flags_and_people_agree(partners, engines: tuple[Engine, Engine]) -> None:
    """Flags are true, false or empty on both engines; a person without a key is one group, and last."""
    snapshot, agreed = partners
    period = Period.year_to("2026-03")
    for name in ("police-kinds", "ed-kinds"):
        senders = snapshot.coverage.producers(agreed[name].source)
        one, other = (flagged(snapshot, engine, agreed[name], senders, period) for engine in engines)
        assert one == other
        assert 0 < one.flags["knife"][0] < one.flags["knife"][1] <= one.whole
    measure = agreed["people-in-violence"]
    senders = snapshot.coverage.producers(measure.source)
    one, other = (people_in(snapshot, engine, measure, senders, period) for engine in engines)
    assert one.equals(other)
    assert one["person_key"].null_count > 0
