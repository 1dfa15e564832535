"""What a page is made of. The assessment writes these blocks; every format walks the same list.

A `Number` and a `Quoted` cell carry `opens`: the anchor of the place where the figure answers back. Every anchor is
the name of a `Heading`, or of a row of a table (`Table.row_anchors`), somewhere in the same document.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from headwater.documents.charts import Chart
from headwater.vocabulary import Cell


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: an address, or `#anchor` in this document."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in a sentence, which opens to its papers."""

    text: str
    opens: str
    label: str
    """What the figure is, for someone who hears the link out of its sentence."""


Inline = Text | Link | Number


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a page: level 2 to 4. The page's own title is level 1."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    spans: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms and what they are: the papers of a figure."""

    rows: tuple[tuple[str, tuple[Inline, ...]], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader must not miss: a caveat, a warning, or that the county does not exist."""

    kind: Literal["caveat", "warning", "fictional"]
    title: str
    spans: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline: a figure, what it is, and which way it went."""

    label: str
    number: Number
    detail: str


@dataclass(frozen=True, slots=True)
class Tiles:
    """The headline figures, side by side."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A cell of a table that opens to its papers."""

    cell: Cell
    opens: str


Entry = str | int | float | Cell | Quoted


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and whether it holds words or numbers (and how many decimals a bare number gets)."""

    title: str
    numeric: bool = False
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `name` is unique in the document and names its sheet, its CSV and its anchor (lower-case, hyphens)."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Entry, ...], ...]
    note: str = ""
    row_headers: int = 1
    """How many of the first columns name the row."""
    row_anchors: tuple[str, ...] = ()
    """One anchor a row, where its figures open to this table."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart or map, with words for those who cannot see it and the table it was drawn from."""

    name: str
    caption: str
    description: str
    """What the picture shows, in one or two sentences: the text alternative."""
    chart: Chart
    table: Table


Block = Heading | Paragraph | Bullets | Facts | Note | Tiles | Table | Figure


@dataclass(frozen=True, slots=True)
class Page:
    """One chapter, or one finding's papers."""

    slug: str
    title: str
    blocks: tuple[Block, ...]
    part: Literal["chapter", "papers"] = "chapter"
    group: str = ""
    """In the contents, pages of one group stand under it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole publication."""

    title: str
    subtitle: str
    author: str
    published: str
    """A day, 2026-11-23."""
    pages: tuple[Page, ...]
    licence: str = ""
    notices: tuple[str, ...] = ()
    """Attributions, printed at the foot of every page."""
    banner: str = ""
    """Printed at the head of every page: 'Aldermere is a county that does not exist'."""
    software: str = ""
    language: str = "en-GB"
    symbols: tuple[tuple[str, str], ...] = field(default=())
    """The markers used in tables, with what they mean."""
    downloads: tuple[Link, ...] = ()
    """The same publication in other formats, offered on the title page; addresses beside the site."""


def figures_of(document: Document) -> Sequence[Figure]:
    """Every figure, in reading order."""
    return [block for page in document.pages for block in page.blocks if isinstance(block, Figure)]


def tables_of(document: Document, *, papers: bool = False) -> Sequence[Table]:
    """Every table of the chapters (and of the papers, if asked), those behind figures included, in reading order."""
    found: list[Table] = []
    for page in document.pages:
        if page.part == "papers" and not papers:
            continue
        found += [b.table if isinstance(b, Figure) else b for b in page.blocks if isinstance(b, Table | Figure)]
    return found
