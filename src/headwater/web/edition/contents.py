"""What an edition's pages are called, and in which order they stand: read from its own title page."""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from headwater.web.edition.shelf import OnShelf

NAV = re.compile(r'<nav class="contents-page" aria-label="([^"]*)">(.*?)</nav>', re.DOTALL)
ENTRY = re.compile(r'<p class="contents-group">(.*?)</p>|<li><a href="([^"#]+)\.html">(.*?)</a></li>')


@dataclass(frozen=True, slots=True)
class Entry:
    """One page."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that stand together under a title, which may be empty."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The chapters of an edition, and its papers: a page for each finding."""

    chapters: tuple[Group, ...]
    papers: tuple[Group, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for group in (*self.chapters, *self.papers) for entry in group.entries)

    def title(self, slug: str) -> str:
        return next((entry.title for entry in self.entries if entry.slug == slug), slug)

    def beside(self, slug: str) -> tuple[Entry | None, Entry | None]:
        """The page before and the page after."""
        entries = self.entries
        at = next((i for i, entry in enumerate(entries) if entry.slug == slug), None)
        if at is None:
            return None, None
        return (entries[at - 1] if at else None), (entries[at + 1] if at + 1 < len(entries) else None)


@lru_cache(maxsize=8)
def contents_of(edition: OnShelf) -> Contents:
    """The contents of an edition."""
    navs = NAV.findall((edition.site / "index.html").read_text(encoding="utf-8"))
    both = [_groups(inside) for _, inside in navs]
    chapters, papers = (*both, (), ())[:2]
    return Contents(chapters, papers)


def _groups(inside: str) -> tuple[Group, ...]:
    groups: list[tuple[str, list[Entry]]] = [("", [])]
    for title, slug, words in ENTRY.findall(inside):
        if slug:
            groups[-1][1].append(Entry(unescape(slug), unescape(words)))
        else:
            groups.append((unescape(title), []))
    return tuple(Group(title, tuple(entries)) for title, entries in groups if entries)
