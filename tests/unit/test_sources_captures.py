"""Capture tables: recognised by their columns of 0 and 1, used whole or not at all, and nobody in them."""

from pathlib import Path

import pytest

from conformed import Row, body_of, conform_invented, conform_one
from headwater.methods import hidden_population
from headwater.sources import contract, open_package
from headwater.sources.captures import SOURCE
from headwater.sources.captures.invented import TRUTH, invent
from headwater.vocabulary import BadInput

HEADER = ("Area", "From", "To", "Police", "Council", "Charities", "Count")
PLACE = ("E10000003", "April 2024", "March 2025")
ALONE, BOTH = (*PLACE, 1, 0, 0, 93), (*PLACE, 1, 1, 0, 21)
OTHER = ("E10000003", "April 2023", "March 2024")
TWICE = "the same combination of lists comes twice in its table: add the two up, or leave one out"
SPOILT = "another row of its table cannot be read, and a capture table is used whole or not at all"


def read(
    folder: Path, *rows: tuple[object, ...], header: tuple[str, ...] = HEADER
) -> tuple[list[Row], list[tuple[int, str]]]:
    _, kept, aside = conform_one(SOURCE, "table.csv", body_of(header, *rows), folder)
    return kept, aside


def test_a_row_is_how_many_are_on_exactly_these_lists(tmp_path: Path) -> None:
    rows, aside = read(tmp_path, ALONE, BOTH)
    assert aside == []
    assert [(row["group"], row["value"]) for row in rows] == [
        ("list-charities=0;list-council=0;list-police=1", 93),
        ("list-charities=0;list-council=1;list-police=1", 21),
    ]
    assert {(row["dataset"], row["measure"], row["unit"], row["area_code"], row["level"]) for row in rows} == {
        ("captures.tables", "capture", "people", "E10000003", "utla23")
    }
    assert {(row["first_month"], row["last_month"]) for row in rows} == {("2024-04", "2025-03")}


def test_a_financial_year_may_stand_alone_and_an_area_have_its_name_beside_it(tmp_path: Path) -> None:
    rows, _ = read(
        tmp_path, ("E10000003 Cambridgeshire", "2024/25", 1, 0, 4), header=("Area", "Period", "A", "B", "People")
    )
    assert [(row["area_code"], row["last_month"], row["group"]) for row in rows] == [
        ("E10000003", "2025-03", "list-a=1;list-b=0")
    ]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (("Area", "From", "Count"), ("E10000003", "2024/25", 4)),
        (("Area", "From", "Police", "Count"), ("E10000003", "2024/25", 1, 4)),
        (("Area", "From", "What is counted", "Who", "Count"), ("E10000003", "2024/25", "Referrals", "All", 4)),
        (("Area", "Police", "Council", "Count"), ("E10000003", 1, 0, 4)),
    ],
)
def test_other_tables_are_not_taken_for_one(tmp_path: Path, header: tuple[str, ...], row: tuple[object, ...]) -> None:
    path = tmp_path / "other.csv"
    path.write_text(body_of(header, row), encoding="utf-8", newline="\n")
    assert SOURCE.recognise("other.csv", header, path) is None


