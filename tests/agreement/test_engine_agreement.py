"""Two engines, one truth: each question has an answer worked out by hand, and every engine must give it, types and all."""

import importlib.util
import math
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from headwater.engine import Engine, Frame, open_engine

HAVE_SPARK = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
WANTED = HAVE_SPARK or bool(os.environ.get("HEADWATER_REQUIRE_ALL"))
SPARK = pytest.param(
    "spark",
    marks=[
        pytest.mark.spark,
        pytest.mark.skipif(not WANTED, reason="needs Java and pip install 'headwater[spark]'"),
    ],
)


def at(month: int, day: int, *clock: int) -> datetime:
    """A time in 2022 with no zone, as the lake keeps them; 27 March at half past one does not exist in London."""
    return datetime(2022, month, day, *clock)  # noqa: DTZ001


ROWS = {
    "place": ["E1", "E2", "E1", None, "E3", "E2", "É4"],
    "kind": ["a", "b", None, "a", "a", "", "NaN"],
    "people": [10, 0, None, 5, 7, -3, 2],
    "score": [1.5, None, 0.0, -2.0, 4.25, 0.5, 1e300],
    "when": [at(3, 27, 1, 30), None, *[at(1, n) for n in range(1, 6)]],
}
SCHEMA = pa.schema(
    {"place": pa.string(), "kind": pa.string(), "people": pa.int64(), "score": pa.float64(), "when": pa.timestamp("ms")}
)
people, place = nw.col("people"), nw.col("place")


