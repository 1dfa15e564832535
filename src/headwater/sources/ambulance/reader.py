"""Reading what the edge made of the files of ambulance services: a row a vehicle and patient, an incident once, each patient once."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.edge import safe
from headwater.sources.reading import Reading, Unusable, Value
from headwater.sources.source import Account, Extract, Recognition

INCIDENTS = "ambulance.incidents"
TABLES = ("events", "people")
ONE_INCIDENT = timedelta(days=1)
"""Calls further apart than this are not about one incident, though a service gave them one number."""


class AmbulanceServices:
    """Incidents of violence, a row each vehicle and patient."""

    name = "ambulance"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """Never: what the services send is known by its contract and made safe, and the safe file is known by its columns."""
        return None

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `events`, `people` and the quarantine."""
        reading, seen = Reading(dataset, TABLES, further=True), _Seen()
        for extract in sorted(extracts, key=lambda extract: extract.name):
            for _, cells in reading.rows(extract):
                line = int(cells[safe.LINE])
                if cells[safe.REFUSED]:
                    reading.set_aside(extract, line, cells[safe.REFUSED])
                    continue
                try:
                    rows = seen.new(cells)
                except Unusable as why:
                    reading.set_aside(extract, line, str(why))
                    continue
                if rows:
                    reading.keep(rows)
                else:
                    reading.pass_over(1)
        return reading.finish(folder, seen.notes())


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

    def new(self, cells: Mapping[str, str]) -> list[tuple[str, tuple[Value, ...]]]:
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
            rows.append(("people", _person(cells)))
        self.again += not rows
        return rows

    def _patient(self, cells: Mapping[str, str]) -> Hashable:
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


def _has_patient(cells: Mapping[str, str]) -> bool:
    """Does a row say anything of a patient? A vehicle that was stood down has none."""
    return any(cells[name] for name in (safe.KEY, safe.AGE, safe.HOME, "Sex", "Ethnicity"))


def _event(cells: Mapping[str, str]) -> tuple[Value, ...]:
    """In the order of the columns of `events`, then of those a partner adds."""
    told = {flag.removeprefix("told_"): cells[flag] for flag in safe.TOLD}
    return (
        cells[safe.EVENT],
        INCIDENTS,
        cells[safe.PRODUCER],
        cells[safe.MONTH],
        datetime.fromisoformat(cells["Call time"]),
        cells[safe.AREA] or None,
        None,
        None,
        cells["Chief complaint"],
        cells["Disposal"] or None,
        cells["Location type"] or None,
        None,
        None,
        cells[safe.CONFIDENCE] or None,
        _weapon("stabbing", "gunshot", cells, told["knife"]),
        _weapon("gunshot", "stabbing", cells, told["firearm"]),
        _flag(told["domestic"]),
        True if cells["Alcohol"] == "true" else _flag(told["alcohol"] or cells["Alcohol"]),
        _flag(told["gang"]),
        _flag(told["county_lines"]),
        _flag(told["modern_slavery"]),
    )


def _weapon(is_one: str, is_other: str, cells: Mapping[str, str], told: str) -> bool | None:
    """True by the complaint or by what was told; false where the complaint is of the other weapon, or this one was denied."""
    if cells["Chief complaint"] == is_one or told == "true":
        return True
    return False if told == "false" or cells["Chief complaint"] == is_other else None


def _flag(said: str) -> bool | None:
    return None if not said else said == "true"


def _person(cells: Mapping[str, str]) -> tuple[Value, ...]:
    """In the order of the columns of `people`, then of those a partner adds."""
    return (
        cells[safe.EVENT],
        INCIDENTS,
        cells[safe.PRODUCER],
        cells[safe.MONTH],
        "patient",
        cells[safe.AGE] or None,
        cells["Sex"] or None,
        cells["Ethnicity"] or None,
        None,
        cells[safe.KEY] or None,
        cells[safe.GRADE] or None,
        cells[safe.HOME] or None,
    )


SOURCE = AmbulanceServices()
