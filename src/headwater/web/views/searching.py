"""Finding a chapter, a measure or a figure by its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power
from headwater.web.edition import OnShelf, contents_of, edition_named, papers_of

MOST = 40
"""What is found beyond this is counted, and not listed."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found."""

    title: str
    href: str
    kind: str
    words: str = ""
    unseen: str = ""
    """Words it is found by and that are not shown."""


@page(Power.SEE_FIGURES, of=edition_named, ledgered=True)
def search(request: Request, edition: OnShelf) -> HttpResponse:
    """Everything that holds every word."""
    asked = request.GET.get("q", "").strip()[:100]
    words = asked.casefold().split()
    found = [each for each in _everything(edition) if _holds(each, words)] if words else []
    context = {"edition": edition, "said": edition.said, "asked": asked, "found": found[:MOST], "many": len(found)}
    return render(request, "assessment/search.html", context)


def _holds(found: Found, words: Sequence[str]) -> bool:
    said = f"{found.title} {found.words} {found.unseen}".casefold()
    return all(word in said for word in words)


def _everything(edition: OnShelf) -> Iterator[Found]:
    for group in contents_of(edition).chapters:
        for entry in group.entries:
            yield Found(entry.title, reverse("edition_page", args=[edition.name, entry.slug]), "Chapter")
    why = {each["name"]: f"{each['title']} {each['why']}" for each in edition.record["measures"]}
    for finding in edition.record["findings"]:
        href = reverse("edition_page", args=[edition.name, papers_of(finding)])
        yield Found(finding["title"], href, "Figures", finding["sentence"], why[finding["measure"]])
