"""Workbooks at the door: what a person sees is read; all else is counted, told, and left alone."""

import csv
import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P

from headwater.sources import open_package
from headwater.sources.workbooks import Workbook, open_workbook
from headwater.sources.workbooks import seen as seen_in
from headwater.vocabulary import BadInput
from workbooks import DAY, DAY_AND_TIME, PERCENT, SPAN, TIME, Sheet, xlsx, zipped

COLUMNS = ("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
           "Crime type", "Last outcome category", "Context")  # fmt: skip
ROW = (None, "2022-03", "Northumbria Police", "Northumbria Police", -1.6, 54.88, "On or near A", "E01020614",
       "County Durham 002B", "Burglary", None, None)  # fmt: skip


def opened(contents: bytes, name: str = "x.xlsx") -> Workbook:
    return open_workbook(io.BytesIO(contents), name)


def rows(book: Workbook, sheet: str) -> list[list[str]]:
    text = b"".join(dict(book.sheets)[sheet]()).decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def read(*given_rows: tuple[object, ...], **how: object) -> list[list[str]]:
    return rows(opened(xlsx(Sheet("A", given_rows, **how))), "A")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (1.0, "1"),
        (9876543210, "9876543210"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (-2.5, "-2.5"),
        (1.5e15, "1500000000000000"),
        ("007", "007"),
        ("a,b", "a,b"),
        ("two\nlines", "two lines"),
        (" kept ", " kept "),
        (True, "true"),
        ((DAY, 45352), "2024-03-01"),
        ((DAY_AND_TIME, 45352.5868055555), "2024-03-01T14:05:00"),
        ((DAY_AND_TIME, 45352.999988426), "2024-03-01T23:59:59"),
        ((TIME, 0.5), "12:00:00"),
        ((SPAN, 1.5), "36:00:00"),
        ((PERCENT, 0.05), "0.05"),
        ('<c r="A2" t="e"><v>#REF!</v></c>', "#ERROR!"),
        ('<c r="A2" t="str"><f>B1</f><v>stored</v></c>', "stored"),
        ('<c r="A2" t="d"><v>2024-03-01T00:00:00</v></c>', "2024-03-01"),
    ],
)
def test_a_cell_is_read_one_way(cell: object, said: str) -> None:
    assert read(("heading",), (cell,)) == [["heading"], [said]]


def test_a_line_is_a_row_of_the_sheet_and_what_is_round_the_table_is_dropped() -> None:
    table = [(None,), (None, None), (None, "a", None, "b"), (), (None, 1, None, 2), (None, None, None)]
    text = b"".join(dict(opened(xlsx(Sheet("A", table))).sheets)["A"]())
    assert text == b"\n\na,b\n\n1,2\n"


def test_what_is_hidden_is_counted_and_not_read() -> None:
    hidden = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/></cols>'
    data = "".join(
        f'<row r="{n}" hidden="{int(n == 3)}">'
        + "".join(f'<c r="{c}{n}" t="inlineStr"><is><t>{c.lower()}{n}</t></is></c>' for c in "ABCDEF")
        + "</row>"
        for n in range(1, 5)
    )
    book = opened(
        xlsx(
            Sheet("Open", before=hidden, xml=data, comments=2),
            Sheet("Names", [("secret",)], state="hidden"),
            Sheet("More", [("secret",)], state="veryHidden"),
            extra={"xl/pivotCache/pivotCacheDefinition1.xml": "<p/>", "xl/externalLinks/externalLink1.xml": "<e/>"},
        )
    )
    assert rows(book, "Open") == [["a1", "d1", "f1"], ["a2", "d2", "f2"], [], ["a4", "d4", "f4"]]
    assert [name for name, _ in book.sheets] == ["Open"]
    assert book.ignored == (("Names", "a hidden sheet: not read"), ("More", "a very hidden sheet: not read"))
    assert [note.split(": ", 3)[1:3] for note in book.notes] == [
        ["comments", "2 in 'Open'"],
        ["hidden columns", "3 in 'Open'"],
        ["hidden rows", "1 in 'Open'"],
        ["links to other workbooks", "1"],
        ["pivot tables' hidden copies of their data", "1"],
    ]
    assert "secret" not in str(book.notes) + str(book.ignored)


def test_a_filter_is_told_as_one() -> None:
    data = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
    book = opened(xlsx(Sheet("A", xml=data, after='<autoFilter><filterColumn colId="0"/></autoFilter>')))
    assert rows(book, "A") == [["1"]]
    (note,) = book.notes
    assert note.startswith("x.xlsx: rows hidden by a filter: 1 in 'A': not read;")
    assert note.endswith("clear the filter and send it again")


