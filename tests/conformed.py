"""One file read by one source as the lake would have it read, for the tests of sources that fill `counts`."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pyarrow.parquet as pq

from headwater.engine import Engine
from headwater.engine.tables import TABLES
from headwater.sources import Account, Extract, Source
from headwater.sources.inventing import example_recipe
from headwater.sources.pretend import County, Recipe, make_county

NO_ENGINE = cast("Engine", None)
Row = dict[str, Any]


def extract_of(source: Source, name: str, body: str, folder: Path) -> Extract:
    """A file as the room's door would hand it on."""
    path = folder / f"{hashlib.sha256(name.encode()).hexdigest()[:8]}.csv"
    path.write_text(body, encoding="utf-8", newline="\n")
    header, *rows = [row for row in csv.reader(io.StringIO(body)) if row]
    trimmed = tuple(field.strip() for field in header)
    known = source.recognise(name, trimmed, path)
    assert known is not None, f"{name} was not recognised"
    return Extract(name=name, path=path, dataset=known.dataset, producer=known.producer, month=known.month, rows=len(rows),
                   size=len(body), sha256=hashlib.sha256(body.encode()).hexdigest(), header=trimmed)  # fmt: skip


def conform_one(source: Source, name: str, body: str, folder: Path) -> tuple[Account, list[Row], list[tuple[int, str]]]:
    """The account of a file, its rows of `counts`, and the line and reason of each row that was set aside."""
    extract = extract_of(source, name, body, folder)
    out = folder / "out"
    account = source.conform(extract.dataset, [extract], NO_ENGINE, out)
    assert account.landed == extract.rows, "every row is accounted for"
    counts = pq.read_table(out / "counts.parquet")
    assert counts.schema == TABLES["counts"]
    aside = pq.read_table(out / "quarantine.parquet").to_pylist()
    assert {row["file"] for row in aside} <= {name}
    return account, counts.to_pylist(), [(row["line"], row["reason"]) for row in aside]


def conform_invented(
    source: Source, invent: Callable[[County, Path], Iterable[Path]], folder: Path
) -> Iterator[tuple[Account, list[Row]]]:
    """The account and the rows of each file that is invented for the source: the same bytes twice, and no row set aside."""
    county = make_county(Recipe.read(example_recipe()))
    for name in ("once", "again", "read"):
        (folder / name).mkdir()
    once, again = (list(invent(county, folder / name)) for name in ("once", "again"))
    assert once, "a file at least"
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]
    for path in once:
        account, rows, aside = conform_one(source, path.name, path.read_text("utf-8"), folder / "read")
        assert (account.conformed, aside) == (account.landed, [])
        yield account, rows


def body_of(*rows: Sequence[object]) -> str:
    """Rows as a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def values(rows: list[Row], **wanted: object) -> list[float | None]:
    """The values of the rows that are as wanted."""
    return [row["value"] for row in rows if all(row[column] == said for column, said in wanted.items())]
