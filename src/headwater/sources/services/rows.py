"""One row of a register: a service, and each of the areas it is delivered in; or every sentence about what could not be read."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from headwater.sources.areas import areas_in
from headwater.sources.authorities import Placed
from headwater.sources.by_hand import Cells, Gathering
from headwater.sources.contract import Contract, folded
from headwater.sources.dates import Moment, date_reader
from headwater.sources.named import public_name, word_of
from headwater.sources.published import slug
from headwater.sources.reading import Unusable, Value
from headwater.sources.spans import named_months
from headwater.vocabulary import month_name

OLDEST = 120
NOT_SAID = "not-said"
_ALWAYS = ("9999-12", "9999-12")
"""Areas are as they are named today."""
_UNKNOWN = frozenset(("", "-", "–", "?", "n/a", "na", "tbc", "not known", "unknown"))
_OPEN = frozenset(("open-ended", "open ended", "ongoing", "permanent", "recurrent", "core funding", "no end date"))
_MONEY = re.compile(r"£? ?(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})? ?(k?)(?: (?:a|per) year| p\.?a\.?)?")

Until = tuple[str, str | None]
"""How it is funded, and the last month where there is one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One service."""

    service: str
    provider: str
    areas: tuple[Placed, ...]
    codes: tuple[str, str, str, str]
    """Aim, activity, level of prevention, cohort."""
    ages: tuple[int | None, int | None]
    referral: str
    funder: str | None
    until: Until
    money: float | None
    places: int | None
    evaluated: str

    @property
    def key(self) -> tuple[object, ...]:
        return slug(self.service), slug(self.provider), self.areas

    @property
    def content(self) -> tuple[object, ...]:
        return self.codes, self.ages, self.referral, self.funder, self.until, self.money, self.places, self.evaluated

    def rows(self, contract: Contract, sender: str) -> Iterator[tuple[str, tuple[Value, ...]]]:
        """As rows of `services`, one an area."""
        for area in self.areas:
            yield "services", (contract.dataset, sender, self.service, self.provider, *self.codes, *self.ages, area.code, area.level,
                               self.referral, self.funder, *self.until, self.money, self.places, self.evaluated)  # fmt: skip


def entries(rows: Sequence[Cells], contract: Contract) -> Iterator[Entry | str]:
    """Each row as a service, or why it is none. Raises BadInput where the dates are written in two ways."""
    read = date_reader([row["Funded until"] for row in rows], "Funded until")
    return (_read(row, read, contract) for row in rows)


def _read(row: Cells, read_date: Callable[[str], Moment | None], contract: Contract) -> Entry | str:
    gathering = Gathering()
    tried = gathering.tried

    def coded(column: str, words: str, otherwise: str = "") -> str:
        said = row[column]
        return (
            otherwise if otherwise and folded(said) in _UNKNOWN else tried(word_of, said, contract.codes[words], column)
        )

    entry = Entry(
        service=tried(public_name, row["Service"], "Service"),
        provider=tried(public_name, row["Provider"], "Provider"),
        areas=tried(areas_in, row["Area"], *_ALWAYS, "Area"),
        codes=(coded("Aim", "aim"), coded("Activity", "activity", NOT_SAID), coded("Prevention level", "prevention"),
               coded("Cohort", "cohort")),
        ages=tried(_ages, row) or (None, None),
        referral=coded("Referral route", "referral", NOT_SAID),
        funder=tried(public_name, row["Funder"], "Funder") if folded(row["Funder"]) not in _UNKNOWN else None,
        until=tried(until_of, row["Funded until"], read_date) or (NOT_SAID, None),
        money=tried(_money, row["Money a year"]),
        places=tried(_places, row["Places a year"]),
        evaluated=coded("Evaluated", "evaluated", NOT_SAID),
    )  # fmt: skip
    return " ".join(gathering.wrong) if gathering.wrong else entry


def until_of(said: str, read_date: Callable[[str], Moment | None]) -> Until:
    """'March 2027', a day, a quarter or a financial year as the last month of it. Raises `Unusable`."""
    plain = folded(said)
    if plain in _UNKNOWN:
        return NOT_SAID, None
    if plain in _OPEN:
        return "open-ended", None
    if months := named_months(said):
        return "until", month_name(months[1])
    try:
        day = read_date(said)
    except Unusable:
        day = None
    if day is None or day.year < 2000:
        raise Unusable(
            "'Funded until' is no month. Please write it as March 2027, or Open-ended; leave it blank if nobody knows."
        )
    return "until", f"{day.year}-{day.month:02d}"


def _ages(row: Cells) -> tuple[int | None, int | None]:
    first, last = (_whole(row[column], column, OLDEST) for column in ("Ages from", "Ages to"))
    if first is not None and last is not None and last < first:
        raise Unusable("'Ages to' is below 'Ages from'. Please look at both.")
    return first, last


def _places(said: str) -> int | None:
    return _whole(said, "Places a year", 10_000_000)


def _whole(said: str, column: str, most: int) -> int | None:
    plain = folded(said).removesuffix(".0").replace(",", "")
    if plain in _UNKNOWN:
        return None
    if not (plain.isascii() and plain.isdigit()) or int(plain) > most:
        raise Unusable(f"{column!r} is not a whole number. Please write one, or leave it blank if you do not know.")
    return int(plain)


def _money(said: str) -> float | None:
    plain = folded(said)
    if plain in _UNKNOWN:
        return None
    found = _MONEY.fullmatch(plain)
    if found is None:
        raise Unusable(
            "'Money a year' is no sum. Please write pounds a year as a number, or leave it blank if you do not know."
        )
    return float(found[1].replace(",", "") + (found[2] or "")) * (1_000 if found[3] else 1)
