"""Who is reached beside who is hurt; and reports, to be read here or taken away."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from headwater.delivery.questions.reporting import report_of
from headwater.delivery.questions.served import beside, years
from headwater.delivery.views.finding import Reported, quarter_numbered
from headwater.documents import Bullets, Document, Heading, Note, Paragraph, Table, write_docx, write_ods
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power

KINDS: dict[str, tuple[Callable[[Document, Path], None], str]] = {
    "docx": (write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "ods": (write_ods, "application/vnd.oasis.opendocument.spreadsheet"),
}
BLOCKS: dict[type, str] = {Heading: "heading", Paragraph: "words", Bullets: "list", Note: "note", Table: "table"}


@page(Power.SEE_FIGURES, ledgered=True)
def served(request: Request) -> HttpResponse:
    """Who programmes reach beside who is hurt, of one financial year."""
    known = years()
    asked = request.GET.get("year", "")
    year = next((each for each in known if str(each) == asked), next(iter(known), None))
    context = {
        "years": known,
        "year": year,
        "label": f"{year}-{(year + 1) % 100:02}" if year else "",
        "comparisons": beside(year) if year else (),
    }
    return render(request, "delivery/served.html", context)


@page(Power.READ_SENT, of=quarter_numbered, ledgered=True)
def quarter_report(request: Request, reported: Reported) -> HttpResponse:
    """The return to the Home Office, or with ?of=year the annual report, as a page."""
    quarter, year = reported.quarter, request.GET.get("of") == "year"
    document = report_of(quarter, whole_year=year, on=timezone.localdate())
    parts = [(p, [(BLOCKS.get(type(block), ""), block) for block in p.blocks]) for p in document.pages]
    context = {"quarter": quarter, "document": document, "parts": parts, "year": year}
    return render(request, "delivery/report.html", context)


@page(Power.READ_SENT, of=quarter_numbered, ledgered=True)
def download_report(request: Request, wanted: Reported) -> HttpResponse:
    """The same as a file."""
    if wanted.kind not in KINDS:
        raise Http404
    write, media = KINDS[wanted.kind]
    year = request.GET.get("of") == "year"
    document = report_of(wanted.quarter, whole_year=year, on=timezone.localdate())
    with tempfile.TemporaryDirectory(prefix="headwater-report-") as folder:
        path = Path(folder) / f"report.{wanted.kind}"
        write(document, path)
        answer = HttpResponse(path.read_bytes(), content_type=media)
    of = wanted.quarter.financial_year if year else wanted.quarter.short.replace(" ", "-")
    answer["Content-Disposition"] = f'attachment; filename="return-{of}.{wanted.kind}"'
    return answer
