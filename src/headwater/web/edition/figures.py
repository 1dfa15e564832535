"""Every figure of an edition by its anchor, and where the edition quotes it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from django.http import Http404

from headwater.web.edition.contents import Entry, contents_of
from headwater.web.edition.pages import main_of
from headwater.web.edition.shelf import OnShelf, Record

QUOTED = re.compile(r'<a class="figure" href="figures-[^"#]*#([^"]+)"')


@dataclass(frozen=True, slots=True)
class Number:
    """One figure of an edition: a cell of a finding."""

    edition: OnShelf
    anchor: str
    """As it stands in addresses."""
    finding: Record
    cell: Record

    @property
    def organisation(self) -> None:
        return

    @property
    def area(self) -> str:
        """The code of the place it is of."""
        return self.cell["place"]["code"]

    @property
    def quoted(self) -> tuple[Entry, ...]:
        """The chapters that quote it."""
        return _quoted(self.edition).get(self.anchor, ())


def number_at(edition: OnShelf, anchor: str) -> Number:
    """The figure at an anchor of the edition's own pages."""
    found = _cells(edition).get(anchor)
    if found is None:
        raise Http404
    finding = edition.record["findings"][found[0]]
    return Number(edition, anchor, finding, finding["cells"][found[1]])


def anchor_in_address(finding: Record, cell: Record) -> str:
    """A figure's anchor as it stands in an address."""
    from headwater.assessment import anchor_of
    from headwater.documents.html import anchor_id

    return anchor_id(anchor_of(finding, cell))


@lru_cache(maxsize=4)
def _cells(edition: OnShelf) -> Mapping[str, tuple[int, int]]:
    """By anchor, which finding and which of its cells."""
    return {
        anchor_in_address(finding, cell): (i, j)
        for i, finding in enumerate(edition.record["findings"])
        for j, cell in enumerate(finding["cells"])
    }


@lru_cache(maxsize=4)
def _quoted(edition: OnShelf) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for entry in _chapters(edition):
        for anchor in dict.fromkeys(QUOTED.findall(main_of(edition, entry.slug))):
            found.setdefault(unescape(anchor), []).append(entry)
    return {anchor: tuple(entries) for anchor, entries in found.items()}


def _chapters(edition: OnShelf) -> Iterator[Entry]:
    return (entry for group in contents_of(edition).chapters for entry in group.entries)


def papers_of(finding: Record) -> str:
    """The slug of the page that holds every figure of a finding."""
    return f"figures-{finding['name'].replace('.', '-')}"
