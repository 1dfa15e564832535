"""Reading what the edge made of the files of emergency departments: an attendance after an assault a row."""

from datetime import datetime
from pathlib import Path

from headwater.sources.contract import read_contracts
from headwater.sources.edge import safe
from headwater.sources.reading import Reading, Unusable, Value
from headwater.sources.safe_records import Cells, Event, SafeRecords, SafeRows, either, flag, person, told

ATTENDANCES = "emergency.attendances"
UNCLEAR = frozenset(("other", "not-known", "weapon-not-said", "sharp-object"))
"""Methods that leave open whether there was a knife or a firearm."""
CLOSE = frozenset(("partner", "family"))


def _attendances(reading: Reading, rows: SafeRows) -> tuple[str, ...]:
    """An attendance is an event and a patient; there is nothing more to say of them."""
    for extract, line, cells in rows:
        found = (("events", _event(cells)), ("people", person(cells, ATTENDANCES, "patient")))
        try:
            if not reading.repeats((extract.producer, cells[safe.EVENT]), found, what="attendance"):
                reading.keep(found)
        except Unusable as why:
            reading.set_aside(extract, line, str(why))
    return ()


def _event(cells: Cells) -> tuple[Value, ...]:
    return Event(
        kind=cells["Assault method"],
        occurred=datetime.fromisoformat(cells["Assault date and time"]),
        outcome=cells["Disposal"] or None,
        setting=cells["Assault location type"],
        flags=_flags(cells),
    ).row(cells, ATTENDANCES)


def _flags(cells: Cells) -> dict[str, bool | None]:
    """What the notes tell, and what the coded columns say of the weapon, of who did it and of drink."""
    noted = told(cells)
    drank = flag(cells["Alcohol in last three hours"])
    return {
        **noted,
        "knife": either(_by_method("knife", cells), noted["knife"]),
        "firearm": either(_by_method("firearm", cells), noted["firearm"]),
        "domestic": True if cells["Relationship"] in CLOSE else noted["domestic"],
        "alcohol": noted["alcohol"] if drank is None else drank,
    }


def _by_method(weapon: str, cells: Cells) -> bool | None:
    """Was it the weapon? Nothing where the method leaves it open."""
    return None if cells["Assault method"] in UNCLEAR else cells["Assault method"] == weapon


SOURCE = SafeRecords(
    "emergency", read_contracts(Path(__file__).with_name("contract.toml")), {ATTENDANCES: _attendances}
)
