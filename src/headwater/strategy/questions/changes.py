"""What changed from one version of the strategy to another, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from headwater.strategy.questions.content import Content, Entry
from headwater.strategy.questions.labels import LABELS, WORDS
from headwater.strategy.questions.pounds import day_words, pounds

KINDS: Mapping[str, str] = {
    "priorities": "Priority",
    "criteria": "Criterion",
    "scores": "Score",
    "needs": "Need",
    "causes": "Cause",
    "actions": "Action",
    "money": "Money",
    "outcomes": "Outcome",
    "assumptions": "Arrow",
    "passages": "Passage",
}
PASSED_OVER = frozenset(
    {"slug", "called", "revision", "reading", "owner_name", "pinned", "heading_title", "need_called"}
)
PARTS_OF: Mapping[str, tuple[str, str]] = {
    "scores": ("priorities", "priority"),
    "causes": ("needs", "need"),
    "assumptions": ("actions", "action"),
    "money": ("actions", "action"),
}
"""Kinds that come and go with another, and the field that says with which."""
SENSITIVE = frozenset({"figure", "baseline", "baseline_count"})


@dataclass(frozen=True, slots=True)
class Altered:
    """A field that says something else."""

    label: str
    before: str
    """In quotation marks, or 'nothing'."""
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """A part that came, went, or says something else."""

    kind: str
    called: str
    how: str
    """'new', 'gone' or 'changed'."""
    altered: tuple[Altered, ...] = ()


def changes(before: Content, after: Content, *, shows: bool = True) -> tuple[Change, ...]:
    """Every part that is not as it was, kind by kind: what came, then what changed, then what went."""
    return tuple(change for kind in KINDS for change in _of_kind(kind, before, after, shows=shows))


def _of_kind(kind: str, before: Content, after: Content, *, shows: bool) -> Iterator[Change]:
    old, new = ({each["slug"]: each for each in held.get(kind, ())} for held in (before, after))
    came = (each for slug, each in new.items() if slug not in old and not _along(kind, each, before))
    yield from (Change(KINDS[kind], each["called"], "new") for each in came)
    for slug in (slug for slug in new if slug in old):
        altered = tuple(_altered(old[slug], new[slug], before, after, shows=shows))
        if altered:
            yield Change(KINDS[kind], new[slug]["called"], "changed", altered)
    went = (each for slug, each in old.items() if slug not in new and not _along(kind, each, after))
    yield from (Change(KINDS[kind], each["called"], "gone") for each in went)


def _along(kind: str, entry: Entry, other: Content) -> bool:
    """Does it come or go with what it belongs to, which is said already?"""
    whole, field = PARTS_OF.get(kind, ("", ""))
    return bool(whole) and all(each["slug"] != entry[field] for each in other.get(whole, ()))


def _altered(old: Entry, new: Entry, before: Content, after: Content, *, shows: bool) -> Iterator[Altered]:
    for name in (name for name in new if name not in PASSED_OVER and new[name] != old.get(name)):
        was, now = (in_plain_words(name, each.get(name), held) for each, held in ((old, before), (new, after)))
        if name in SENSITIVE and not shows:
            was, now = ("another figure" if was else ""), ("a figure that is not released" if now else "")
        if was != now:
            yield Altered(LABELS.get(name, name), f"“{was}”" if was else "nothing", f"“{now}”" if now else "nothing")


def in_plain_words(name: str, value: Any, held: Content) -> str:
    """A field's value as a reader would say it."""
    if value is None or value in ("", {}, []):
        return ""
    match name:
        case "pence":
            return pounds(value)
        case "starts" | "ends" | "target_by":
            return day_words(value)
        case "promise":
            return _promise(value)
        case "evidence_copy":
            return (
                f"impact {value['impact']}, security {value['security']}, {'' if value['verified'] else 'not '}verified"
            )
        case _:
            return _other(name, value, held)


def _other(name: str, value: Any, held: Content) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    kinds = {"priority": "priorities", "criterion": "criteria", "need": "needs", "cause": "causes", "outcome": "outcomes",
             "action": "actions", "owner": "organisations"}  # fmt: skip
    if name in kinds:
        found = next((each for each in held.get(kinds[name], ()) if each["slug"] == value), None)
        return str(found.get("called") or found.get("name")) if found else str(value)
    return WORDS.get((name, value), _decimal(value) if name in ("baseline", "target") else str(value))


def _decimal(value: Any) -> str:
    try:
        return f"{Decimal(str(value)):,f}"
    except InvalidOperation:
        return str(value)


def _promise(value: Entry) -> str:
    words = {"promised": "promised", "declined": "declined"}[value["answer"]]
    if not value["of_this"]:
        words += ", before it was last revised"
    return f"{words}: {value['says']}" if value["says"] else words
