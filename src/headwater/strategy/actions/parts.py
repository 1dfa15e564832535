"""Parts of the strategy are added, revised and taken out."""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from headwater.partnership.actions import action
from headwater.partnership.models import Power
from headwater.partnership.questions import Actor
from headwater.strategy.models import Part

P = TypeVar("P", bound=Part)
LONGEST = 110


class Stale(ValidationError):
    """Somebody else saved between: `part` is the row as it stands, for both texts to be shown."""

    def __init__(self, part: Part) -> None:
        super().__init__(
            "Somebody else saved this while you were writing. Nothing of yours is lost: it is below, beside what stands now."
        )
        self.part = part


@action("added", Power.WRITE_STRATEGY, about="")
def add(*, by: Actor, kind: type[P], said: Mapping[str, Any], why: str = "") -> P:
    """Add a part of one kind. `said` holds what people filled in, by field. Raises ValidationError."""
    part = kind(**_only(kind.asked, said))
    part.settle()
    part.slug = _free_slug(kind, part.named_after)
    part.full_clean()
    part.save()
    return part


@action("revised", Power.WRITE_STRATEGY, about="")
def revise(*, by: Actor, part: P, opened: int, said: Mapping[str, Any], why: str = "") -> P:
    """Save a part that was opened at a revision. Raises Stale where another revision came between, and ValidationError."""
    held = locked(part, opened)
    allowed = [name for name in held.asked if name not in held.fixed]
    for name, value in _only(allowed, said).items():
        setattr(held, name, value)
    return saved(held)


@action("took out", Power.WRITE_STRATEGY, about="")
def take_out(*, by: Actor, part: P, why: str) -> P:
    """Take a part out of the strategy. Versions that were frozen keep it."""
    held = locked(part, part.revision)
    held.withdrawn = timezone.localdate()
    held.revision += 1
    held.save()
    return held


def locked(part: P, opened: int) -> P:
    """The row as it stands, held until the transaction ends. Raises Stale where it is not at the revision `opened`."""
    held = cast("P", type(part).objects.select_for_update().get(pk=part.pk))
    if held.revision != opened:
        raise Stale(held)
    if held.withdrawn:
        raise ValidationError(f"“{held}” was taken out of the strategy on {held.withdrawn:%d %B %Y}: add it again.")
    return held


def saved(held: P) -> P:
    """The row checked and saved as its next revision."""
    held.settle()
    held.revision += 1
    held.full_clean()
    held.save()
    return held


def _only(fields: Any, said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said of the fields that may be said, and of no other."""
    return {name: said[name] for name in fields if name in said}


def _free_slug(kind: type[Part], words: str) -> str:
    """A slug that no part of the kind has or had."""
    begins = slugify(words)[:LONGEST].strip("-") or "part"
    taken = set(kind.objects.filter(slug__startswith=begins).values_list("slug", flat=True))
    numbered = (f"{begins}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (begins, *numbered) if slug not in taken)