@pytest.fixture(scope="module", params=["duckdb", SPARK])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with open_engine(request.param, scratch=tmp_path_factory.mktemp("scratch"), threads=2) as opened:
        yield opened


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The rows above in two files, in a folder whose name would trip a file matcher."""
    folder = tmp_path_factory.mktemp("lake") / "North [east] {2022} 100%"
    folder.mkdir()
    table = pa.table(ROWS, schema=SCHEMA)
    paths = [folder / "one.parquet", folder / "two.parquet"]
    for path, part in zip(paths, (table.slice(0, 4), table.slice(4)), strict=True):
        pq.write_table(part, path)
    return paths


def text(**columns: Any) -> dict[str, tuple[pa.DataType, list[Any]]]:
    return {name: (pa.string(), values) for name, values in columns.items()}


def whole(**columns: Any) -> dict[str, tuple[pa.DataType, list[Any]]]:
    return {name: (pa.int64(), values) for name, values in columns.items()}


def real(**columns: Any) -> dict[str, tuple[pa.DataType, list[Any]]]:
    return {name: (pa.float64(), values) for name, values in columns.items()}


QUESTIONS: dict[str, tuple[Callable[[Frame], Frame], dict[str, tuple[pa.DataType, list[Any]]]]] = {
    "sums leave out NULL and are whole": (
        lambda f: f.group_by("place").agg(people.sum(), n=nw.len()).sort("place", nulls_last=True),
        text(place=["E1", "E2", "E3", "É4", None]) | whole(people=[10, -3, 7, 2, 5], n=[2, 2, 1, 1, 1]),
    ),
    "counting a column leaves out NULL": (
        lambda f: f.select(rows=nw.len(), known=people.count(), kinds=nw.col("kind").count()),
        whole(rows=[7], known=[6], kinds=[6]),
    ),
    "NULL is not equal to anything, nor unequal": (
        lambda f: f.filter(nw.col("kind") != "a").select("kind").sort("kind"),
        text(kind=["", "NaN", "b"]),
    ),
    "a filter may ask for NULL": (
        lambda f: f.filter(nw.col("kind").is_null()).select("place", "people"),
        text(place=["E1"]) | whole(people=[None]),
    ),
    "dividing by nought is floating point's own answer": (
        lambda f: (
            f.select("place", part=people / (people - people)).sort("part", "place", nulls_last=True).select("part")
        ),
        real(part=[-math.inf, math.inf, math.inf, math.inf, math.inf, math.nan, None]),
    ),
    "division of whole numbers is not cut short": (
        lambda f: f.filter(place == "E3").select(half=people / 2, times=people // 2, over=people % 2),
        real(half=[3.5]) | whole(times=[3], over=[1]),
    ),
    "remainders of negative numbers follow the divisor": (
        lambda f: f.filter(people < 0).select(over=people % 2, times=people // 2),
        whole(over=[1], times=[-2]),
    ),
    "whole division by nought is NULL": (
        lambda f: f.filter(place == "E3").select(times=people // (people - people)),
        whole(times=[None]),
    ),
    "a join keeps what has no match, and NULL matches nothing": (
        lambda f: (
            f.select("place", "people")
            .join(f.group_by("place").agg(most=people.max()), on="place", how="left")
            .sort("place", "people", nulls_last=True)
        ),
        text(place=["E1", "E1", "E2", "E2", "E3", "É4", None])
        | whole(people=[10, None, -3, 0, 7, 2, 5], most=[10, 10, 0, 0, 7, 2, None]),
    ),
    "running totals follow the order asked for": (
        lambda f: (
            f.filter(~people.is_null()).select("people", so_far=people.cum_sum().over(order_by="people")).sort("people")
        ),
        whole(people=[-3, 0, 2, 5, 7, 10], so_far=[-3, -3, -1, 4, 11, 21]),
    ),
    "ranks within a group": (
        lambda f: (
            f.filter(~people.is_null())
            .select("place", "people", rank=people.rank("min").over("place"))
            .sort("people")
            .select("people", "rank")
        ),
        whole(people=[-3, 0, 2, 5, 7, 10], rank=[1, 2, 1, 1, 1, 1]),
    ),
    "text sorts by code point": (
        lambda f: f.filter(~place.is_null()).select("place").unique().sort("place", descending=True),
        text(place=["É4", "E3", "E2", "E1"]),
    ),
    "text is cut, joined and folded": (
        lambda f: f.filter(place == "É4").select(
            lower=place.str.to_lowercase(),
            first=place.str.slice(0, 1),
            joined=nw.concat_str("place", "kind", separator="-"),
        ),
        text(lower=["é4"], first=["É"], joined=["É4-NaN"]),
    ),
    "means and choices": (
        lambda f: f.select(
            mean=people.mean(),
            big=nw.when(people > 5).then(nw.lit(1)).otherwise(nw.lit(0)).sum(),
            known=people.is_null().any(),
        ),
        real(mean=[3.5]) | whole(big=[2]) | {"known": (pa.bool_(), [True])},
    ),
    "times have no zone": (
        lambda f: f.filter(place == "E1").select("when", month=nw.col("when").dt.month()).sort("when"),
        {"when": (pa.timestamp("us"), [at(1, 1), at(3, 27, 1, 30)])} | whole(month=[1, 3]),
    ),
    "a value from a list": (
        lambda f: f.filter(place.is_in(["E1", "E3"])).select(n=nw.len(), places=place.n_unique()),
        whole(n=[3], places=[2]),
    ),
    "nothing at all still has its types": (
        lambda f: f.filter(place == "nowhere").select("place", "people", "score"),
        text(place=[]) | whole(people=[]) | real(score=[]),
    ),
    "stacked frames": (
        lambda f: nw.concat([f.select("people"), f.select("people")]).select(people.sum()),
        whole(people=[42]),
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_engine_gives_the_answer_worked_out_by_hand(engine: Engine, parts: list[Path], question: str) -> None:
    ask, expected = QUESTIONS[question]
    found = engine.collect(ask(engine.scan(*parts)))
    assert found.schema == pa.schema({name: kind for name, (kind, _) in expected.items()})
    for name, (kind, values) in expected.items():
        wanted = pytest.approx(values, nan_ok=True) if kind == pa.float64() else values
        assert found.column(name).to_pylist() == wanted, name


def test_what_is_written_is_what_would_have_been_collected(engine: Engine, parts: list[Path], tmp_path: Path) -> None:
    frame = (
        engine.scan(*parts).group_by("place").agg(people.sum(), score=nw.col("score").max(), when=nw.col("when").max())
    )
    target = tmp_path / "out [1].parquet"
    assert engine.write(frame, target) == 5
    written, collected = pq.read_table(target), engine.collect(frame.sort("place", nulls_last=True))
    assert [(field.name, field.type) for field in written.schema] == [
        (field.name, field.type) for field in collected.schema
    ]
    assert written.sort_by("place").to_pylist() == collected.to_pylist()
    assert list(tmp_path.iterdir()) == [target]
    assert pq.read_metadata(target).row_group(0).column(0).compression == "ZSTD"


def test_a_cast_that_cannot_be_done_is_refused_without_showing_the_value(engine: Engine, parts: list[Path]) -> None:
    from headwater.vocabulary import BadInput

    with pytest.raises(BadInput) as refusal:
        engine.collect(engine.scan(*parts).select(nw.col("kind").cast(nw.Int64)))
    assert "NaN" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_sum_too_large_to_hold_is_refused(engine: Engine, tmp_path: Path) -> None:
    from headwater.vocabulary import BadInput

    path = tmp_path / "big.parquet"
    pq.write_table(pa.table({"n": [2**62, 2**62, 2**62]}), path)
    with pytest.raises(BadInput):
        engine.collect(engine.scan(path).select(nw.col("n").sum()))


def test_a_file_that_is_gone_is_storage_trouble(engine: Engine, tmp_path: Path) -> None:
    from headwater.vocabulary import StorageTrouble

    with pytest.raises(StorageTrouble):
        engine.collect(engine.scan(tmp_path / "gone.parquet"))
