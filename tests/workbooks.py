"""Workbooks written by hand, a part at a time, so that a test can hide, break or forge any of them."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DAY, DAY_AND_TIME, TIME, SPAN, PERCENT = 1, 2, 3, 4, 5
"""Styles a cell of `xlsx` may have."""
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="164"/><xf numFmtId="9"/>'
    "</cellXfs></styleSheet>"
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


@dataclass(frozen=True)
class Sheet:
    """One worksheet: rows of cells, or XML to take their place."""

    name: str
    rows: Sequence[Sequence[object]] = ()
    state: str = "visible"
    before: str = ""
    """XML before the rows: columns."""
    xml: str = ""
    """XML instead of the rows."""
    after: str = ""
    """XML after the rows: filters, merged cells."""
    comments: int = 0

    def part(self) -> str:
        data = self.xml or "".join(_row(number, row) for number, row in enumerate(self.rows, start=1))
        return f'<worksheet xmlns="{MAIN}">{self.before}<sheetData>{data}</sheetData>{self.after}</worksheet>'


def xlsx(*sheets: Sheet, extra: Mapping[str, str] | None = None, instead: Mapping[str, str] | None = None) -> bytes:
    """An Excel workbook; `extra` adds parts, `instead` puts others in their place."""
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _links([("b", "officeDocument", "xl/workbook.xml")])}
    named = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" state="{sheet.state}" r:id="r{n}"/>'
        for n, sheet in enumerate(sheets, start=1)
    )
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{KIND}"><sheets>{named}</sheets></workbook>'
    linked = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    parts["xl/_rels/workbook.xml.rels"] = _links([*linked, ("s", "styles", "styles.xml")])
    parts["xl/styles.xml"] = _STYLES
    for n, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{n}.xml"] = sheet.part()
        if sheet.comments:
            parts[f"xl/worksheets/_rels/sheet{n}.xml.rels"] = _links([("c", "comments", f"../comments{n}.xml")])
            said = "<comment/>" * sheet.comments
            parts[f"xl/comments{n}.xml"] = f'<comments xmlns="{MAIN}"><commentList>{said}</commentList></comments>'
    return zipped(parts | dict(extra or {}) | dict(instead or {}))


def zipped(parts: Mapping[str, str]) -> bytes:
    """Parts of an office document, zipped."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def _links(links: Iterable[tuple[str, str, str]]) -> str:
    said = "".join(f'<Relationship Id="{n}" Type="{KIND}/{kind}" Target="{to}"/>' for n, kind, to in links)
    return f'<Relationships xmlns="{LINKS}">{said}</Relationships>'


def letters(column: int) -> str:
    """'A' for nought."""
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(65 + last)


def _row(number: int, cells: Sequence[object]) -> str:
    return (
        f'<row r="{number}">' + "".join(cell(f"{letters(n)}{number}", said) for n, said in enumerate(cells)) + "</row>"
    )


def cell(where: str, said: object) -> str:
    """A cell: None is none, a pair is (style, number), other values are what they look like, XML begins with '<'."""
    match said:
        case None:
            return ""
        case bool():
            return f'<c r="{where}" t="b"><v>{int(said)}</v></c>'
        case int() | float():
            return f'<c r="{where}"><v>{said!r}</v></c>'
        case (style, number):
            return f'<c r="{where}" s="{style}"><v>{number!r}</v></c>'
        case str() if said.startswith("<c "):
            return said
        case _:
            return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(str(said))}</t></is></c>'
