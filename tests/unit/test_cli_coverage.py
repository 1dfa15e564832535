"""Coverage is drawn as a grid, and what is lacking is said in words."""

from dataclasses import dataclass

import pytest

from headwater.cli import coverage
from headwater.cli.console import WORDS
from headwater.lake.coverage import gaps
from headwater.vocabulary import months_between


@dataclass(frozen=True)
class Row:
    """A row of coverage, as the lake gives it."""

    dataset: str
    producer: str
    month: str
    status: str
    why: str = ""


@dataclass(frozen=True)
class Coverage:
    """Coverage, as the lake gives it."""

    rows: tuple[Row, ...]


STREET = tuple(
    Row(
        "police_uk.street",
        "northumbria",
        month,
        *(("absent", "no file arrived") if month == "2022-01" else ("complete",)),
    )
    for month in months_between("2021-11", "2022-04")
)


def test_what_is_not_complete_is_said_in_words() -> None:
    late = Row("police_uk.outcomes", "northumbria", "2022-03", "late")
    assert list(gaps((*STREET, late))) == [
        "police_uk.outcomes, northumbria: March 2022 late",
        "police_uk.street, northumbria: January 2022 absent (no file arrived)",
    ]


def test_the_grid_marks_each_month_of_each_year(capsys: pytest.CaptureFixture[str]) -> None:
    coverage.show(Coverage(STREET))
    lines = capsys.readouterr().out.splitlines()
    [row] = [line for line in lines if line.strip().startswith("northumbria")]
    assert row.split("northumbria")[1].strip("\n").replace("│", " ").split() == ["██", "·███"]
    assert "police_uk.street, northumbria: January 2022 absent (no file arrived)" in lines


def test_a_narrow_terminal_gets_the_years_in_turn(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    months = months_between("2019-01", "2024-12")
    monkeypatch.setattr(WORDS, "_width", 60)
    coverage.show(Coverage(tuple(Row("police_uk.street", "northumbria", month, "complete") for month in months)))
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.count("█" * 12) for line in lines) == 6
    assert max(map(len, lines)) <= 60
