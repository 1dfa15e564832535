"""`headwater.toml`: what a workspace is about. A person may edit it, so it is written with comments."""

import json
import tomllib
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, Self

from headwater import __version__
from headwater.vocabulary import BadInput, Level, WorkspaceTrouble, did_you_mean

NAME = "headwater.toml"
FORMAT = 1

_PAGE = """\
# A Headwater workspace. Change what stands after the equals signs; keep the quotation marks.

format = {format}  # how this folder is laid out; Headwater changes it, people do not
made_by = {made_by}

# The area the assessment is about: a level ({levels}),
# with its official code, or its name, or both.
area_level = {area_level}
area_code = {area_code}
area_name = {area_name}
# The smaller areas it is broken down by.
subareas = {subareas}

# What stands on the front.
title = {title}
author = {author}
# A line across the top of every page, such as "DRAFT" or "OFFICIAL"; empty for none.
banner = {banner}

# The rule that decides what may be shown: a file of definitions/disclosure, without its ending.
policy = {policy}

# What this area calls serious violence: a file of definitions/serious_violence or of your own serious_violence/, without its
# ending. No law fixes it, so nothing is counted as serious violence until you choose.
serious_violence = {serious_violence}

# "duckdb" on a laptop, "spark" for a national lake.
engine = {engine}
"""
_PUBLISHED = "\n# The day printed on an edition when none is asked for.\npublished = {published}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one workspace is about. The area may be known by code, by name, or by both."""

    area_level: Level
    area_code: str
    area_name: str
    title: str
    author: str
    banner: str = ""
    subareas: Level = Level.DISTRICT
    policy: str = "published-police-data"
    serious_violence: str = ""
    engine: str = "duckdb"
    published: str | None = None

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read `headwater.toml`. Raises BadInput where it is not understood, WorkspaceTrouble where it is newer than us."""
        try:
            said: dict[str, Any] = tomllib.loads(path.read_text("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise BadInput(f"{path.name} is not a readable TOML file: {problem}") from problem
        _refuse_newer(path, said.pop("format", None), said.pop("made_by", "a newer version"))
        _check(path, said, {field.name: field.default is MISSING for field in fields(cls)})
        for level in ("area_level", "subareas"):
            if level in said:
                said[level] = _level(path, level, said[level])
        return cls(**said)

    def page(self) -> str:
        """The text of a new `headwater.toml`."""
        said = {field.name: getattr(self, field.name) for field in fields(self)} | {"made_by": __version__}
        quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in said.items()}
        whole = _PAGE if self.published is None else _PAGE + _PUBLISHED
        return whole.format(**quoted, format=FORMAT, levels=", ".join(Level))


def _refuse_newer(path: Path, given: object, made_by: object) -> None:
    if not isinstance(given, int) or isinstance(given, bool) or given < 1:
        raise BadInput(f"{path.name}: 'format' must be a whole number; this Headwater writes format = {FORMAT}")
    if given > FORMAT:
        raise WorkspaceTrouble(
            f"{path.parent} was made by Headwater {made_by}, which lays out a workspace in a newer way (format {given}; "
            f"this is {__version__}, which reads up to {FORMAT}). Upgrade Headwater to open it; nothing was changed."
        )


def _check(path: Path, said: dict[str, Any], required: dict[str, bool]) -> None:
    if strange := sorted(set(said) - set(required)):
        raise BadInput(f"{path.name}: not understood: {', '.join(did_you_mean(s, required) for s in strange)}")
    if absent := sorted(name for name, needed in required.items() if needed and name not in said):
        raise BadInput(f"{path.name}: missing: {', '.join(absent)}")
    if wrong := sorted(name for name, value in said.items() if not isinstance(value, str)):
        raise BadInput(f"{path.name}: {', '.join(wrong)} must be text in quotation marks")


def _level(path: Path, name: str, word: str) -> Level:
    try:
        return Level(word)
    except ValueError:
        raise BadInput(
            f"{path.name}: {name} cannot be {did_you_mean(word, tuple(Level))}: {', '.join(Level)}"
        ) from None
