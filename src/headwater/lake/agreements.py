"""Sharing agreements as data: `agreements/NAME.toml` in the workspace, one a file, which the people who signed it can read."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self, cast, get_args

from headwater.vocabulary import BadInput, agreed_words

FOLDER = "agreements"
AfterExpiry = Literal["stop", "keep"]
TOPICS = ("term", "datasets", "fields", "producers", "disclosure", "retention", "sharing")
"""What a clause may be about; each has its number in the agreement, so that a refusal can cite it."""
LINKAGE = "linkage"
"""The clause that is needed only where records may be linked."""
NEVER_LINKED = ("nrm",)
"""Sources whose records are counted and never linked, whatever anybody agrees."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One dataset that an agreement lets in."""

    fields: frozenset[str]
    """The columns, by the contract's names."""
    producers: Mapping[str, str]
    """What a file calls each producer -> a name to know it by."""
    words: tuple[str, ...] = ()
    """The lists of words that may read flags from its free text."""
    linkage: frozenset[str] = frozenset()
    """The other datasets with whose records its own may be linked."""

    def known_as(self, producer: str) -> str:
        """The name to know a producer of the lake by; empty where it is none of these."""
        return next((name for code, name in self.producers.items() if producer_of(code) == producer), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One file of `agreements/`. The file's name is the agreement's name."""

    name: str
    sha256: str
    """Of the file: which version of it something was landed under, whatever it calls itself."""
    title: str
    version: str
    parties: tuple[str, ...]
    purpose: str
    lawful_basis: str
    geography: str
    starts: date
    expires: date
    """The last day it is in force."""
    after_expiry: AfterExpiry = "stop"
    """May figures still rest, after it has expired, on what landed while it was in force?"""
    retention_months: int
    """How long what lands is kept, from the day it was received."""
    smallest_shown: int
    """The smallest count above nought that may be shown."""
    onward_sharing: str
    contact: str
    datasets: Mapping[str, Shared]
    clauses: Mapping[str, str]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read one agreement. Raises BadInput where it is not understood or something is missing."""
        said = agreed_words(path, cls, apart=("name", "sha256"))
        _check(path.name, said)
        said["datasets"] = {name: _shared(path.name, name, about) for name, about in said["datasets"].items()}
        _check_linkage(path.name, said["datasets"], said["clauses"])
        said["parties"] = tuple(said["parties"])
        return cls(name=path.stem, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), **said)

    def in_force(self, day: date) -> bool:
        return self.starts <= day <= self.expires

    def clause(self, topic: str) -> str:
        """'clause 4.2 of ed-assaults (version 1.1)'."""
        return f"clause {self.clauses[topic]} of {self.name} (version {self.version})"


def producer_of(code: str) -> str:
    """A producer's code in its files, as the producer is called in the lake and in the names of files."""
    return re.sub(r"[^a-z0-9]+", "-", code.casefold()).strip("-")


def agreements_of(root: Path) -> dict[str, Agreement]:
    """Every agreement of a workspace, by name."""
    return {path.stem: Agreement.read(path) for path in sorted((root / FOLDER).glob("*.toml"))}


def write_template(root: Path, name: str, columns: Mapping[str, Sequence[str]]) -> Path:
    """Write a new agreement for a person to fill in, with every column of every dataset that needs one to choose from."""
    path = root / FOLDER / f"{name}.toml"
    if path.exists():
        raise BadInput(f"{path.name} exists already: edit it, or give the new one another name")
    shared = "\n".join(
        f"# [datasets.{json.dumps(dataset)}]\n# fields = {json.dumps(list(each), ensure_ascii=False)}\n"
        '# producers = { "CODE IN THE FILE" = "a name to know it by" }\n# words = []\n# linkage = []\n'
        for dataset, each in columns.items()
    )
    path.parent.mkdir(exist_ok=True)
    path.write_text(_TEMPLATE.replace("DATASETS", shared.rstrip("\n")), encoding="utf-8", newline="\n")
    return path


