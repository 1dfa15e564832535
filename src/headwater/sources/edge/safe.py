"""The safe file: what is left of a partner's file when nothing in it can tell who anybody is. It is what lands.

It has the same columns for every file of a dataset, in one order: where the row stood, why it may not be used (then it says
nothing else), whose it is and of which month, then what was kept, then what was made at the edge.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from headwater.sources.contract import Contract
from headwater.sources.source import Recognition
from headwater.sources.text import records
from headwater.vocabulary import FLAGS

LINE, REFUSED, EVENT, PRODUCER, MONTH = "line", "refused", "event_id", "producer", "month"
KEY, GRADE, AGE, HOME, AREA, CONFIDENCE = (
    "person_key",
    "key_grade",
    "age_band",
    "home_area",
    "area_code",
    "place_confidence",
)
TOLD = tuple(f"told_{flag}" for flag in FLAGS)
"""Flags that were read from free text."""
MADE_INTO_ANOTHER = ("age", "producer", "event", "area")
"""Forms of cells that go on in another column of the safe file."""
_IDENTIFIES = frozenset(("name", "date_of_birth", "nhs_number", "person_number"))


@dataclass(frozen=True, slots=True)
class SafeFile:
    """One producer's rows, made safe."""

    name: str
    """Made of the dataset, the producer and the months: nobody's own words."""
    contents: bytes


def plain_columns(contract: Contract) -> tuple[str, ...]:
    """The columns of the contract that are kept as they are, once they have the form it gives them."""
    return tuple(
        column.name
        for column in contract.columns
        if column.kept and not column.holds and column.form not in MADE_INTO_ANOTHER
    )


def safe_header(contract: Contract) -> tuple[str, ...]:
    """The columns of a safe file of the dataset."""
    holds = {column.holds for column in contract.personal}
    made = [KEY, GRADE] if holds & _IDENTIFIES else []
    made += [AGE] if contract.edge and contract.edge.ages else []
    made += [HOME] if "postcode" in holds else []
    placed = "place_words" in holds or any(column.form == "area" for column in contract.columns)
    made += [AREA, CONFIDENCE] if placed else []
    made += list(TOLD) if "free_text" in holds else []
    return (LINE, REFUSED, EVENT, PRODUCER, MONTH, *plain_columns(contract), *made)


def write_safe(contract: Contract, producer: str, rows: Iterable[Mapping[str, str]]) -> SafeFile:
    """A safe file of one producer's rows, always the same for the same rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, safe_header(contract), restval="", lineterminator="\n")
    writer.writeheader()
    months: set[str] = set()
    for row in rows:
        writer.writerow(row)
        months.add(row.get(MONTH, ""))
    known = sorted(months - {""})
    span = f"{known[0]}_to_{known[-1]}" if len(known) > 1 else "".join(known)
    return SafeFile(f"{contract.dataset}_{producer}_{span}.csv", out.getvalue().encode())


def recognise_safe(contracts: Iterable[Contract], header: tuple[str, ...], path: Path) -> Recognition | None:
    """Which dataset a file is the safe form of, whose and of which months; None where it is of none."""
    found = next((each for each in contracts if each.edge and header == safe_header(each)), None)
    if found is None:
        return None
    at, of = header.index(PRODUCER), header.index(MONTH)
    rows = [record.fields for record in islice(records(path), 1, None) if len(record.fields) == len(header)]
    months = tuple(sorted({row[of] for row in rows if row[of]}))
    producer = next((row[at] for row in rows), "")
    alone = months[0] if len(months) == 1 else None
    return Recognition(found.dataset, producer, alone, () if alone else months)
