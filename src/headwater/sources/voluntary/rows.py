"""One row of a return: who counted what, of whom, where and when; or every sentence about what could not be read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from headwater.sources.areas import area_in
from headwater.sources.asides import aside
from headwater.sources.authorities import Placed
from headwater.sources.by_hand import Cells, Gathering
from headwater.sources.contract import Contract
from headwater.sources.named import public_name, word_of
from headwater.sources.published import Figure, Span, group_of, slug
from headwater.sources.reading import Value
from headwater.sources.spans import span_reader
from headwater.sources.voluntary.numbers import number_of

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

    def rows(self, contract: Contract, sender: str) -> Iterator[tuple[str, tuple[Value, ...]]]:  # noqa: ARG002  each is its own
        """As a row of `counts`."""
        yield "counts", self.figure.row(contract, self.organisation, RELEASE, self.area, self.span)


def entries(rows: Sequence[Cells], contract: Contract) -> Iterator[Entry | str]:
    """Each row as an entry, or why it is none: a total, or sentences.

    Raises BadInput where a column of dates is written in two ways.
    """
    read_span = span_reader([row["From"] for row in rows], [row["To"] for row in rows])
    return (_total(row) or _read(row, read_span, contract) for row in rows)


def _total(row: Cells) -> str | None:
    """Is it a total, though a name that was merged over the rows stands before the word?"""
    return next((why for name in _TITLES if row[name] and (why := aside([row[name]]))), None)


def _read(row: Cells, read_span: Callable[[str, str], Span], contract: Contract) -> Entry | str:
    """Reads every cell, so that all that is wrong with a row is said at once."""
    gathering = Gathering()
    tried = gathering.tried
    organisation = tried(public_name, row["Organisation"], "Organisation")
    service = tried(public_name, row["Service"], "Service") if row["Service"] else ""
    span = tried(read_span, row["From"], row["To"])
    first, last = (span.first, span.last) if span else _TODAY
    area = tried(area_in, row["Area"], first, last, "Area")
    measure = tried(word_of, row["What is counted"], contract.codes["what"], "What is counted")
    who = tried(word_of, row["Who"] or "everyone", contract.codes["who"], "Who")
    number = tried(number_of, row["Number"])
    if gathering.wrong:
        return " ".join(gathering.wrong)
    value, status = number
    group = group_of(service=slug(service), **dict(pair.split("=") for pair in who.split(";") if pair))
    figure = Figure(measure=measure, unit=contract.codes["units"][measure], value=value, status=status, group=group)
    return Entry(slug(organisation), slug(service), span, area, figure)


_TODAY = ("9999-12", "9999-12")
"""For an area whose dates could not be read: as it is named today."""
