"""Pages on who is at the table."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from headwater.partnership import actions
from headwater.partnership.forms import AcceptForm, InvitationForm, OrganisationForm, ReasonForm, tell
from headwater.partnership.guard import Request, open_page, page
from headwater.partnership.models import Invitation, Membership, Organisation, Person, Power, Role
from headwater.partnership.questions import Bearer, digest, may, may_give


def organisation_named(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def membership_numbered(number: int) -> Membership:
    return Membership.objects.select_related("organisation", "person").get(pk=number)


def invitation_numbered(number: int) -> Invitation:
    return Invitation.objects.select_related("organisation").get(pk=number)


@page(Power.READ_PARTNERSHIP)
def partnership(request: Request) -> HttpResponse:
    """Every organisation at the table."""
    may_add = may(request.user, Power.AGREE)
    return render(
        request, "partnership/partnership.html", {"organisations": Organisation.objects.all(), "may_add": may_add}
    )


@page(Power.AGREE)
def add_organisation(request: Request) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.bring_in(by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            tell(form, problem)
        else:
            messages.success(request, f"{made} is at the table.")
            return redirect("organisation", slug=made.slug)
    return render(request, "frame/form.html", {"form": form, "title": "Bring in an organisation", "submit": "Bring in"})


@page(Power.READ_PARTNERSHIP, of=organisation_named, more=Power.READ_PEOPLE)
def organisation(request: Request, organisation: Organisation) -> HttpResponse:
    """One organisation; its people too, for those who manage them, or who opened that in an emergency."""
    reads = may(request.user, Power.READ_PEOPLE, organisation) and is_mfa_enabled(request.user)
    context = {
        "organisation": organisation,
        "reads_people": reads,
        "manages": reads and may(request.user, Power.MANAGE_PEOPLE, organisation),
        "may_open": may(request.user, Power.BREAK_GLASS, organisation),
        "may_read_ledger": may(request.user, Power.READ_LEDGER, organisation),
        "memberships": organisation.memberships.current().select_related("person") if reads else (),
        "invitations": [i for i in organisation.invitations.all() if i.is_open] if reads else (),
    }
    return render(request, "partnership/organisation.html", context)


@page(Power.MANAGE_PEOPLE, of=organisation_named)
def invite(request: Request, organisation: Organisation) -> HttpResponse:
    """Ask somebody in. The letter's address is shown once: Headwater sends no mail of its own."""
    form = InvitationForm(request.POST or None, roles=[role for role in Role if may_give(request.user, role)])
    context = {"form": form, "organisation": organisation, "title": f"Invite somebody to {organisation}"}
    if request.method == "POST" and form.is_valid():
        try:
            letter = actions.invite(by=request.user, organisation=organisation, **form.cleaned_data)
        except ValidationError as problem:
            tell(form, problem)
        else:
            address = request.build_absolute_uri(reverse("accept", args=[letter.secret]))
            shown = {"letter": letter, "address": address, "organisation": organisation}
            return render(request, "partnership/letter.html", shown)
    return render(request, "frame/form.html", context | {"submit": "Make the invitation"})


@page(Power.MANAGE_PEOPLE, of=invitation_numbered)
def withdraw(request: Request, invitation: Invitation) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _ = actions.withdraw(by=request.user, invitation=invitation, why=form.cleaned_data["why"])
        except ValidationError as problem:
            tell(form, problem)
        else:
            messages.success(request, "The invitation is taken back.")
            return redirect("organisation", slug=invitation.organisation.slug)
    title = f"Take back the invitation to {invitation.email}"
    return render(request, "frame/form.html", {"form": form, "title": title, "submit": "Take it back"})


@page(Power.MANAGE_PEOPLE, of=membership_numbered)
def end_role(request: Request, membership: Membership) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on, why = timezone.localdate(), form.cleaned_data["why"]
        try:
            _ = actions.end_role(by=request.user, membership=membership, on=on, why=why)
        except ValidationError as problem:
            tell(form, problem)
        else:
            messages.success(request, f"{membership.person} is no longer {membership}.")
            return redirect("organisation", slug=membership.organisation.slug)
    title = f"End the role of {membership.person}: {membership}"
    return render(request, "frame/form.html", {"form": form, "title": title, "submit": "End the role"})


@open_page
@never_cache
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever holds the letter takes up the role."""
    invitation = get_object_or_404(Invitation.objects.select_related("organisation"), digest=digest(secret))
    known = Person.objects.filter(email__iexact=invitation.email).exists()
    form = AcceptForm(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid() and invitation.is_open:
        try:
            _ = actions.accept(
                by=Bearer(invitation.email), invitation=invitation, password=form.cleaned_data.get("password", "")
            )
        except ValidationError as problem:
            tell(form, problem)
        else:
            messages.success(request, "You are in. Sign in with your email address and your password.")
            return redirect("account_login")
    return render(request, "partnership/accept.html", {"form": form, "invitation": invitation})
