"""The words every room is written in: periods, cells, estimates, measures."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.vocabulary import (
    BadInput,
    Conversion,
    Estimate,
    Measure,
    Missing,
    Period,
    Shown,
    Suppressed,
    WrongRequest,
    did_you_mean,
    is_shown,
    month_name,
    month_number,
    why_not,
    words_of_months,
)

MONTHS = st.integers(1990 * 12, 2060 * 12).map(month_name)


@given(MONTHS)
def test_a_month_and_its_number_go_both_ways(month: str) -> None:
    assert month_name(month_number(month)) == month


@given(MONTHS, st.integers(0, 40))
def test_every_label_reads_back_as_the_period_it_names(month: str, length: int) -> None:
    last = month_name(month_number(month) + length)
    for period in (
        Period.month(month),
        Period.year_to(month),
        Period.span(month, last),
        Period.calendar(int(month[:4])),
    ):
        assert Period.parse(period.label) == period


@pytest.mark.parametrize(
    ("label", "months", "words"),
    [
        ("2022-23", ("2022-04", "2023-03"), "the financial year 2022-23"),
        ("2010/11", ("2010-04", "2011-03"), "the financial year 2010-11"),
        ("2021-12", ("2021-12", "2021-12"), "December 2021"),
        ("2021", ("2021-01", "2021-12"), "the calendar year 2021"),
        ("year to 2023-02", ("2022-03", "2023-02"), "the year to February 2023"),
    ],
)
def test_a_label_means_what_the_field_means_by_it(label: str, months: tuple[str, str], words: str) -> None:
    period = Period.parse(label)
    assert (period.start, period.end, period.words) == (*months, words)


@pytest.mark.parametrize("label", ["2022-13", "soon", "2022-00", "year to May", "2022-05 to 2022-01"])
def test_what_is_not_a_period_is_refused(label: str) -> None:
    with pytest.raises(WrongRequest):
        Period.parse(label)


def estimate(**changes: object) -> Estimate:
    said = {
        "value": 12.345,
        "unit": "per 1,000",
        "decimals": 1,
        "method": "crude_rate",
        "snapshots": ("abc",),
    } | changes
    return Estimate(**said)  # type: ignore[arg-type]


def test_an_estimate_names_its_snapshots_and_a_confidence_below_one() -> None:
    with pytest.raises(ValueError, match="snapshots"):
        estimate(snapshots=())
    with pytest.raises(ValueError, match="share of one"):
        estimate(confidence=95)


def test_a_converted_figure_cannot_be_printed_without_its_mark() -> None:
    assert estimate(conversion=Conversion(0.2, "by residents")).text == "12.3 [e]"
    assert estimate(value=-0.01).text == "0.0"


@pytest.mark.parametrize("cell", [Suppressed("small", "p"), Missing("late"), Shown(estimate())])
def test_a_cell_is_no_number_and_no_truth(cell: Shown | Missing | Suppressed) -> None:
    with pytest.raises(TypeError, match="total first"):
        _ = cell + 1  # type: ignore[operator]
    with pytest.raises(TypeError, match="total first"):
        sum([cell])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="is_shown"):
        bool(cell)
    with pytest.raises(TypeError):
        _ = cell < Missing("later")  # type: ignore[operator]


def test_why_there_is_no_figure_is_in_words() -> None:
    assert why_not(Missing("no return for May")) == "no return for May"
    assert "policy" in why_not(Suppressed("small", "fewer-than-five"))
    assert why_not(Shown(estimate())) == ""
    assert not is_shown(Missing("late"))


def test_a_measure_file_is_read_whole_or_refused_by_name(tmp_path: Path) -> None:
    from importlib.resources import files

    good = Path(str(files("headwater") / "definitions" / "measures" / "violence.toml")).read_text(encoding="utf-8")
    path = tmp_path / "local.toml"
    path.write_text(good, encoding="utf-8")
    assert Measure.read(path).name == "local"
    path.write_text(good.replace("short =", "shrt ="), encoding="utf-8")
    with pytest.raises(BadInput, match="short"):
        Measure.read(path)
    path.write_text(good.replace('owner = "', 'owner_of = "'), encoding="utf-8")
    with pytest.raises(BadInput, match="owner"):
        Measure.read(path)
    path.write_text("not toml", encoding="utf-8")
    with pytest.raises(BadInput, match="TOML"):
        Measure.read(path)


def test_the_nearest_name_is_offered_only_when_near() -> None:
    assert (
        did_you_mean("offencecode", ["offence_code", "month"]) == "'offencecode' (there is 'offence_code': is that it?)"
    )
    assert did_you_mean("zebra", ["month"]) == "'zebra'"


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ("2022-03", "2022-03", "2022-03"),
        ("2022-01", "2022-12", "2022"),
        ("2022-04", "2023-03", "2022-23"),
        ("2022-09", "2023-08", "school year 2022-23"),
        ("2023-10", "2023-12", "2023-Q4"),
        ("2022-02", "2022-04", "2022-02 to 2022-04"),
        ("2020-04", "2023-03", "2020-04 to 2023-03"),
    ],
)
def test_a_run_of_months_has_the_name_the_field_gives_it(first: str, last: str, label: str) -> None:
    period = Period.covering(first, last)
    assert (period.label, period.start, period.end) == (label, first, last)
    assert Period.parse(label) == period


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (["2022-01"], "January 2022"),
        (["2022-03", "2022-01", "2022-02"], "January 2022 to March 2022"),
        (["2021-12", "2022-01", "2022-04"], "December 2021 to January 2022 and April 2022"),
        (["2023-01", "2021-01", "2022-01"], "January 2021, January 2022 and January 2023"),
        ([], ""),
    ],
)
def test_months_that_follow_one_another_are_run_together(months: list[str], words: str) -> None:
    assert words_of_months(months) == words
