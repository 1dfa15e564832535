"""Reading what the edge made of the files of emergency departments."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.edge import safe
from headwater.sources.reading import Reading, Unusable, Value
from headwater.sources.source import Account, Extract, Recognition

ATTENDANCES = "emergency.attendances"
UNCLEAR = frozenset(("other", "not-known", "weapon-not-said", "sharp-object"))
"""Methods that leave open whether there was a knife or a firearm."""
CLOSE = frozenset(("partner", "family"))
TABLES = ("events", "people")


class EmergencyDepartments:
    """Attendances after an assault, a row each."""

    name = "emergency"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """Never: what the departments send is known by its contract and made safe, and the safe file is known by its columns."""
        return None

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `events`, `people` and the quarantine."""
        reading = Reading(dataset, TABLES, further=True)
        for extract in sorted(extracts, key=lambda extract: extract.name):
            for _, cells in reading.rows(extract):
                line = int(cells[safe.LINE])
                if cells[safe.REFUSED]:
                    reading.set_aside(extract, line, cells[safe.REFUSED])
                    continue
                try:
                    rows = (("events", _event(cells)), ("people", _person(cells)))
                    if not reading.repeats((extract.producer, cells[safe.EVENT]), rows, what="attendance"):
                        reading.keep(rows)
                except Unusable as why:
                    reading.set_aside(extract, line, str(why))
        return reading.finish(folder)


def _event(cells: Mapping[str, str]) -> tuple[Value, ...]:
    """In the order of the columns of `events`, then of those a partner adds."""
    occurred = cells["Assault date and time"]
    told = {flag.removeprefix("told_"): cells[flag] for flag in safe.TOLD}
    return (
        cells[safe.EVENT],
        ATTENDANCES,
        cells[safe.PRODUCER],
        cells[safe.MONTH],
        datetime.fromisoformat(occurred),
        cells[safe.AREA] or None,
        None,
        None,
        cells["Assault method"],
        cells["Disposal"] or None,
        cells["Assault location type"],
        None,
        None,
        cells[safe.CONFIDENCE] or None,
        _weapon("knife", cells, told),
        _weapon("firearm", cells, told),
        True if cells["Relationship"] in CLOSE else _flag(told["domestic"]),
        _flag(cells["Alcohol in last three hours"] or told["alcohol"]),
        _flag(told["gang"]),
        _flag(told["county_lines"]),
        _flag(told["modern_slavery"]),
    )


def _weapon(kind: str, cells: Mapping[str, str], told: Mapping[str, str]) -> bool | None:
    """True by the method or by what was told; false where the method is something else, or the weapon was denied."""
    method = cells["Assault method"]
    if method == kind or told[kind] == "true":
        return True
    return False if told[kind] == "false" or method not in UNCLEAR else None


def _flag(said: str) -> bool | None:
    return None if not said else said == "true"


def _person(cells: Mapping[str, str]) -> tuple[Value, ...]:
    """In the order of the columns of `people`, then of those a partner adds."""
    return (
        cells[safe.EVENT],
        ATTENDANCES,
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


SOURCE = EmergencyDepartments()
