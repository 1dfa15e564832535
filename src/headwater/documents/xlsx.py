"""A workbook to fill in, written straight down: a few sheets of words, with drop-down lists that point into one another.

Office Open XML (ECMA-376). Only what a form needs: inline text, a bold head that stays in sight, columns that hold text as it is
typed, and lists of what may be chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from headwater.documents.ods_parts import column_letters
from headwater.vocabulary import holdable

DEEPEST = 2_000
"""Rows of the form that have drop-down lists."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PLAIN, _BOLD, _TEXT = 0, 1, 2
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Arial"/></font>'
    '<font><b/><sz val="11"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A column whose cells are chosen from a column of another sheet, below its head."""

    column: int
    sheet: str
    place: int
    many: int
    only: bool
    """Is what is not on the list refused? Otherwise the list is only an offer."""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet; its first row is its head."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    """Of each column, in letters."""
    choices: tuple[Choice, ...] = ()
    to_fill: bool = False
    """Is it filled in? Then its columns hold text as it is typed: no program makes a date of a quarter."""


def workbook(pages: Sequence[Page]) -> dict[str, bytes]:
    """The parts of a workbook, by name. The same pages give the same bytes."""
    numbers = range(1, len(pages) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(page.name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, page in zip(numbers, pages, strict=True)
    )
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    parts = {
        "[Content_Types].xml": _types(len(pages)),
        "_rels/.rels": _links([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_KIND}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links([*links, ("styles", "styles", "styles.xml")]),
        "xl/styles.xml": _STYLES,
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": _sheet(page) for n, page in zip(numbers, pages, strict=True)}
    return {name: holdable(text).encode() for name, text in parts.items()}


def _types(many: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
        for n in range(1, many + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{sheets}</Types>'
    )


def _links(links: Sequence[tuple[str, str, str]]) -> str:
    said = "".join(f'<Relationship Id="{n}" Type="{_KIND}/{kind}" Target="{to}"/>' for n, kind, to in links)
    return f'{_HEAD}<Relationships xmlns="{_LINKS}">{said}</Relationships>'


def _sheet(page: Page) -> str:
    view = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if page.to_fill else ""
    style = _TEXT if page.to_fill else _PLAIN
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width:.1f}" style="{style}" customWidth="1"/>'
        for n, width in enumerate(page.widths, start=1)
    )
    rows = "".join(_row(number, row, _BOLD if number == 1 else _PLAIN) for number, row in enumerate(page.rows, start=1))
    lists = "".join(map(_choice, page.choices))
    offered = f'<dataValidations count="{len(page.choices)}">{lists}</dataValidations>' if lists else ""
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{view}</sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{rows}</sheetData>{offered}</worksheet>"
    )


def _row(number: int, cells: Sequence[str], style: int) -> str:
    said = "".join(
        f'<c r="{column_letters(n)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        for n, cell in enumerate(cells)
        if cell
    )
    return f'<row r="{number}">{said}</row>'


def _choice(choice: Choice) -> str:
    letters, where = column_letters(choice.place), column_letters(choice.column)
    refuse = (
        ' showErrorMessage="1" errorTitle="Not on the list" error="Please choose from the list."' if choice.only else ""
    )
    return (
        f'<dataValidation type="list" allowBlank="1"{refuse} sqref="{where}2:{where}{DEEPEST}">'
        f"<formula1>{choice.sheet}!${letters}$2:${letters}${choice.many + 1}</formula1></dataValidation>"
    )
