"""What waits for somebody. Each room that has something to ask of people adds one question here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from allauth.mfa.utils import is_mfa_enabled
from django.urls import reverse
from django.utils import timezone

from headwater.delivery.models import Return
from headwater.delivery.questions.standing import to_do
from headwater.editing.models import Change, Refresh
from headwater.partnership.models import Person, Power
from headwater.partnership.questions import may, needs_second_factor
from headwater.web.edition import edition_in_hand
from headwater.web.humane import counted


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that somebody is asked to do."""

    words: str
    href: str
    why: str = ""


Question = Callable[[Person], Iterable[Waiting]]
"""Asked of whoever is signed in, on every visit of the first page: it costs one query, or none."""


def a_second_factor(person: Person) -> Iterable[Waiting]:
    """A role that opens what is not released wants a second factor."""
    if needs_second_factor(person) and not is_mfa_enabled(person):
        why = "Until then the figures, and whatever else your role opens, stay shut."
        yield Waiting("Add a passkey or a one-time code to your account", reverse("second_factor"), why)


def a_first_edition(person: Person) -> Iterable[Waiting]:
    """There is nothing to read before somebody builds it."""
    if may(person, Power.BUILD) and edition_in_hand() is None:
        yield Waiting("Build the first edition of the assessment", reverse("assessment"), "No edition is on the shelf.")


def sentences_no_longer_true(person: Person) -> Iterable[Waiting]:
    """What the last list of what moved flagged, and nobody has decided on."""
    if not may(person, Power.WRITE_CHAPTERS):
        return
    last = Refresh.objects.order_by("-when").values("pk")[:1]
    if found := Change.objects.filter(refresh__in=last, kind=Change.Kind.UNTRUE, decision="").count():
        href = f"{reverse('refreshing')}?show=untrue"
        yield Waiting(f"{counted(found, 'sentence')} no longer true", href, "Mend the chapter, and decide on it.")


def returns_to_decide_on(person: Person) -> Iterable[Waiting]:
    """Nobody approves what they sent themselves."""
    if not may(person, Power.APPROVE_RETURNS):
        return
    if found := Return.objects.filter(state=Return.State.SENT).exclude(sent_by=person.email).count():
        yield Waiting(f"{counted(found, 'return')} to approve or send back", reverse("quarters"))


def returns_sent_back(person: Person) -> Iterable[Waiting]:
    """What was given back, with a reason, to those who wrote it."""
    mine = [held.organisation for held in person.standing if may(person, Power.WRITE_RETURNS, held.organisation)]
    if not mine:
        return
    returned = Return.objects.filter(state=Return.State.RETURNED, intervention__organisation__in=mine)
    if found := returned.count():
        yield Waiting(
            f"{counted(found, 'return')} sent back to you", reverse("delivery"), "The reason stands beside it."
        )


def returns_to_make(person: Person) -> Iterable[Waiting]:
    """What an organisation delivers is told of every quarter, until it is sent."""
    mine = {held.organisation_id for held in person.standing if may(person, Power.WRITE_RETURNS, held.organisation)}
    for task in to_do(mine, timezone.localdate()) if mine else ():
        words, due = f"Make the return of {task.intervention}: {task.quarter}", f"Due {task.quarter.due:%-d %B %Y}"
        if task.returned is None:
            yield Waiting(words, reverse("intervention", args=[task.intervention.slug]), due)
        elif task.returned.state == Return.State.DRAFT:
            yield Waiting(words, reverse("write_return", args=[task.returned.pk]), due)


QUESTIONS: tuple[Question, ...] = (
    a_second_factor,
    a_first_edition,
    sentences_no_longer_true,
    returns_to_decide_on,
    returns_sent_back,
    returns_to_make,
)


def waiting_for(person: Person) -> tuple[Waiting, ...]:
    """Everything that waits for one person, in the order of the questions."""
    return tuple(found for ask in QUESTIONS for found in ask(person))
