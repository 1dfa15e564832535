"""Reading what the edge made of the files of ambulance services: a row a vehicle and patient, an incident once, each patient once."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from headwater.sources.contract import read_contracts
from headwater.sources.edge import safe
from headwater.sources.reading import Reading, Unusable, Value
from headwater.sources.safe_records import Cells, Event, SafeRecords, SafeRows, either, flag, person, told

INCIDENTS = "ambulance.incidents"
ONE_INCIDENT = timedelta(days=1)
"""Calls further apart than this are not about one incident, though a service gave them one number."""


def _incidents(reading: Reading, rows: SafeRows) -> Iterator[str]:
    """Reads them, then says what there is to say of them."""
    seen = _Seen()
    for extract, line, cells in rows:
        try:
            found = seen.new(cells)
        except Unusable as why:
            reading.set_aside(extract, line, str(why))
            continue
        if found:
            reading.keep(found)
        else:
            reading.pass_over(1)
    yield from seen.notes()


@dataclass(slots=True)
class _Seen:
    """The incidents and patients met so far."""

    incidents: dict[str, tuple[datetime, str]] = field(default_factory=dict[str, tuple[datetime, str]])
    """Of each, when it was first called in and what it was first said to be."""
    patients: set[Hashable] = field(default_factory=set[Hashable])
    alike: dict[Hashable, int] = field(default_factory=dict[Hashable, int])
    """Of patients without a key: how many alike a vehicle had in an incident."""
    again: int = 0
    nameless: int = 0
    otherwise: int = 0
    attended: set[str] = field(default_factory=set[str])

    def new(self, cells: Cells) -> list[tuple[str, tuple[Value, ...]]]:
        """What a row tells that no row before it told: an incident, a patient, both or neither.

        Raises Unusable where the incident's number was another day's.
        """
        incident, called = cells[safe.EVENT], datetime.fromisoformat(cells["Call time"])
        rows: list[tuple[str, tuple[Value, ...]]] = []
        first = self.incidents.setdefault(incident, (called, cells["Chief complaint"]))
        if abs(called - first[0]) > ONE_INCIDENT:
            raise Unusable("the same incident number was called in on another day: ask for numbers that are used once")
        if incident not in self.attended:
            self.attended.add(incident)
            rows.append(("events", _event(cells)))
        else:
            self.otherwise += cells["Chief complaint"] != first[1]
        if _has_patient(cells) and (who := self._patient(cells)) not in self.patients:
            self.patients.add(who)
            self.nameless += not cells[safe.KEY]
            rows.append(("people", person(cells, INCIDENTS, "patient")))
        self.again += not rows
        return rows

    def _patient(self, cells: Cells) -> Hashable:
        """Who a row is of: a key, or else the first, second… of those alike that one vehicle had in the incident."""
        incident = cells[safe.EVENT]
        if cells[safe.KEY]:
            return incident, cells[safe.KEY]
        alike = (incident, cells[safe.AGE], cells["Sex"])
        aboard = (*alike, cells["Vehicle"])
        self.alike[aboard] = self.alike.get(aboard, 0) + 1
        return (*alike, self.alike[aboard])

    def notes(self) -> tuple[str, ...]:
        """What there is to say of them, with exact counts."""
        told = (
            (
                self.again,
                "rows tell of further vehicles, or again of a patient: the incident and the patient are counted once",
            ),
            (self.nameless, "patients have no key: alike ones in one incident are told apart by the vehicle alone"),
            (
                self.otherwise,
                "rows give another complaint than the first row of their incident, which is the one that counts",
            ),
        )
        return tuple(f"{many:,} {words}" for many, words in told if many)


def _has_patient(cells: Cells) -> bool:
    """Does a row say anything of a patient? A vehicle that was stood down has none."""
    return any(cells[name] for name in (safe.KEY, safe.AGE, safe.HOME, "Sex", "Ethnicity"))


def _event(cells: Cells) -> tuple[Value, ...]:
    return Event(
        kind=cells["Chief complaint"],
        occurred=datetime.fromisoformat(cells["Call time"]),
        outcome=cells["Disposal"] or None,
        setting=cells["Location type"] or None,
        flags=_flags(cells),
    ).row(cells, INCIDENTS)


def _flags(cells: Cells) -> dict[str, bool | None]:
    """What the notes tell, and what the coded columns say of the weapon and of drink."""
    noted = told(cells)
    return {
        **noted,
        "knife": either(_by_complaint("stabbing", "gunshot", cells), noted["knife"]),
        "firearm": either(_by_complaint("gunshot", "stabbing", cells), noted["firearm"]),
        "alcohol": either(flag(cells["Alcohol"]), noted["alcohol"]),
    }


def _by_complaint(is_one: str, is_other: str, cells: Cells) -> bool | None:
    """Was it the weapon? Nothing where the complaint is of neither."""
    return {is_one: True, is_other: False}.get(cells["Chief complaint"])


SOURCE = SafeRecords("ambulance", read_contracts(Path(__file__).with_name("contract.toml")), {INCIDENTS: _incidents})
