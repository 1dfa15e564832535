"""Reading what the edge made of a force's crimes and of the people in them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.edge import safe
from headwater.sources.reading import Reading, Unusable, Value
from headwater.sources.source import Account, Extract, Recognition
from headwater.vocabulary import FLAGS, OffenceList

CRIMES, PEOPLE = "police_records.crimes", "police_records.people"
NOT_LISTED = "'Offence code' is not on the list of offences (home-office)"
_ASKED = {flag: flag.replace("_", " ").capitalize() for flag in FLAGS}
"""Of each flag, the column that gives it."""


class PoliceRecords:
    """A crime a row, and a person in a crime a row; the crime's key joins them."""

    name = "police_records"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """Never: what forces send is known by its contract and made safe, and the safe file is known by its columns."""
        return None

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `events` of crimes or `people` of people, and the quarantine."""
        reading = Reading(dataset, self.contracts[dataset].tables, further=True)
        notes = tuple((_crimes if dataset == CRIMES else _people)(reading, extracts))
        return reading.finish(folder, notes)


@cache
def offences() -> OffenceList:
    """The agreed list by which codes are known."""
    return OffenceList.read(Path(str(files("headwater") / "definitions" / "offences" / "home-office.toml")))


def _crimes(reading: Reading, extracts: Sequence[Extract]) -> Iterator[str]:
    """Reads them, then says what there is to say of them."""
    known = offences().offences
    retired = backwards = 0
    for extract, line, cells in _usable(reading, extracts):
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


def _people(reading: Reading, extracts: Sequence[Extract]) -> Iterator[str]:
    """One person is in one crime once in each role. Those without a key may be several alike, and all are kept."""
    nameless = 0
    for extract, line, cells in _usable(reading, extracts):
        row, key = _person(cells), cells[safe.KEY]
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


def _usable(reading: Reading, extracts: Sequence[Extract]) -> Iterator[tuple[Extract, int, dict[str, str]]]:
    """(extract, line, cells) of every row that the edge let through; the others are set aside with its reason."""
    for extract in sorted(extracts, key=lambda extract: extract.name):
        for _, cells in reading.rows(extract):
            line = int(cells[safe.LINE])
            if cells[safe.REFUSED]:
                reading.set_aside(extract, line, cells[safe.REFUSED])
            else:
                yield extract, line, cells


def _event(cells: Mapping[str, str]) -> tuple[Value, ...]:
    """In the order of the columns of `events`, then of those a partner adds."""
    offence = offences().offences.get(cells["Offence code"])
    if offence is None:
        raise Unusable(NOT_LISTED)
    began, ended = (
        (None, None) if _is_backwards(cells) else (_time(cells["Committed from"]), _time(cells["Committed to"]))
    )
    return (
        cells[safe.EVENT],
        CRIMES,
        cells[safe.PRODUCER],
        cells[safe.MONTH],
        began,
        cells[safe.AREA] or None,
        None,
        None,
        offence.subgroup,
        cells["Outcome"] or None,
        cells["Location type"] or None,
        ended,
        offence.code,
        cells[safe.CONFIDENCE] or None,
        *(_flag(cells[_ASKED[flag]], cells[told]) for flag, told in zip(FLAGS, safe.TOLD, strict=True)),
    )


def _is_backwards(cells: Mapping[str, str]) -> bool:
    began, ended = cells["Committed from"], cells["Committed to"]
    return bool(began and ended) and ended < began


def _time(said: str) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _flag(asked: str, told: str) -> bool | None:
    """True where the force's flag or its words say so; false where either denies it; empty where neither speaks of it."""
    said = {asked, told} - {""}
    return None if not said else "true" in said


def _person(cells: Mapping[str, str]) -> tuple[Value, ...]:
    """In the order of the columns of `people`, then of those a partner adds."""
    return (
        cells[safe.EVENT],
        PEOPLE,
        cells[safe.PRODUCER],
        cells[safe.MONTH],
        cells["Role"],
        cells[safe.AGE] or None,
        cells["Sex"] or None,
        cells["Ethnicity"] or None,
        cells["Officer-defined ethnicity"] or None,
        cells[safe.KEY] or None,
        cells[safe.GRADE] or None,
        cells[safe.HOME] or None,
    )


SOURCE = PoliceRecords()
