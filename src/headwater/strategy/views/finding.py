"""What an address names, found for the rule at a page's door; and whether whoever asks may see figures."""

from dataclasses import dataclass

from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ObjectDoesNotExist

from headwater.partnership.actions import record
from headwater.partnership.guard import Request
from headwater.partnership.models import Organisation, Person, Power
from headwater.partnership.questions import may
from headwater.strategy.models import Action, Comment, Need, Part, Priority, Version
from headwater.strategy.questions import KINDS
from headwater.strategy.questions.content import content
from headwater.strategy.questions.standing import Strategy

FORMATS = ("html", "pdf", "docx", "ods")


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of part, by its name in addresses."""

    kind: str
    model: type[Part]
    organisation: None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an organisation is asked to do: its owner's, so that only its own people answer."""

    act: Action

    @property
    def organisation(self) -> Organisation:
        return self.act.owner


@dataclass(frozen=True, slots=True)
class Wanted:
    """A version in a format."""

    version: Version
    form: str
    organisation: None = None


def kind_named(kind: str) -> Named:
    if kind not in KINDS:
        raise ObjectDoesNotExist
    return Named(kind, KINDS[kind])


def part_named(kind: str, slug: str) -> Part:
    return kind_named(kind).model.objects.standing().get(slug=slug)


def need_named(slug: str) -> Need:
    return Need.objects.standing().get(slug=slug)


def priority_named(slug: str) -> Priority:
    return Priority.objects.standing().get(slug=slug)


def action_named(slug: str) -> Action:
    return Action.objects.standing().select_related("owner").get(slug=slug)


def asked_named(slug: str) -> Asked:
    return Asked(action_named(slug))


def version_named(slug: str) -> Version:
    return Version.objects.get(slug=slug)


def wanted_named(slug: str, form: str) -> Wanted:
    if form not in FORMATS:
        raise ObjectDoesNotExist
    return Wanted(version_named(slug), form)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, to be answered by the partnership and not by whoever made it."""

    comment: Comment
    organisation: None = None


def remark_numbered(number: int) -> Remark:
    return Remark(Comment.objects.select_related("version", "organisation").get(pk=number))


def kind_of(part: Part) -> str:
    """The name of its kind in addresses."""
    return next(name for name, model in KINDS.items() if isinstance(part, model))


def may_see_figures(person: Person) -> bool:
    """Figures that are not released are for those whose role opens them, with their second factor."""
    return may(person, Power.SEE_FIGURES) and is_mfa_enabled(person)


def opened_figures(request: Request) -> bool:
    """May they see figures on this page? That they did is written in the ledger."""
    shows = may_see_figures(request.user)
    if shows:
        _ = record("read", request.path, by=request.user)
    return shows


def standing(*, shows: bool = False) -> Strategy:
    """The strategy as it stands now."""
    return Strategy(content(), shows=shows)
