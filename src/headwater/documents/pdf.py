"""The PDF: tagged to PDF/UA-1, with a contents page, bookmarks, and headings on every row and column of a table.

Conformance is what the typesetter checks as it writes, plus the checks in the tests; no independent validator has
been run, and an accessibility statement should say so.
"""

import io
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pikepdf

from headwater.documents.entries import key_of, words_of
from headwater.documents.model import (
    Block,
    Bullets,
    Document,
    Facts,
    Figure,
    Heading,
    Inline,
    Note,
    Paragraph,
    Table,
    Text,
    Tile,
    Tiles,
)
from headwater.documents.ods import sheets_of
from headwater.documents.pictures import draw_figure, fit
from headwater.documents.printed import Section, Signposts, day_words, sections_of
from headwater.documents.typesetting import set_pdf
from headwater.vocabulary import storage_errors

Script = dict[str, Any]
"""What the template reads: plain words, lists and numbers."""

TEXT_WIDTH, TEXT_HEIGHT = 470.0, 560.0
"""The room for a picture on a page, in points."""


def write_pdf(document: Document, path: Path) -> None:
    """Write `document` to `path`. The same document gives the same bytes.

    Raises ValueError where a letter is not in the typeface or a figure has no description.
    """
    template = files("headwater.documents").joinpath("pdf_template.typ").read_text("utf-8")
    script = _Writer(document).script()
    content = _head_rows(set_pdf(template, script), [*_row_headers(script["blocks"])])
    with storage_errors(f"writing {path.name}"):
        _ = path.write_bytes(content)


class _Writer:
    """Turns blocks into what the template reads."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sections = sections_of(document)
        self.signposts = Signposts(self.sections)
        self.sheets = sheets_of(document)

    def script(self) -> Script:
        document = self.document
        language, _, region = document.language.partition("-")
        return {
            "title": document.title, "subtitle": document.subtitle, "author": document.author,
            "language": language, "region": region.lower(),
            "day": [int(part) for part in document.published.split("-")], "published": day_words(document.published),
            "banner": document.banner, "licence": document.licence, "notices": list(document.notices),
            "software": document.software,
            "blocks": [*self._symbols(), *(piece for section in self.sections for piece in self._section(section))],
        }  # fmt: skip

    def _symbols(self) -> Iterator[Script]:
        if self.document.symbols:
            yield {**self._heading(2, "Markers used in place of a figure, or beside one", ""), "listed": False}
            yield self._block(Facts(tuple((marker, (Text(words),)) for marker, words in self.document.symbols)), 2)

    def _section(self, section: Section) -> Iterator[Script]:
        yield self._heading(section.level, section.title, section.anchor, fresh=section.fresh)
        for block in section.blocks:
            yield self._block(block, section.level)

    def _heading(self, level: int, text: str, anchor: str, *, fresh: bool = False) -> Script:
        label = self.signposts.stand(anchor)
        return {"kind": "heading", "level": level, "text": text, "label": label, "fresh": fresh, "listed": True}

    def _block(self, block: Block, level: int) -> Script:
        match block:
            case Tiles(tiles=tiles):
                return {"kind": "tiles", "tiles": [self._tile(tile) for tile in tiles]}
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case _:
                return self._words(block, level)

    def _words(self, block: Heading | Paragraph | Bullets | Facts | Note, level: int) -> Script:
        match block:
            case Heading():
                return self._heading(level + block.level - 1, block.text, block.anchor)
            case Paragraph(spans=spans):
                return {"kind": "paragraph", "spans": self._spans(spans)}
            case Bullets(items=items):
                return {"kind": "bullets", "items": [self._spans(item) for item in items]}
            case Facts(rows=rows):
                return {"kind": "facts", "rows": [[term, self._spans(spans)] for term, spans in rows]}
            case Note(kind=tone, title=title, spans=spans):
                return {"kind": "note", "tone": tone, "title": title, "spans": self._spans(spans)}

    def _tile(self, tile: Tile) -> Script:
        return {"label": tile.label, "number": self._spans([tile.number])[0], "detail": tile.detail}

    def _spans(self, spans: Sequence[Inline]) -> list[Script]:
        pieces: list[Script] = []
        for span in spans:
            to, url = self.signposts.target(span)
            pieces.append({"text": span.text, "strong": isinstance(span, Text) and span.strong, "to": to, "url": url})
        return pieces

    def _table(self, table: Table) -> Script:
        return {
            "kind": "table", "caption": table.caption, "note": table.note, "label": self.signposts.stand(table.name),
            "key": [list(pair) for pair in key_of(table, self.document.symbols)], "row_headers": table.row_headers,
            "head": [column.title for column in table.columns], "numeric": [c.numeric for c in table.columns],
            "rows": [[words_of(e, c) for e, c in zip(row, table.columns, strict=True)] for row in table.rows],
            "papers": self._spans(self.signposts.papers_line(table)),
        }  # fmt: skip

    def _figure(self, figure: Figure) -> Script:
        picture = draw_figure(figure)
        return {
            "kind": "figure", "caption": figure.caption, "alt": figure.description, "svg": picture,
            "width": fit(picture, TEXT_WIDTH, TEXT_HEIGHT)[0], "label": self.signposts.stand(figure.name),
            "sheet": self.sheets[figure.table.name], "key": [list(pair) for pair in key_of(figure.table, self.document.symbols)],
        }  # fmt: skip


def _row_headers(blocks: Sequence[Script]) -> Iterator[int]:
    """How many leading cells of each row are headings, for each table the template will set, in order."""
    for block in blocks:
        if block["kind"] in ("facts", "table"):
            yield block.get("row_headers", 1)


def _head_rows(content: bytes, row_headers: Sequence[int]) -> bytes:
    """Tag the first cells of each row as its heading, which the typesetter cannot yet do for itself."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tables = [*_tables(pdf.Root.StructTreeRoot)]
        for table, count in zip(tables, row_headers, strict=True):
            for row in _rows(table):
                for cell in _children(row)[:count]:
                    if cell.get("/S") == pikepdf.Name.TD:
                        cell.S = pikepdf.Name.TH
                        cell.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
        made = io.BytesIO()
        pdf.save(made, deterministic_id=True)
    return made.getvalue()


def _children(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The structure elements directly under one, page content left out."""
    under = element.get("/K")
    if under is None:
        return []
    listed = list(under) if isinstance(under, pikepdf.Array) else [under]  # pyright: ignore[reportArgumentType, reportCallIssue]
    return [child for child in listed if isinstance(child, pikepdf.Dictionary) and "/S" in child]


def _tables(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for child in _children(element):
        if pikepdf.Name.Table == child.S:
            yield child
        else:
            yield from _tables(child)


def _rows(table: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The rows of a table's body; those of its head are headings already."""
    for child in _children(table):
        if child.S == pikepdf.Name.TR:
            yield child
        elif pikepdf.Name.TBody == child.S:
            yield from _children(child)
