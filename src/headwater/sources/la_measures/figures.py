"""The long table of figures: one row a measure, year and area, 641,070 of them in one file."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headwater.engine import TABLES
from headwater.sources.authorities import Placed, by_name, by_number
from headwater.sources.contract import Contract
from headwater.sources.la_measures.columns import (
    LINE,
    Read,
    Whole,
    as_text,
    first_of_each,
    lines_of,
    read_column,
    read_together,
)
from headwater.sources.la_measures.measures import Measured, measure_of, span_of
from headwater.sources.published import Span, figure
from headwater.sources.reading import Reading, Unusable
from headwater.sources.source import Extract
from headwater.sources.text import records

PRODUCER = "dfe"
_SHORT, _YEARS, _AREA, _VALUE, _NUMBER = "Short Desc", "Years", "LA and Regions", "Values", "LA Number"


@dataclass(frozen=True, slots=True)
class Of:
    """A measure and the months it is of."""

    slug: str
    measure: Measured
    span: Span
    mark: str
    """What the year says of its figures: revised or provisional."""


def read_figures(reading: Reading, extract: Extract, contract: Contract) -> None:
    """Every row of the file into `counts`, or set aside, or passed over as a repeat."""
    wanted = {name: given for name, given in contract.match(extract.header).items() if _enters(contract, name)}
    rows = lines_of(extract, wanted, reading)
    if not rows.num_rows:
        return
    of = _of(rows, contract)
    area = _areas(rows, of)
    value = read_column(rows[_VALUE], lambda said: figure({_VALUE: said}, _VALUE, contract.codes["marks"]))
    good, repeats = _sift(reading, extract, rows, (of, area, value))
    told = _table(of, area, value, contract.dataset, pa.array(good))
    reading.keep_table("counts", told, told.num_rows)
    reading.pass_over(repeats)


def _enters(contract: Contract, name: str) -> bool:
    """Is this a column that enters the lake?"""
    return next(column.kept for column in contract.columns if column.name == name)


def release_of(path: Path, header: tuple[str, ...], contract: Contract) -> str:
    """The table bears no date: the last month that it holds stands for one."""
    wanted = {name: given for name, given in contract.match(header).items() if name in (_SHORT, _YEARS)}
    rows = as_text(path, wanted)
    if rows is None:
        rows = _with_care(path, header, wanted)
    spans = [of.span for of in _of(rows, contract).answers if of is not None]
    return f"months to {max(spans).last}" if spans else "unknown"


def _with_care(path: Path, header: tuple[str, ...], wanted: dict[str, str]) -> pa.Table:
    places = [header.index(given) for given in wanted.values()]
    cells = [[record.fields[place].strip() for place in places] for number, record in enumerate(records(path))
             if number and not record.trouble and len(record.fields) == len(header)]  # fmt: skip
    columns = zip(*cells, strict=True) if cells else [()] * len(wanted)
    return pa.table({name: pa.array(column, pa.string()) for name, column in zip(wanted, columns, strict=True)})


def _of(rows: pa.Table, contract: Contract) -> Read:
    """Each different measure and year."""

    def together(short: str, years: str) -> Of:
        slug, measure = measure_of(short)
        said, _, ending = years.partition("(")
        ended = ending.rstrip(")").casefold().strip()
        if ending and ended not in contract.codes["years"]:
            raise Unusable("'Years' has words in brackets that are not in the contract")
        return Of(slug, measure, span_of(said.strip(), measure.years), contract.codes["years"].get(ended, ""))

    return read_together(read_column(rows[_SHORT], str), read_column(rows[_YEARS], str), together)


def _areas(rows: pa.Table, of: Read) -> Read:
    """Each different area at the end of each different period: codes change while names stay."""
    names = read_column(rows[_AREA], str)
    said = read_together(names, read_column(rows[_NUMBER], str), lambda name, number: (name, number)) if (
        _NUMBER in rows.column_names) else replace(names, answers=[(name, "") for name in names.answers])  # fmt: skip

    def during(area: tuple[str, str], span: Span) -> Placed:
        name, number = area
        return by_number(number, name, span.last, _NUMBER) if number else by_name(name, span.first, span.last, _AREA)

    return read_together(said, _periods(of), during)


def _periods(of: Read) -> Read:
    """The same rows by their period alone; where there is none, its reason is told already."""
    different = sorted({answer.span for answer in of.answers if answer is not None})
    place = {span: number for number, span in enumerate(different)}
    number = np.array(
        [len(different) if answer is None else place[answer.span] for answer in of.answers], dtype=np.int64
    )
    return Read([*different, None], [""] * (len(different) + 1), number[of.place])


def _sift(reading: Reading, extract: Extract, rows: pa.Table, parts: tuple[Read, Read, Read]) -> tuple[Any, int]:
    """Which rows to keep; those that repeat an earlier one, counted; and the rest set aside."""
    of, area, value = parts
    lines = rows[LINE].to_numpy()
    bad = of.refused | area.refused | value.refused
    for row in np.flatnonzero(bad).tolist():
        reason = next(reason for part in parts if (reason := part.reason(row)))
        reading.set_aside(extract, int(lines[row]), reason)
    usable = np.flatnonzero(~bad)
    first = usable[first_of_each(*(column[usable] for column in _key(of, area)))] if len(usable) else usable
    later = first != usable
    same = value.place[usable] == value.place[first]
    for row in usable[later & ~same].tolist():
        reading.set_aside(
            extract,
            int(lines[row]),
            "the same measure, period and area appears earlier in the file with other contents",
        )
    keep = np.zeros(len(bad), dtype=bool)
    keep[usable[~later]] = True
    return keep, int((later & same).sum())


def _key(of: Read, area: Read) -> tuple[Whole, Whole]:
    """What a figure is of, in numbers: measure and period, and area."""
    return _numbered(of, _measure_and_period), _numbered(area, _itself)


def _measure_and_period(answer: Of) -> tuple[str, Span]:
    return answer.slug, answer.span


def _itself(answer: Placed) -> Placed:
    return answer


def _numbered(part: Read, key: Any) -> Whole:
    different: dict[Any, int] = {}
    numbers = [different.setdefault(None if answer is None else key(answer), len(different)) for answer in part.answers]
    return np.array(numbers, dtype=np.int64)[part.place]


def _either(first: pa.Array, second: pa.Array) -> pa.Array:
    """By row, the first that there is."""
    return pc.call_function("coalesce", [first, second])


def _table(of: Read, area: Read, value: Read, dataset: str, good: pa.Array) -> pa.Table:
    """The good rows as rows of `counts`."""
    text, many = pa.string(), len(of.place)
    spans = [answer.span for answer in of.answers if answer is not None]
    release = f"months to {max(spans).last}" if spans else "unknown"
    empty = pa.nulls(many, pa.float64())
    columns: dict[str, pa.Array] = {
        "dataset": pa.repeat(pa.scalar(dataset), many), "producer": pa.repeat(pa.scalar(PRODUCER), many),
        "release": pa.repeat(pa.scalar(release), many), "measure": of.column(lambda said: said.slug, text),
        "area_code": area.column(lambda said: said.code, text), "level": area.column(lambda said: said.level, text),
        "period": of.column(lambda said: said.span.label, text), "first_month": of.column(lambda said: said.span.first, text),
        "last_month": of.column(lambda said: said.span.last, text), "group": pa.nulls(many, text),
        "value": value.column(lambda said: said[0], pa.float64()), "denominator": empty, "lower": empty, "upper": empty,
        "unit": of.column(lambda said: said.measure.unit, text),
        "status": _either(value.column(lambda said: said[1], text), of.column(lambda said: said.mark or None, text)),
    }  # fmt: skip
    schema = TABLES["counts"]
    return pa.table([columns[name].filter(good) for name in schema.names], schema=schema)
