"""The ODS keeps to the rules for accessible spreadsheets, and comes out the same every time."""

import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook

from headwater.documents import Column, Document, Page, Table, write_ods
from headwater.documents.ods import sheet_names
from headwater.documents.ods_parts import column_letters
from libreoffice import convert
from sample_document import sample_document

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ods") / "sample.ods"
    write_ods(sample_document(), path)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> CalamineWorkbook:
    return CalamineWorkbook.from_path(str(path))


def content(path: Path) -> ET.Element:
    with zipfile.ZipFile(path) as archive:
        return ET.fromstring(archive.read("content.xml"))  # noqa: S314  # our own


def rows(book: CalamineWorkbook, sheet: str) -> list[list[object]]:
    return [list(row) for row in book.get_sheet_by_name(sheet).to_python()]


def test_cover_contents_and_notes_come_first_then_one_sheet_a_table(book: CalamineWorkbook):
    assert book.sheet_names[:5] == ["Cover", "Contents", "Notes", "control-table", "rolling-table"]
    assert "violence-rate-papers" not in book.sheet_names
    assert rows(book, "Cover")[0] == ["Violence in Aldermere: a needs assessment"]
    assert ["Published 23 November 2026 by Aldermere Violence Reduction Unit."] in rows(book, "Cover")
    assert [row[0] for row in rows(book, "Contents")[3:]] == book.sheet_names[2:]


def test_the_notes_say_what_every_marker_means(book: CalamineWorkbook):
    assert {row[0] for row in rows(book, "Notes")[3:]} == {"[c]", "[e]", "[n]", "[u]", "[x]", "[z]"}


def test_a_table_stands_below_its_title_with_no_blank_rows_or_merged_cells(path: Path, book: CalamineWorkbook):
    sheet = rows(book, "district-table")
    assert sheet[0][0] == "Violence by district, 2024-25"
    assert sheet[1][0] == "Rates are per 1,000 residents at mid-2024 & are crude."
    assert all(any(str(item) for item in row) for row in sheet)
    head = next(i for i, row in enumerate(sheet) if row[0] == "District")
    assert len(sheet) == head + 1 + 5
    assert not [e for e in content(path).iter() if f"{TABLE}number-columns-spanned" in e.attrib]


def test_numbers_are_numbers_and_markers_are_words(book: CalamineWorkbook):
    sheet = rows(book, "district-table")
    head = next(row for row in sheet if row[0] == "District")
    at = head.index("Rate per 1,000")
    assert head[at + 1] == "Rate per 1,000: markers"
    body = sheet[sheet.index(head) + 1 :]
    assert [row[at] for row in body] == [41.2, 22.9, 12.3, "[c]", "[x]"]
    assert [row[at + 1] for row in body] == ["", "[e]", "[u]", "", ""]
    assert [row[1] for row in body] == [10_000, 20_000, 30_000, 40_000, 50_000]


def test_words_like_a_formula_stay_words(path: Path, book: CalamineWorkbook):
    assert [row[-1] for row in rows(book, "district-table")[-5:-3]] == ["=1+1", "-"]
    assert not [e for e in content(path).iter() if f"{TABLE}formula" in e.attrib]


def test_decimals_are_shown_as_printed_and_kept_in_full(tmp_path: Path):
    table = Table(
        "t", "T", (Column("What"), Column("Rate", numeric=True, decimals=1)), (("One", 12.345678), ("Two", -1234.5))
    )
    path = tmp_path / "t.ods"
    write_ods(Document("T", "", "A", "2026-11-23", (Page("p", "P", (table,)),)), path)
    cells = [e for e in content(path).iter(f"{TABLE}table-cell") if e.get(f"{OFFICE}value-type") == "float"]
    assert [(e.get(f"{OFFICE}value"), "".join(e.itertext())) for e in cells] == [
        ("12.345678", "12.3"),
        ("-1234.5", "-1,234.5"),
    ]


def test_every_table_is_a_named_range_with_a_heading(path: Path, book: CalamineWorkbook):
    ranges = list(content(path).iter(f"{TABLE}database-range"))
    assert len(ranges) == len(book.sheet_names) - 1  # all but the cover
    assert {e.get(f"{TABLE}contains-header") for e in ranges} == {"true"}
    sheet = rows(book, "district-table")
    first = next(i for i, row in enumerate(sheet, start=1) if row[0] == "District")
    last, end = len(sheet), column_letters(len(sheet[0]) - 1)
    addresses = {e.get(f"{TABLE}target-range-address") for e in ranges}
    assert f"'district-table'.A{first}:'district-table'.{end}{last}" in addresses


@pytest.mark.parametrize(
    ("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_lettered_as_spreadsheets_do(place: int, letters: str):
    assert column_letters(place) == letters


def test_sheet_names_are_short_safe_and_unlike_one_another():
    long = "violence-and-sexual-offences-by-district-and-year"
    made = sheet_names(["notes", long, long.upper(), "a/b:c"])
    assert made == ["notes-2", long[:31], long.upper()[:29] + "-2", "a-b-c"]
    assert all(len(name) <= 31 for name in made)


def test_a_table_printed_twice_has_one_sheet_and_two_of_a_name_are_refused(tmp_path: Path):
    document = sample_document()
    page = document.pages[2]
    write_ods(replace(document, pages=(page, page)), tmp_path / "once.ods")
    names = CalamineWorkbook.from_path(str(tmp_path / "once.ods")).sheet_names
    assert len(names) == len(set(names)) == 3 + 6
    other = Table("wide", "Another", (Column("A"),), (("b",),))
    with pytest.raises(ValueError, match=r"two different tables .* 'wide'"):
        write_ods(replace(document, pages=(page, Page("q", "Q", (other,)))), tmp_path / "twice.ods")


def test_two_runs_give_the_same_bytes(tmp_path: Path, path: Path):
    write_ods(sample_document(), tmp_path / "two.ods")
    assert (tmp_path / "two.ods").read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert b"<dc:language>en-GB</dc:language>" in archive.read("meta.xml")


@pytest.mark.office
def test_libreoffice_opens_it(path: Path, tmp_path: Path):
    again = CalamineWorkbook.from_path(str(convert(path, "xlsx", tmp_path)))
    assert again.sheet_names == CalamineWorkbook.from_path(str(path)).sheet_names
    body = [list(row) for row in again.get_sheet_by_name("district-table").to_python()][-5:]
    assert body[1][:4] == ["Brack & Fenwold", 20_000, 22.9, "[e]"]
    assert body[0][-1] == "=1+1"
