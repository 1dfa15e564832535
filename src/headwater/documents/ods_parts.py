"""The parts of an OpenDocument spreadsheet, written straight down: sheets, cells, styles and the papers of the file.

OASIS OpenDocument 1.3 (https://docs.oasis-open.org/office/OpenDocument/v1.3/). Written by hand because what is asked
of it is little, a library's tree of objects is slow to build, and no library writes the same bytes twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from headwater.documents.grids import Value
from headwater.vocabulary import holdable

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
MOST_DECIMALS = 6
_NAMESPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{what}:1.0"
    for name, what in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"),
        ("meta", "meta"), ("fo", "xsl-fo-compatible"),
    )
} | {"dc": "http://purl.org/dc/elements/1.1/", "xlink": "http://www.w3.org/1999/xlink"}  # fmt: skip
_SPACES = " ".join(f'xmlns:{name}="{address}"' for name, address in _NAMESPACES.items())
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Styled:
    """Words in a named cell style, leading to another sheet where `to` names one."""

    words: str
    style: str = "Words"
    to: str = ""


Item = str | Value | Styled


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: lines of its own in the first column, then (where there is one) a table that starts with its head."""

    name: str
    lines: tuple[Styled, ...]
    widths: tuple[float, ...]
    """Of each column, in centimetres."""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Item, ...], ...] = ()
    numeric: tuple[bool, ...] = ()
    """Which columns hold numbers; their markers and headings stand at the right, as their figures do."""


