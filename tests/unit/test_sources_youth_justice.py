"""Youth justice: what each row becomes, what is withheld with what, and what is set aside."""

from pathlib import Path

import pytest

from conformed import body_of, conform_invented, conform_one, extract_of, values
from headwater.sources import contract
from headwater.sources.youth_justice import SOURCE
from headwater.sources.youth_justice.invented import invent

HEADER = ("Year", "Area code", "Area name", "Population aged 10 to 17", "First-time entrants", "First-time entrants rate",
          "Proven violent offences", "Proven weapons offences", "Reoffending cohort", "Children who reoffended")  # fmt: skip
LEEDS = ("2023/24", "E08000035", "Leeds", 76_000, 152, 200.0, 230, 41, 210, 68)


def but(at: str, cell: object, *more: object) -> tuple[object, ...]:
    """A row with other cells: column, cell, column, cell."""
    said = dict(zip((at, *more[::2]), (cell, *more[1::2]), strict=True))
    return tuple(said.get(name, given) for name, given in zip(HEADER, LEEDS, strict=True))


def test_each_count_has_what_it_is_out_of(tmp_path: Path) -> None:
    account, rows, _ = conform_one(SOURCE, "yj.csv", body_of(HEADER, LEEDS), tmp_path)
    assert (account.dataset, account.conformed) == ("youth_justice.yearly", 1)
    assert {row["measure"]: (row["value"], row["denominator"], row["unit"]) for row in rows} == {
        "first-time-entrants": (152, 76_000, "children"),
        "proven-offences.violence": (230, 76_000, "proven offences"),
        "proven-offences.weapons": (41, 76_000, "proven offences"),
        "reoffending": (68, 210, "children"),
        "first-time-entrants-rate": (200, 76_000, "per 100,000 aged 10 to 17"),
    }
    assert {(r["period"], r["first_month"], r["last_month"], r["area_code"], r["level"], r["group"]) for r in rows} == {
        ("2023-24", "2023-04", "2024-03", "E08000035", "utla23", None)
    }


def test_a_short_table_is_read_for_what_it_has(tmp_path: Path) -> None:
    header = ("Financial year", "LA code", "10-17 population", "FTEs")
    _, rows, _ = conform_one(SOURCE, "yj.csv", body_of(header, ("2023-24", "E23000007", 130_000, 260)), tmp_path)
    assert [(row["measure"], row["value"], row["level"]) for row in rows] == [("first-time-entrants", 260, "pfa")]


@pytest.mark.parametrize(("mark", "status"), [("*", "c"), ("C", "c"), ("..", "x"), (":", "x"), ("z", "z")])
def test_a_mark_keeps_its_meaning_and_is_never_nought(tmp_path: Path, mark: str, status: str) -> None:
    _, rows, _ = conform_one(SOURCE, "yj.csv", body_of(HEADER, but("Proven weapons offences", mark)), tmp_path)
    assert [(r["value"], r["status"]) for r in rows if r["measure"] == "proven-offences.weapons"] == [(None, status)]


def test_a_withheld_count_takes_its_rate_with_it(tmp_path: Path) -> None:
    """Four entrants among two thousand children are 200 per 100,000: whoever prints the rate prints the count."""
    row = but("First-time entrants", "*", "Population aged 10 to 17", 2_000)
    _, rows, _ = conform_one(SOURCE, "yj.csv", body_of(HEADER, row), tmp_path)
    assert [(r["value"], r["status"]) for r in rows if r["measure"].startswith("first-time")] == [
        (None, "c"),
        (None, "c"),
    ]


def test_what_cannot_be_read_is_set_aside_with_its_line_and_never_its_cells(tmp_path: Path) -> None:
    body = body_of(
        HEADER, LEEDS, but("Year", "2023"), but("Area code", "E01000001"), but("Area code", "N09000003"), but("First-time entrants", "-"),
        but("First-time entrants", ""), but("First-time entrants", -3), but("Proven violent offences", 2.5),
        but("Population aged 10 to 17", "many"), but("Children who reoffended", 211), but("First-time entrants rate", "1e999"), LEEDS,
        but("First-time entrants", 153), LEEDS[:5],
    )  # fmt: skip
    account, _, aside = conform_one(SOURCE, "yj.csv", body, tmp_path)
    assert (account.conformed, account.duplicates) == (1, 1)
    assert sorted(aside) == [
        (3, "'Year' is not a year such as 2016/17"),
        (4, "'Area code' is the code of no authority known"),
        (5, "the area is outside England and Wales"),
        (6, "'First-time entrants' is neither a number nor one of the marks in the contract"),
        (7, "'First-time entrants' is empty"),
        (8, "'First-time entrants' is not a whole number"),
        (9, "'Proven violent offences' is not a whole number"),
        (10, "'Population aged 10 to 17' is neither a number nor one of the marks in the contract"),
        (11, "'Children who reoffended' is more than 'Reoffending cohort'"),
        (12, "'First-time entrants rate' is not a rate"),
        (14, "the same area and year appears earlier in the file with other contents"),
        (15, "the row has fewer fields than the header"),
    ]


def test_small_numbers_are_withheld_whatever_the_workspace_asks() -> None:
    assert contract("youth_justice.yearly").policy == "fewer-than-five"


def test_a_later_table_is_a_series_of_its_own(tmp_path: Path) -> None:
    first = extract_of(SOURCE, "a.csv", body_of(HEADER, LEEDS), tmp_path)
    later = extract_of(SOURCE, "b.csv", body_of(HEADER, LEEDS, but("Year", "2024/25")), tmp_path)
    assert (first.producer, later.producer) == ("youth-justice-years-to-2023-24", "youth-justice-years-to-2024-25")


def test_the_pretend_table_conforms_whole_and_comes_out_the_same_again(tmp_path: Path) -> None:
    ((_, rows),) = conform_invented(SOURCE, invent, tmp_path)
    assert {row["area_code"][:1] for row in rows} == {"Z"}, "an invented figure stands under no real name"
    assert {row["status"] for row in rows} == {None, "c"}
    assert len([value for value in values(rows, measure="first-time-entrants") if value is not None]) > 50
