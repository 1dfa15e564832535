"""Offences by code, and what a partnership has agreed to call serious violence: no law fixes it, so every area writes it down."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

from headwater.vocabulary.agreed import agreed_words
from headwater.vocabulary.errors import BadInput, WrongRequest, did_you_mean

FLAGS = ("knife", "firearm", "domestic", "alcohol", "gang", "county_lines", "modern_slavery")
"""What may be said of an event beside its offence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence:
    """One code of the Counting Rules, with the months it was in use ('2012-04'; empty where it has no known end)."""

    code: str
    title: str
    group: str
    subgroup: str
    checked: Literal["read", "unverified"]
    since: str = ""
    until: str = ""
    replaced_by: tuple[str, ...] = ()

    def in_use(self, month: str) -> bool:
        """Could an offence of this month be recorded under this code?"""
        return (not self.since or self.since <= month) and (not self.until or month <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class OffenceList:
    """One file of `definitions/offences/`."""

    name: str
    title: str
    owner: str
    agreed: date
    review_by: date
    version: str
    source_url: str
    why: str
    offences: Mapping[str, Offence]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read one file, refusing with BadInput what is missing, misspelt or given twice."""
        said = agreed_words(path, cls)
        listed = [_offence(path, entry) for entry in said.pop("offences")]
        if len(by_code := {offence.code: offence for offence in listed}) < len(listed):
            raise BadInput(f"{path.name}: a code is listed twice")
        return cls(name=path.stem, offences=by_code, **said)

    def find(self, code: str) -> Offence:
        """The offence of a code, or WrongRequest with the nearest."""
        if code not in self.offences:
            raise WrongRequest(f"no offence of {self.name} has the code {did_you_mean(code, self.offences)}")
        return self.offences[code]


@dataclass(frozen=True, slots=True)
class Listed:
    """Offences named by group, by subgroup or by code, and flags."""

    groups: frozenset[str] = frozenset()
    subgroups: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()

    def names(self, offence: Offence) -> bool:
        """Is the offence among them?"""
        return offence.group in self.groups or offence.subgroup in self.subgroups or offence.code in self.codes


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalDefinition:
    """What one area counts as serious violence: a file of `definitions/serious_violence/`, or a workspace's own fork of one."""

    name: str
    title: str
    area: str
    dated: str
    owner: str
    version: str
    source_url: str
    words: str
    """What was published, in our words."""
    exact: bool
    """Was the list of offences published? Where it was not, `reading` says how the words were read."""
    include: Listed
    reading: str = ""
    exclude: Listed = field(default_factory=Listed)
    ages: tuple[int, int] | None = None
    """Only where a victim or suspect is of these ages, both ends in."""

    @classmethod
    def read(cls, path: Path, known: OffenceList) -> Self:
        """Read one file, refusing with BadInput what is missing, misspelt, or no offence of `known`."""
        said = agreed_words(path, cls)
        for side in ("include", "exclude"):
            if side in said:
                said[side] = _listed(path, side, said[side], known)
        if "ages" in said:
            said["ages"] = (int(said["ages"][0]), int(said["ages"][1]))
        return cls(name=path.stem, **said)

    @property
    def identity(self) -> str:
        """What makes it this definition and no other: 'thames-valley-2021 version 1'."""
        return f"{self.name} version {self.version}"

    def covers(self, offence: Offence, flags: Collection[str] = ()) -> bool:
        """Is an event with this offence and these flags serious violence here? Ages are the counter's business."""
        named = self.include.names(offence) and not self.exclude.names(offence)
        return named and not self.exclude.flags.intersection(flags)

    def codes(self, known: OffenceList) -> tuple[str, ...]:
        """Every code it counts, retired ones among them, in the order of the list."""
        return tuple(code for code, offence in known.offences.items() if self.covers(offence))


def joinable(definitions: Collection[LocalDefinition]) -> None:
    """Refuse, with WrongRequest, to put figures under different definitions of serious violence together."""
    different = sorted({definition.identity for definition in definitions})
    if len(different) > 1:
        raise WrongRequest(
            f"these figures are under different definitions of serious violence ({'; '.join(different)}), so they can be neither "
            "added nor compared. Count them all again under one of them."
        )


def _offence(path: Path, entry: dict[str, Any]) -> Offence:
    try:
        listed: dict[str, Any] = {"replaced_by": tuple(entry.get("replaced_by", ()))}
        return Offence(**(entry | listed))
    except TypeError as problem:
        raise BadInput(f"{path.name}: the offence {entry.get('code', '?')!r} is not understood") from problem


def _listed(path: Path, side: str, said: dict[str, list[str]], known: OffenceList) -> Listed:
    offered = {
        "groups": {offence.group for offence in known.offences.values()},
        "subgroups": {offence.subgroup for offence in known.offences.values()},
        "codes": set(known.offences),
        "flags": set(FLAGS),
    }
    for kind, names in said.items():
        if kind not in offered:
            raise BadInput(f"{path.name}, {side}: not understood: {did_you_mean(kind, offered)}")
        if strange := sorted(set(names) - offered[kind]):
            raise BadInput(
                f"{path.name}, {side}: there is none of the {kind} called {did_you_mean(strange[0], offered[kind])}"
            )
    return Listed(**{kind: frozenset(names) for kind, names in said.items()})
