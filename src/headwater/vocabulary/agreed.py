"""What is agreed is written in TOML files that people edit: read into the words a file may hold, or refused with a sentence."""

import tomllib
from collections.abc import Collection
from dataclasses import MISSING, fields
from typing import Any, Protocol

from headwater.vocabulary.errors import BadInput, did_you_mean


class Readable(Protocol):
    """A path, or whatever can be read like one: rooms that open no file are handed one."""

    @property
    def name(self) -> str: ...
    @property
    def stem(self) -> str: ...
    def read_text(self, encoding: str) -> str: ...


def agreed_words(path: Readable, wanted: type, *, apart: Collection[str] = ("name",)) -> dict[str, Any]:
    """What a file says for the fields of the dataclass `wanted`; those in `apart` do not stand in the file.

    A byte-order mark is forgiven. Raises BadInput where it is not TOML, holds a word that is no field, with the nearest that
    is, or lacks a field that has no default.
    """
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadInput(f"{path.name} is not a readable TOML file: {problem}") from problem
    known = {field.name: field for field in fields(wanted) if field.name not in apart}
    if strange := sorted(set(said) - set(known)):
        raise BadInput(f"{path.name}: not understood: {', '.join(did_you_mean(word, known) for word in strange)}")
    needed = {name for name, field in known.items() if field.default is MISSING and field.default_factory is MISSING}
    if absent := sorted(needed - set(said)):
        raise BadInput(f"{path.name}: missing: {', '.join(absent)}")
    return said
