"""The strategy is frozen: to be consulted on, and to be adopted."""

import hashlib
import json
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from headwater.partnership.actions import action
from headwater.partnership.models import Organisation, Power
from headwater.partnership.questions import Actor
from headwater.strategy.actions.promises import for_ones_own
from headwater.strategy.models import Comment, Version
from headwater.strategy.questions.content import content, duties


@action("opened for comments", Power.WRITE_STRATEGY, about="")
def consult(*, by: Actor, title: str, opens: date, closes: date, says: str = "", why: str = "") -> Version:
    """Freeze the strategy as it stands, for partners to say what they think of it until a day."""
    if closes < opens:
        raise ValidationError({"closes": "It closes before it opens: check both days."})
    return _frozen(title, Version.Kind.DRAFT, says, timezone.localdate(), opens=opens, closes=closes)


@action("adopted", Power.AGREE, about="")
def adopt(*, by: Actor, title: str, on: date, why: str, says: str = "") -> Version:
    """Freeze the strategy as it stands, as what the partnership agreed to on a day. `why` says who decided it, and where."""
    return _frozen(title, Version.Kind.ADOPTED, says, on)


@action("commented on the strategy for", Power.READ_STRATEGY)
def comment(
    *, by: Actor, organisation: Organisation, version: Version, says: str, about: str = "", why: str = ""
) -> Comment:
    """Say, for an organisation, what it thinks of a draft. Raises ValidationError outside the time for comments."""
    for_ones_own(by, organisation)
    today = timezone.localdate()
    if not version.is_open(today):
        raise ValidationError("This version is not open for comments today. What you wrote is still below: copy it.")
    said = Comment(version=version, organisation=organisation, about=about, says=says, given=today, by_name=by.name)
    said.full_clean()
    said.save()
    return said


@action("answered a comment", Power.WRITE_STRATEGY, about="")
def answer(*, by: Actor, remark: Comment, says: str, why: str = "") -> Comment:
    """Say what was changed for a comment, or why nothing was."""
    remark.answer = says
    remark.full_clean()
    remark.save()
    return remark


def _frozen(title: str, kind: str, says: str, on: date, **until: date) -> Version:
    """A version of what stands now. Its name in addresses has its day, so that two of one title may be kept."""
    held = content() | {"duties": duties()}
    version = Version(
        slug=_slug(f"{title} {on}"),
        title=title,
        kind=kind,
        says=says,
        frozen=on,
        content=held,
        sha256=seal(held),
        **until,
    )
    version.full_clean()
    version.save()
    return version


def _slug(words: str) -> str:
    begins = slugify(words)[:70]
    taken = set(Version.objects.filter(slug__startswith=begins).values_list("slug", flat=True))
    numbered = (f"{begins}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (begins, *numbered) if slug not in taken)


def seal(held: dict[str, Any]) -> str:
    """What a version's contents are known by: SHA-256 of them as JSON, keys in order."""
    written = json.dumps(held, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8")).hexdigest()
