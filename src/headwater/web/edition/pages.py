"""The pages of an edition as they were written, to stand in the frame of the rooms.

A page is taken as it is: what `documents` wrote, and nothing else, is what a person reads. Only its links are turned: to the
guarded address of the page, the figure or the file they lead to. The pages are written by templates that escape `<`, `>` and
`"` in everything they are given, so that `<a ` is always the beginning of a link and never somebody's words.
"""

import re
from dataclasses import dataclass
from functools import partial
from html import unescape

from django.http import Http404
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from headwater.web.edition.contents import contents_of
from headwater.web.edition.keeping import Keeping
from headwater.web.edition.parts import area_of
from headwater.web.edition.shelf import OnShelf

MAIN = re.compile(r'<main id="main-content"[^>]*>(.*)</main>', re.DOTALL)
HEADING = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
HREF = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")')
TILES = re.compile(r'<ul class="tiles">.*?</ul>', re.DOTALL)
ROW = re.compile(r'(<tr id="([^"]+)">(?:<th scope="row"[^>]*>[^<]*</th>)+<td[^>]*>)([^<]+)(</td>)')
PAPERS = "figures-"
PART = "_"
"""Stands in an address between the parts of a figure's anchor, and in no other anchor (`documents.html.anchor_id`)."""
ROOM = 48_000_000
"""Letters of pages that are kept in memory."""
ABROAD = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of an edition, found and named."""

    edition: OnShelf
    slug: str

    @property
    def organisation(self) -> None:
        return

    @property
    def area(self) -> str:
        """The code of the part of the area it is the local edition of; empty for every other page."""
        return area_of(self.slug)

    @property
    def title(self) -> str:
        return contents_of(self.edition).title(self.slug)

    @property
    def body(self) -> SafeString:
        """What stands in the page, its links turned, without its heading."""
        return mark_safe(_BODIES.get((self.edition, self.slug), partial(_body, self)))  # noqa: S308 - written by our own templates, which escape


_BODIES: Keeping[str] = Keeping(ROOM)


def sheet_named(edition: OnShelf, slug: str) -> Sheet:
    """The page of this name: one that lies in the edition's own site, whatever an address says."""
    if slug == "index" or f"{slug}.html" not in {path.name for path in edition.site.glob("*.html")}:
        raise Http404
    return Sheet(edition, slug)


def main_of(edition: OnShelf, slug: str) -> str:
    """The inside of a page's `main`, as it was written."""
    found = MAIN.search((edition.site / f"{slug}.html").read_text(encoding="utf-8"))
    return found[1] if found else ""


def headlines_of(edition: OnShelf) -> SafeString:
    """The figures that open the edition, as they stand on its title page, their links turned; empty where there are none."""
    found = TILES.search(main_of(edition, "index"))
    turned = HREF.sub(partial(_turned, edition), found[0]) if found else ""
    return mark_safe(turned)  # noqa: S308 - as above


def _body(sheet: Sheet) -> str:
    inside = HEADING.sub("", main_of(sheet.edition, sheet.slug), count=1)
    if sheet.slug.startswith(PAPERS):
        inside = ROW.sub(_opened, inside)
    return HREF.sub(partial(_turned, sheet.edition), inside)


def _opened(row: re.Match[str]) -> str:
    """A row of a finding's papers, its figure made a link to the figure's own page."""
    before, anchor, figure, after = row.groups()
    return f'{before}<a class="figure" href="{PAPERS}.html#{anchor}">{figure}</a>{after}'


def _turned(edition: OnShelf, link: re.Match[str]) -> str:
    before, target, after = link.groups()
    return f"{before}{escape(address_of(edition, unescape(target)))}{after}"


def address_of(edition: OnShelf, target: str) -> str:
    """Where a link of the site leads in the rooms. What leads nowhere we know leads to the top of its own page."""
    if target.startswith(("#", *ABROAD)):
        return target
    path, _, fragment = target.partition("#")
    if path.startswith(PAPERS) and PART in fragment:
        return reverse("number", args=[edition.name, fragment])
    if path.startswith("data/"):
        return reverse("edition_table", args=[edition.name, path.removeprefix("data/")])
    if path == "index.html":
        return reverse("edition", args=[edition.name])
    if not path.endswith(".html") or "/" in path:
        return "#main"
    return reverse("edition_page", args=[edition.name, path.removesuffix(".html")]) + (
        f"#{fragment}" if fragment else ""
    )
