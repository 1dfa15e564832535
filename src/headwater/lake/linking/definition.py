"""How records are linked: an agreement in a dated file, not code."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Self, get_args

from headwater.vocabulary import BadInput, WrongRequest, agreed_words, did_you_mean

Kind = Literal["name", "date", "number", "exact"]
FIELDS = ("given_name", "family_name", "date_of_birth", "sex", "postcode", "nhs_number")
"""What may be compared; all text, dates as 1990-12-31, empty where it was not recorded."""
FOLDER = "linkage"
_KINDS = get_args(Kind)
Rules = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """One file of `definitions/linkage/`. The file's name is the linkage's name."""

    name: str
    title: str
    threshold: float
    """Two records at least this likely to be of one person are taken to be."""
    review_from: float
    """The least likely pairs that reviewers may be shown, so that what was missed can be judged as well."""
    compare: Mapping[str, Kind]
    block: Rules
    sure: Rules
    sure_recall: float
    learn: Rules
    owner: str
    agreed: date
    review_by: date
    version: str
    source_url: str
    why: str
    sha256: str
    """Of the file: which version of it links were made by, whatever it calls itself."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read one file, refusing with BadInput what is missing, misspelt or cannot be used."""
        said = agreed_words(path, cls, apart=("name", "sha256"))
        rules: dict[str, Any] = {word: tuple(map(tuple, said[word])) for word in ("block", "sure", "learn")}
        linkage = cls(name=path.stem, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), **(said | rules))
        _check(path, linkage)
        return linkage


def named_linkage(root: Path, name: str) -> Linkage:
    """The linkage of this name: a workspace's own in its `linkage/`, or else a shipped one. Raises WrongRequest for none."""
    homes = (Path(str(files("headwater") / "definitions")), root)
    known = {path.stem: path for home in homes for path in sorted((home / FOLDER).glob("*.toml"))}
    if name not in known:
        raise WrongRequest(f"no linkage is called {did_you_mean(name, known)}: there are {', '.join(sorted(known))}")
    return Linkage.read(known[name])


def _check(path: Path, linkage: Linkage) -> None:
    if not 0 <= linkage.review_from < linkage.threshold < 1:
        raise BadInput(f"{path.name}: review_from must be below threshold, and both shares of one")
    if wrong := sorted(set(linkage.compare.values()) - set(_KINDS)):
        raise BadInput(f"{path.name}: cannot compare by {did_you_mean(wrong[0], _KINDS)}: {', '.join(_KINDS)}")
    named = {
        *linkage.compare,
        *(field for word in ("block", "sure", "learn") for rule in getattr(linkage, word) for field in rule),
    }
    if strange := sorted(named - set(FIELDS)):
        raise BadInput(f"{path.name}: there is no field {did_you_mean(strange[0], FIELDS)}: {', '.join(FIELDS)}")
    never = [field for field in linkage.compare if linkage.learn and all(field in rule for rule in linkage.learn)]
    if never:
        raise BadInput(
            f"{path.name}: {', '.join(never)} stands in every rule of 'learn', so nothing can be learnt of it"
        )
