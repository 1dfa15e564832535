"""One row of a return: who counted what, of whom, where and when; or every sentence about what could not be read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headwater.sources.asides import aside
from headwater.sources.authorities import Placed
from headwater.sources.contract import Contract
from headwater.sources.named import public_name
from headwater.sources.published import Figure, Span, group_of, slug
from headwater.sources.reading import Unusable, Value
from headwater.sources.spans import span_reader
from headwater.sources.voluntary.cells import area_of, number_of, word_of

RELEASE = "as returned"
COLUMNS = ("Organisation", "Service", "From", "To", "Area", "What is counted", "Who", "Number")
_TITLES = ("Organisation", "Service", "Area", "From")
"""The columns in which the word 'Total' makes a row a total."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of one organisation."""

    organisation: str
    service: str
    span: Span
    area: Placed
    figure: Figure

    @property
    def key(self) -> tuple[object, ...]:
        """All that a figure is of, besides its number."""
        return self.organisation, self.span, self.area, self.figure.measure, self.figure.group

    @property
    def content(self) -> tuple[object, ...]:
        """What it says of that."""
        return self.figure.value, self.figure.status

    def row(self, contract: Contract) -> tuple[Value, ...]:
        """As a row of `counts`."""
        return self.figure.row(contract, self.organisation, RELEASE, self.area, self.span)


def rows_of(header: Sequence[str], cells: Sequence[Mapping[str, str]], contract: Contract) -> Iterator[Entry | str]:
    """Each row as an entry, or why it is none: an aside, or sentences.

    `cells` are by the header's own names and trimmed. Raises BadInput where a column of dates is written in two ways.
    """
    matched = contract.match(tuple(header))
    plain = [{name: row[matched[name]] if name in matched else "" for name in COLUMNS} for row in cells]
    read_span = span_reader([row["From"] for row in plain], [row["To"] for row in plain])
    for whole, row in zip(cells, plain, strict=True):
        yield _aside(list(whole.values()), row) or _read(row, read_span, contract)


def _aside(whole: Sequence[str], row: Mapping[str, str]) -> str | None:
    """Why a row is no row of data. A name that was merged over the rows may stand before the word 'Total'."""
    return aside(whole) or next((why for name in _TITLES if row[name] and (why := aside([row[name]]))), None)


def _read(row: Mapping[str, str], read_span: Callable[[str, str], Span], contract: Contract) -> Entry | str:
    """Reads every cell, so that all that is wrong with a row is said at once."""
    wrong: list[str] = []

    def tried(read: Callable[..., Any], *given: Any) -> Any:
        try:
            return read(*given)
        except Unusable as why:
            wrong.append(str(why))
            return None

    organisation = tried(public_name, row["Organisation"], "Organisation")
    service = tried(public_name, row["Service"], "Service") if row["Service"] else ""
    span = tried(read_span, row["From"], row["To"])
    area = tried(area_of, row["Area"], span or _NO_SPAN)
    measure = tried(word_of, row["What is counted"], contract.codes["what"], "What is counted")
    who = tried(word_of, row["Who"] or "everyone", contract.codes["who"], "Who")
    number = tried(number_of, row["Number"])
    if wrong:
        return " ".join(wrong)
    value, status = number
    group = group_of(service=slug(service), **dict(pair.split("=") for pair in who.split(";") if pair))
    figure = Figure(measure=measure, unit=contract.codes["units"][measure], value=value, status=status, group=group)
    return Entry(slug(organisation), slug(service), span, area, figure)


_NO_SPAN = Span("9999-12", "9999-12", "")
"""For an area whose dates could not be read: as it is named today."""
