"""What stands round every page: the way through the rooms, the banner, and how a form is drawn."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.urls import reverse

from headwater.partnership.models import Person, Power
from headwater.partnership.questions import may, openings_told_to, workspace
from headwater.vocabulary import HeadwaterError
from headwater.web.dress import dress
from headwater.web.entering import people_to_enter_as

WAYS = (
    ("Home", "home", "/", Power.READ_PARTNERSHIP),
    ("Assessment", "assessment", "/assessment/", Power.SEE_FIGURES),
    ("Writing", "writing", ("/writing/", "/refresh/"), Power.SEE_FIGURES),
    ("Strategy", "strategy", "/strategy/", Power.READ_STRATEGY),
    ("Partnership", "partnership", ("/partnership/", "/duties/", "/offices/"), Power.READ_PARTNERSHIP),
    ("Delivery", "delivery", "/delivery/", Power.READ_STRATEGY),
    ("Data", "data", "/data/", Power.READ_PARTNERSHIP),
    ("Ledger", "ledger", "/ledger/", Power.AUDIT),
)
"""Label, name of the address, what addresses under it begin with, and the power it needs."""
HOLDS = {
    "assessment": "What is known of violence here, and what each figure rests on",
    "writing": "The chapters in words, and what moved since the last edition",
    "strategy": "What is to be done about it, by whom, and with what",
    "partnership": "Who is at the table, and the duty as a checklist",
    "delivery": "What was done: returns, money, and who was reached",
    "data": "What each organisation sends, and which months came",
    "ledger": "Who did what, when and why",
}
"""By the name of its address, what one finds in a room."""


class Renderer(TemplatesSetting):
    """Draws a form with the components of the GOV.UK Design System."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if "widget" in context:
            dress(context["widget"])
        return super().render(template_name, context, request)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The ways that are open to this person, and what the workspace says of itself."""
    title, banner = _said()
    ways = [
        {"label": label, "href": reverse(name), "here": _here(request.path, begins), "holds": HOLDS.get(name)}
        for label, name, begins, power in WAYS
        if isinstance(request.user, Person) and may(request.user, power)
    ]
    openings = openings_told_to(request.user) if isinstance(request.user, Person) else ()
    said = {"service": title, "banner": banner, "openings": openings}
    return said | {"ways": ways, "enter_as": people_to_enter_as()}


def _here(path: str, begins: str | tuple[str, ...]) -> bool:
    return path == "/" if begins == "/" else path.startswith(begins)


def _said() -> tuple[str, str]:
    try:
        said = workspace().settings
    except HeadwaterError:
        return "Headwater", ""
    return said.author or "Headwater", said.banner
