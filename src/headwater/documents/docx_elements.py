"""The pieces of WordprocessingML that python-docx has no words for: fields, bookmarks, links, and tables written whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length

from headwater.vocabulary import holdable

ROOM = 9400
"""The width of the text, in twentieths of a point."""

Cell = list[BaseOxmlElement]
"""What stands in one cell: the runs of its paragraph."""


def element(tag: str, attributes: dict[str, str] | None = None, *inside: BaseOxmlElement) -> BaseOxmlElement:
    """One element, its prefixes understood."""
    made = OxmlElement(tag, attrs={qn(name): holdable(value) for name, value in (attributes or {}).items()})
    made.extend(inside)
    return made


def run(words: str, style: str = "") -> BaseOxmlElement:
    """Words, in a character style if one is named."""
    said = [element("w:rPr", None, element("w:rStyle", {"w:val": style}))] if style else []
    return element("w:r", None, *said, _words("w:t", words))


def _words(tag: str, words: str) -> BaseOxmlElement:
    said = element(tag, {"xml:space": "preserve"})
    said.text = holdable(words)
    return said


def paragraph(style: str, inside: Iterable[BaseOxmlElement]) -> BaseOxmlElement:
    """A paragraph in a style."""
    return element("w:p", None, element("w:pPr", None, element("w:pStyle", {"w:val": style})), *inside)


def field(instruction: str, shown: Iterable[BaseOxmlElement]) -> Cell:
    """A field that Word works out for itself, with what to show until it does."""
    return [*field_start(instruction), *shown, field_end()]


def field_start(instruction: str) -> Cell:
    """The runs that open a field; what it shows may run over many paragraphs."""
    said = element("w:r", None, _words("w:instrText", f" {instruction} "))
    return [_mark("begin"), said, _mark("separate")]


def field_end() -> BaseOxmlElement:
    """The run that closes a field."""
    return _mark("end")


def _mark(kind: str) -> BaseOxmlElement:
    return element("w:r", None, element("w:fldChar", {"w:fldCharType": kind}))


def bookmarked(inside: Cell, name: str, number: int) -> Cell:
    """The same runs, where links to `name` lead."""
    start = element("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    return [start, *inside, element("w:bookmarkEnd", {"w:id": str(number)})]


def picture(number: int, relation: str, size: tuple[Length, Length], words: str) -> BaseOxmlElement:
    """A run that holds a picture of `size` with words for those who cannot see it."""
    inline = CT_Inline.new_pic_inline(number, relation, f"picture-{number}.png", *size)
    inline.docPr.set("descr", holdable(words))
    return element("w:r", None, element("w:drawing", None, inline))


@dataclass(frozen=True, slots=True)
class Lane:
    """A column: the paragraph style of its cells, its share of the width, and whether it names the rows."""

    style: str
    share: int = 2
    heads: bool = False


def table(
    style: str, lanes: Sequence[Lane], head: Sequence[Cell], rows: Sequence[Sequence[Cell]], caption: str
) -> BaseOxmlElement:
    """A table as wide as the text. Its `head`, where there is one, is repeated on each page."""
    whole = sum(lane.share for lane in lanes)
    columns = (element("w:gridCol", {"w:w": str(ROOM * lane.share // whole)}) for lane in lanes)
    said = element(
        "w:tblPr", None, element("w:tblStyle", {"w:val": style}), element("w:tblW", {"w:w": "5000", "w:type": "pct"}),
        _look(first_row=bool(head), first_column=lanes[0].heads),
    )  # fmt: skip
    if caption:
        said.append(element("w:tblCaption", {"w:val": caption}))
    body = [*([_row(head, lanes, heading=True)] if head else []), *(_row(row, lanes) for row in rows)]
    return element("w:tbl", None, said, element("w:tblGrid", None, *columns), *body)


def _look(*, first_row: bool, first_column: bool) -> BaseOxmlElement:
    """Which parts of a table are headings, said twice over: as bits for older readers, as words for newer ones."""
    bits = 0x0600 + 0x0020 * first_row + 0x0080 * first_column
    words = {"w:firstRow": first_row, "w:lastRow": False, "w:firstColumn": first_column, "w:lastColumn": False}
    said = words | {"w:noHBand": True, "w:noVBand": True}
    return element("w:tblLook", {"w:val": f"{bits:04X}"} | {name: str(int(value)) for name, value in said.items()})


def _row(cells: Sequence[Cell], lanes: Sequence[Lane], *, heading: bool = False) -> BaseOxmlElement:
    said = element("w:trPr", None, element("w:cantSplit"))
    if heading:
        said.append(element("w:tblHeader"))
    laid = (element("w:tc", None, paragraph(lane.style, cell)) for cell, lane in zip(cells, lanes, strict=True))
    return element("w:tr", None, said, *laid)
