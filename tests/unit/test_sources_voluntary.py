"""Returns of voluntary organisations: what a charity worker's spreadsheet becomes, and the sentences for what cannot be read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformed import body_of, conform_invented, conform_one, extract_of
from headwater.sources import open_package
from headwater.sources.reading import Unusable
from headwater.sources.spans import named_months, span_reader
from headwater.sources.voluntary import SOURCE
from headwater.sources.voluntary.invented import invent
from headwater.sources.voluntary.numbers import number_of
from headwater.sources.voluntary.rows import COLUMNS
from headwater.vocabulary import BadInput, MissingColumns, month_name
from workbooks import Sheet, xlsx

GOOD = {"Organisation": "Cobnut Youth Trust", "Service": "Mentoring", "From": "01/04/2025", "To": "30/06/2025",
        "Area": "Z07000001 Stanmouth", "What is counted": "Referrals received", "Who": "Under 18", "Number": "1,204"}  # fmt: skip
WHO = "Ferrabin Oakhanger"


def _row(**cells: str) -> tuple[str, ...]:
    said = GOOD | {name.replace("_", " "): cell for name, cell in cells.items()}
    return tuple(said[column] for column in COLUMNS)


def test_a_row_is_one_figure_of_one_organisation(tmp_path: Path) -> None:
    account, (row,), aside = conform_one(SOURCE, "r.csv", body_of(COLUMNS, _row()), tmp_path)
    assert (account.conformed, aside) == (1, [])
    assert {name: row[name] for name in ("producer", "measure", "area_code", "level", "group", "value", "unit", "status")} == {
        "producer": "cobnut-youth-trust", "measure": "referrals", "area_code": "Z07000001", "level": "utla23",
        "group": "age=under-18;service=mentoring", "value": 1_204, "unit": "referrals", "status": None,
    }  # fmt: skip
    assert (row["first_month"], row["last_month"]) == ("2025-04", "2025-06")


@pytest.mark.parametrize(
    ("said", "value", "status"),
    [("12 ", 12, None), ("1,204", 1_204, None), ("0", 0, None), ("nil", 0, None), ("12.0", 12, None), ("about 20", 20, "e"),
     ("approx. 1,000", 1_000, "e"), ("c. 30", 30, "e"), ("~7", 7, "e"), ("20 (approx)", 20, "e"), ("<5", None, "c"),
     ("< 5", None, "c"), ("fewer than five", None, "c"), ("under 10", None, "c")],
)  # fmt: skip
def test_numbers_as_people_write_them(said: str, value: float | None, status: str | None) -> None:
    assert number_of(said) == (value, status)


@pytest.mark.parametrize("said", ["", "-", "n/a", "N/A", "?", "–"])
def test_missing_is_not_nought(said: str) -> None:
    with pytest.raises(Unusable, match="0 if you counted and there was nobody"):
        number_of(said)


@pytest.mark.parametrize("said", ["15-20", "20+", "-3", "12.5", "lots", "1,20", "#ERROR!", "12*", "about", "1 204"])
def test_what_is_no_number_is_refused(said: str) -> None:
    with pytest.raises(Unusable, match="neither a number nor '<5'"):
        number_of(said)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [("Q1 2025/26", "2025-04", "2025-06"), ("q4 2025-26", "2026-01", "2026-03"), ("2025/26 Q2", "2025-07", "2025-09"),
     ("Quarter 3 2025/2026", "2025-10", "2025-12"), ("Apr-Jun 2025", "2025-04", "2025-06"),
     ("Nov 2025 to Jan 2026", "2025-11", "2026-01"), ("Nov-Jan 2026", "2025-11", "2026-01"), ("April 2025", "2025-04", "2025-04"),
     ("Sept-25", "2025-09", "2025-09"), ("2025-04", "2025-04", "2025-04"), ("2025/26", "2025-04", "2026-03")],
)  # fmt: skip
def test_months_by_name(said: str, first: str, last: str) -> None:
    found = named_months(said)
    assert found is not None
    assert tuple(map(month_name, found)) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [("", "30/06/2025", "'From' is empty"), ("01/04/2025", "", "'To' is empty"), ("02/04/2025", "30/06/2025", "not the first day"),
     ("01/04/2025", "29/06/2025", "not the last day"), ("01/07/2025", "30/06/2025", "'To' is before 'From'"),
     ("Q1 2025", "", "calendar or a financial year"), ("2025/27", "", "neither a date nor a quarter"),
     ("soon", "30/06/2025", "neither a date nor a quarter"), ("01/04/2025", "soon", "'To' is not a date"),
     ("Q1 2025/26", "31/07/2025", "leave 'To' blank")],
)  # fmt: skip
def test_months_that_cannot_be_told_are_refused_with_what_to_write(first: str, last: str, sentence: str) -> None:
    with pytest.raises(Unusable, match=sentence):
        span_reader([first], [last])(first, last)


def test_two_ways_of_writing_dates_stop_the_file_at_the_door(tmp_path: Path) -> None:
    body = body_of(COLUMNS, _row(To="30/06/2025"), _row(To="06/30/2025", Number="3"))
    with pytest.raises(BadInput, match="mixes two ways of writing dates"):
        extract_of(SOURCE, "r.csv", body, tmp_path)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [({"Area": WHO}, "neither a nine-character code"), ({"Area": ""}, "neither a nine-character code"),
     ({"Area": "Z07000001 and Z07000002"}, "a row of its own"), ({"Area": "S12000036"}, "outside England and Wales"),
     ({"What_is_counted": WHO}, "'What is counted' is not on the list"), ({"What_is_counted": ""}, "is empty"),
     ({"Who": WHO}, "'Who' is not on the list"), ({"Organisation": ""}, "write it in every row"),
     ({"Organisation": f"{WHO} 01632 960 123"}, "telephone number"), ({"Service": "a@b.example"}, "an address"),
     ({"Service": "word " * 20}, "longer than 80 letters")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_row_and_never_its_cell(
    tmp_path: Path, cells: dict[str, str], sentence: str
) -> None:
    account, rows, [(line, reason)] = conform_one(SOURCE, "r.csv", body_of(COLUMNS, _row(**cells)), tmp_path)
    assert (account.quarantined, rows, line) == (1, [], 2)
    assert reason.startswith("Row 2: ") or "outside" in reason
    assert sentence in reason
    assert not any(word in reason for word in (WHO, "960", "b.example", "Z07"))


def test_all_that_is_wrong_with_a_row_is_told_at_once(tmp_path: Path) -> None:
    _, _, [(_, reason)] = conform_one(SOURCE, "r.csv", body_of(COLUMNS, _row(Area="?", Number="-", To="")), tmp_path)
    assert all(f"'{column}'" in reason for column in ("Area", "Number", "To"))


def test_totals_notes_and_blank_rows_are_set_aside_and_called_so(tmp_path: Path) -> None:
    blank = ("",) * len(COLUMNS)
    rows = [
        _row(),
        ("Total", *blank[2:], "1204"),
        ("Cobnut Youth Trust", "Total", *blank[3:], "1204"),
        blank,
        ("* Provisional", *blank[1:]),
    ]
    account, found, _ = conform_one(SOURCE, "r.csv", body_of(COLUMNS, *rows), tmp_path)
    assert len(found) == 1
    assert dict(account.reasons) == {
        "the row is a total of others": 2,
        "the row is blank": 1,
        "the row is a note on the table": 1,
    }


def test_the_same_figure_twice_is_counted_once_and_two_that_differ_are_told(tmp_path: Path) -> None:
    account, rows, [(line, reason)] = conform_one(
        SOURCE, "r.csv", body_of(COLUMNS, _row(), _row(From="Q1 2025/26", To=""), _row(Number="7")), tmp_path
    )
    assert (account.duplicates, len(rows), line) == (1, 1, 4)
    assert "name each under 'Service'" in reason


def test_a_return_takes_the_place_of_one_with_the_same_rows_and_of_no_other(tmp_path: Path) -> None:
    def series(*rows: tuple[str, ...]) -> str:
        return extract_of(SOURCE, "r.csv", body_of(COLUMNS, *rows), tmp_path).producer

    first = series(_row())
    assert first.startswith("cobnut-youth-trust-2025-04-to-2025-06-")
    assert series(_row(Number="7", Area="Stanmouth")) == first
    assert first not in {
        series(_row(Area="Kelderby")),
        series(_row(Service="Drop-in")),
        series(_row(From="Q2 2025/26", To="")),
    }
    assert series(_row(), _row(Organisation="Harbour Voices")).startswith("2-organisations-")


def test_a_return_without_one_of_its_columns_says_which(tmp_path: Path) -> None:
    header = tuple("Areas" if column == "Area" else column for column in COLUMNS)
    with pytest.raises(MissingColumns, match="Areas"):
        extract_of(SOURCE, "r.csv", body_of(header, _row()), tmp_path)


MERGED = '<mergeCells count="3"><mergeCell ref="A1:H1"/><mergeCell ref="A3:A5"/><mergeCell ref="B3:B4"/></mergeCells>'


def _landed(tmp_path: Path, *sheets: Sheet) -> tuple[list[str], tuple[str, ...]]:
    (tmp_path / "q1.xlsx").write_bytes(xlsx(*sheets))
    package = open_package(tmp_path / "q1.xlsx", tmp_path / "scratch")
    return package.extracts[0].path.read_text("utf-8").splitlines(), package.notes


def test_merged_cells_stand_in_every_row_they_cover_and_that_is_said(tmp_path: Path) -> None:
    rows = [("Our return",), COLUMNS, _row(), (None, None, *_row(Number="7")[2:]), (None, "Drop-in", *_row()[2:])]
    lines, notes = _landed(tmp_path, Sheet("Return", rows, after=MERGED))
    assert [line.split(",")[:2] for line in lines[2:]] == [
        ["Cobnut Youth Trust", "Mentoring"],
        ["Cobnut Youth Trust", "Mentoring"],
        ["Cobnut Youth Trust", "Drop-in"],
    ]
    assert any("each was read as standing in every row it covers" in note for note in notes)


def test_a_row_that_says_nothing_is_not_filled_from_a_merged_cell(tmp_path: Path) -> None:
    rows = [("Our return",), COLUMNS, _row(), (), (None, "Drop-in", *_row()[2:])]
    lines, _ = _landed(tmp_path, Sheet("Return", rows, after=MERGED))
    assert lines[3] == ""


def test_other_columns_and_notes_are_neither_read_nor_kept(tmp_path: Path) -> None:
    rows = [(*COLUMNS, "Notes"), (*_row(), WHO), (f"Filled in by {WHO}",)]
    lines, notes = _landed(tmp_path, Sheet("Return", rows))
    assert WHO not in "".join(lines)
    assert any("1 column not of the return" in note and "1 line with a single cell" in note for note in notes)


@pytest.mark.parametrize(
    "heading", ["Client name", "Name of service user", "Initials", "Date of birth", "Case number", "Email"]
)
def test_a_column_that_could_tell_who_somebody_is_stops_the_return(tmp_path: Path, heading: str) -> None:
    with pytest.raises(BadInput, match=r"delete names, initials, addresses and dates of birth") as refused:
        _landed(tmp_path, Sheet("Return", [(*COLUMNS, heading), (*_row(), WHO)]))
    assert heading not in str(refused.value)
    assert not [path for path in (tmp_path / "scratch").rglob("*") if path.is_file()]


def test_a_hidden_sheet_is_told_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "q1.xlsx").write_bytes(
        xlsx(Sheet("Return", [COLUMNS, _row()]), Sheet("People", [("Client name",), (WHO,)], state="hidden"))
    )
    package = open_package(tmp_path / "q1.xlsx", tmp_path / "scratch")
    assert package.ignored == (("q1.xlsx/People", "a hidden sheet: not read"),)
    assert not [path for path in (tmp_path / "scratch").rglob("*") if path.is_file() and WHO in path.read_text("utf-8")]


@given(st.lists(st.tuples(*[st.text(max_size=12)] * len(COLUMNS)), max_size=6))
def test_whatever_is_typed_every_row_is_accounted_for(rows: list[tuple[str, ...]]) -> None:
    import tempfile

    kept = [row for row in rows if not any(set(cell) & set("\r\n\0") for cell in row)]
    with tempfile.TemporaryDirectory() as folder:
        account, found, aside = conform_one(SOURCE, "r.csv", body_of(COLUMNS, *kept), Path(folder))
    assert account.landed == len(kept) == len(found) + len(aside) + account.duplicates


def test_the_pretend_return_conforms_whole_and_comes_out_the_same_again(tmp_path: Path) -> None:
    ((_, rows),) = conform_invented(SOURCE, invent, tmp_path)
    assert {row["area_code"][:3] for row in rows} == {"Z07"}
    assert any(row["status"] == "c" for row in rows)
