"""Showing that a duty is done, and taking back what does not show it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from headwater.partnership.actions.recording import action
from headwater.partnership.models import DutyProof, Organisation, Power
from headwater.partnership.questions import Actor, bound, framework_named
from headwater.vocabulary import WrongRequest


@action("showed", Power.AGREE)
def show_duty(
    *,
    by: Actor,
    organisation: Organisation,
    framework: str,
    element: str,
    statement: str,
    on: date,
    paper: str = "",
    link: str = "",
    why: str = "",
) -> DutyProof:
    """Say what shows that an organisation does an element of a framework, or the hosts for all; it takes the place of what was
    shown before. Raises ValidationError where the element does not bind it, or neither a paper nor a link is named."""
    version = _version(framework, element, organisation)
    if on > timezone.localdate():
        raise ValidationError({"on": "It has not happened yet. Show it when it has."})
    standing = DutyProof.objects.select_for_update().filter(
        framework=framework, element=element, withdrawn__isnull=True
    )
    _ = standing.filter(organisation=organisation).update(withdrawn=timezone.now())
    proof = DutyProof(
        framework=framework, element=element, version=version, organisation=organisation, statement=statement, on=on, paper=paper,
        link=link,
    )  # fmt: skip
    proof.full_clean()
    proof.save()
    return proof


@action("took back the proof of", Power.AGREE, about="proof")
def withdraw_proof(*, by: Actor, proof: DutyProof, why: str) -> DutyProof:
    """It does not show what it was to show, and `why` is the reason. It stays to be read."""
    if proof.withdrawn is not None:
        raise ValidationError("It was taken back already, or another took its place.")
    proof.withdrawn = timezone.now()
    proof.save()
    return proof


def _version(framework: str, element: str, organisation: Organisation) -> str:
    try:
        found = framework_named(framework)
        wanted = found.find(element)
    except WrongRequest as problem:
        raise ValidationError(str(problem)) from problem
    if not organisation.hosts and not bound(wanted, [organisation]):
        raise ValidationError(f"{wanted.title}: that does not bind {organisation}.")
    return found.version
