"""What waits for somebody. Each room that has something to ask of people adds one question here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from allauth.mfa.utils import is_mfa_enabled
from django.urls import reverse

from headwater.partnership.models import Person, Power
from headwater.partnership.questions import may, needs_second_factor
from headwater.web.edition import edition_in_hand


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


QUESTIONS: tuple[Question, ...] = (a_second_factor, a_first_edition)


def waiting_for(person: Person) -> tuple[Waiting, ...]:
    """Everything that waits for one person, in the order of the questions."""
    return tuple(found for ask in QUESTIONS for found in ask(person))
