"""Where everything in a document stands, so that every figure can be followed to its papers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from headwater.documents.model import Document, Figure, Heading, Page, Table

RESERVED = ("contents", "main-content", "top", "where-the-figures-come-from")
_NAME = re.compile(r"[a-z0-9]([a-z0-9.\-]*[a-z0-9])?")
_NAME_RULE = "use lower-case letters, digits and hyphens"
_SAFE = re.compile(r"[A-Za-z0-9.\-]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_SPOKEN = {"/": "_", " ": "+"}


def anchor_id(anchor: str) -> str:
    """An anchor as an HTML id: the same every time, never the same for two anchors, and readable in an address.

    Letters, digits, '.' and '-' stay; '/' becomes '_' and ' ' becomes '+'; anything else becomes its number, '~e9~'.
    """
    return "".join(c if _SAFE.fullmatch(c) else _SPOKEN.get(c, f"~{ord(c):x}~") for c in anchor)


def file_of(page: Page) -> str:
    """The page's file."""
    return f"{page.slug}.html"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The page on which each anchor stands."""

    pages: dict[str, str]
    slugs: dict[str, str]

    @classmethod
    def of(cls, document: Document) -> Self:
        """Walk the document. ValueError where two things share a name, or a page's slug will not do as a file's name."""
        slugs: dict[str, str] = {}
        pages: dict[str, str] = {}
        for page in document.pages:
            if not _NAME.fullmatch(page.slug) or page.slug == "index":
                raise ValueError(f"{page.slug!r} cannot be the name of a page: {_NAME_RULE}")
            if page.slug in slugs:
                raise ValueError(f"two pages are called {page.slug!r}")
            slugs[page.slug] = file_of(page)
            for anchor in _anchors(page):
                if anchor in pages or anchor in RESERVED:
                    raise ValueError(
                        f"the anchor {anchor!r} stands twice: on {page.slug!r} and {pages.get(anchor, 'every page')!r}"
                    )
                pages[anchor] = file_of(page)
        return cls(pages, slugs)

    def address(self, anchor: str) -> str:
        """'trends.html#trend'. ValueError where the anchor stands nowhere."""
        if anchor in self.pages:
            return f"{self.pages[anchor]}#{anchor_id(anchor)}"
        if anchor in self.slugs:
            return self.slugs[anchor]
        raise ValueError(f"nothing in the document is called {anchor!r}, but a figure or a link leads there")

    def link(self, target: str) -> str:
        """A link's address: '#anchor' is resolved; addresses of the web, of mail, and beside the site stay as they are."""
        if target.startswith("#"):
            return self.address(target[1:])
        scheme = _SCHEME.match(target)
        if scheme and scheme[1].lower() not in {"http", "https", "mailto"}:
            raise ValueError(f"a link may not lead to an address beginning {scheme[0]!r}")
        return target


def _anchors(page: Page) -> Iterator[str]:
    for block in page.blocks:
        match block:
            case Heading(anchor=anchor) if anchor:
                yield anchor
            case Table():
                yield from _table_anchors(block)
            case Figure():
                yield block.name
                yield from (anchor for anchor in _table_anchors(block.table) if anchor != block.name)
            case _:
                pass


def _table_anchors(table: Table) -> Iterator[str]:
    if not _NAME.fullmatch(table.name):
        raise ValueError(f"{table.name!r} cannot be the name of a table: {_NAME_RULE}")
    yield table.name
    yield from (anchor for anchor in table.row_anchors if anchor)