def test_formulas_and_errors_are_told_with_what_was_read() -> None:
    cells = (
        '<c r="A2"><f>1+1</f><v>2</v></c>',
        '<c r="B2"><f>1+1</f></c>',
        '<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    )
    book = opened(xlsx(Sheet("A", [("a", "b", "c"), cells])))
    assert rows(book, "A")[1] == ["2", "", "#ERROR!"]
    said = {note.split(": ")[1]: note.split(": ")[2] for note in book.notes}
    assert said == {"formulas": "3 in 'A'", "formulas without a stored value": "1 in 'A'", "cells in error": "1 in 'A'"}


def test_a_merged_block_is_its_first_cell() -> None:
    merged = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    assert read(("a", "under", "c"), ("under", "under", "z"), (1, 2, 3), after=merged) == [
        ["a", "", "c"], ["", "", "z"], ["1", "2", "3"],
    ]  # fmt: skip


@pytest.mark.parametrize("rows_in_it", [[], [()], [(None, None)]])
def test_an_empty_sheet_has_no_rows(rows_in_it: list[tuple[object, ...]]) -> None:
    assert rows(opened(xlsx(Sheet("A", rows_in_it))), "A") == []


def test_two_hundred_thousand_formatted_rows_are_not_rows() -> None:
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(3, 200_000))
    full = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    assert rows(opened(xlsx(Sheet("A", xml=full + blank))), "A") == [["1"], ["2"]]


@pytest.mark.parametrize("where", ["XFD1048576", "XFD50000"])
def test_a_stray_cell_at_the_far_corner_is_refused_before_it_fills_the_memory(where: str) -> None:
    stray = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{where[3:]}"><c r="{where}"><v>1</v></c></row>'
    with pytest.raises(BadInput, match="column 16,384, which is too large"):
        opened(xlsx(Sheet("A", xml=stray)))


def test_a_sheet_that_is_too_large_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen_in, "MOST_CELLS", 3)
    with pytest.raises(BadInput, match=r"'A' reaches to row 2 and column 2.*CSV"):
        opened(xlsx(Sheet("A", [(1, 2), (3, 4)])))


def test_cells_without_a_place_stand_one_after_another() -> None:
    unplaced = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row>"
    assert read(xml=unplaced) == [["1", "2"], ["3", "4"]]


WHOLE = xlsx(Sheet("A", [("a", "b"), (1, 2)]))


