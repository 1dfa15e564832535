"""One part of the area: its local edition, and every figure of it in the edition."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power
from headwater.partnership.questions import may
from headwater.web.edition import (
    OnShelf,
    Record,
    Sheet,
    anchor_in_address,
    edition_named,
    parts_of,
    profile_of,
    sheet_named,
)


@dataclass(frozen=True, slots=True)
class Local:
    """One part of the area, in one edition."""

    edition: OnShelf
    area: str
    name: str

    @property
    def organisation(self) -> None:
        return

    @property
    def sheet(self) -> Sheet | None:
        """Its profile, where the edition has one."""
        try:
            return sheet_named(self.edition, profile_of(self.area))
        except Http404:
            return None

    @property
    def latest(self) -> Iterator[tuple[Record, Record, str]]:
        """The latest figure of each finding that has one for it: finding, figure and anchor."""
        for finding in self.edition.record["findings"]:
            cells = [cell for cell in finding["cells"] if cell["place"]["code"] == self.area]
            if cells:
                end = max(cell["period"]["end"] for cell in cells)
                for cell in (cell for cell in cells if cell["period"]["end"] == end):
                    yield finding, cell, anchor_in_address(finding, cell)


def local_edition(edition: str, code: str) -> Local:
    found = edition_named(edition)
    names = parts_of(found)
    if code not in names:
        raise Http404
    return Local(found, code, names[code].name)


@page(Power.SEE_FIGURES, of=local_edition, ledgered=True)
def area(request: Request, local: Local) -> HttpResponse:
    """The local edition of one part."""
    parts = parts_of(local.edition).values() if may(request.user, Power.SEE_FIGURES) else ()
    context = {
        "local": local,
        "edition": local.edition,
        "said": local.edition.said,
        "sheet": local.sheet,
        "latest": list(local.latest),
        "parts": parts,
        "carried": any(part.carried for part in parts),
    }
    return render(request, "assessment/area.html", context)
