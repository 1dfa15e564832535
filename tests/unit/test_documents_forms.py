"""A form is what it was the last time, and opens in the program its readers have."""

import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from headwater.documents import Field, Form, write_form
from headwater.vocabulary import WrongRequest
from libreoffice import convert

FORM = Form(
    "A return",
    (
        Field("Area", "where it was", True, ("Z07000001 Stanmouth", "Z07000002 Kelderby & the <marsh>")),
        Field("Who", "one of the list", False, ("Everyone",), only=True),
        Field("Number", "how many", True),
    ),
    ("One row is one figure.", "Numbers only."),
)


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_the_same_form_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    for name in ("once", "again"):
        write_form(FORM, tmp_path / f"{name}.{ending}")
    assert (tmp_path / f"once.{ending}").read_bytes() == (tmp_path / f"again.{ending}").read_bytes()


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_form_has_an_empty_table_its_explanation_and_its_lists(tmp_path: Path, ending: str) -> None:
    write_form(FORM, tmp_path / f"form.{ending}")
    book = CalamineWorkbook.from_path(tmp_path / f"form.{ending}")
    assert book.sheet_names == ["Return", "How to fill it in", "Lists"]
    assert book.get_sheet_by_name("Return").to_python() == [["Area", "Who", "Number"]]
    about = [str(cell) for row in book.get_sheet_by_name("How to fill it in").to_python() for cell in row]
    assert {"A return", "Numbers only.", "How many."} <= set(about)
    assert "One of the list. Choose from the list “List: Who”. May be left blank." in about
    lists = book.get_sheet_by_name("Lists").to_python()
    assert lists == [
        ["List: Area", "List: Who"],
        ["Z07000001 Stanmouth", "Everyone"],
        ["Z07000002 Kelderby & the <marsh>", ""],
    ]


def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(WrongRequest, match=r"\.xlsx, \.ods, \.csv"):
        write_form(FORM, tmp_path / "form.docx")
    assert not (tmp_path / "form.docx").exists()


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_form_opens_in_libreoffice(tmp_path: Path, ending: str) -> None:
    write_form(FORM, tmp_path / f"form.{ending}")
    assert convert(tmp_path / f"form.{ending}", "csv", tmp_path).read_text("utf-8").splitlines() == ["Area,Who,Number"]


@pytest.mark.office
def test_the_lists_of_a_form_are_there_for_libreoffice(tmp_path: Path) -> None:
    write_form(FORM, tmp_path / "form.xlsx")
    text = convert(tmp_path / "form.xlsx", "fods", tmp_path).read_text("utf-8")
    assert re.findall(r"cell-content-is-in-list\(\[(.+?)\]\)", text) == ["$Lists.$A$2:.$A$3", "$Lists.$B$2:.$B$2"]
