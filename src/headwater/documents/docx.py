"""The DOCX, for the partner who must edit it: real headings, a contents field, tables with headings, pictures with words."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

from headwater.documents.docx_elements import (
    Cell,
    Lane,
    bookmarked,
    element,
    field_end,
    field_start,
    paragraph,
    picture,
    run,
    table,
)
from headwater.documents.docx_styles import TABLE_STYLE, blank
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
    Tiles,
)
from headwater.documents.ods import sheets_of
from headwater.documents.pictures import as_pngs, draw_figure, fit
from headwater.documents.printed import Section, Signposts, day_words, sections_of
from headwater.documents.zips import members_of, write_zip
from headwater.vocabulary import holdable

TEXT_WIDTH, TEXT_HEIGHT = 470.0, 560.0
"""The room for a picture on a page, in points."""
CONTENTS_DEPTH = 2
MANY_COLUMNS = 8
"""A table of more is set small."""


def write_docx(document: Document, path: Path) -> None:
    """Write `document` to `path`. The same document gives the same bytes.

    Raises ValueError where a letter in a picture is not in the typeface.
    """
    saved = io.BytesIO()
    _Writer(document).write(saved)
    with zipfile.ZipFile(saved) as archive:
        write_zip(path, members_of(archive, first=("[Content_Types].xml", "_rels/.rels")))


class _Writer:
    """Writes blocks one after another into a Word document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.word = blank(document)
        self.sections = sections_of(document)
        self.signposts = Signposts(self.sections)
        self.sheets = sheets_of(document)
        self.pictures = _pictures(self.sections)
        self.styles = {style.name: style.style_id for style in self.word.styles}
        self.end = self.word.element.body.sectPr
        self.numbers = 0

    def write(self, saved: io.BytesIO) -> None:
        """Lay every section and save."""
        self._cover()
        self._contents()
        for section in self.sections:
            self._heading(section.level, section.title, section.anchor)
            for block in section.blocks:
                self._block(block, section.level)
        self.word.save(saved)

    def _cover(self) -> None:
        document = self.document
        said = [("Title", document.title), ("Subtitle", document.subtitle), ("Normal", document.author)]
        said += [("Normal", f"Published {day_words(document.published)}"), ("Fictional", document.banner)]
        small = (document.licence, *document.notices, document.software)
        for style, words in (*said, *(("Small Print", words) for words in small)):
            self._say(style, words)

    def _contents(self) -> None:
        """A contents field, filled in already: Word replaces the lines, with page numbers, when asked to update it."""
        self._say("Contents Heading", "Contents")
        listed = [section for section in self.sections if section.level <= CONTENTS_DEPTH]
        for place, section in enumerate(listed):
            label = self.signposts.leads_to(section.anchor)
            words = run(section.title)
            line = element("w:hyperlink", {"w:anchor": label}, words) if label else words
            before = field_start(f'TOC \\o "1-{CONTENTS_DEPTH}" \\h \\z \\u') if place == 0 else []
            after = [field_end()] if place == len(listed) - 1 else []
            self._lay(f"toc {section.level}", [*before, line, *after])

    def _block(self, block: Block, level: int) -> None:
        match block:
            case Tiles():
                self._tiles(block)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case Facts(rows=rows):
                lanes = [self._lane(1, heads=True), self._lane(3)]
                self._grid(lanes, [[[run(term)], self._runs(spans)] for term, spans in rows])
                self._space()
            case _:
                self._words(block, level)

    def _words(self, block: Heading | Paragraph | Bullets | Note, level: int) -> None:
        match block:
            case Heading():
                self._heading(level + block.level - 1, block.text, block.anchor)
            case Paragraph(spans=spans):
                self._lay("Normal", self._runs(spans))
            case Bullets(items=items):
                for item in items:
                    self._lay("List Bullet", self._runs(item))
            case Note(kind=tone, title=title, spans=spans):
                self._say(tone.capitalize(), title, strong=True)
                self._lay(tone.capitalize(), self._runs(spans))

    def _heading(self, level: int, words: str, anchor: str) -> None:
        self._lay(f"Heading {level}", self._posted(anchor, [run(words)]))

    def _tiles(self, tiles: Tiles) -> None:
        """A table, not boxes side by side: what is laid out with tables cannot be read aloud in order."""
        rows = [[[run(tile.label)], self._runs([tile.number]), [run(tile.detail)]] for tile in tiles.tiles]
        lanes = [self._lane(3, heads=True), self._lane(2), self._lane(4)]
        self._grid(lanes, rows, ["Headline", "Figure", "In detail"], caption="Headline figures")
        self._space()

    def _table(self, said: Table) -> None:
        self._lay("Caption", self._posted(said.name, [run(said.caption)]))
        rows = [[[run(words_of(e, c))] for e, c in zip(row, said.columns, strict=True)] for row in said.rows]
        size = "Wide Table" if len(said.columns) > MANY_COLUMNS else "Table"
        lanes = [
            Lane(
                self.styles[f"{size} {'Figures' if column.numeric else 'Words'}"],
                2 if column.numeric else 3,
                place < said.row_headers,
            )
            for place, column in enumerate(said.columns)
        ]
        self._grid(lanes, rows, [column.title for column in said.columns], caption=said.caption)
        self._say("Small Print", said.note)
        self._key(said)
        self._lay(
            "Small Print", self._runs(self.signposts.papers_line(said))
        )  # or nothing: Word joins tables that touch

    def _space(self) -> None:
        """Nothing, on a line of its own: Word joins two tables that touch."""
        self._lay("Small Print", [])

    def _figure(self, figure: Figure) -> None:
        content, (width, height) = self.pictures[figure.name]
        relation, _ = self.word.part.get_or_add_image(io.BytesIO(content))
        size = (Pt(width), Pt(height))
        self._lay("Caption", self._posted(figure.name, [run(figure.caption)]))
        self._lay("Picture", [picture(self._number(), relation, size, figure.description)])
        where = f"The numbers behind this picture are in the sheet “{self.sheets[figure.table.name]}” of the spreadsheet published with this document."
        self._say("Small Print", where)
        self._key(figure.table)

    def _key(self, said: Table) -> None:
        key = "; ".join(f"{marker} {meaning}" for marker, meaning in key_of(said, self.document.symbols))
        self._say("Small Print", key and f"{key}.")

    def _lane(self, share: int, *, heads: bool = False) -> Lane:
        return Lane(self.styles["Table Words"], share, heads)

    def _grid(
        self, lanes: Sequence[Lane], rows: Sequence[Sequence[Cell]], heads: Sequence[str] = (), *, caption: str = ""
    ) -> None:
        head = [[run(words)] for words in heads]
        self.end.addprevious(table(self.styles[TABLE_STYLE], lanes, head, rows, caption))

    def _say(self, style: str, words: str, *, strong: bool = False) -> None:
        if words:
            self._lay(style, self._runs([Text(words, strong)]))

    def _lay(self, style: str, inside: Sequence[BaseOxmlElement]) -> None:
        self.end.addprevious(paragraph(self.styles[style], inside))

    def _runs(self, spans: Sequence[Inline]) -> Cell:
        return [self._span(span) for span in spans]

    def _span(self, span: Inline) -> BaseOxmlElement:
        to, url = self.signposts.target(span)
        if to:
            return element("w:hyperlink", {"w:anchor": to, "w:history": "1"}, run(span.text))
        if url:
            relation = self.word.part.relate_to(holdable(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            return element("w:hyperlink", {"r:id": relation}, run(span.text, self.styles["Hyperlink"]))
        return run(span.text, self.styles["Strong"] if isinstance(span, Text) and span.strong else "")

    def _posted(self, anchor: str, inside: Cell) -> Cell:
        label = self.signposts.stand(anchor)
        return bookmarked(inside, label, self._number()) if label else inside

    def _number(self) -> int:
        self.numbers += 1
        return self.numbers


def _pictures(sections: Sequence[Section]) -> dict[str, tuple[bytes, tuple[float, float]]]:
    """Every figure's picture by name, with its width and height in points; each is drawn once, all in one run."""
    figures = {block.name: block for section in sections for block in section.blocks if isinstance(block, Figure)}
    drawn = {name: draw_figure(figure) for name, figure in figures.items()}
    distinct = list(dict.fromkeys(drawn.values()))
    made = dict(zip(distinct, as_pngs(distinct, width=TEXT_WIDTH, height=TEXT_HEIGHT), strict=True))
    return {name: (made[svg], fit(svg, TEXT_WIDTH, TEXT_HEIGHT)) for name, svg in drawn.items()}
