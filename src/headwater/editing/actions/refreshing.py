"""Refresh Monday: hold what the next edition would say beside what the last one said, and decide about each difference."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from headwater.editing.models import Change, Chapter, Refresh
from headwater.editing.questions import Figures, figures, slips_of
from headwater.partnership.actions import action
from headwater.partnership.models import Person, Power
from headwater.partnership.questions import Actor


@action("refreshed", Power.BUILD)
def refresh(*, by: Actor, why: str = "") -> Refresh:
    """List what moved between the last edition and the figures of the next. Those must have been worked out before.

    Sentences that are no longer true come first, then ranks, then figures; of these, the newest period before revisions.
    """
    last, coming = figures(foreseen=False), figures()
    if last is None or coming is None or not coming.foreseen:
        raise ValidationError("The figures of the next edition are not worked out yet. Ask for them first.")
    made = Refresh(earlier=last.edition, snapshot=coming.record["edition"]["snapshot"])
    made.save()
    Change.objects.bulk_create(_changes(made, last, coming))
    return made


@action("decided on", Power.WRITE_CHAPTERS)
def decide(*, by: Person, change: Change, decision: str, note: str = "") -> Change:
    """Accept a change, reject it with a reason (and mend the data), or note it."""
    change.decision, change.note = decision, note.strip()
    change.by, change.decided = by, timezone.now()
    if change.decision == Change.Decision.REJECTED and not change.note:
        raise ValidationError({"note": "Say why it is rejected: whoever sent the data has to know what to look for."})
    change.full_clean()
    change.save()
    return change


def _changes(made: Refresh, last: Figures, coming: Figures) -> Iterator[Change]:
    from headwater.assessment.recall import compare_records

    found = compare_records(last.record, coming.record)
    newest, held = _newest(coming), set(_in_hand().values_list("slug", flat=True))
    for untrue in (each for each in found.untrue if each.chapter not in held):
        after = f"The figures say “{untrue.now}”, not “{untrue.claim}”."
        yield Change(
            refresh=made, kind="untrue", finding=untrue.chapter, before=untrue.sentence, after=after, latest=True
        )
    yield from _slips(made, coming)
    moved = [("rank", each) for each in found.ranks] + [("moved", each) for each in found.moved]
    for kind, each in moved:
        yield Change(
            refresh=made,
            kind=kind,
            finding=each.finding,
            period=each.period,
            place=each.place,
            group=each.group,
            before=each.before,
            after=each.after,
            latest=newest.get(each.finding) == each.period,
        )


def _slips(made: Refresh, coming: Figures) -> Iterator[Change]:
    """What a chapter in hand says that the coming figures do not."""
    for chapter in _in_hand():
        lines = chapter.text.splitlines()
        for slip in slips_of(chapter.slug, chapter.text, coming):
            before = lines[slip.line - 1] if slip.line else chapter.title
            yield Change(refresh=made, kind="untrue", finding=chapter.slug, before=before, after=slip.says, latest=True)


def _in_hand() -> QuerySet[Chapter]:
    """The chapters that do not write themselves."""
    return Chapter.objects.exclude(text="")


def _newest(coming: Figures) -> dict[str, str]:
    """By finding, the label of its newest period."""
    return {
        name: max(finding.readings, key=lambda reading: (reading.period.end, reading.period.length)).period.label
        for name, finding in coming.quotable.findings.items()
        if finding.readings
    }
