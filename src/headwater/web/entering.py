"""Coming into a county that does not exist, as anybody who lives there: for whoever wants to look round, on their own machine."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth import login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from headwater.partnership.actions import record
from headwater.partnership.guard import open_page
from headwater.partnership.models import Person
from headwater.partnership.questions import Operator

NOBODYS = ".example"
"""What the address of everybody ends in who does not exist: no mail can reach it."""
BACKEND = f"{AuthenticationBackend.__module__}.{AuthenticationBackend.__qualname__}"


def people_to_enter_as() -> QuerySet[Person]:
    """Whom anybody may enter as: nobody, unless this is the demonstration, served to the machine it runs on."""
    if not settings.DEMONSTRATION:
        return Person.objects.none()
    invented = Person.objects.filter(email__endswith=NOBODYS, is_active=True)
    return invented.prefetch_related("memberships__organisation").order_by("pk")


@open_page
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Come in as one of them."""
    try:
        person = get_object_or_404(people_to_enter_as(), pk=request.POST.get("person", ""))
    except ValueError as problem:  # it was no number
        raise Http404 from problem
    login(request, person, backend=BACKEND)
    _ = record("looked round as", person, by=Operator())
    return redirect("home")
