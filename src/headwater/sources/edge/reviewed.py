"""Flags read from free text by lists of words that somebody owns and reviews. The text itself goes no further."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from headwater.vocabulary import FLAGS, BadInput, agreed_words, did_you_mean

_CLAUSE = re.compile(r"[.;:,\n!?()]|\bbut\b|\bhowever\b|\bthen\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """One file of `definitions/words/`, or of a workspace's own `words/`. The file's name is the list's name."""

    name: str
    title: str
    owner: str
    agreed: date
    review_by: date
    source_url: str
    why: str
    negations: tuple[str, ...]
    """Words that turn round what follows them: 'no', 'denies'."""
    reach: int
    """How many words after a negation it still holds, within a clause."""
    flags: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read one file. Raises BadInput where it is not understood, or sets a flag that the lake has no room for."""
        said = agreed_words(path, cls)
        if wrong := sorted(set(said["flags"]) - set(FLAGS)):
            raise BadInput(f"{path.name}: there is no flag {did_you_mean(wrong[0], FLAGS)}: {', '.join(FLAGS)}")
        flags = {flag: tuple(map(_plain, words)) for flag, words in said.pop("flags").items()}
        return cls(name=path.stem, flags=flags, negations=tuple(map(_plain, said.pop("negations"))), **said)

    def read_flags(self, text: str) -> dict[str, bool]:
        """What the text says: a flag is true where it is told of, false where every mention is denied, absent otherwise."""
        found: dict[str, bool] = {}
        for clause in _CLAUSE.split(text.casefold()):
            words = re.findall(r"[^\W_]+", clause.replace("'", "").replace("\u2019", ""))
            for flag, terms in self.flags.items():
                for at in _mentions(words, terms):
                    found[flag] = found.get(flag, False) or not self._denied(words[:at])
        return found

    def _denied(self, before: list[str]) -> bool:
        near = f" {' '.join(before[-self.reach :])} "
        return any(f" {negation} " in near for negation in self.negations)


def _mentions(words: list[str], terms: tuple[str, ...]) -> list[int]:
    """Where any of the terms stands among the words."""
    lengths = {term: len(term.split()) for term in terms}
    return [at for at in range(len(words)) for term, many in lengths.items() if " ".join(words[at : at + many]) == term]


def _plain(term: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", term.casefold().replace("'", "").replace("\u2019", "")))