@pytest.mark.parametrize(
    ("contents", "why"),
    [
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"", "not a workbook"),
        (b"a,b\n1,2\n", "not a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (WHOLE[: len(WHOLE) // 2], "save it again"),
        (WHOLE[:-30], "save it again"),
        (zipped({"a.csv": "a,b"}), "not a whole Excel workbook"),
        (xlsx(Sheet("A", [(1,)]), extra={"xl/vbaProject.bin": "x"}), "macros"),
        (xlsx(Sheet("A", [(1,)]), extra={"../evil.xml": "x"}), "outside the archive"),
        (xlsx(Sheet("A", [(1,)]), extra={"xl/media/a.xml": "0" * (20 << 20)}), "unpacks to over"),
        (xlsx(Sheet("A"), instead={"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"}), "not sound XML"),
        (
            xlsx(Sheet("A"), instead={"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "document type",
        ),
    ],
)
def test_what_is_no_sound_workbook_is_refused(contents: bytes, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        opened(contents)


def test_a_part_that_is_not_what_it_says_is_refused() -> None:
    raw = bytearray(WHOLE)
    raw[raw.index(b"PK\x01\x02") + 16] ^= 0xFF  # the checksum of the first part
    with pytest.raises(BadInput, match="save it again"):
        opened(bytes(raw))


def spreadsheet() -> bytes:
    """An OpenDocument spreadsheet with a hidden sheet, a hidden column, hidden rows, a formula and merged cells."""
    document = OpenDocumentSpreadsheet()
    hidden = Style(name="hidden", family="table")
    hidden.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(hidden)
    table = Table(name="A/B")
    table.addElement(TableColumn())
    table.addElement(TableColumn(visibility="collapse"))
    table.addElement(TableColumn(numbercolumnsrepeated=16382))
    table.addElement(_row("month", "name", "n"))
    table.addElement(_row("2024-03-01", "secret", 1.0, date=True))
    table.addElement(_row("x", "y", 2.0, visibility="filter"))
    merged = TableRow()
    merged.addElement(_cell("both", numbercolumnsspanned=3))
    merged.addElement(CoveredTableCell())
    merged.addElement(_covered("under"))
    table.addElement(merged)
    table.addElement(TableRow(numberrowsrepeated=1_048_000))
    document.spreadsheet.addElement(table)
    document.spreadsheet.addElement(Table(name="Names", stylename=hidden))
    made = io.BytesIO()
    document.write(made)
    return made.getvalue()


def _covered(text: str) -> CoveredTableCell:
    cell = CoveredTableCell(valuetype="string")
    cell.addElement(P(text=text))
    return cell


def _cell(value: object, **said: object) -> TableCell:
    if isinstance(value, float):
        return TableCell(valuetype="float", value=value, **said)
    cell = TableCell(valuetype="string", **said)
    cell.addElement(P(text=value))
    return cell


def _row(first: str, second: str, third: object, *, date: bool = False, **said: object) -> TableRow:
    row = TableRow(**said)
    row.addElement(TableCell(valuetype="date", datevalue=first) if date else _cell(first))
    row.addElement(_cell(second))
    row.addElement(_cell(third, formula="of:=1+1") if date else _cell(third))
    return row


def test_an_opendocument_spreadsheet_is_read_by_the_same_rule() -> None:
    book = opened(spreadsheet(), "x.ods")
    assert rows(book, "A/B") == [["month", "n"], ["2024-03-01", "1"], [], ["both", ""]]
    assert book.ignored == (("Names", "a hidden sheet: not read"),)
    assert [note.split(": ", 3)[1:3] for note in book.notes] == [
        ["formulas", "1 in 'A/B'"],
        ["blocks of merged cells", "1 in 'A/B'"],
        ["hidden columns", "1 in 'A/B'"],
        ["rows hidden by a filter", "1 in 'A/B'"],
    ]


@pytest.mark.parametrize("name", ["p.xlsx", "p.zip", "folder"])
def test_each_sheet_is_an_extract_of_its_own(tmp_path: Path, name: str) -> None:
    again = (*ROW[:1], "2022-04", *ROW[2:])
    book = xlsx(Sheet("2022-03-northumbria-street", [COLUMNS, ROW]), Sheet("Notes", [("About",)]),
                Sheet("2022-04-northumbria-street", [COLUMNS, again, again]))  # fmt: skip
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
        (path / "p.xlsx").write_bytes(book)
        (path / "~$p.xlsx").write_bytes(b"x")
    elif name == "p.zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("p.xlsx", book)
    else:
        path.write_bytes(book)
    package = open_package(path, tmp_path / "s")
    assert [(e.name, e.file, e.month, e.rows, e.sound) for e in package.extracts] == [
        ("p.xlsx/2022-03-northumbria-street.csv", "p.xlsx", "2022-03", 1, True),
        ("p.xlsx/2022-04-northumbria-street.csv", "p.xlsx", "2022-04", 2, True),
    ]
    assert "p.xlsx/Notes.csv" in dict(package.ignored)
    assert ("~$p.xlsx" in dict(package.ignored)) == (name == "folder")


@pytest.mark.parametrize(("name", "why"), [("p.xls", "old Excel"), ("p.xlsb", "binary"), ("p.xlsm", "macros")])
def test_workbooks_that_are_not_read_say_how_to_save_them(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / name).write_bytes(WHOLE)
    with pytest.raises(BadInput, match=rf"{why}.*save it as"):
        open_package(tmp_path / name, tmp_path / "s")


def test_a_workbook_called_a_zip_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(WHOLE)
    with pytest.raises(BadInput, match=r"called a zip.*\.xlsx"):
        open_package(tmp_path / "p.zip", tmp_path / "s")


CELLS = st.none() | st.booleans() | st.integers(-(10**14), 10**14) | st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=6
).filter(lambda text: not text.startswith("<c ") and not text.startswith("_x"))  # fmt: skip


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
@settings(deadline=None)
def test_a_table_comes_back_as_it_was_written(table: list[list[object]]) -> None:
    back = read(("a", "b", "c"), *map(tuple, table))
    while table and not any(cell is not None for cell in table[-1]):
        table.pop()
    said = [[_said(cell) for cell in row] if any(c is not None for c in row) else [] for row in table]
    assert back == [["a", "b", "c"], *said]


def _said(cell: object) -> str:
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def test_a_part_without_a_name_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("x"), b"1")
        archive.filelist[0].filename = ""
    with pytest.raises(BadInput, match="without a name"):
        opened(buffer.getvalue())


@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=12))
@settings(deadline=None)
def test_no_bytes_do_worse_than_be_refused(place: int, noise: bytes) -> None:
    place %= len(WHOLE)
    with suppress(BadInput):
        book = opened(WHOLE[:place] + noise + WHOLE[place + len(noise) :])
        assert all(len(rows(book, name)) < 1 << 20 for name, _ in book.sheets)


@given(st.integers(0, 10**6), st.text("<>/&\"'= 0aAr:-", min_size=1, max_size=12))
@settings(deadline=None)
def test_no_xml_does_worse_than_be_refused(place: int, noise: str) -> None:
    part = Sheet("A", [("a", 2), (True, (DAY, 3))], after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>').part()
    place %= len(part)
    spoiled = part[:place] + noise + part[place + len(noise) :]
    with suppress(BadInput):
        book = opened(xlsx(Sheet("A"), instead={"xl/worksheets/sheet1.xml": spoiled}))
        assert all(len(rows(book, name)) < 1 << 20 for name, _ in book.sheets)
