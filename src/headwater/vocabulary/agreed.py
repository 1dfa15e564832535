"""What is agreed is written in TOML files that people edit: read into the words a file may hold, or refused with a sentence."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from typing import Any, Literal, Protocol, TypeVar, get_args, get_origin

from headwater.vocabulary.errors import BadInput, did_you_mean

Read = TypeVar("Read")


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
    said = agreed_toml(path)
    _ = _fields(path.name, said, wanted, apart)
    return said


def agreed_toml(path: Readable) -> dict[str, Any]:
    """All that a file says, a byte-order mark forgiven. Raises BadInput where it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadInput(f"{path.name} is not a readable TOML file: {problem}") from problem


def _fields(where: str, said: Collection[str], wanted: type, apart: Collection[str]) -> dict[str, Field[Any]]:
    """The fields that may stand there by name; BadInput where `said` holds another word, or lacks one that is needed."""
    known: dict[str, Field[Any]] = {field.name: field for field in fields(wanted) if field.name not in apart}
    if strange := sorted(set(said) - set(known)):
        raise BadInput(f"{where}: not understood: {', '.join(did_you_mean(word, known) for word in strange)}")
    if absent := sorted({name for name, field in known.items() if _needed(field)} - set(said)):
        raise BadInput(f"{where}: missing: {', '.join(absent)}")
    return known


def _needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """Where something that is agreed was read. `verified`: was it read in the source named, but for what `note` owns to?"""

    source: str
    looked_at: date
    verified: bool
    source_url: str = ""
    note: str = ""

    @property
    def attribution(self) -> str:
        """The source in words, for beside whatever rests on it."""
        return f"{self.source}, looked at on {self.looked_at}{'' if self.verified else '; not verified'}"


def agreed_entry(where: str, said: dict[str, Any], wanted: type[Read], **given: Any) -> Read:
    """What was said at `where`, as the dataclass `wanted`; the fields `given` do not stand in the file.

    Lists of text become tuples. Raises BadInput for a word that is no field, for one that is missing or left empty, and for a
    value of the wrong kind, naming `where` and what would do.
    """
    known = _fields(where, said, wanted, given)
    return wanted(**given, **{name: _value(f"{where}: {name}", known[name], value) for name, value in said.items()})


def agreed_entries(
    path: Readable, word: str, said: dict[str, Any], wanted: type[Read], **given: Any
) -> tuple[Read, ...]:
    """The tables [[word]] of a file, taken out of `said`, each as the dataclass `wanted`, which has an `id`.

    Raises BadInput as `agreed_entry` does, where there are none, and where an id is missing, ill-made or used twice.
    """
    found: Any = said.pop(word, None)
    if not isinstance(found, list) or not found or not all(isinstance(each, dict) for each in found):
        raise BadInput(f"{path.name}: there are no entries: begin each with [[{word}]]")
    listed: list[dict[str, Any]] = found
    seen: set[str] = set()
    for place, each in enumerate(listed, 1):
        name = each.get("id")
        if not isinstance(name, str) or not _ID.fullmatch(name):
            raise BadInput(
                f"{path.name}, [[{word}]] number {place}: id is small letters, figures and hyphens, such as 'first-plan'"
            )
        if name in seen:
            raise BadInput(f"{path.name}: the id {name!r} is used twice")
        seen.add(name)
    return tuple(agreed_entry(f"{path.name}, {each['id']!r}", each, wanted, **given) for each in listed)


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KINDS: dict[object, tuple[type, str]] = {
    str: (str, "text"),
    bool: (bool, "true or false, without quotation marks"),
    int: (int, "a whole number"),
    int | None: (int, "a whole number"),
    date: (date, "a date without quotation marks, such as 2026-11-24"),
}


def _value(where: str, field: Field[Any], value: Any) -> Any:
    """A value as its field wants it, or BadInput."""
    if get_origin(field.type) is Literal:
        if value not in (offered := get_args(field.type)):
            raise BadInput(f"{where} is one of {', '.join(offered)}; not {did_you_mean(str(value), offered)}")
    elif get_origin(field.type) is tuple:
        return _texts(where, field, value)
    else:
        kind, words = _KINDS[field.type]
        if type(value) is not kind:
            raise BadInput(f"{where} is {words}")
        if value == "" and _needed(field):
            raise BadInput(f"{where} is empty: write it, or ask whoever owns the file")
    return value


def _texts(where: str, field: Field[Any], value: Any) -> tuple[str, ...]:
    offered = get_args(get_args(field.type)[0])
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):  # pyright: ignore[reportUnknownVariableType]
        raise BadInput(f'{where} is a list of texts, such as ["one", "another"]')
    texts: list[str] = value
    if strange := [each for each in texts if offered and each not in offered]:
        raise BadInput(f"{where} may hold {', '.join(offered)}; not {did_you_mean(strange[0], offered)}")
    return tuple(texts)
