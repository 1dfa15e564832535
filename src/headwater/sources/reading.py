"""Reading a reference file row by row, and accounting for every row.

For the small files that everyone shares (look-ups, boundaries, residents, deprivation): tens of thousands of rows, and plain
Python can say of each what became of it. Files in which nothing is wrong are read quicker (see `by_column`); partners'
events go through the engine instead.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from headwater.engine import TABLES, every_column
from headwater.sources.source import Account, Extract
from headwater.sources.text import records
from headwater.vocabulary import storage_errors

AREA_CODE = re.compile(r"[A-Z]\d{8}")
ELSEWHERE = frozenset("SNLM")
"""First letters of codes in Scotland, Northern Ireland, the Channel Islands and the Isle of Man."""
NOT_A_CODE = "is not a nine-character area code"
OUTSIDE = "the area is outside England and Wales"

_BATCH = 1 << 16

Value = str | int | float | bool | bytes | datetime | None


class Unusable(Exception):
    """This row cannot be conformed; the message says why, naming columns and never a cell."""


class Reading:
    """What becomes of the rows of some extracts: put into tables, set aside with a reason, or passed over as a repeat."""

    def __init__(self, dataset: str, tables: Iterable[str], *, further: bool = False) -> None:
        """Rows of `tables`; with every column that a partner may add to them where `further`."""
        self._dataset = dataset
        self._tables = {name: _Rows(every_column(name) if further else TABLES[name]) for name in tables}
        self._set_aside: list[tuple[str, int, str]] = []
        self._seen: dict[Hashable, Hashable] = {}
        self._landed = self._duplicates = 0

    def rows(self, extract: Extract) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row as (line, cells by column name as the header gives it), trimmed; misshapen rows are set aside."""
        for record in islice(records(extract.path), 1, None):
            if record.trouble or len(record.fields) != len(extract.header):
                self.set_aside(extract, record.line, record.trouble or _misfit(record.fields, extract.header))
            else:
                cells = zip(extract.header, map(str.strip, record.fields), strict=True)
                yield record.line, dict(cells)

    def keep(self, rows: Iterable[tuple[str, tuple[Value, ...]]]) -> None:
        """One row of a file was conformed to these (table, row) pairs."""
        self._landed += 1
        for table, row in rows:
            self._tables[table].add(row)

    def add(self, table: str, rows: Iterable[tuple[Value, ...]]) -> None:
        """Rows of a table that come from several rows of a file, which have been kept."""
        for row in rows:
            self._tables[table].add(row)

    def add_table(self, table: str, rows: pa.Table) -> None:
        """The same, where the rows have been made by the column."""
        self._tables[table].add_table(rows)

    def keep_rows(self, landed: int) -> None:
        """So many rows of a file were conformed; what they become is added."""
        self._landed += landed

    def keep_table(self, table: str, rows: pa.Table, landed: int) -> None:
        """So many rows of a file were conformed to these, which have been made by the column."""
        self.keep_rows(landed)
        self._tables[table].add_table(pa.Table.from_batches(rows.combine_chunks().to_batches(_BATCH), rows.schema))

    def pass_over(self, repeats: int) -> None:
        """So many rows of a file repeat others that were kept."""
        self._landed += repeats
        self._duplicates += repeats

    def set_aside(self, extract: Extract, line: int, reason: str) -> None:
        """One row could not be conformed."""
        self._landed += 1
        self._set_aside.append((extract.name, line, reason))

    def repeats(self, key: Hashable, content: Hashable, *, what: str = "area") -> bool:
        """Has a row with this key and content been met? Then it is counted as a duplicate, and the caller moves on.

        Raises `Unusable` where the key, which names a `what`, has been met with other content.
        """
        if key not in self._seen:
            self._seen[key] = content
            return False
        if self._seen[key] != content:
            raise Unusable(f"the same {what} appears earlier in the file with other contents")
        self._landed += 1
        self._duplicates += 1
        return True

    def finish(self, folder: Path, notes: Iterable[str] = ()) -> Account:
        """Write each table (in the order it was read) and the quarantine into `folder`, and account for every row.

        Raises `StorageTrouble` where the disk is full or locked.
        """
        quarantine = _Rows(TABLES["quarantine"])
        for row in self._set_aside:
            quarantine.add(row)
        with storage_errors(f"conforming {self._dataset}"):
            folder.mkdir(parents=True, exist_ok=True)
            for name, rows in self._tables.items():
                _write(name, rows.table(), folder)
            _write("quarantine", quarantine.table(), folder)
        reasons = Counter(reason for _, _, reason in self._set_aside)
        outside = reasons[OUTSIDE]
        return Account(
            dataset=self._dataset,
            landed=self._landed,
            conformed=self._landed - self._duplicates - len(self._set_aside),
            quarantined=len(self._set_aside),
            duplicates=self._duplicates,
            reasons=tuple(sorted(reasons.items(), key=lambda said: (-said[1], said[0]))),
            notes=(*notes, *([f"{outside:,} rows are for areas outside England and Wales"] if outside else [])),
        )


