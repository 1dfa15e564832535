"""Pages on offices, the areas they are for, and who held them when."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from headwater.partnership import actions
from headwater.partnership.forms import AreaForm, EndForm, HolderForm, OfficeForm, tell
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Office, OfficeArea, OfficeHolder, Organisation, Power
from headwater.partnership.questions import may
from headwater.partnership.views.people import organisation_named


def office_numbered(number: int) -> Office:
    return Office.objects.select_related("organisation").get(pk=number)


def area_numbered(number: int) -> OfficeArea:
    return OfficeArea.objects.select_related("office__organisation").get(pk=number)


def holder_numbered(number: int) -> OfficeHolder:
    return OfficeHolder.objects.select_related("office__organisation").get(pk=number)


@page(Power.READ_PARTNERSHIP)
def offices(request: Request) -> HttpResponse:
    """Every office, the newest holder first."""
    every = Office.objects.select_related("organisation").prefetch_related("areas", "holders")
    context = {"offices": every, "today": timezone.localdate(), "may_agree": may(request.user, Power.AGREE)}
    return render(
        request, "partnership/offices.html", context | {"organisations": Organisation.objects.filter(left__isnull=True)}
    )


@page(Power.AGREE, of=organisation_named)
def make_office(request: Request, organisation: Organisation) -> HttpResponse:
    def act(said: dict[str, Any]) -> object:
        return actions.make_office(by=request.user, organisation=organisation, **said)

    return _form(request, OfficeForm, act, f"Make an office at {organisation}")


@page(Power.AGREE, of=office_numbered)
def give_area(request: Request, office: Office) -> HttpResponse:
    def act(said: dict[str, Any]) -> object:
        return actions.give_area(by=request.user, office=office, **said)

    return _form(request, AreaForm, act, f"An area of {office}")


@page(Power.AGREE, of=office_numbered)
def seat_holder(request: Request, office: Office) -> HttpResponse:
    def act(said: dict[str, Any]) -> object:
        return actions.seat_holder(by=request.user, office=office, **said)

    return _form(request, HolderForm, act, f"Who holds the office of {office}")


@page(Power.AGREE, of=area_numbered)
def end_area(request: Request, area: OfficeArea) -> HttpResponse:
    def act(said: dict[str, Any]) -> object:
        return actions.end_area(by=request.user, area=area, **said)

    return _form(request, EndForm, act, f"When {area.office} ceased to be for {area}")


@page(Power.AGREE, of=holder_numbered)
def end_holder(request: Request, holder: OfficeHolder) -> HttpResponse:
    def act(said: dict[str, Any]) -> object:
        return actions.end_holder(by=request.user, holder=holder, **said)

    return _form(request, EndForm, act, f"When the time of {holder} ends")


def _form(
    request: Request, kind: Callable[..., Form], act: Callable[[dict[str, Any]], object], title: str
) -> HttpResponse:
    form = kind(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _ = act(form.cleaned_data)
        except ValidationError as problem:
            tell(form, problem)
        else:
            return redirect("offices")
    return render(request, "frame/form.html", {"form": form, "title": title, "submit": "Save"})
