"""What linkage compares: each row of a partner's file with who it is of, in memory only and for as long as the comparing takes.

The file goes through the edge as it does when it lands. So a row that would be set aside is not compared, what no agreement
covers is not read, and the key of the event is the one that the lake has.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from headwater.sources.contract import Contract
from headwater.sources.edge.guard import Desk, make_safe
from headwater.sources.edge.identifiers import moment, nhs_number, postcode, words_of_name
from headwater.sources.edge.safe import EVENT, LINE

SEX, ROLE = "codes:sex", "codes:role"
"""The forms of the columns that say a person's sex, and what they were in the event."""


@dataclass(frozen=True, slots=True, repr=False)
class PersonRecord:
    """One row as linkage compares it; None where something was not recorded. It has no form in which it could be printed."""

    dataset: str
    event: str
    """The key of the event, as it is in the lake."""
    role: str | None
    """What the person was in the event, where the file says."""
    file: str
    """The keyed fingerprint of the file."""
    line: int
    """Where the row stands in it; the header is 1."""
    given_name: str | None
    family_name: str | None
    date_of_birth: str | None
    sex: str | None
    postcode: str | None
    nhs_number: str | None

    def __repr__(self) -> str:
        return f"a record of {self.dataset}"


@dataclass(frozen=True, slots=True, repr=False)
class Comparable:
    """The records of one file."""

    dataset: str
    agreement: str
    """The agreement that lets it in, by name."""
    fingerprint: str
    """Of the file, made with the key: by it the file is known among those that landed."""
    records: tuple[PersonRecord, ...]

    def __repr__(self) -> str:
        return f"{len(self.records):,} records of {self.dataset}"


def comparable(contents: bytes, contract: Contract, desk: Desk) -> Comparable:
    """The records of a file that is only in memory. Raises as `make_safe` does."""
    rows: list[tuple[Mapping[str, str], Mapping[str, str]]] = []
    passed = make_safe(contents, contract, desk, lambda made, said: rows.append((made, said)))
    told = _Told(contract)
    return Comparable(
        dataset=contract.dataset,
        agreement=passed.agreement,
        fingerprint=passed.fingerprint,
        records=tuple(told.record(made, said, passed.fingerprint) for made, said in rows),
    )


class _Told:
    """What the columns of one contract tell of who a row is of."""

    def __init__(self, contract: Contract) -> None:
        self.dataset, self.columns = contract.dataset, contract.columns

    def record(self, made: Mapping[str, str], said: Mapping[str, str], file: str) -> PersonRecord:
        given, family = self._names(said)
        return PersonRecord(
            dataset=self.dataset,
            event=made[EVENT],
            role=self._coded(made, ROLE),
            file=file,
            line=int(made[LINE]),
            given_name=given,
            family_name=family,
            date_of_birth=_day(self._held(said, "date_of_birth")),
            sex=self._coded(made, SEX),
            postcode=next(filter(None, map(postcode, self._held(said, "postcode"))), None),
            nhs_number=next(filter(None, map(nhs_number, self._held(said, "nhs_number"))), None),
        )

    def _coded(self, made: Mapping[str, str], form: str) -> str | None:
        return next((made[each.name] for each in self.columns if each.form == form and made.get(each.name)), None)

    def _held(self, said: Mapping[str, str], holds: str, part: str = "") -> list[str]:
        wanted = (each for each in self.columns if each.holds == holds and each.part == part)
        return [said[each.name] for each in wanted if said.get(each.name)]

    def _names(self, said: Mapping[str, str]) -> tuple[str | None, str | None]:
        """Given and family name: from their own columns, or else the first words and the last of a whole name."""
        given, family = (_plain(self._held(said, "name", part)) for part in ("given", "family"))
        if given or family:
            return given, family
        whole = " ".join(self._held(said, "name"))
        before, comma, after = whole.partition(",")
        if comma:  # 'Threlkettle, Orsolwin'
            return _plain([after]), _plain([before])
        words = words_of_name(whole)
        return " ".join(words[:-1]) or None, " ".join(words[-1:]) or None


def _plain(names: Iterable[str]) -> str | None:
    return " ".join(word for name in names for word in words_of_name(name)) or None


def _day(said: Iterable[str]) -> str | None:
    found: datetime | None = next(filter(None, map(moment, said)), None)
    return found.date().isoformat() if found else None
