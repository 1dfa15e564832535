"""ISTV in XML: one row an assault, with the header's fields in each; nothing else is believed."""

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.sources import assault_returns, open_package
from headwater.sources.assault_returns import COLUMNS, look_into_return, return_as_csv
from headwater.vocabulary import BadInput

ONE = (
    "<Assault><ArrivalDateAndTimeAtAccidentAndEmergencyDepartment>2024-03-02T00:40:00"
    "</ArrivalDateAndTimeAtAccidentAndEmergencyDepartment><AssaultDateAndTime>2024-03-01T23:50:00</AssaultDateAndTime>"
    '<AssaultMethod code="05"/><AssaultMethodOtherDescription>said &lt;by&gt; a, b</AssaultMethodOtherDescription>'
    "<AssaultLocationType>02</AssaultLocationType></Assault>"
)
TWO = ONE.replace("05", "01").replace(
    "<AssaultMethodOtherDescription>said &lt;by&gt; a, b</AssaultMethodOtherDescription>", ""
)
START = (
    "<SubmissionHeader><ReportingPeriodStartDate>2024-03-01</ReportingPeriodStartDate><ReportingPeriodEndDate>2024-03-31"
    "</ReportingPeriodEndDate><SiteCodeOfTreatment>RXX01</SiteCodeOfTreatment></SubmissionHeader>"
)
WHOLE = f'<?xml version="1.0"?><ISTV xmlns="urn:x">{START}{ONE}<Sex>1</Sex>{TWO}</ISTV>'
HEAD = ["2024-03-01", "2024-03-31", "RXX01"]


def rows(text: str, size: int = 50) -> list[list[str]]:
    raw = text.encode()
    pieces = (raw[start : start + size] for start in range(0, len(raw), size))
    return list(csv.reader(io.StringIO(b"".join(return_as_csv(pieces, "x.xml")).decode(), newline="")))


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_an_assault_is_a_row_with_the_header_in_it(size: int) -> None:
    header, one, two = rows(WHOLE, size)
    assert header == list(COLUMNS)
    assert one == [*HEAD, "2024-03-02T00:40:00", "2024-03-01T23:50:00", "05", "said <by> a, b", "02", ""]
    assert two == [*HEAD, "2024-03-02T00:40:00", "2024-03-01T23:50:00", "01", "", "02", ""]


def test_names_may_be_written_in_other_ways() -> None:
    other = WHOLE.replace("ReportingPeriodStartDate", "reporting_period_start_date").replace(
        "SiteCodeOfTreatment", "SITE_CODE"
    )
    assert rows(other) == rows(WHOLE)


def test_what_is_not_of_the_data_set_is_counted_and_not_read() -> None:
    assert look_into_return([WHOLE.encode()], "x.xml") == {"Sex": 1}
    assert look_into_return([b"<a><b>1</b></a>"], "x.xml") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (WHOLE[:-30], "cut short"),
        ("a,b\n1,2\n", "not sound XML"),
        (f'<!DOCTYPE x [<!ENTITY a "b">]>{WHOLE[21:]}', "document type"),
        (f'<!DOCTYPE x SYSTEM "http://example.org/x.dtd">{WHOLE[21:]}', "document type"),
        (f"<ISTV>{ONE}{START}</ISTV>", "before its header says the reporting period start date"),
        (
            f"<ISTV>{START}{ONE.replace('</Assault>', '<AssaultMethod>1</AssaultMethod></Assault>')}</ISTV>",
            "another beside it",
        ),
        ("<a>" * 40 + "</a>" * 40, "nested too deep"),
        (f"<ISTV>{START.replace('RXX01', 'x' * 20_000)}</ISTV>", "over 10,000 letters"),
    ],
)
def test_what_cannot_be_believed_is_refused_without_a_cell(text: str, why: str) -> None:
    with pytest.raises(BadInput, match=why) as refused:
        rows(text)
    assert "RXX01" not in str(refused.value)


def test_a_vast_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assault_returns, "MOST_BYTES", 300)
    with pytest.raises(BadInput, match="too large"):
        rows(WHOLE)


def test_other_xml_is_left_alone_and_told(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text("<a/>", "utf-8", newline="\n")
    with pytest.raises(BadInput, match="no return of Information Sharing to Tackle Violence"):
        open_package(tmp_path / "x.xml", tmp_path / "s")


@given(st.integers(0, len(WHOLE) - 1), st.text("<>/&\"'= Aa0", max_size=10))
def test_no_xml_does_worse_than_be_refused(place: int, noise: str) -> None:
    with suppress(BadInput):
        assert all(len(row) == len(COLUMNS) for row in rows(WHOLE[:place] + noise + WHOLE[place + len(noise) :]))
