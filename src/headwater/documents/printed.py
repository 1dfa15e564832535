"""The order of a printed copy (PDF, DOCX): chapters whole, then the papers of each figure in short form.

A paper's tables and pictures stay on the site and in the spreadsheet: printed, they would be hundreds of pages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from headwater.documents.entries import opens_of
from headwater.documents.model import (
    Block,
    Bullets,
    Document,
    Facts,
    Figure,
    Heading,
    Inline,
    Link,
    Note,
    Number,
    Page,
    Paragraph,
    Table,
    Text,
)
from headwater.vocabulary import month_words

PAPERS = "The papers of each figure"
MANY_LINKS = 6
PAPERS_KEEP = (Bullets, Facts, Heading, Note, Paragraph)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (level 1 to 3) and what stands under it. `elsewhere` are anchors of what was left out: they lead here."""

    level: int
    title: str
    blocks: tuple[Block, ...] = ()
    anchor: str = ""
    fresh: bool = False
    """Begins a page."""
    elsewhere: tuple[str, ...] = ()


def sections_of(document: Document) -> tuple[Section, ...]:
    """Every section in reading order."""
    chapters = [page for page in document.pages if page.part == "chapter"]
    papers = [page for page in document.pages if page.part == "papers"]
    annex = [Section(1, PAPERS, fresh=True), *_grouped(papers, 2, short=True)] if papers else []
    return (*_grouped(chapters, 1, short=False), *annex)


def _grouped(pages: Sequence[Page], level: int, *, short: bool) -> Iterable[Section]:
    for name, group in groupby(pages, key=lambda page: page.group):
        if name:
            yield Section(level, name, fresh=not short)
        for place, page in enumerate(group):
            fresh = not short and not (name and place == 0)
            yield _section(page, level + bool(name), fresh=fresh, short=short)


def _section(page: Page, level: int, *, fresh: bool, short: bool) -> Section:
    if not short:
        return Section(level, page.title, page.blocks, page.slug, fresh)
    kept = _without_bare_headings([block for block in page.blocks if isinstance(block, PAPERS_KEEP)])
    here = {anchor for block in kept for anchor in anchors_of(block)}
    every = (anchor for block in page.blocks for anchor in anchors_of(block))
    return Section(level, page.title, kept, page.slug, fresh, tuple(anchor for anchor in every if anchor not in here))


def _without_bare_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """A heading whose every block was left out goes too; its anchor leads to the page instead."""
    kept: list[Block] = []
    for block in reversed(blocks):
        under = kept[-1] if kept else None
        bare = under is None or (
            isinstance(under, Heading) and isinstance(block, Heading) and under.level <= block.level
        )
        if not (isinstance(block, Heading) and bare):
            kept.append(block)
    return tuple(reversed(kept))


def anchors_of(block: Block) -> tuple[str, ...]:
    """The anchors that stand in a block."""
    match block:
        case Heading(anchor=anchor):
            return (anchor,) if anchor else ()
        case Table(name=name, row_anchors=rows):
            return (name, *rows)
        case Figure(name=name, table=table):
            return (name, table.name, *table.row_anchors)
        case _:
            return ()


class Signposts:
    """Where each anchor leads in the printed copy, under labels (`w1`, `w2` …) that any format may use.

    An anchor that stands in two places leads to the first. A row's anchor leads to its table, and that of a table
    behind a picture to the picture: a label on every row would double the time a long table takes to set.
    """

    def __init__(self, sections: Sequence[Section]) -> None:
        self._labels: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._standing: set[str] = set()
        for section in sections:
            self._post(section.title, section.anchor, *section.elsewhere)
            for block in section.blocks:
                if anchors := anchors_of(block):
                    self._post(block.text if isinstance(block, Heading) else section.title, *anchors)

    def _post(self, title: str, *anchors: str) -> None:
        """The first of `anchors` is where the others lead."""
        if anchors[0]:
            label = self._labels.setdefault(anchors[0], f"w{len(self._labels) + 1}")
            _ = self._titles.setdefault(label, title)
            for anchor in anchors[1:]:
                _ = self._labels.setdefault(anchor, label)

    def leads_to(self, anchor: str) -> str:
        """The label of the place an anchor leads to; empty where it is not in the printed copy."""
        return self._labels.get(anchor, "")

    def stand(self, anchor: str) -> str:
        """The label to put here, where `anchor` stands; empty where it is already standing."""
        label = self._labels.get(anchor, "")
        if label in self._standing:
            return ""
        self._standing.add(label)
        return label

    def target(self, span: Inline) -> tuple[str, str]:
        """Where a span leads: a label in the copy, an address outside it; each empty where there is none."""
        match span:
            case Number(opens=anchor):
                return self.leads_to(anchor), ""
            case Link(target=target) if target.startswith("#"):
                return self.leads_to(target[1:]), ""
            case Link(target=target) if target.startswith(("https://", "http://", "mailto:")):
                return "", target
            case _:
                return "", ""

    def papers_line(self, table: Table) -> tuple[Inline, ...]:
        """A line to stand beneath a table: where the papers of its figures are, if they are in the copy."""
        opened = dict.fromkeys(anchor for row in table.rows for entry in row if (anchor := opens_of(entry)))
        places = {label: anchor for anchor in reversed(opened) if (label := self.leads_to(anchor))}
        links = [Link(self._titles[label], f"#{places[label]}") for label in sorted(places, key=_number)]
        if not links:
            return ()
        if len(links) > MANY_LINKS:
            return (Text(f"The papers of these figures are under “{PAPERS}”."),)
        listed = [span for link in links for span in (link, Text("; "))][:-1]
        return (Text("The papers of these figures: "), *listed, Text("."))


def _number(label: str) -> int:
    return int(label[1:])


def day_words(day: str) -> str:
    """'2026-11-23' as '23 November 2026'."""
    return f"{int(day[8:])} {month_words(day[:7])}"
