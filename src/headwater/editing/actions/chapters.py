"""Chapters are taken in hand, worded, commented on and signed off. The words that stand are written to the workspace's own
`chapters/`, where a build finds them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from headwater.editing.models import Chapter, Comment, SignOff, Wording
from headwater.editing.questions import FOLDER
from headwater.lake.building import write_text
from headwater.partnership.actions import action
from headwater.partnership.models import Person, Power
from headwater.partnership.questions import Actor, workspace


class Stale(ValidationError):
    """Somebody else saved a wording since this one was begun. Neither is lost: the page shows both."""

    def __init__(self, standing: Chapter) -> None:
        super().__init__(f"{standing.title} was changed since you opened it: wording {standing.version} stands now.")
        self.standing = standing


@action("took in hand", Power.WRITE_CHAPTERS)
def take_in_hand(*, by: Actor, slug: str, title: str, text: str, why: str = "") -> Chapter:
    """From now on the chapter says what is written here, and no longer writes itself."""
    chapter = Chapter(slug=slug, title=title, text=_tidy(text))
    chapter.full_clean()
    chapter.save()
    _keep(chapter, by, why)
    return chapter


@action("worded", Power.WRITE_CHAPTERS)
def word(*, by: Actor, chapter: Chapter, version: int, text: str, why: str = "") -> Chapter:
    """Save a new wording that was begun from wording `version`. Raises `Stale` where another stands by now."""
    standing = Chapter.objects.select_for_update().get(pk=chapter.pk)
    if standing.version != version:
        raise Stale(standing)
    standing.text, standing.version = _tidy(text), version + 1
    standing.full_clean()
    standing.save()
    _keep(standing, by, why)
    return standing


@action("let go of", Power.WRITE_CHAPTERS)
def let_write_itself(*, by: Actor, chapter: Chapter, why: str) -> Chapter:
    """The chapter writes itself again. Its wordings are kept as wordings of an empty chapter, so it can be taken up again."""
    standing = Chapter.objects.select_for_update().get(pk=chapter.pk)
    standing.text, standing.version = "", standing.version + 1
    standing.save()
    _keep(standing, by, why)
    return standing


@action("commented on", Power.SEE_FIGURES)
def comment(*, by: Person, chapter: Chapter, text: str, on: str = "") -> Comment:
    """Say something of a chapter to those who write it."""
    said = Comment(chapter=chapter, text=text.strip(), on=on.strip(), by=by)
    said.full_clean()
    said.save()
    return said


@action("settled", Power.WRITE_CHAPTERS)
def settle(*, by: Person, comment: Comment, why: str = "") -> Comment:
    """A comment was answered, or acted on."""
    comment.settled, comment.settled_by = timezone.now(), by
    comment.full_clean()
    comment.save()
    return comment


@action("signed off", Power.REVIEW_CHAPTERS)
def sign_off(*, by: Person, chapter: Chapter, version: int) -> SignOff:
    """Stand by one wording. Whoever worded it cannot: two people answer for every chapter."""
    standing = Chapter.objects.select_for_update().get(pk=chapter.pk)
    if standing.version != version:
        raise Stale(standing)
    last = standing.wordings.first()
    if last is not None and last.by_id == by.pk:
        raise ValidationError("You wrote this wording. Somebody else has to sign it off.")
    signed = SignOff(chapter=standing, version=version, by=by)
    signed.full_clean()
    signed.save()
    return signed


def _tidy(text: str) -> str:
    """Lines as every machine writes them; one at the end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"


def _keep(chapter: Chapter, by: Actor, why: str) -> None:
    """Keep the wording, and lay the words where a build finds them once all is saved."""
    person = by if isinstance(by, Person) else None
    Wording(chapter=chapter, version=chapter.version, text=chapter.text, by=person, why=why).save()
    transaction.on_commit(lambda: _lay_out(chapter.slug, chapter.text))


def _lay_out(slug: str, text: str) -> None:
    at = workspace()
    path = at.root / FOLDER / f"{slug}.md"
    if not text.strip():
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(exist_ok=True)
    write_text(path, text, at.scratch)
