"""Capture tables of a file: each of one area and its months, whole or not at all."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from headwater.sources.areas import area_in
from headwater.sources.asides import aside
from headwater.sources.authorities import Placed
from headwater.sources.contract import Contract, folded
from headwater.sources.published import Figure, Span, figure, group_of, slug
from headwater.sources.reading import Unusable
from headwater.sources.spans import span_reader

MEASURE, UNIT = "capture", "people"
LIST = "list-"
"""What a list's word in a group begins with: 'list-police=1'."""
MOST = 10
"""More lists than this have more combinations than a table of people can fill."""
SPOILT = "another row of its table cannot be read, and a capture table is used whole or not at all"
_ON = {"0": "0", "1": "1"}

Cells = Mapping[str, str]
Where = tuple[Placed, Span]


@dataclass(frozen=True, slots=True)
class Row:
    """How many are on exactly these lists."""

    area: Placed
    span: Span
    figure: Figure

    @property
    def where(self) -> Where:
        """Which table it is a row of."""
        return self.area, self.span


def lists_of(header: Sequence[str], contract: Contract) -> tuple[str, ...]:
    """The columns of a header that are not the contract's own."""
    own = {folded(name) for column in contract.columns for name in (column.name, *column.accepted)}
    return tuple(column for column in header if column.strip() and folded(column) not in own)


def holds_flags(column: str, rows: Sequence[Cells]) -> bool:
    """Does a column hold 0 and 1 and nothing else, in every row that has anything in it but a total or a note?"""
    return bool(rows) and all(row[column] in _ON for row in rows if aside(list(row.values())) is None)


def rows_of(header: Sequence[str], rows: Sequence[Cells], contract: Contract) -> list[Row | str]:
    """Each row, or why it is none. Raises BadInput where a column of dates is written in two ways."""
    named = contract.match(tuple(header))
    whys = [aside(list(row.values())) for row in rows]
    plain = [row for row, why in zip(rows, whys, strict=True) if why is None]
    tos = [row[named["To"]] for row in plain] if "To" in named else []
    read_span = span_reader([row[named["From"]] for row in plain], tos)
    lists = lists_of(header, contract)
    found = [why or _read(row, named, lists, read_span, contract) for row, why in zip(rows, whys, strict=True)]
    return _whole(found, asides=frozenset(filter(None, whys)))


def _read(
    row: Cells,
    named: Mapping[str, str],
    lists: Sequence[str],
    read_span: Callable[[str, str], Span],
    contract: Contract,
) -> Row | str:
    try:
        span = read_span(row[named["From"]], row[named["To"]] if "To" in named else "")
        area = area_in(row[named["Area"]], span.first, span.last, "Area")
        many, status = figure({"Count": row[named["Count"]]}, "Count", contract.codes["marks"])
    except Unusable as why:
        return str(why)
    if many is not None and (many < 0 or not many.is_integer()):
        return "'Count' is not a whole number"
    on = {LIST + slug(name): _ON[row[name]] for name in lists}
    if "1" not in on.values():
        return "it is of people on no list: they are what is to be estimated, so leave the row out"
    return Row(area, span, Figure(measure=MEASURE, unit=UNIT, value=many, status=status, group=group_of(**on)))


def _whole(found: Sequence[Row | str], asides: frozenset[str]) -> list[Row | str]:
    """A table with a row that cannot be read, or a combination that comes twice, is spoilt; the other tables are not.

    A row whose place or months cannot be read may belong to any of them.
    """
    lost = any(isinstance(one, str) and one not in asides for one in found)
    times = Counter((row.where, row.figure.group) for row in found if isinstance(row, Row))
    twice = {where for (where, _), many in times.items() if many > 1}
    return [_judged(one, times, twice, lost=lost) for one in found]


def _judged(one: Row | str, times: Counter[tuple[Where, str | None]], twice: set[Where], *, lost: bool) -> Row | str:
    if isinstance(one, str):
        return one
    if times[one.where, one.figure.group] > 1:
        return "the same combination of lists comes twice in its table: add the two up, or leave one out"
    return SPOILT if lost or one.where in twice else one


def tables(rows: Sequence[Row | str]) -> Iterator[tuple[Where, list[Row]]]:
    """The rows that can be used, by table, in order."""
    held: defaultdict[Where, list[Row]] = defaultdict(list)
    for row in rows:
        if isinstance(row, Row):
            held[row.where].append(row)
    yield from sorted(held.items(), key=lambda each: (each[0][0].code, each[0][1]))
