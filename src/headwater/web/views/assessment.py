"""The assessment, read: its editions, their pages as they were written, and what can be taken away."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power
from headwater.partnership.questions import may
from headwater.web.edition import (
    Download,
    OnShelf,
    Sheet,
    contents_of,
    downloads_of,
    edition_in_hand,
    edition_named,
    file_named,
    headlines_of,
    parts_of,
    sheet_named,
    shelved,
    style_of,
    table_named,
)

KEPT = "private, max-age=31536000, immutable"


def sheet(edition: str, slug: str) -> Sheet:
    return sheet_named(edition_named(edition), slug)


def file(edition: str, name: str) -> Download:
    return file_named(edition_named(edition), name)


def table(edition: str, name: str) -> Download:
    return table_named(edition_named(edition), name)


@page(Power.SEE_FIGURES, ledgered=True)
def assessment(request: Request) -> HttpResponse:
    """The edition in hand, or how to make the first."""
    found = edition_in_hand()
    if found is None:
        return render(request, "assessment/none.html", {"builds": may(request.user, Power.BUILD)})
    return _title_page(request, found)


@page(Power.SEE_FIGURES, of=edition_named, ledgered=True)
def edition(request: Request, edition: OnShelf) -> HttpResponse:
    """One edition: its headlines, its contents, and what can be taken away."""
    return _title_page(request, edition)


def _title_page(request: Request, edition: OnShelf) -> HttpResponse:
    context = {
        "edition": edition,
        "said": edition.said,
        "headlines": headlines_of(edition),
        "contents": contents_of(edition),
        "downloads": list(downloads_of(edition)),
        "editions": shelved(),
        "parts": parts_of(edition).values(),
    }
    return render(request, "assessment/edition.html", context)


@page(Power.SEE_FIGURES, of=sheet, ledgered=True)
def edition_page(request: Request, sheet: Sheet) -> HttpResponse:
    """One chapter, profile or page of papers, as it was written."""
    contents = contents_of(sheet.edition)
    before, after = contents.beside(sheet.slug)
    context = {
        "sheet": sheet,
        "edition": sheet.edition,
        "said": sheet.edition.said,
        "contents": contents,
        "before": before,
        "after": after,
    }
    return render(request, "assessment/page.html", context)


@page(Power.READ_PARTNERSHIP, of=edition_named)
def edition_style(request: Request, edition: OnShelf) -> HttpResponse:  # noqa: ARG001 - the guard hands it in
    """The edition's stylesheet, held to its own part of the page."""
    answer = HttpResponse(style_of(edition), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = KEPT
    return answer


@page(Power.SEE_FIGURES, of=file, ledgered=True)
def edition_file(request: Request, file: Download) -> FileResponse:  # noqa: ARG001
    """A document of an edition, or its package, taken away."""
    return FileResponse(file.stream(), as_attachment=True, filename=file.name, content_type=file.media)


@page(Power.SEE_FIGURES, of=table, ledgered=True)
def edition_table(request: Request, table: Download) -> FileResponse:  # noqa: ARG001
    """A table of an edition, taken away."""
    return FileResponse(table.stream(), as_attachment=True, filename=table.name, content_type=table.media)