def readable(path: Path, header: Sequence[str]) -> Iterator[dict[str, str]]:
    """Every row of a file that can be read at all, trimmed, by column as the header gives it: to tell what the file is of."""
    for record in islice(records(path), 1, None):
        if not record.trouble and len(record.fields) == len(header):
            yield dict(zip(header, map(str.strip, record.fields), strict=True))


def in_our_names(cells: Mapping[str, str], matched: Mapping[str, str]) -> dict[str, str]:
    """A row under the contract's own names of its columns; nothing where the file lacks one. `matched` is from `Contract.match`."""
    return {column: cells[given] for column, given in matched.items()}


def area_code(cells: dict[str, str], column: str) -> str:
    """The official code in a column. Raises `Unusable` where it is none, or one outside England and Wales."""
    code = cells[column]
    if code[:1] in ELSEWHERE and code[1:].isalnum():
        raise Unusable(OUTSIDE)
    if not AREA_CODE.fullmatch(code):
        raise Unusable(f"{column!r} {NOT_A_CODE}" if code else f"{column!r} is empty")
    return code


def whole_number(cells: dict[str, str], column: str) -> int:
    """People, a rank or a decile. Raises `Unusable` where it is not a whole number of nought or more."""
    said = cells[column].replace(",", "")
    if not (said.isascii() and said.isdigit()):
        raise Unusable(f"{column!r} is not a whole number" if said else f"{column!r} is empty")
    return int(said)


def _misfit(fields: list[str], header: tuple[str, ...]) -> str:
    return f"the row has {'more' if len(fields) > len(header) else 'fewer'} fields than the header"


class _Rows:
    """Rows of one table on their way to Arrow, a few at a time: millions of Python tuples would fill a laptop."""

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
        self._waiting: list[tuple[Value, ...]] = []
        self._batches: list[pa.RecordBatch] = []

    def add(self, row: tuple[Value, ...]) -> None:
        self._waiting.append(row)
        if len(self._waiting) == _BATCH:
            self._to_arrow()

    def add_table(self, rows: pa.Table) -> None:
        self._to_arrow()
        self._batches.extend(rows.to_batches())

    def table(self) -> pa.Table:
        self._to_arrow()
        return pa.Table.from_batches(self._batches, self._schema)

    def _to_arrow(self) -> None:
        if self._waiting:
            columns = zip(zip(*self._waiting, strict=True), self._schema, strict=True)
            arrays = [pa.array(cells, field.type) for cells, field in columns]
            self._batches.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
            self._waiting = []


def _write(name: str, table: pa.Table, folder: Path) -> None:
    path = folder / f"{name}.parquet"
    beside = path.with_name(f".{path.name}.part")
    pq.write_table(table, beside, compression="zstd")
    beside.replace(path)
