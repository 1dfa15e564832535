"""A character that XML cannot hold comes in with partners' words, and every file that is written of them opens all the same."""

import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import pytest
from python_calamine import CalamineWorkbook

from headwater.documents import (
    Bullets,
    Column,
    Document,
    Facts,
    Figure,
    Heading,
    Link,
    Note,
    Page,
    Paragraph,
    Table,
    Text,
    write_docx,
    write_ods,
)
from headwater.documents.forms import Field, Form, write_form
from headwater.vocabulary import holdable
from sample_document import sample_document

UNSEEN = "\x00\x01\x08\x0b\x0c\x0e\x1f\ud800\udfff\ufffe\uffff"
DIRTY = f"Robbery{UNSEEN}& <bus>"
CLEAN = f"Robbery{' ' * len(UNSEEN)}& <bus>"


def test_what_xml_can_hold_is_let_be():
    every = "\t\n\r Zoë £5 – “so” 😀 \ue000\ufffd\x7f\x85"
    assert holdable(every) == every
    assert holdable(DIRTY) == CLEAN


def _document() -> Document:
    """Those characters wherever a partner's or an author's words can stand."""
    table = Table("a-table", DIRTY, (Column(DIRTY), Column("b")), ((DIRTY, "1"),), note=DIRTY)
    drawn = next(b for page in sample_document().pages for b in page.blocks if isinstance(b, Figure))
    figure = replace(drawn, caption=DIRTY, description=DIRTY, table=replace(table, name="behind"))
    spans = (Text(DIRTY), Text(DIRTY, strong=True), Link(DIRTY, f"https://example.org/{UNSEEN}"))
    blocks = (
        Heading(2, DIRTY, "here"),
        Paragraph(spans),
        Bullets((spans,)),
        Note("caveat", DIRTY, spans),
        Facts(((DIRTY, spans),)),
        table,
        figure,
    )
    pages = (Page("p", DIRTY, blocks),)
    return Document(
        DIRTY, DIRTY, DIRTY, "2026-11-23", pages, licence=DIRTY, notices=(DIRTY,), banner=DIRTY, software=DIRTY
    )


def _parts(path: Path) -> None:
    """Every part of the file is XML, or this raises ParseError."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                _ = ET.fromstring(archive.read(name))  # noqa: S314  # our own


def test_a_spreadsheet_of_such_words_opens_and_holds_the_rest_of_them(tmp_path: Path):
    write_ods(_document(), tmp_path / "a.ods")
    _parts(tmp_path / "a.ods")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "a.ods")).get_sheet_by_name("a-table").to_python()
    assert [CLEAN, "1"] in sheet


def test_a_word_document_of_such_words_opens_and_holds_the_rest_of_them(tmp_path: Path):
    write_docx(_document(), tmp_path / "a.docx")
    _parts(tmp_path / "a.docx")
    word = docx.Document(str(tmp_path / "a.docx"))
    assert word.core_properties.title == CLEAN
    assert word.tables[-1].cell(1, 0).text == CLEAN


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_form_of_such_words_opens(ending: str, tmp_path: Path):
    form = Form(DIRTY, (Field(DIRTY, DIRTY, needed=True, choices=(DIRTY,), only=True),), (DIRTY,))
    write_form(form, tmp_path / f"a.{ending}")
    _parts(tmp_path / f"a.{ending}")