def column_letters(place: int) -> str:
    """The name of a column counted from nought: A, B … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        letters = chr(65 + left) + letters
    return letters


def content(sheets: Sequence[Sheet]) -> bytes:
    """`content.xml`: every sheet, with each table marked as a range that has a header."""
    widths = sorted({width for sheet in sheets for width in sheet.widths})
    columns = "".join(
        f'<style:style style:name="{_column(width)}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width:.1f}cm"/></style:style>'
        for width in widths
    )
    tables = "".join(_sheet(sheet) for sheet in sheets)
    ranges = "".join(_range(place, sheet) for place, sheet in enumerate(sheets, start=1) if sheet.head)
    return holdable(
        f'{_HEAD}<office:document-content {_SPACES} office:version="1.3"><office:automatic-styles>{columns}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}<table:database-ranges>{ranges}"
        "</table:database-ranges></office:spreadsheet></office:body></office:document-content>\n"
    ).encode()


def _column(width: float) -> str:
    return f"co{round(width * 10)}"


def _sheet(sheet: Sheet) -> str:
    columns = "".join(f'<table:table-column table:style-name="{_column(width)}"/>' for width in sheet.widths)
    lines = "".join(_row([line]) for line in sheet.lines)
    right = sheet.numeric or (False,) * len(sheet.head)
    heads = [
        Styled(words, "Head_right" if of_numbers else "Head")
        for words, of_numbers in zip(sheet.head, right, strict=True)
    ]
    head = f"<table:table-header-rows>{_row(heads)}</table:table-header-rows>"
    rows = "".join(
        _row(_right(item) if of_numbers else item for item, of_numbers in zip(row, right, strict=True))
        for row in sheet.rows
    )
    return f"<table:table table:name={quoteattr(sheet.name)}>{columns}{lines}{head if sheet.head else ''}{rows}</table:table>"


def _right(item: Item) -> Item:
    return Styled(item, "Marker") if isinstance(item, str) else item


def _row(items: Iterable[Item]) -> str:
    return f"<table:table-row>{''.join(_cell(item) for item in items)}</table:table-row>"


def _cell(item: Item) -> str:
    if isinstance(item, Value):
        places = min(item.decimals, MOST_DECIMALS)
        return (
            f'<table:table-cell table:style-name="Number_{places}" office:value-type="float" office:value="{item.digits}">'
            f"<text:p>{item.number:,.{places}f}</text:p></table:table-cell>"
        )
    said = Styled(item) if isinstance(item, str) else item
    if not said.words:
        return "<table:table-cell/>"
    words = escape(said.words)
    if said.to:
        words = f'<text:a xlink:type="simple" xlink:href={quoteattr(f"#{_quoted(said.to)}.A1")}>{words}</text:a>'
    return f'<table:table-cell table:style-name="{said.style}" office:value-type="string"><text:p>{words}</text:p></table:table-cell>'


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def _range(place: int, sheet: Sheet) -> str:
    first, last = len(sheet.lines) + 1, len(sheet.lines) + 1 + len(sheet.rows)
    name, end = _quoted(sheet.name), column_letters(len(sheet.head) - 1)
    address = quoteattr(f"{name}.A{first}:{name}.{end}{last}")
    return (
        f'<table:database-range table:name="table_{place}" table:target-range-address={address} '
        'table:contains-header="true"/>'
    )


def styles(language: str) -> bytes:
    """`styles.xml`: the named cell styles, and the language all words are in."""
    tongue, _, country = language.partition("-")
    words = f'fo:language="{tongue}" fo:country="{country}" style:font-name="Arial" fo:font-family="Arial"'
    high = '<style:table-cell-properties style:vertical-align="top"/>'
    wrap = '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>'
    low = wrap.replace('"top"', '"bottom"')
    right = '<style:paragraph-properties fo:text-align="end"/>'
    named = [
        _style("Title", 'fo:font-size="18pt" fo:font-weight="bold" fo:color="#12436d"'),
        _style("Words", 'fo:font-size="11pt"', high),
        _style("Wrapped", 'fo:font-size="11pt"', wrap),
        _style("Link", 'fo:color="#12436d" style:text-underline-style="solid"'),
        _style("Head", 'fo:font-weight="bold"', low),
        _style("Head_right", 'fo:font-weight="bold"', f"{low}{right}"),
        _style("Marker", 'fo:font-size="11pt"', f"{high}{right}"),
    ]
    numbers = "".join(_number_style(places) for places in range(MOST_DECIMALS + 1))
    return (
        f'{_HEAD}<office:document-styles {_SPACES} office:version="1.3"><office:styles>'
        f'<style:default-style style:family="table-cell"><style:text-properties {words} fo:font-size="11pt"/></style:default-style>'
        f'<style:style style:name="Default" style:family="table-cell"/>{"".join(named)}{numbers}'
        "</office:styles></office:document-styles>\n"
    ).encode()


def _style(name: str, text: str, cell: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default">{cell}'
        f"<style:text-properties {text}/></style:style>"
    )


def _number_style(places: int) -> str:
    return (
        f'<number:number-style style:name="N{places}"><number:number number:decimal-places="{places}" '
        f'number:min-decimal-places="{places}" number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
        f'<style:style style:name="Number_{places}" style:family="table-cell" '
        f'style:parent-style-name="Default" style:data-style-name="N{places}">'
        '<style:table-cell-properties style:vertical-align="top"/></style:style>'
    )


def meta(*, title: str, subject: str, author: str, published: str, language: str) -> bytes:
    """`meta.xml`: what the file is, by whom, of which day. `published` is a day, 2026-11-23."""
    day = f"{published}T00:00:00"
    return holdable(
        f'{_HEAD}<office:document-meta {_SPACES} office:version="1.3"><office:meta><dc:title>{escape(title)}</dc:title>'
        f"<dc:subject>{escape(subject)}</dc:subject><meta:initial-creator>{escape(author)}</meta:initial-creator>"
        f"<dc:creator>{escape(author)}</dc:creator><meta:creation-date>{day}</meta:creation-date><dc:date>{day}</dc:date>"
        f"<dc:language>{language}</dc:language></office:meta></office:document-meta>\n"
    ).encode()


def manifest(parts: Iterable[str]) -> bytes:
    """`META-INF/manifest.xml`: what is in the zip."""
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>' for part in parts
    )
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>{listed}'
        "</manifest:manifest>\n"
    ).encode()
