"""The quarterly tables of first responders: labels written once and left blank below, totals among the rows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from headwater.sources.contract import Contract
from headwater.sources.nrm.exploitation import Exploitation
from headwater.sources.nrm.periods import Stretch
from headwater.sources.nrm.series import LEVEL, PRODUCER, UNITED_KINGDOM
from headwater.sources.reading import Unusable, Value, whole_number

LABELS = (
    "First responder type",
    "First responder",
    "Exploitation type",
    "Age at exploitation",
    "Gender",
    "Nationality",
)
_WORDS = ("first_responder_type", "first_responder", "exploitation", "age_at_exploitation", "gender", "nationality")
_LISTS = {0: "first_responder_types", 3: "ages", 4: "genders"}
_TOTAL = re.compile(r"(?:(?P<of>.+?)\s+)?total", re.IGNORECASE)
MEASURE = "referrals-by-first-responder"

Labels = tuple[str | None, ...]
"""A label for each of LABELS; None where the row is a total over all of them."""


class Ditto:
    """Labels carried down a table: a blank means 'as above', until a label to its left changes."""

    def __init__(self) -> None:
        self._above: list[str] = [""] * len(LABELS)

    def read(self, cells: Sequence[str]) -> Labels:
        """The labels of a row. Raises `Unusable` where one is blank and nothing above it says what it is."""
        found: list[str | None] = []
        total = False
        for place, said in enumerate(cells):
            if total:
                found.append(_nothing(place, said))
            elif named := _TOTAL.fullmatch(said):
                total = True
                found.append(self._total(place, named["of"]))
            else:
                found.append(self._label(place, said))
        return tuple(found)

    def _label(self, place: int, said: str) -> str:
        if said and said != self._above[place]:
            self._above[place:] = [said, *[""] * (len(LABELS) - place - 1)]
        if not self._above[place]:
            raise Unusable(f"{LABELS[place]!r} is empty, and no row above says what it is")
        return self._above[place]

    def _total(self, place: int, of: str | None) -> str | None:
        """'Total' is over this label and all to its right; 'Kent Police Total' keeps the label and is over those."""
        if of is None:
            return None
        if of.casefold() != self._above[place].casefold() or place + 1 == len(LABELS):
            raise Unusable(f"{LABELS[place]!r} is a total of something other than the rows above it")
        return self._above[place]


def _nothing(place: int, said: str) -> None:
    if said and not _TOTAL.fullmatch(said):
        raise Unusable(f"{LABELS[place]!r} has a label in a row that is a total")


@dataclass(frozen=True, slots=True)
class Referrals:
    """One row: whom it is of, and how many."""

    line: int
    labels: Labels
    """In the words of the contract, None where the row is a total over all of them."""
    value: int

    @property
    def is_total(self) -> bool:
        return None in self.labels

    @property
    def group(self) -> str | None:
        """'age_at_exploitation=child;exploitation=criminal+labour;…', sorted; None for the total of everything."""
        said = sorted(f"{word}={label}" for word, label in zip(_WORDS, self.labels, strict=True) if label)
        return ";".join(said) or None

    def row(self, contract: Contract, release: str, period: Stretch) -> tuple[Value, ...]:
        """As a row of `counts`."""
        return (contract.dataset, PRODUCER, release, MEASURE, UNITED_KINGDOM, LEVEL, period.label, period.first, period.last,
                self.group, float(self.value), None, None, None, "referrals", None)  # fmt: skip


def read_referrals(
    line: int, cells: dict[str, str], matched: Mapping[str, str], ditto: Ditto, contract: Contract
) -> Referrals:
    """One row of the table. Raises `Unusable` where a label or the count cannot be read."""
    said = [cells[matched[label]] for label in LABELS]
    if not any(said[1:]) and not (cells[matched["Total"]] and said[0]):
        raise Unusable("a note, not a row of the table")
    labels = ditto.read(said)
    words = tuple(_word(place, label, contract) for place, label in enumerate(labels))
    return Referrals(line, words, whole_number(cells, matched["Total"]))


def _word(place: int, label: str | None, contract: Contract) -> str | None:
    if label is None:
        return None
    if LABELS[place] == "Exploitation type":
        return Exploitation.parse(label, contract.codes["exploitation"]).slug
    if place not in _LISTS:
        return slug(label)
    known = contract.codes[_LISTS[place]]
    if label.casefold() not in known:
        raise Unusable(f"{LABELS[place]!r} is not one of the words in the contract")
    return known[label.casefold()]


def slug(said: str) -> str:
    """'Avon & Somerset Police' as 'avon-and-somerset-police'."""
    return re.sub(r"[^a-z0-9]+", "-", said.casefold().replace("&", " and ")).strip("-")


def totals_against_rows(rows: Sequence[Referrals]) -> tuple[str, ...]:
    """Do the totals among the rows agree with the rows they are totals of? In words, for the account."""
    detail = [row for row in rows if not row.is_total]
    totals = [row for row in rows if row.is_total]
    sums: dict[Labels, int] = {}
    shapes = {tuple(label is None for label in row.labels) for row in totals}
    for row in detail:
        for shape in shapes:
            key = tuple(None if gone else label for label, gone in zip(row.labels, shape, strict=True))
            sums[key] = sums.get(key, 0) + row.value
    wrong = [str(total.line) for total in totals if sums.get(total.labels, 0) != total.value]
    if not totals:
        return ()
    said = f"{len(totals) - len(wrong)} of {len(totals)} totals among the rows agree with the rows they are totals of"
    return (said + (f"; not the one{'s' * (len(wrong) > 1)} on line {', '.join(wrong)}" if wrong else ""),)


def in_order(rows: Iterable[Referrals]) -> list[Referrals]:
    """By group, the totals first."""
    return sorted(rows, key=lambda row: row.group or "")
