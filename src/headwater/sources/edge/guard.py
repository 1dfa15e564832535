"""The edge itself: a partner's file goes in, in memory only, and what comes out can tell nobody who anyone is.

No cell passes because it looks harmless. It passes because the contract gives it a form and it has that form, or because
something was made of it here. A row that was torn or shifted, so that a name stands where a code should, cannot pass.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import cast

from headwater.sources.contract import Column, Contract
from headwater.sources.edge.forms import NO, YES, age, band, codes_as_read, formed
from headwater.sources.edge.identifiers import age_at, moment, postcode
from headwater.sources.edge.key import Key
from headwater.sources.edge.memory import MemoryFile
from headwater.sources.edge.persons import person_of
from headwater.sources.edge.reviewed import WordList
from headwater.sources.edge.safe import (
    AGE,
    AREA,
    CONFIDENCE,
    EVENT,
    GRADE,
    HOME,
    KEY,
    LINE,
    MONTH,
    PRODUCER,
    REFUSED,
    SafeFile,
    plain_columns,
    write_safe,
)
from headwater.sources.edge.whereabouts import Whereabouts
from headwater.sources.text import Record, records
from headwater.vocabulary import BadInput

Cells = dict[str, str]
Witness = Callable[[Mapping[str, str], Mapping[str, str]], object]
"""Told of each row that passes what was made of it and what stood in it, by the contract's names: for linkage, in memory only."""
TORN = "a quotation mark seems not to be closed: the row runs over several lines"
WIDTH = "the row has the wrong number of fields"


@dataclass(frozen=True, slots=True)
class Admission:
    """What a sharing agreement lets in of one dataset."""

    agreement: str
    """Its name."""
    fields: frozenset[str]
    """The columns, by the contract's names, that may be read."""
    producers: Mapping[str, str]
    """What a row may say of whose it is, in lower case -> the producer's name in the lake."""
    words: tuple[WordList, ...] = ()
    """The lists that may read flags from free text."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the landing brings to the edge."""

    admit: Callable[[Contract, tuple[str, ...]], Admission]
    """Raises NotAgreed where no agreement lets in a file of the contract with these columns."""
    key: Callable[[], Key]
    """Raises WrongRequest where there is no key."""
    whereabouts: Callable[[], Whereabouts]


@dataclass(frozen=True, slots=True)
class Passed:
    """What came out of one file."""

    dataset: str
    agreement: str
    files: tuple[SafeFile, ...]
    fingerprint: str
    rows: int
    removed: tuple[tuple[str, int], ...]
    """(what, how many filled cells): everything that did not pass, sorted."""
    found: tuple[tuple[str, int], ...]
    """(what was made, how many rows): keys by what they rest on, places by how sure they are; sorted."""
    notes: tuple[str, ...]


class _Refused(Exception):
    """This row may not be used; the message says why, naming columns and never a cell."""


def nobody(_made: Mapping[str, str], _said: Mapping[str, str]) -> None:
    """No witness: what identifies people is forgotten as soon as a row is safe."""


def make_safe(contents: bytes, contract: Contract, desk: Desk, witness: Witness = nobody) -> Passed:
    """Turn a file that is only in memory into safe files, one a producer.

    Raises NotAgreed where no agreement lets it in, WrongRequest where there is no key, BadInput where no row of it can be
    used. No message and no chained error holds anything of the file.
    """
    file = cast("Path", MemoryFile(contents))
    header = tuple(field.strip() for field in next(records(file)).fields)
    try:
        matched = contract.match(header)
    except BadInput:
        raise BadInput(_mismatch(contract, header)) from None
    admission = desk.admit(contract, tuple(matched))
    here = {name: header.index(given) for name, given in matched.items() if name in admission.fields}
    passing = _Passing(contract, admission, desk.key(), desk.whereabouts(), here)
    rows = list(passing.rows(records(file), len(header), len(header) - len(here), witness))
    return passing.passed(rows, desk.key().fingerprint(contents))


