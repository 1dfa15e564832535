"""Reading what the edge made of a force's crimes and of the people in them: a crime a row, a person in a crime a row, joined by a key."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from headwater.sources.contract import read_contracts
from headwater.sources.edge import safe
from headwater.sources.reading import Reading, Unusable, Value
from headwater.sources.safe_records import Cells, Event, SafeRecords, SafeRows, either, flag, person, told
from headwater.vocabulary import FLAGS, OffenceList

CRIMES, PEOPLE = "police_records.crimes", "police_records.people"
NOT_LISTED = "'Offence code' is not on the list of offences (home-office)"
_ASKED = {flag: flag.replace("_", " ").capitalize() for flag in FLAGS}
"""Of each flag, the column that gives it."""


@cache
def offences() -> OffenceList:
    """The agreed list by which codes are known."""
    return OffenceList.read(Path(str(files("headwater") / "definitions" / "offences" / "home-office.toml")))


def _crimes(reading: Reading, rows: SafeRows) -> Iterator[str]:
    """Reads them, then says what there is to say of them."""
    known = offences().offences
    retired = backwards = 0
    for extract, line, cells in rows:
        try:
            row = _event(cells)
            if reading.repeats((extract.producer, cells[safe.EVENT]), row, what="crime"):
                continue
        except Unusable as why:
            reading.set_aside(extract, line, str(why))
            continue
        retired += not known[cells["Offence code"]].in_use(cells[safe.MONTH])
        backwards += _is_backwards(cells)
        reading.keep((("events", row),))
    if retired:
        yield (
            f"{retired:,} crimes have a code that was not in use in the month of the report, by dates that are mostly unverified: "
            "they are counted under it"
        )
    if backwards:
        yield f"{backwards:,} crimes are said to have ended before they began: they are counted, and when they happened is left empty"


def _people(reading: Reading, rows: SafeRows) -> Iterator[str]:
    """One person is in one crime once in each role. Those without a key may be several alike, and all are kept."""
    nameless = 0
    for extract, line, cells in rows:
        key, seen_as = cells[safe.KEY], cells["Officer-defined ethnicity"] or None
        row = person(cells, PEOPLE, cells["Role"], ethnicity_by_officer=seen_as)
        try:
            if key and reading.repeats((extract.producer, cells[safe.EVENT], cells["Role"], key), row, what="person"):
                continue
        except Unusable:
            reading.set_aside(extract, line, "the same person has the same role in the same crime on an earlier line")
            continue
        nameless += not key
        reading.keep((("people", row),))
    if nameless:
        yield f"{nameless:,} people have no key: one of them who comes twice cannot be told from two who are alike"


def _event(cells: Cells) -> tuple[Value, ...]:
    """Raises `Unusable` where the offence is not on the list."""
    offence = offences().offences.get(cells["Offence code"])
    if offence is None:
        raise Unusable(NOT_LISTED)
    began, ended = (
        (None, None) if _is_backwards(cells) else (_time(cells["Committed from"]), _time(cells["Committed to"]))
    )
    return Event(
        kind=offence.subgroup,
        occurred=began,
        occurred_to=ended,
        outcome=cells["Outcome"] or None,
        setting=cells["Location type"] or None,
        offence_code=offence.code,
        flags=_flags(cells),
    ).row(cells, CRIMES)


def _flags(cells: Cells) -> dict[str, bool | None]:
    """What the force's own flags say, and what its words tell."""
    return {name: either(flag(cells[_ASKED[name]]), noted) for name, noted in told(cells).items()}


def _is_backwards(cells: Cells) -> bool:
    began, ended = cells["Committed from"], cells["Committed to"]
    return bool(began and ended) and ended < began


def _time(said: str) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


SOURCE = SafeRecords(
    "police_records", read_contracts(Path(__file__).with_name("contract.toml")), {CRIMES: _crimes, PEOPLE: _people}
)
