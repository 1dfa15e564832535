"""Tables made by people for people: titles above, totals and notes below, and dates in every way there is."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.sources import open_package
from headwater.sources.asides import BLANK, FOOTNOTE, TOTAL, aside
from headwater.sources.dates import Order, date_reader
from headwater.sources.reading import Unusable
from headwater.vocabulary import BadInput, MissingColumns
from workbooks import Sheet, xlsx

COLUMNS = ("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
           "Crime type", "Last outcome category", "Context")  # fmt: skip
ROW = ("", "2022-03", "Northumbria Police", "Northumbria Police", "-1.6", "54.88", "On or near A", "E01020614",
       "County Durham 002B", "Burglary", "", "")  # fmt: skip
TITLES = 'Recorded crime\n\n"Prepared by the unit, with\na note",,\n'
NAME = "2022-03-northumbria-street"


def test_a_header_below_titles_is_found_and_said(tmp_path: Path) -> None:
    table = "\n".join(map(",".join, [COLUMNS, ROW, ROW])) + "\n"
    (tmp_path / f"{NAME}.csv").write_text(TITLES + table, "utf-8", newline="\n")
    package = open_package(tmp_path / f"{NAME}.csv", tmp_path / "s")
    (extract,) = package.extracts
    assert (extract.header, extract.rows, extract.dataset) == (COLUMNS, 2, "police_uk.street")
    assert extract.path.read_text("utf-8") == "\n" * 4 + table
    assert package.notes == (f"{NAME}.csv has its header in line 5; what stands above it was not read",)


def test_a_worksheet_with_titles_is_read_from_its_header(tmp_path: Path) -> None:
    rows = [("Recorded crime",), (), COLUMNS, tuple(cell or None for cell in ROW)]
    (tmp_path / "p.xlsx").write_bytes(xlsx(Sheet(NAME, rows)))
    (extract,) = open_package(tmp_path / "p.xlsx", tmp_path / "s").extracts
    assert (extract.header, extract.rows) == (COLUMNS, 1)


def test_a_header_below_titles_that_is_misspelt_says_what_is_missing(tmp_path: Path) -> None:
    table = "\n".join(map(",".join, [COLUMNS, ROW])).replace("LSOA code", "LSOA_code")
    (tmp_path / f"{NAME}.csv").write_text(TITLES + table, "utf-8", newline="\n")
    with pytest.raises(MissingColumns, match="LSOA_code"):
        open_package(tmp_path / f"{NAME}.csv", tmp_path / "s")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (["", " ", ""], BLANK),
        ([], BLANK),
        (["Total", "12", "3"], TOTAL),
        (["", "Grand total:", "12"], TOTAL),
        (["Totals (all ages)", "12", "3"], TOTAL),
        (["Sub-total", "12", "3"], TOTAL),
        (["Total Fitness gym, Aldermere", "12", "3"], None),
        (["Note: figures are provisional", "", ""], FOOTNOTE),
        (["", "[1] includes attempts", ""], FOOTNOTE),
        (["* fewer than five", "", ""], FOOTNOTE),
        (["x" * 61, "", ""], FOOTNOTE),
        (["Aldermere", "", ""], None),
        (["Note", "3", ""], None),
        (["Source", ""], None),
    ],
)
def test_a_row_that_is_no_data_says_what_it_is(cells: list[str], why: str | None) -> None:
    assert aside(cells) == why


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2024-03-01", date(2024, 3, 1)),
        ("2024-03-01T14:05:00", datetime(2024, 3, 1, 14, 5)),  # noqa: DTZ001  partners' times have no zone
        ("1/3/2024", date(2024, 3, 1)),
        ("01.03.24", date(2024, 3, 1)),
        ("01/03/2024 2:05 pm", datetime(2024, 3, 1, 14, 5)),  # noqa: DTZ001
        ("1 March 2024", date(2024, 3, 1)),
        ("1st Mar 2024", date(2024, 3, 1)),
        ("01-MAR-24", date(2024, 3, 1)),
        ("12 Sept 2024", date(2024, 9, 12)),
        ("45352", date(2024, 3, 1)),
        ("45352.5868055555", datetime(2024, 3, 1, 14, 5)),  # noqa: DTZ001
        ("  ", None),
    ],
)
def test_a_date_is_read_however_it_is_written(cell: str, said: date | None) -> None:
    assert date_reader([cell], "Date")(cell) == said


@pytest.mark.parametrize(
    "cell", ["31/02/2024", "tomorrow", "12345", "99999", "1/3", "01/13-2024", "01/03/2024 25:00", "1 Mai 2024"]
)
def test_what_is_no_date_is_set_aside_without_its_cell(cell: str) -> None:
    with pytest.raises(Unusable) as refused:
        date_reader([cell], "Date")(cell)
    assert str(refused.value) == "'Date' is not a date that can be read"


def test_a_year_of_two_digits_is_not_guessed_at_for_a_birth() -> None:
    with pytest.raises(Unusable):
        date_reader(["01/03/55"], "Born", century=None)("01/03/55")


@pytest.mark.parametrize(
    ("cells", "order", "why"),
    [
        (["25/03/2024", "03/25/2024", "01/02/2024"], None, "1 can only be day/month/year and 1 only month/day/year, so for 1 others"),
        (["25/03/2024", "03/25/2024"], "month first", "mixes two ways"),
        (["25/03/2024"], "month first", "is said to be month first, and 1 of its dates cannot be"),
        (["03/25/2024"], "day first", "is said to be day first, and 1 of its dates cannot be"),
        (["03/25/2024", "01/02/2024"], None, 'date_order = "month first"'),
        (["25/03/2024", "2024-05-04", "2024-06-04"], None, "a spreadsheet had turned some dates round"),
        (["25/03/2024", "45300"], None, "turned some dates round"),
    ],
)  # fmt: skip
def test_mixtures_are_refused_in_words_and_numbers(cells: list[str], order: Order | None, why: str) -> None:
    with pytest.raises(BadInput, match=why) as refused:
        date_reader(cells, "Date", order=order)
    assert not any(cell in str(refused.value) for cell in cells)


def test_month_first_is_read_where_somebody_says_so() -> None:
    assert date_reader(["03/25/2024"], "Date", order="month first")("03/04/2024") == date(2024, 3, 4)


@given(
    st.lists(st.dates(date(1960, 1, 1), date(2100, 1, 1)), min_size=1),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y"]),
)
def test_a_column_in_one_way_comes_back(days: list[date], form: str) -> None:
    cells = [day.strftime(form) for day in days]
    read = date_reader(cells, "Date")
    assert [read(cell) for cell in cells] == days


@given(st.dates(date(1960, 1, 1), date(2100, 1, 1)), st.integers(0, 86_399))
def test_a_serial_number_is_its_day_and_time(day: date, seconds: int) -> None:
    serial = (day - date(1899, 12, 30)).days + seconds / 86_400
    exact = datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)  # noqa: DTZ001
    assert date_reader([repr(serial)], "Date")(repr(serial)) == (exact if seconds else day)


@given(st.lists(st.text("0123456789/-. TMarch:", max_size=12)))
def test_no_column_does_worse_than_be_refused(cells: list[str]) -> None:
    with suppress(BadInput, Unusable):
        read = date_reader(cells, "Date")
        assert all(found is None or found.year >= 1 for found in map(read, cells))
