"""Carrying the rows of a dataset from its files into the conformed tables, and answering for every one of them."""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq

from headwater.engine import Engine
from headwater.engine.tables import TABLES
from headwater.sources.contract import Contract
from headwater.sources.copies import Told, told_again
from headwater.sources.sheets import FILE, LINE, Frame, Refusal, Sheet, given, is_plain, said_of, sheet, sift, texts
from headwater.sources.source import Account, Extract
from headwater.vocabulary import BadInput, storage_errors

REASON = "reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How the rows of one dataset become rows of the lake."""

    check: Callable[[Frame], Frame]
    """Adds, to the contract's columns as text with `producer` and `month` of the file, the columns of the conformed
    tables and a `reason`: null where the row may enter the lake."""
    order: tuple[str, ...]
    """The columns that put the rows in order, so that the same rows always give the same bytes."""
    repeats: str | None = None
    """Where a row may come twice, the contract's column that becomes the event id. Rows of one producer and month that
    are alike in every column and carry an event id are kept once."""
    numbered: bool = False
    """Does the check need each row's place in its file?"""
    last: Mapping[str, nw.Expr] = field(default_factory=dict[str, nw.Expr])
    """Columns of the tables worked out once the rows are in order, so that they need not be carried about: what every row
    says alike, and words that stand as numbers until then."""
    only: Mapping[str, nw.Expr] | None = None
    """For a table that takes some of the rows, which, by columns that are not of the `last`."""


def conform_rows(
    contract: Contract, rules: Rules, extracts: Sequence[Extract], engine: Engine, folder: Path
) -> Account:
    """Write `folder/<table>.parquet` for each table of the contract and `folder/quarantine.parquet`.

    One pass over all files in the engine where nothing is wrong. Only files with something wrong are read again, with
    care, to say which line it is. Raises BadInput where two extracts are of the same producer and month.
    """
    _refuse_two_of_one_month(extracts)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        storage_errors(f"conforming {contract.dataset}"),
        tempfile.TemporaryDirectory(prefix="reading-", dir=folder, ignore_cleanup_errors=True) as room,
    ):
        ordered = sorted(extracts, key=lambda extract: (extract.producer, extract.month or "", extract.name))
        return _Conforming(contract, rules, engine, folder, Path(room)).account(ordered)


def _refuse_two_of_one_month(extracts: Iterable[Extract]) -> None:
    seen: dict[tuple[str, str | None], Extract] = {}
    for extract in extracts:
        first = seen.setdefault((extract.producer, extract.month), extract)
        if first is not extract:
            raise BadInput(
                f"{first.name} and {extract.name} are both {extract.producer}, {extract.month}. Conform one of them."
            )