def _check(name: str, said: Mapping[str, Any]) -> None:
    """The kinds of the entries, and the numbers that must make sense."""
    kinds = {"starts": date, "expires": date, "retention_months": int, "smallest_shown": int, "parties": list,
             "datasets": dict, "clauses": dict}  # fmt: skip
    if wrong := sorted(word for word, value in said.items() if type(value) is not kinds.get(word, str)):
        raise BadInput(f"{name}: of the wrong kind: {', '.join(wrong)}")
    if said["expires"] < said["starts"]:
        raise BadInput(f"{name}: it expires before it starts")
    if said["retention_months"] < 1 or said["smallest_shown"] < 1:
        raise BadInput(f"{name}: retention_months and smallest_shown are 1 or more")
    if said.get("after_expiry", "stop") not in get_args(AfterExpiry):
        raise BadInput(f"{name}: after_expiry is {' or '.join(get_args(AfterExpiry))}")
    if absent := [topic for topic in TOPICS if not isinstance(said["clauses"].get(topic), str)]:
        raise BadInput(f"{name}: [clauses] gives no number, in quotation marks, for {', '.join(absent)}")


def _shared(name: str, dataset: str, about: Any) -> Shared:
    words: list[str] = about.get("words", [])
    linkage: list[str] = about.get("linkage", [])
    if strange := sorted(set(about) - {"fields", "producers", "words", "linkage"}):
        raise BadInput(f"{name}: [datasets.{dataset}]: not understood: {', '.join(strange)}")
    if not isinstance(linkage, list):  # pyright: ignore[reportUnnecessaryIsInstance]  (people write these files)
        raise BadInput(f"{name}: [datasets.{dataset}]: linkage is a list of datasets, in square brackets")
    if not isinstance(about.get("fields"), list) or not isinstance(about.get("producers", {}), dict):
        raise BadInput(f"{name}: [datasets.{dataset}] needs fields, a list of columns, and producers, a table")
    producers = cast("dict[str, str]", about.get("producers", {}))
    return Shared(frozenset(about["fields"]), producers, tuple(words), frozenset(linkage))


def _check_linkage(name: str, datasets: Mapping[str, Shared], clauses: Mapping[str, str]) -> None:
    """Linkage needs a clause of its own, is between different datasets, and is not for those that nobody may link."""
    allowing = {dataset: shared.linkage for dataset, shared in datasets.items() if shared.linkage}
    for dataset, others in sorted(allowing.items()):
        if never := sorted(each for each in {dataset, *others} if never_linked(each)):
            raise BadInput(f"{name}: [datasets.{dataset}]: records of {never[0]} are counted and never linked")
        if dataset in others:
            raise BadInput(
                f"{name}: [datasets.{dataset}]: linkage is with other datasets; within one, person keys do it"
            )
    if allowing and not isinstance(clauses.get(LINKAGE), str):
        raise BadInput(f"{name}: linkage is allowed, and [clauses] gives no number, in quotation marks, for {LINKAGE}")


def never_linked(dataset: str) -> bool:
    """Is it of a source whose records may not be linked at all?"""
    return dataset.partition(".")[0] in NEVER_LINKED


_TEMPLATE = """\
# A sharing agreement, as Headwater holds people to it. Fill in what stands in capitals; keep the rest true to what was signed.
title = "WHAT IS SHARED"
version = "1.0"
parties = ["WHO SHARES", "WHO RECEIVES"]
purpose = "WHAT FOR"
lawful_basis = "SUCH AS: Police, Crime, Sentencing and Courts Act 2022, section 16"
geography = "WHERE"
starts = 2026-01-01
expires = 2026-12-31
# "stop": after the last day no figure rests on what landed under it. "keep": figures may until its retention is over.
after_expiry = "stop"
# Months from the day a file was received to the day `headwater retain` deletes it.
retention_months = 24
# The smallest count above nought that may be shown. The strictest of all the rules a figure comes under decides.
smallest_shown = 5
onward_sharing = "TO WHOM, OR nobody"
contact = "A TEAM AND ITS MAILBOX"

# The number of the clause on each, as it is in the signed paper: a refusal cites it.
[clauses]
term = "1"
datasets = "2"
fields = "3"
producers = "4"
disclosure = "5"
retention = "6"
sharing = "7"
# Needed only where records may be linked with those of another dataset.
# linkage = "8"

# A dataset a table. Take away the hash marks from those that are shared, and every field that is not. `producers` are the codes
# in the files, such as hospital sites. `words` are the lists that may read flags from free text, such as "violence". `linkage`
# names the datasets of other partners that these records may be linked with; each of their agreements must name this one.
[datasets]
DATASETS
"""
