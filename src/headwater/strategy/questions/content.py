"""The whole strategy as it stands, in plain words, numbers and days: what is frozen, drawn, printed and compared."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from headwater.partnership.models import Organisation
from headwater.partnership.questions import CHECKLISTS, checklist
from headwater.strategy.models import (
    Action,
    Assumption,
    Cause,
    Criterion,
    Money,
    Need,
    Outcome,
    Part,
    Passage,
    Priority,
    Promise,
    Score,
    measured,
    steps_in,
)

FORMAT = "headwater.strategy/1"
Content = Mapping[str, Any]
Entry = Mapping[str, Any]
"""One part: its slug, what it is called, and its fields by name; other parts by their slug."""

KINDS: Mapping[str, type[Part]] = {
    "priorities": Priority,
    "criteria": Criterion,
    "needs": Need,
    "causes": Cause,
    "scores": Score,
    "actions": Action,
    "money": Money,
    "outcomes": Outcome,
    "assumptions": Assumption,
    "passages": Passage,
}
"""Every kind of part by its name in addresses, what others belong to before what belongs to them."""
ALONE = frozenset({Need, Action, Outcome})
"""Kinds that stand without the part they belong to; the rest go with it."""


def content() -> dict[str, Any]:
    """Everything that stands, in a bounded number of questions to the database."""
    held: dict[str, Any] = {"format": FORMAT}
    for name, kind in KINDS.items():
        held[name] = _entries(kind, held)
    _promises(held["actions"])
    measure(held)
    held["organisations"] = [
        {"slug": each.slug, "name": each.name, "kind": each.get_kind_display()}
        for each in Organisation.objects.all()
        if each.left is None
    ]
    return held


def duties() -> list[dict[str, Any]]:
    """What the partnership is held to, element by element, who has shown it and who has yet to."""
    return [
        {
            "slug": f"{held.framework.name}/{line.element.id}",
            "framework": held.framework.title,
            "called": line.element.title,
            "state": line.words,
            "shown_by": [proof.organisation.name for proof in (line.together, *line.shown) if proof],
            "lacking": [] if line.state in ("shown", "may") else [each.name for each in line.lacking],
            "absent": [] if line.together else list(line.absent),
        }
        for held in map(checklist, CHECKLISTS)
        for line in held.lines
    ]


def measure(held: Content) -> None:
    """Put into each score that rests on a need what follows from the need's figure, and what the need is called."""
    needs, criteria = ({each["slug"]: each for each in held[kind]} for kind in ("needs", "criteria"))
    for score in (each for each in held["scores"] if each["need"]):
        reading, steps = needs[score["need"]]["reading"], criteria[score["criterion"]]["steps"]
        score["score"] = measured(reading, steps_in(steps)) if steps else None
        score["need_called"] = needs[score["need"]]["called"]


def _entries(kind: type[Part], held: Content) -> list[dict[str, Any]]:
    rows = kind.objects.standing().select_related(*_parents(kind), *(["owner"] if kind is Action else []))
    found = (_entry(part, held) for part in rows.order_by("pk"))
    return [entry for entry in found if entry is not None]


def _entry(part: Part, held: Content) -> dict[str, Any] | None:
    """A part in plain words, or None where what it belongs to was taken out."""
    said: dict[str, Any] = {"slug": part.slug, "called": part.called, "revision": part.revision}
    for name, value in part.values().items():
        said[name] = _plain(value)
    said |= {name: _plain(getattr(part, name)) for name in part.copied}
    if isinstance(part, Action):
        said["owner_name"] = part.owner.name
    for field, kind in _parents(type(part)).items():
        if said[field] is not None and said[field] not in {entry["slug"] for entry in held[kind]}:
            if type(part) not in ALONE:
                return None
            said[field] = None
    return said


def _parents(kind: type[Part]) -> dict[str, str]:
    """The fields of a kind that are other parts, and the names of their kinds."""
    names = {model: name for name, model in KINDS.items()}
    fields = (kind._meta.get_field(name) for name in kind.asked)  # noqa: SLF001 - Django's documented way to a model's fields
    return {field.name: names[field.related_model] for field in fields if field.related_model in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _promises(actions: list[dict[str, Any]]) -> None:
    """Put the last answer of its owner into each action, and whether it is to what is asked now."""
    last = {each.action.slug: each for each in Promise.objects.select_related("action", "organisation").order_by("pk")}
    for entry in actions:
        given = last.get(entry["slug"])
        answered = given is not None and given.organisation.slug == entry["owner"]
        entry["promise"] = _promise(given, entry["revision"]) if given and answered else None


def _promise(given: Promise, revision: int) -> dict[str, Any]:
    return {
        "answer": given.answer,
        "says": given.says,
        "given": given.given.isoformat(),
        "of_this": given.of_revision == revision,
    }
