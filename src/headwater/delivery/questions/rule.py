"""The rule that makes a return green, amber or red: a file that a partnership may replace."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from headwater.vocabulary import BadInput, agreed_words
from headwater.vocabulary.agreed import Readable, agreed_entry, agreed_toml

NAME = "quarterly-return.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourRule:
    """One file of `definitions/rag`."""

    name: str
    title: str
    owner: str
    agreed: date
    review_by: date
    version: str
    source: str
    source_url: str
    looked_at: date
    verified: bool
    why: str
    spend_amber: int
    spend_red: int
    late_amber: int
    late_red: int
    starts_amber: int
    starts_red: int
    carry_over_from: int
    carry_over_left: int

    @classmethod
    def read(cls, path: Readable) -> Self:
        """Read one file. Raises BadInput where a word is missing, strange or of the wrong kind, or red comes before amber."""
        _ = agreed_words(path, cls)
        read = agreed_entry(path.name, agreed_toml(path), cls, name=path.stem)
        if not (read.spend_amber <= read.spend_red and read.late_amber <= read.late_red):
            raise BadInput(
                f"{path.name}: red begins where amber ends: spend_red and late_red are not below spend_amber and late_amber"
            )
        if read.starts_red > read.starts_amber:
            raise BadInput(f"{path.name}: starts_red is not above starts_amber: fewer starts are worse")
        return read

    @property
    def identity(self) -> str:
        """What makes it this rule and no other."""
        return f"{self.name} version {self.version}{'' if self.verified else ' (our own choice)'}"


def colour_rule(root: Path | None = None) -> ColourRule:
    """The workspace's own rule, or the shipped one. Raises BadInput."""
    own = root / "rag" / NAME if root else None
    shipped: Any = files("headwater") / "definitions" / "rag" / NAME
    return ColourRule.read(own if own and own.is_file() else shipped)
