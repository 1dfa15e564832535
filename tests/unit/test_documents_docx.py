"""The DOCX opens in Word as a document someone can go on writing, and comes out the same every time."""

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from headwater.documents import Figure, write_docx, write_ods
from libreoffice import convert
from sample_document import sample_document


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("docx") / "sample.docx"
    write_docx(sample_document(), path)
    return path


@pytest.fixture(scope="module")
def word(path: Path) -> Word:
    return docx.Document(str(path))


def in_style(word: Word, *styles: str) -> Sequence[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style.name in styles]


def test_it_says_what_it_is_and_nothing_about_the_machine(word: Word):
    said = word.core_properties
    assert (said.title, said.author) == (
        "Violence in Aldermere: a needs assessment",
        "Aldermere Violence Reduction Unit",
    )
    assert said.created == said.modified == datetime(2026, 11, 23, tzinfo=UTC)
    assert (said.language, said.comments) == ("en-GB", "")


def test_every_language_it_names_is_ours(word: Word):
    named = {e.get(qn("w:val")) for e in word.styles.element.iter(qn("w:lang"))}
    assert named == {"en-GB"}
    assert {e.get(qn("w:val")) for e in word.settings.element.iter(qn("w:themeFontLang"))} == {"en-GB"}


def test_headings_are_headings(word: Word):
    assert in_style(word, "Heading 1") == ["The short of it", "What the figures say", "The papers of each figure"]
    assert "Trends & concentration" in in_style(word, "Heading 2")
    assert "What we found" in in_style(word, "Heading 3")


def test_the_contents_are_filled_in_and_can_be_brought_up_to_date(word: Word):
    assert in_style(word, "toc 1") == in_style(word, "Heading 1")
    codes = [e.text for e in word.element.iter(qn("w:instrText"))]
    assert any('TOC \\o "1-2"' in code for code in codes)
    marks = [e.get(qn("w:fldCharType")) for e in word.element.body.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]


def test_the_banner_and_the_page_number_are_on_every_page(word: Word):
    assert "a county that does not exist" in word.sections[0].header.paragraphs[0].text
    assert [e.text.strip() for e in word.sections[0].footer._element.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_every_picture_has_words_and_its_own_number(word: Word):
    pictures = list(word.element.body.iter(qn("wp:docPr")))
    assert len(pictures) == 10
    assert all("drawn. The table beneath holds the same figures." in picture.get("descr") for picture in pictures)
    assert len({picture.get("id") for picture in pictures}) == 10


def test_tables_have_a_heading_that_repeats_and_a_caption(word: Word):
    table = next(t for t in word.tables if t.cell(0, 0).text == "District")
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Violence by district, 2024-25"
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True, False, False, False, False, False]
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn")), look.get(qn("w:val"))) == ("1", "1", "06A0")


def test_cells_read_as_printed_and_their_markers_are_explained(word: Word):
    table = next(t for t in word.tables if t.cell(0, 0).text == "District")
    assert [cell.text for cell in table.columns[2].cells] == [
        "Rate per 1,000",
        "41.2",
        "22.9 [e]",
        "12.3 [u]",
        "[c]",
        "[x]",
    ]
    assert [cell.text for cell in table.columns[5].cells][1:] == [
        "=1+1",
        "-",
        "plain",
        "@sum",
        "<script>alert(1)</script>",
    ]
    key = next(words for words in in_style(word, "Small Print") if words.startswith("[c]"))
    assert all(marker in key for marker in ("[c]", "[e]", "[n]", "[u]", "[x]", "[z]"))


def test_links_inside_the_document_lead_somewhere(word: Word):
    places = {e.get(qn("w:name")) for e in word.element.body.iter(qn("w:bookmarkStart"))}
    targets = [e.get(qn("w:anchor")) for e in word.element.body.iter(qn("w:hyperlink"))]
    inside = {target for target in targets if target}
    assert len(inside) > 5
    assert inside <= places


def test_the_look_is_in_the_styles_not_on_the_words(word: Word):
    direct = [e for run in word.element.body.iter(qn("w:rPr")) for e in run if e.tag != qn("w:rStyle")]
    assert direct == []


def test_a_picture_names_the_sheet_that_holds_its_numbers_as_the_spreadsheet_does(tmp_path: Path):
    document = sample_document()
    figure = next(block for block in document.pages[2].blocks if isinstance(block, Figure))
    long = replace(figure, table=replace(figure.table, name="violence-and-sexual-offences-by-district-and-year"))
    document = replace(document, pages=(replace(document.pages[2], blocks=(long,)),))
    write_docx(document, tmp_path / "long.docx")
    write_ods(document, tmp_path / "long.ods")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "long.ods")).sheet_names[-1]
    assert len(sheet) == 31
    assert any(
        f"the sheet “{sheet}”" in words for words in in_style(docx.Document(str(tmp_path / "long.docx")), "Small Print")
    )


def test_two_runs_give_the_same_bytes_with_no_trace_of_when(tmp_path: Path, path: Path):
    write_docx(sample_document(), tmp_path / "two.docx")
    assert (tmp_path / "two.docx").read_bytes() == path.read_bytes()
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert not any("thumbnail" in name for name in archive.namelist())


@pytest.mark.office
def test_libreoffice_opens_it(path: Path, tmp_path: Path):
    words = convert(path, "txt:Text (encoded):UTF8", tmp_path).read_text("utf-8-sig")
    assert "Police recorded 24,310 violent crimes, a rate of 31.4 per 1,000 residents." in words
    assert "“<b>not</b>” counting A&E" in words