@pytest.mark.parametrize(
    ("header", "cells", "said"),
    [
        ((*HEADER[:6], "Notes", "Count"), (*PLACE, 1, 0, 0, "seen twice", 4), "'Notes' holds something other than 0 and 1"),
        ((*HEADER[:6], "council ", "Count"), (*PLACE, 1, 0, 0, 1, 4), "two lists that read alike"),
        ((*HEADER[:3], *(f"List {n}" for n in range(11)), "Count"), (*PLACE, *[1] * 11, 4), "11 lists: at most 10"),
    ],
)  # fmt: skip
def test_columns_that_cannot_all_be_lists_are_refused(
    tmp_path: Path, header: tuple[str, ...], cells: tuple[object, ...], said: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(body_of(header, cells), encoding="utf-8", newline="\n")
    with pytest.raises(BadInput, match=said) as refused:
        SOURCE.recognise("odd.csv", header, path)
    assert "seen twice" not in str(refused.value), "no cell is repeated"


def test_a_combination_that_comes_twice_spoils_its_table_and_no_other(tmp_path: Path) -> None:
    rows, aside = read(tmp_path, ALONE, BOTH, ALONE, (*OTHER, 1, 0, 0, 5))
    assert [row["value"] for row in rows] == [5]
    assert sorted(aside) == [(2, TWICE), (3, SPOILT), (4, TWICE)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((*PLACE, 0, 0, 0, 7), "it is of people on no list: they are what is to be estimated, so leave the row out"),
        ((*PLACE, 1, 1, 1, 2.5), "'Count' is not a whole number"),
        ((*PLACE, 1, 1, 1, -1), "'Count' is not a whole number"),
        ((*PLACE, 1, 1, 1, ""), "'Count' is empty"),
        ((*PLACE, 1, 1, 1, "some"), "'Count' is neither a number nor one of the marks in the contract"),
        (("S12000033", *PLACE[1:], 1, 1, 1, 2), "the area is outside England and Wales"),
    ],
)
def test_one_row_that_cannot_be_read_spoils_the_file(tmp_path: Path, row: tuple[object, ...], said: str) -> None:
    rows, aside = read(tmp_path, ALONE, row, (*OTHER, 1, 0, 0, 5))
    assert rows == []
    assert sorted(aside) == [(2, SPOILT), (3, said), (4, SPOILT)]


def test_a_total_and_a_note_below_spoil_nothing(tmp_path: Path) -> None:
    blank = ("",) * 6
    rows, aside = read(tmp_path, ALONE, ("Total", *blank[:5], 114), ("Note: matched by hand", *blank), BOTH)
    assert [row["value"] for row in rows] == [93, 21]
    assert [why for _, why in sorted(aside)] == ["the row is a total of others", "the row is a note on the table"]


@pytest.mark.parametrize("mark", ["*", "<5", "[c]"])
def test_a_withheld_count_is_kept_as_withheld_and_told(tmp_path: Path, mark: str) -> None:
    account, rows, _ = conform_one(SOURCE, "t.csv", body_of(HEADER, ALONE, (*PLACE, 1, 1, 1, mark)), tmp_path)
    assert [(row["value"], row["status"]) for row in rows] == [(93, None), (None, "c")]
    assert "1 count withheld: nothing can be estimated" in account.notes[0]


def test_few_people_are_told_and_come_under_a_policy(tmp_path: Path) -> None:
    account, _, _ = conform_one(SOURCE, "t.csv", body_of(HEADER, ALONE, (*PLACE, 1, 1, 1, 2)), tmp_path)
    assert "1 combination of fewer than 5 people" in account.notes[0]
    assert contract("captures.tables").policy == "fewer-than-five"
    assert not contract("captures.tables").agreement


def test_a_table_of_the_same_place_and_months_takes_the_place_of_the_earlier(tmp_path: Path) -> None:
    header, producers = HEADER, list[str]()
    for number, rows in enumerate([(ALONE,), (BOTH, ALONE), ((*OTHER, 1, 0, 0, 5),)]):
        path = tmp_path / f"{number}.csv"
        path.write_text(body_of(header, *rows), encoding="utf-8", newline="\n")
        known = SOURCE.recognise(path.name, header, path)
        assert known is not None
        producers.append(known.producer)
    assert producers[0] == producers[1] != producers[2]
    assert producers[0].startswith("captures-e10000003-2024-04-to-2025-03-")


def test_the_door_lets_it_in_by_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "anything.csv"
    path.write_text(body_of(HEADER, ALONE, BOTH), encoding="utf-8", newline="\n")
    (extract,) = open_package(path, tmp_path / "scratch").extracts
    assert extract.dataset == "captures.tables"


def test_the_pretend_table_comes_out_the_same_again_and_its_truth_is_within_the_limits(tmp_path: Path) -> None:
    ((_, rows),) = conform_invented(SOURCE, invent, tmp_path)
    assert {row["area_code"][:1] for row in rows} == {"Z"}, "an invented figure stands under no real name"
    captured = [[int(pair[-1]) for pair in row["group"].split(";")] for row in rows]
    found = hidden_population(captured, [row["value"] for row in rows])
    assert found.pairs == ((1, 3),), "the council is told of whom the police know"
    assert float(found.total.lower) < TRUTH < float(found.total.upper)
