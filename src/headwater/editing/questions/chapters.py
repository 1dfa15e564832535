"""The chapters there are, how each stands, and what is wrong with its words."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.editing.models import Chapter, SignOff
from headwater.editing.questions.figures import Figures, figures
from headwater.partnership.models import Organisation
from headwater.partnership.questions import workspace

if TYPE_CHECKING:
    from headwater.assessment.proofing import Slip

FOLDER = "chapters"


@dataclass(frozen=True, slots=True)
class InHand:
    """A chapter to read or to write, whether or not somebody has taken it in hand yet."""

    slug: str
    title: str
    text: str
    version: int
    """Nought while it writes itself and never did otherwise."""
    chapter: Chapter | None
    figures: Figures

    @property
    def organisation(self) -> Organisation:
        return Organisation.objects.get(hosts=True)

    @property
    def writes_itself(self) -> bool:
        return self.chapter is None or not self.chapter.text


def in_hand(slug: str) -> InHand:
    """The chapter of that name, as it stands. Raises Chapter.DoesNotExist where there is none."""
    held, known = Chapter.objects.filter(slug=slug).first(), figures()
    if known is None or (held is None and slug not in known.drafts):
        raise Chapter.DoesNotExist
    text = held.text if held and held.text else known.drafts.get(slug, "")
    return InHand(slug, held.title if held else title_of(slug, known), text, held.version if held else 0, held, known)


@dataclass(frozen=True, slots=True)
class Standing:
    """One chapter in the list of all."""

    slug: str
    title: str
    chapter: Chapter | None
    """None while it writes itself."""
    slips: int
    open_comments: int
    signed: bool
    """Has a second person signed the wording that stands?"""


def standings(known: Figures) -> list[Standing]:
    """Every chapter of the edition, and those in hand that it does not have yet, in the order of the edition."""
    held = {chapter.slug: chapter for chapter in Chapter.objects.prefetch_related("comments", "sign_offs")}
    return [_standing(slug, held.get(slug), known) for slug in dict.fromkeys([*known.titles, *known.drafts, *held])]


def _standing(slug: str, chapter: Chapter | None, known: Figures) -> Standing:
    if chapter is None or not chapter.text:
        return Standing(slug, title_of(slug, known), None, 0, 0, signed=False)
    return Standing(
        slug,
        chapter.title,
        chapter,
        len(slips_of(slug, chapter.text, known)),
        sum(comment.settled is None for comment in chapter.comments.all()),
        any(each.version == chapter.version for each in chapter.sign_offs.all()),
    )


def title_of(slug: str, known: Figures) -> str:
    """A chapter's name, as its edition has it."""
    return known.titles.get(slug) or slug.replace("-", " ").capitalize()


def slips_of(slug: str, text: str, known: Figures) -> "Sequence[Slip]":
    """What would stop a build with these words and these figures."""
    from headwater.assessment.proofing import proof

    return proof(text, known.quotable, known.shown, slug)


def preview_of(text: str, known: Figures) -> str:
    """The words with their figures put in, as HTML that holds nothing of what was typed but text."""
    from headwater.assessment.proofing import as_html

    return as_html(text, known.quotable)


def text_in_file(slug: str) -> str | None:
    """What the workspace's own file says, where there is one: somebody may have changed it outside these rooms."""
    path = workspace().root / FOLDER / f"{slug}.md"
    return path.read_text("utf-8") if path.is_file() else None


def signed_by(chapter: Chapter) -> list[SignOff]:
    """Who stands by the wording that stands."""
    return list(chapter.sign_offs.filter(version=chapter.version).select_related("by"))


def between(earlier: str, later: str) -> list[tuple[str, str]]:
    """What changed from one wording to another: lines, each with ' ' for kept, '-' for taken out, '+' for put in."""
    lines = difflib.ndiff(earlier.splitlines(), later.splitlines())
    return [(line[0], line[2:]) for line in lines if line[0] in " -+"]