@dataclass(frozen=True, slots=True)
class _Conforming:
    contract: Contract
    rules: Rules
    engine: Engine
    folder: Path
    room: Path

    def account(self, extracts: Sequence[Extract]) -> Account:
        sheets = [sheet(extract) if is_plain(extract) else self._sift(extract) for extract in extracts]
        conformed, quarantined, duplicates, sheets = self._settle(sheets)
        copies = f"{duplicates:,} rows were exact copies of another row of the same month and were counted once"
        return Account(
            dataset=self.contract.dataset,
            landed=sum(one.landed for one in sheets),
            conformed=conformed,
            quarantined=quarantined,
            duplicates=duplicates,
            reasons=self._reasons() if quarantined else (),
            notes=(copies,) if duplicates else (),
        )

    def _settle(self, sheets: list[Sheet]) -> tuple[int, int, int, list[Sheet]]:
        """Write every table. Where the engine stumbles, sift the files it stumbles over and begin again."""
        try:
            checked = self._checked(sheets) if sheets else None
            told = self._told_again(sheets) if sheets and self.rules.repeats else None
            kept, copies = self._write_tables(checked, told), told.copies if told else 0
            found = sum(one.rows for one in sheets) - kept - copies
            quarantined = self._quarantine(sheets, checked, found=found)
            if kept + copies + quarantined == sum(one.landed for one in sheets):
                return kept, quarantined, copies, sheets
        except BadInput:
            if all(one.sifted for one in sheets):
                raise
        plain = [one for one in sheets if not one.sifted]
        if not plain:
            raise BadInput(
                f"{self.contract.dataset}: the engine does not find the rows that were counted in its files."
            )
        stumbled = {one.path for one in self._stumbles(plain) or plain}
        return self._settle([self._sift(one.extract) if one.path in stumbled else one for one in sheets])

    def _stumbles(self, sheets: list[Sheet]) -> list[Sheet]:
        """The sheets in which the engine does not find the rows that were counted, by halving."""
        if not sheets or self._as_counted(sheets):
            return []
        half = len(sheets) // 2
        return sheets if len(sheets) == 1 else [*self._stumbles(sheets[:half]), *self._stumbles(sheets[half:])]

    def _as_counted(self, sheets: list[Sheet]) -> bool:
        try:
            rows = texts(self.engine, self.contract, sheets)
            every = [nw.col(given(column.name)).count() for column in self.contract.columns]
            counted = self.engine.collect(rows.select(nw.len().alias("rows"), *every)).column("rows")[0].as_py()
        except BadInput:
            return False
        return counted == sum(one.rows for one in sheets)

    def _sift(self, extract: Extract) -> Sheet:
        return sift(extract, self.room / f"{extract.path.stem}-{extract.sha256[:12]}.csv")

    def _checked(self, sheets: Sequence[Sheet]) -> Frame:
        return self.rules.check(self._rows(sheets))

    def _rows(self, sheets: Sequence[Sheet]) -> Frame:
        rows = texts(self.engine, self.contract, sheets, numbered=self.rules.numbered)
        producer = said_of(sheets, lambda one: one.extract.producer)
        month = said_of(sheets, lambda one: one.extract.month or "")
        return rows.with_columns(producer=producer, month=month)

    def _told_again(self, sheets: Sequence[Sheet]) -> Told | None:
        number = self.rules.repeats or ""
        return told_again(self._rows(sheets), self.rules.check, self.contract, number, self.engine, self.room)

    def _write_tables(self, checked: Frame | None, told: Told | None) -> int:
        """The rows that may enter the lake, in every table of the contract; returns the events."""
        good = None if checked is None else self._good(checked, told)
        written = {table: self._write(table, good) for table in self.contract.tables}
        return written["events"]

    def _good(self, checked: Frame, told: Told | None) -> Frame:
        tables, last = self.contract.tables, self.rules.last
        carried = (name for table in tables for name in TABLES[table].names if name not in last)
        columns = list(dict.fromkeys([*carried, *self.rules.order]))
        good = checked.filter(nw.col(REASON).is_null())
        good = told.settled(good, self.engine, columns) if told else good.select(*columns)
        if len(tables) == 1:
            return good
        held = self.room / "good.parquet"  # so that the files are read and checked once, however many the tables
        _ = self.engine.write(good, held)
        return self.engine.scan(held)

    def _write(self, table: str, good: Frame | None) -> int:
        path = self.folder / f"{table}.parquet"
        if good is None:
            pq.write_table(TABLES[table].empty_table(), path)
            return 0
        if self.rules.only and table in self.rules.only:
            good = good.filter(self.rules.only[table])
        columns = {name: self.rules.last.get(name, nw.col(name)) for name in TABLES[table].names}
        return self.engine.write(good.sort(*self.rules.order, nulls_last=True).select(**columns), path)

    def _quarantine(self, sheets: list[Sheet], checked: Frame | None, *, found: int) -> int:
        """Write the rows that may not enter the lake, with their lines; `found` is how many the engine set aside."""
        path = self.folder / "quarantine.parquet"
        refusals = self.room / "refusals.parquet"
        pq.write_table(_as_table([refusal for one in sheets for refusal in one.refusals]), refusals)
        parts = [self.engine.scan(refusals)]
        if found and checked is not None:
            aside = self.room / "aside.parquet"
            _ = self.engine.write(self._set_aside(sheets, checked), aside)
            parts.append(self.engine.scan(aside))
        return self.engine.write(nw.concat(parts).sort("file", "line", "reason"), path)

    def _set_aside(self, sheets: list[Sheet], checked: Frame) -> Frame:
        bad = checked.filter(~nw.col(REASON).is_null())
        paths = self.engine.collect(bad.select(FILE).unique()).column(FILE).to_pylist()
        careful = [one if one.sifted else self._sift(one.extract) for one in sheets if str(one.path) in paths]
        again = self._checked(careful).filter(~nw.col(REASON).is_null())
        return again.select(file=said_of(careful, lambda one: one.extract.name), line=LINE, reason=REASON)

    def _reasons(self) -> tuple[tuple[str, int], ...]:
        rows = self.engine.scan(self.folder / "quarantine.parquet")
        counted: list[dict[str, Any]] = self.engine.collect(rows.group_by(REASON).agg(nw.len().alias("n"))).to_pylist()
        return tuple(sorted(((row[REASON], row["n"]) for row in counted), key=lambda pair: (-pair[1], pair[0])))


def _as_table(refusals: list[Refusal]) -> pa.Table:
    columns = zip(*((r.file, r.line, r.reason) for r in refusals), strict=True) if refusals else ((), (), ())
    return pa.Table.from_arrays([pa.array(list(c), f.type) for c, f in zip(columns, TABLES["quarantine"], strict=True)],
                                schema=TABLES["quarantine"])  # fmt: skip