def _mismatch(contract: Contract, header: tuple[str, ...]) -> str:
    """Why the header does not do, in the contract's own words: a header may be somebody's row."""
    missing = [c.name for c in contract.columns if c.required and not contract.offers(c, header)]
    why = f"it lacks {', '.join(map(repr, missing))}" if missing else "a column comes twice"
    return f"the file looks like {contract.dataset}, but {why}. No rows were read."


class _Passing:
    """One file on its way through, and the tally of what did not pass."""

    def __init__(
        self, contract: Contract, admission: Admission, key: Key, whereabouts: Whereabouts, here: Mapping[str, int]
    ) -> None:
        assert contract.edge is not None  # noqa: S101  whoever guards a dataset knows it has one
        self.contract, self.edge, self.admission = contract, contract.edge, admission
        self.key, self.whereabouts, self.here = key, whereabouts, here
        self.by_name = {column.name: column for column in contract.columns}
        self.plain, self.codes = plain_columns(contract), codes_as_read(contract.codes)
        self.removed: Counter[str] = Counter()
        self.made: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()

    def rows(self, given: Iterator[Record], width: int, unread: int, witness: Witness) -> Iterator[Cells]:
        """Every row of the file, safe or refused."""
        if unread:
            self.removed["columns that were not read"] = unread
        for record in islice(given, 1, None):
            try:
                fields = _whole(record, width)
                said = {name: fields[at].strip() for name, at in self.here.items()}
                row = {LINE: str(record.line), **self._safe(said, fields)}
                witness(row, said)
            except _Refused as why:
                self.reasons[str(why)] += 1
                row = {LINE: str(record.line), REFUSED: str(why)}
            yield row

    def passed(self, rows: list[Cells], fingerprint: str) -> Passed:
        """The rows by producer; those of nobody are put with the first."""
        producers = sorted({row[PRODUCER] for row in rows if PRODUCER in row})
        if not producers:
            why = "; ".join(f"{many:,} rows: {reason}" for reason, many in sorted(self.reasons.items()))
            raise BadInput(f"no row of the file of {self.contract.dataset} can be used. {why or 'It has none.'}")
        mine: dict[str, list[Cells]] = {producer: [] for producer in producers}
        for row in rows:
            mine[row.get(PRODUCER, producers[0])].append({PRODUCER: producers[0]} | row)
        return Passed(
            dataset=self.contract.dataset,
            agreement=self.admission.agreement,
            files=tuple(write_safe(self.contract, producer, each) for producer, each in mine.items()),
            fingerprint=fingerprint,
            rows=len(rows),
            removed=tuple(sorted(self.removed.items())),
            found=tuple(sorted(self.made.items())),
            notes=tuple(f"{many:,} rows will be set aside: {why}" for why, many in sorted(self.reasons.items())),
        )

    def _safe(self, said: Cells, fields: list[str]) -> Cells:
        held: dict[str, list[str]] = {}
        for name, cell in said.items():
            if cell and (holds := self.by_name[name].holds):
                held.setdefault(holds, []).append(cell)
                self.removed[holds] += 1
        producer = self._producer(said)
        kept = {name: self._kept(self.by_name[name], said.get(name, "")) for name in self.plain}
        month = next((kept[name][:7] for name in self.edge.month if kept[name]), "")
        if not month:
            raise _Refused(f"{' and '.join(map(repr, self.edge.month))} do not say of which month the row is")
        row = {PRODUCER: producer, MONTH: month, EVENT: self._event(said, producer, fields), **kept}
        return row | self._person(held, said, producer, kept) | self._places(held, said) | self._flags(held)

    def _producer(self, said: Cells) -> str:
        cell = said.get(self.edge.producer, "").casefold()
        if cell not in self.admission.producers:
            raise _Refused(f"{self.edge.producer!r} names none that the agreement covers")
        return self.admission.producers[cell]

    def _kept(self, column: Column, cell: str) -> str:
        if not cell:
            if column.required:
                raise _Refused(f"{column.name!r} is empty")
            return ""
        if column.form == "key":
            return self.key.event(f"{column.name}:{cell}")
        found = formed(cell, column.form, self.codes)
        if found is None and column.required:
            raise _Refused(f"{column.name!r} is not what the contract says it may be")
        if found is None:
            self.removed[f"cells of {column.name!r} that were not what the contract says"] += 1
        return found or ""

    def _event(self, said: Cells, producer: str, fields: list[str]) -> str:
        """The partner's number for the event, as a key; failing that a key of the whole row, and how many alike came before."""
        numbers = {name: cell for name, cell in said.items() if self.by_name[name].form == "event"}
        if number := next(filter(None, numbers.values()), None):
            return self.key.numbered(producer, number)
        if needed := [name for name in numbers if self.by_name[name].required]:
            raise _Refused(f"{needed[0]!r} is empty")
        row = self.key.event(f"row:{producer}:{chr(31).join(fields)}")
        self.seen[row] += 1
        return self.key.event(f"{row}:{self.seen[row]}")

    def _person(self, held: Mapping[str, list[str]], said: Cells, producer: str, kept: Cells) -> Cells:
        found: Cells = {}
        if person := person_of(held, producer, self.key):
            found |= {KEY: person.key, GRADE: person.grade}
            self.made[f"person key from {person.grade}"] += 1
        if self.edge.ages and (years := self._age(held, said, kept)) is not None:
            found[AGE] = band(years, self.edge.ages)
        code = next(filter(None, map(postcode, held.get("postcode", []))), None)
        if code and (area := self.whereabouts.postcodes.area(code)):
            found[HOME] = area
            self.made["home found by postcode"] += 1
        return found

    def _age(self, held: Mapping[str, list[str]], said: Cells, kept: Cells) -> int | None:
        """Age when it happened: by the date of birth, else as the partner gives it."""
        born = next(filter(None, map(moment, held.get("date_of_birth", []))), None)
        event = next((kept[name] for name in self.edge.event if kept[name]), "")
        if born and event:
            return age_at(born.date(), datetime.fromisoformat(event).date())
        stated = (cell for name, cell in said.items() if self.by_name[name].form == "age")
        return next((years for years in map(age, stated) if years is not None), None)

    def _places(self, held: Mapping[str, list[str]], said: Cells) -> Cells:
        """The small area that the partner gives; failing that, the one that its words describe."""
        if given := next(filter(None, (self._area(name, cell) for name, cell in said.items())), None):
            self.made["place given"] += 1
            return {AREA: given, CONFIDENCE: "given"}
        if not (words := " , ".join(held.get("place_words", []))):
            return {}
        found = self.whereabouts.find(words)
        self.made[f"place {found.confidence}"] += 1
        return {AREA: found.area or "", CONFIDENCE: found.confidence}

    def _area(self, name: str, cell: str) -> str | None:
        if not cell or self.by_name[name].form != "area":
            return None
        found = formed(cell, "area", {})
        if found is None:
            self.removed[f"cells of {name!r} that were not what the contract says"] += 1
        return found

    def _flags(self, held: Mapping[str, list[str]]) -> Cells:
        told: dict[str, bool] = {}
        for reader in self.admission.words:
            for flag, said in reader.read_flags("\n".join(held.get("free_text", []))).items():
                told[flag] = told.get(flag, False) or said
        return {f"told_{flag}": YES if said else NO for flag, said in told.items()}


def _whole(record: Record, width: int) -> list[str]:
    """The fields of a record that is what it seems to be. A quotation mark left open swallows the rows that follow."""
    if record.trouble:
        raise _Refused(record.trouble)
    swallowed = any(line.count(",") >= width - 1 for field in record.fields for line in field.splitlines()[1:])
    if swallowed and width > 1:
        raise _Refused(TORN)
    if len(record.fields) != width:
        raise _Refused(WIDTH)
    return record.fields
