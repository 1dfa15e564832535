"""Needs are tied to findings, and actions pinned to evidence: what was so on that day is copied, to be compared with later."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from headwater.partnership.actions import action
from headwater.partnership.models import Power
from headwater.partnership.questions import Actor
from headwater.strategy.actions.parts import locked, saved
from headwater.strategy.models import Action, Need
from headwater.strategy.models.agreed import evidence
from headwater.strategy.questions.findings import Reading, in_words, newest_edition, newest_reading, reading_of
from headwater.vocabulary import did_you_mean


@action("tied to a finding", Power.WRITE_STRATEGY, about="")
def tie(
    *, by: Actor, need: Need, opened: int, finding: str, period: str, place: str, group: str = "", why: str = ""
) -> Need:
    """Tie a need to one reading of a finding of the newest edition. Raises Stale, and ValidationError where there is none."""
    edition = newest_edition()
    if edition is None:
        raise ValidationError(
            "There is no edition of the assessment yet: build one, then tie the need to a finding of it."
        )
    held = locked(need, opened)
    return _tied(held, finding, edition, reading_of(edition, finding, period, place, group))


@action("took up the newest figure of", Power.WRITE_STRATEGY, about="")
def take_up(*, by: Actor, need: Need, opened: int, why: str = "") -> Need:
    """Tie a need to what the newest edition says of the same finding, place and group. Raises Stale, and ValidationError where
    it says nothing of it any more."""
    held = locked(need, opened)
    found = newest_reading(held)
    if found is None:
        raise ValidationError(
            f"The newest edition has no figure like the one that “{held}” rests on: tie it to another."
        )
    return _tied(held, held.finding, found.edition, found.reading)


def _tied(held: Need, finding: str, edition: str, reading: Reading) -> Need:
    held.finding, held.edition, held.reading, held.figure = finding, edition, dict(reading), in_words(reading)
    return saved(held)


@action("untied from its finding", Power.WRITE_STRATEGY, about="")
def untie(*, by: Actor, need: Need, opened: int, why: str) -> Need:
    """A need is no longer said to rest on a finding."""
    held = locked(need, opened)
    held.finding, held.edition, held.reading, held.figure = "", "", {}, ""
    return saved(held)


@action("pinned to evidence", Power.WRITE_STRATEGY, about="")
def pin(*, by: Actor, act: Action, opened: int, entry: str, why: str = "") -> Action:
    """Pin an action to an entry of evidence as it is today: its rating, how secure that is, and whether it was verified."""
    known = evidence()
    if entry not in known:
        raise ValidationError(f"No entry of evidence is called {did_you_mean(entry, known)}.")
    held = locked(act, opened)
    held.evidence, held.evidence_version, held.evidence_copy = entry, known[entry].version, copied(entry)
    held.pinned = timezone.localdate()
    return saved(held)


def copied(entry: str) -> dict[str, Any]:
    """An entry of evidence in plain words, to be kept."""
    said = asdict(evidence()[entry])
    return {name: str(value) if hasattr(value, "isoformat") else value for name, value in said.items()}
