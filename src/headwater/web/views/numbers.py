"""The number that answers back: one figure with everything behind it, and the same figure worked out again."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from headwater.partnership.actions import record
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power
from headwater.partnership.questions import workspace
from headwater.web.again import Check, ask_again, check_of
from headwater.web.edition import Number, edition_named, number_at, papers_of


def number_of(edition: str, anchor: str) -> Number:
    return number_at(edition_named(edition), anchor)


def check_numbered(edition: str, anchor: str, run: UUID) -> Check:
    return check_of(number_of(edition, anchor), run)


@page(Power.SEE_FIGURES, of=number_of, ledgered=True)
def number(request: Request, number: Number) -> HttpResponse:
    """A figure, opened."""
    return render(request, "assessment/number.html", _opened(number))


def _opened(number: Number) -> dict[str, object]:
    from headwater.assessment import open_figure

    return {
        "number": number,
        "edition": number.edition,
        "said": number.edition.said,
        "opened": open_figure(workspace(), number.edition.record, number.finding, number.cell),
        "papers": papers_of(number.finding),
    }


@page(Power.SEE_FIGURES, of=number_of)
@require_POST
def number_again(request: Request, number: Number) -> HttpResponse:
    """Have it worked out again. Nothing is written but that somebody asked."""
    run = ask_again(number)
    _ = record("asked to have worked out again", f"{number.edition.name}: {number.anchor}"[:280], by=request.user)
    return redirect("number_checked", number.edition.name, number.anchor, run.pk)


@page(Power.SEE_FIGURES, of=check_numbered, ledgered=True)
def number_checked(request: Request, check: Check) -> HttpResponse:
    """How far it is, and what came of it. While it is under way nothing is read, and the ledger hears of nothing."""
    number = check.number
    context = {"check": check, "number": number, "edition": number.edition, "said": number.edition.said}
    status = 202 if check.waits and not check.lost else 200
    return render(request, "assessment/checked.html", context, status=status)
