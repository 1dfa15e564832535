"""What programs may ask of the assessment in hand: its chapters, what is said of them, and what moved since the last edition."""

from typing import Any

from ninja import Schema

from headwater.editing.models import Change, Chapter, Comment, Refresh, SignOff, Wording
from headwater.editing.questions import InHand, in_hand
from headwater.partnership.models import Power
from headwater.web.api.routes import reading
from headwater.web.api.shapes import shape_of


class ChapterShown(Schema):
    """One chapter as it stands."""

    slug: str
    title: str
    version: int
    text: str
    writes_itself: bool


@reading("/writing/chapters", Power.SEE_FIGURES, gives=list[shape_of(Chapter)])
def chapters() -> Any:
    """Every chapter that somebody has taken in hand."""
    return Chapter.objects.all()


@reading("/writing/chapters/{slug}", Power.SEE_FIGURES, of=in_hand, gives=ChapterShown, ledgered=True)
def chapter(held: InHand) -> Any:
    """One chapter as it stands, written by hand or by itself."""
    return held


def _of(name: str, says: str, model: Any) -> None:
    """A route to the rows of one kind that belong to a chapter; none where it writes itself."""

    def rows(held: InHand) -> Any:
        return getattr(held.chapter, name).all() if held.chapter else []

    rows.__name__, rows.__doc__ = f"chapter_{name}", says
    path = f"/writing/chapters/{{slug}}/{name.replace('_', '-')}"
    _ = reading(path, Power.SEE_FIGURES, of=in_hand, gives=list[shape_of(model, sensitive=True)], ledgered=True)(rows)


_of("wordings", "Every wording of one chapter.", Wording)
_of("comments", "What was said of one chapter.", Comment)
_of("sign_offs", "Which of its wordings somebody stands by.", SignOff)


@reading("/refresh/changes", Power.SEE_FIGURES, gives=list[shape_of(Change, sensitive=True)], ledgered=True)
def changes() -> Any:
    """What moved since the last edition, and what was decided on each change."""
    latest = Refresh.objects.order_by("-when").first()
    return latest.changes.all() if latest else []
