"""The ODS: every table of the publication, laid out as the Analysis Function asks of accessible spreadsheets.

A cover, a contents sheet, a sheet of notes, then one table a sheet from A1: no merged cells, no blank rows, one header
row, numbers as numbers, and the markers for missing figures as words.
https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/
"""

import re
from pathlib import Path

from headwater.documents.entries import MEANINGS, distinct_tables, key_of
from headwater.documents.grids import Grid, Value, grid_of
from headwater.documents.model import Document, Table
from headwater.documents.ods_parts import MIMETYPE, Item, Sheet, Styled, content, manifest, meta, styles
from headwater.documents.printed import day_words
from headwater.documents.zips import write_zip

LONGEST_NAME = 31
"""What Excel allows a sheet's name."""
COVER, CONTENTS, NOTES = "Cover", "Contents", "Notes"


def write_ods(document: Document, path: Path) -> None:
    """Write the tables of the chapters, those behind figures included. The same document gives the same bytes.

    Raises ValueError where two different tables share a name.
    """
    tables = distinct_tables(document)
    names = list(sheets_of(document).values())
    sheets = [_cover(document), _contents(tables, names), _notes(document)]
    sheets += [_table_sheet(table, name) for table, name in zip(tables, names, strict=True)]
    parts = {
        "content.xml": content(sheets),
        "meta.xml": meta(
            title=document.title, subject=document.subtitle, author=document.author, published=document.published,
            language=document.language,
        ),
        "styles.xml": styles(document.language),
    }  # fmt: skip
    members = [("mimetype", MIMETYPE.encode()), ("META-INF/manifest.xml", manifest(parts)), *parts.items()]
    write_zip(path, members, stored=frozenset({"mimetype"}))


def sheets_of(document: Document) -> dict[str, str]:
    """The sheet that holds each table, by the table's name."""
    names = [table.name for table in distinct_tables(document)]
    return dict(zip(names, sheet_names(names), strict=True))


def sheet_names(wanted: list[str]) -> list[str]:
    """Names every spreadsheet program will take: short, without `[]*?:/\\'`, and unlike one another whatever the case."""
    taken = {COVER.casefold(), CONTENTS.casefold(), NOTES.casefold()}
    names: list[str] = []
    for want in wanted:
        clean = re.sub(r"[\[\]*?:/\\']", "-", want)
        name, more = clean[:LONGEST_NAME], 1
        while name.casefold() in taken:
            more += 1
            name = f"{clean[: LONGEST_NAME - len(str(more)) - 1]}-{more}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _cover(document: Document) -> Sheet:
    published = f"Published {day_words(document.published)} by {document.author}."
    guide = "Each sheet after the notes holds one table. The sheet Notes says what the markers in square brackets mean."
    said = (
        document.banner,
        document.subtitle,
        published,
        guide,
        document.licence,
        *document.notices,
        document.software,
    )
    lines = (Styled(document.title, "Title"), *(Styled(words, "Wrapped") for words in said if words))
    return Sheet(COVER, lines, (24.0,))


def _contents(tables: tuple[Table, ...], names: list[str]) -> Sheet:
    lines = (Styled(CONTENTS, "Title"), Styled("This sheet lists the others, with a link to each."))
    rows = [(Styled(NOTES, "Link", NOTES), "What the markers in the tables mean")]
    rows += [(Styled(name, "Link", name), table.caption) for table, name in zip(tables, names, strict=True)]
    return Sheet(CONTENTS, lines, (8.0, 18.0), ("Sheet", "What it holds"), tuple(rows))


def _notes(document: Document) -> Sheet:
    lines = (Styled(NOTES, "Title"), Styled("This sheet holds one table: the markers used, and what each means."))
    rows = tuple((MEANINGS | dict(document.symbols)).items())
    return Sheet(NOTES, lines, (4.0, 22.0), ("Marker", "What it means"), rows)


def _table_sheet(table: Table, name: str) -> Sheet:
    grid = grid_of(table)
    said = [f"This sheet holds one table, of {len(grid.rows):,} {'row' if len(grid.rows) == 1 else 'rows'}."]
    if key_of(table):
        said.append("The sheet Notes says what the markers in square brackets mean.")
    if len(grid.columns) > len(table.columns):
        said.append("Where a cell in a column of markers is blank, the figure beside it has none.")
    notes = [Styled(words) for words in (table.note, *said) if words]
    lines = (Styled(table.caption, "Title"), *notes, Styled("Back to the contents", "Link", CONTENTS))
    rows: tuple[tuple[Item, ...], ...] = grid.rows
    heads, numeric = tuple(column.title for column in grid.columns), tuple(c.kind != "string" for c in grid.columns)
    return Sheet(name, lines, _widths(grid), heads, rows, numeric)


def _widths(grid: Grid) -> tuple[float, ...]:
    """Room for the longest entry of each column, in centimetres; its heading may wrap."""
    widths: list[float] = []
    for place, column in enumerate(grid.columns):
        lengths = [max(len(word) for word in column.title.split() or [""]), len(column.title) // 2]
        lengths += [_length(row[place]) for row in grid.rows]
        widths.append(round(min(max(2.2, 0.21 * max(lengths) + 0.6), 10), 1))
    return tuple(widths)


def _length(item: str | Value) -> int:
    return len(item if isinstance(item, str) else f"{item.number:,.{item.decimals}f}")
