"""Statistical neighbours: the ten authorities most like each one, by the Department's reckoning.

They are figures of `counts`, a rank for each pair. They are no `links`: a neighbour is not inside, or carried on as, another.
"""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath

from headwater.sources.authorities import by_number, by_number_alone
from headwater.sources.contract import Contract, folded
from headwater.sources.published import Figure, Span, group_of, slug
from headwater.sources.reading import Reading, Unusable
from headwater.sources.source import Extract
from headwater.sources.text import Record, records
from headwater.vocabulary import BadInput
from headwater.vocabulary.periods import MONTHS

PRODUCER = "dfe"
ABOVE = "a title or note above the table"
_TITLES = 10
_NAMED = re.compile(r"(?<![a-z])(" + "|".join(month[:3].casefold() for month in MONTHS) + r")[a-z]*\W*_?(20\d\d)(?!\d)")
_PLACE = re.compile(r"sn(\d{1,2})")


def top_of(path: Path, contract: Contract) -> list[Record]:
    """The titles and the header of a table of neighbours; nothing where there is no such header near the top."""
    top: list[Record] = []
    for record in islice(records(path), _TITLES):
        top.append(record)
        if contract.likeness(tuple(record.fields)) == 1:
            return top
    return []


def month_of(name: str) -> str:
    """'2025-05' from 'sn_may_2025.xlsx'. Raises BadInput where the name has no month: neighbours are reckoned anew."""
    plain = name.replace("\\", "/").casefold()
    found = _NAMED.search(PurePosixPath(plain).name) or _NAMED.search(plain)
    if found is None:
        raise BadInput(
            f"{PurePosixPath(plain).name} is a table of statistical neighbours, but its name does not say of when. Put the "
            "month and the year in its name, as in sn_may_2025."
        )
    number = next(place for place, month in enumerate(MONTHS, start=1) if month[:3].casefold() == found[1])
    return f"{found[2]}-{number:02d}"


def read_neighbours(reading: Reading, extract: Extract, contract: Contract) -> None:
    """A rank for each neighbour of each authority."""
    month, top = month_of(extract.name), top_of(extract.path, contract)
    for above in top[1:]:
        reading.set_aside(extract, above.line, ABOVE)
    span, header = Span(month, month, month), [folded(field) for field in top[-1].fields]
    for record in islice(records(extract.path), len(top), None):
        try:
            fields = _fields(record, header)
            area = by_number(fields[header.index("la number")], fields[header.index("la name")], month, "LA number")
            ranks = tuple(_ranks(header, fields, month))
            if not reading.repeats((extract.name, area), ranks):
                reading.keep(("counts", rank.row(contract, PRODUCER, month, area, span)) for rank in ranks)
        except Unusable as why:
            reading.set_aside(extract, record.line, str(why))


def _fields(record: Record, header: list[str]) -> list[str]:
    if record.trouble or len(record.fields) != len(header):
        raise Unusable(record.trouble or "the row has other columns than the header")
    fields = [field.strip() for field in record.fields]
    if not fields[header.index("la number")]:
        raise Unusable("a note or an empty row, not a row of the table")
    return fields


def _ranks(header: list[str], fields: list[str], month: str) -> Iterator[Figure]:
    for place, column in enumerate(header):
        if found := _PLACE.fullmatch(column):
            neighbour = by_number_alone(fields[place], month, column.upper())
            close = slug(fields[place + 1]) if header[place + 1 : place + 2] == ["snp"] else None
            yield Figure(measure="statistical-neighbours", unit="rank", value=float(found[1]),
                         group=group_of(closeness=close, neighbour=neighbour.code))  # fmt: skip
