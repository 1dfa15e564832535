"""The interactive tool: which months a year means, what each row becomes, and that reading by the column loses nothing."""

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformed import NO_ENGINE, body_of, conform_invented, conform_one, extract_of
from headwater.sources.la_measures import SOURCE, measures
from headwater.sources.la_measures.invented import invent
from headwater.sources.la_measures.measures import Years, span_of
from headwater.sources.la_measures.neighbours import month_of
from headwater.sources.published import slug
from headwater.sources.reading import Unusable
from headwater.vocabulary import BadInput

HEADER = ("Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region")
LEEDS = ("Leeds", "1498", "383.0", "Yorkshire and The Humber")


@pytest.mark.parametrize(
    ("said", "years", "months"),
    [
        ("2019", "academic", ("2018-09", "2019-08")),
        ("2019", "financial", ("2018-04", "2019-03")),
        ("2019", "calendar", ("2019-01", "2019-12")),
        ("2019", "march", ("2019-03", "2019-03")),
        ("2019", "january", ("2019-01", "2019-01")),
        ("2019", "september", ("2019-09", "2019-09")),
        ("2018/19", "academic", ("2018-09", "2019-08")),
        ("2018-19", "financial", ("2018-04", "2019-03")),
        ("1999-00", "financial", ("1999-04", "2000-03")),
        ("2017-19", "calendar", ("2017-01", "2019-12")),
        ("2016/17-18/19", "financial", ("2016-04", "2019-03")),
    ],
)
def test_a_year_means_what_its_measure_makes_of_it(said: str, years: Years, months: tuple[str, str]):
    span = span_of(said, years)
    assert (span.first, span.last, span.label) == (*months, said)


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("0", "academic"), ("", "calendar"), ("2018-19", "calendar"), ("2018-20", "academic"), ("2018/20", "financial"),
        ("2018-19", "march"), ("2016/17-18/20", "financial"), ("2018/19-16/17", "calendar"), ("Q1 2020", "financial"), ("19", "calendar"),
    ],
)  # fmt: skip
def test_a_year_that_does_not_say_which_months_is_refused(said: str, years: Years):
    with pytest.raises(Unusable, match="does not say which months"):
        span_of(said, years)


@given(st.integers(1990, 2097), st.sampled_from(["academic", "financial"]))
def test_a_split_year_and_the_year_it_ends_in_are_the_same_months(year: int, years: Years):
    split, ending = span_of(f"{year}/{(year + 1) % 100:02d}", years), span_of(str(year + 1), years)
    assert (split.first, split.last) == (ending.first, ending.last)


def test_every_measure_has_a_slug_of_its_own_and_a_unit():
    assert len(measures()) == 434
    assert len({slug(name) for name in measures()}) == 434
    assert all(known.unit and known.title for known in measures().values())
    assert measures()["TotPermEx"].better == "low"


def test_a_row_is_a_figure_under_the_tools_own_name(tmp_path: Path):
    body = body_of(
        HEADER,
        ("LACnum", "", "2025", *LEEDS),
        ("APSE_Tech", "", "2024 (Rev)", *LEEDS),
        ("LACnum", "", "2024", "Leeds", "-", "383", ""),
    )
    account, rows, aside = conform_one(SOURCE, "long.csv", body, tmp_path)
    assert (account.conformed, aside) == (3, [])
    assert [(r["measure"], r["period"], r["first_month"], r["last_month"], r["value"], r["status"], r["unit"]) for r in rows] == [
        ("lacnum", "2025", "2025-03", "2025-03", 1_498, None, "Number of Children Looked After"),
        ("apse-tech", "2024", "2023-09", "2024-08", 1_498, "r", measures()["APSE_Tech"].unit),
        ("lacnum", "2024", "2024-03", "2024-03", None, "x", "Number of Children Looked After"),
    ]  # fmt: skip
    assert {(r["area_code"], r["level"], r["group"], r["release"]) for r in rows} == {
        ("E08000035", "utla23", None, "months to 2025-03")
    }


def test_a_code_changes_with_the_period_while_the_name_stays(tmp_path: Path):
    rows = [("LACnum", "", year, "Buckinghamshire", "9", "825", "") for year in ("2019", "2021")]
    rows += [
        ("LACnum", "", "2016", "Dorset", "-", "838", ""),
        ("LACnum", "", "2016", "Dorset (Pre LG)", "8", "835", ""),
    ]
    _, found, _ = conform_one(SOURCE, "long.csv", body_of(HEADER, *rows), tmp_path)
    assert [(r["period"], r["area_code"]) for r in found] == [
        ("2019", "E10000002"), ("2021", "E06000060"), ("2016", "E06000059"), ("2016", "E10000009"),
    ]  # fmt: skip


BROKEN = body_of(
    HEADER,
    ("LACnum", "", "2025", *LEEDS),
    ("LACnumber", "", "2025", *LEEDS),
    ("LACnum", "", "0", *LEEDS),
    ("LACnum", "", "2025 (guess)", *LEEDS),
    ("LACnum", "", "2025", "Ledes", "9", "383", ""),
    ("LACnum", "", "2025", "Leeds", "9", "999", ""),
    ("LACnum", "", "2025", "Leeds", "nine", "383", ""),
    ("LACnum", "", "2025", *LEEDS),
    ("LACnum", "", "2025", "Leeds", "1499", "383", ""),
    ("LACnum", "", "2024", "Leeds", "7.0000000000000007E-2", "383", ""),
)
ASIDE = [
    (3, "'Short Desc' is not in measures.toml: nothing says what its years are"),
    (4, "'Years' does not say which months are meant, for a measure by day of the year"),
    (5, "'Years' has words in brackets that are not in the contract"),
    (6, "'LA Number' and the name beside it are of different authorities"),
    (7, "'LA Number' is no authority's number"),
    (8, "'Values' is neither a number nor one of the marks in the contract"),
    (10, "the same measure, period and area appears earlier in the file with other contents"),
]


@pytest.mark.parametrize("sound", [True, False])
def test_what_cannot_be_read_is_set_aside_with_its_line_and_never_its_cells(tmp_path: Path, sound: bool):
    """By the column, and row by row where the file is not plain: the same rows come out of both."""
    extract = replace(extract_of(SOURCE, "long.csv", BROKEN, tmp_path), sound=sound)
    account = SOURCE.conform(extract.dataset, [extract], NO_ENGINE, tmp_path / "out")
    aside = pq.read_table(tmp_path / "out" / "quarantine.parquet").to_pylist()
    assert sorted((row["line"], row["reason"]) for row in aside) == ASIDE
    assert (account.landed, account.conformed, account.duplicates) == (10, 2, 1)
    assert pq.read_table(tmp_path / "out" / "counts.parquet").column("value").to_pylist() == [1_498, 0.07]


def test_a_file_without_numbers_is_read_by_names(tmp_path: Path):
    body = body_of(
        HEADER[:5],
        ("LACnum", "", "2025", "Leeds", "9"),
        ("LACnum", "", "2016", "Dorset", "8"),
        ("LACnum", "", "2025", "", "8"),
    )
    _, rows, aside = conform_one(SOURCE, "long.csv", body, tmp_path)
    assert [row["area_code"] for row in rows] == ["E08000035", "E10000009"]
    assert aside == [(4, "'LA and Regions' names no area")]


def test_a_file_with_broken_rows_is_read_with_care(tmp_path: Path):
    body = body_of(HEADER, ("LACnum", "", "2025", *LEEDS)) + '"LACnum",2025\nLACnum,,2024,"Leeds\n(City)",9,383,\n'
    account, _, aside = conform_one(SOURCE, "long.csv", body, tmp_path)
    assert account.conformed == 1
    assert aside == [
        (3, "the row has fewer fields than the header"),
        (4, "'LA Number' and the name beside it are of different authorities"),
    ]


def test_a_dictionary_is_held_against_what_we_have(tmp_path: Path):
    header = ("Measure_short", "Year_Type", "Polarity", "y_axis_name", "Chart_title")
    body = body_of(
        header,
        ("LACnum", "Annual", "-", "Number", "Children"),
        ("LACnum", "Annual", "-", "Number", "Children"),
        ("LACnum", "Financial Year", "-", "Number", "Children"),
        ("Novelty", "Annual", "-", "Number", "Novelties"),
        ("TotPermEx", "Academic Year", "High", "%", "Exclusions"),
        ("TotPermEx", "Fortnight", "Low", "%", "Exclusions"),
    )
    account, rows, aside = conform_one(SOURCE, "dictionary.csv", body, tmp_path)
    assert (account.conformed, account.duplicates, rows) == (1, 1, [])
    assert account.notes == (
        "1 measures of dictionary.csv are as measures.toml has them; 433 of measures.toml are not in it",
    )
    assert aside == [
        (4, "'Year_Type' is not that of measures.toml: correct it there, and read the figures again"),
        (5, "'Measure_short' is not in measures.toml: add what its years are, and read its figures again"),
        (6, "'Polarity' is not that of measures.toml: correct it there, and read the figures again"),
        (7, "'Year_Type' is not one of the words in the contract"),
    ]


NEIGHBOURS = ("LA num", "LA Name", "LA number", "GOInd", "GOReg", "SN1", "SNP", "SN2", "SNP")


def test_neighbours_are_ranks_below_whatever_stands_above_their_header(tmp_path: Path):
    body = body_of(
        ("A", "B", "C", "D", "E", "3.0", "4.0", "5.0", "6.0"),
        ("1.0", *("2.0",) * 8),
        NEIGHBOURS,
        ("383.0", "Leeds", "383.0", "3.0", "Y", "373.0", "Extremely Close", "350", "Close"),
        ("383.0", "Ledes", "383.0", "3.0", "Y", "373.0", "Close", "350", "Close"),
    )
    _, rows, aside = conform_one(SOURCE, "SN_May_2025.xlsx/LA SN Groups.csv", body, tmp_path)
    assert [(r["area_code"], r["group"], r["value"], r["period"], r["unit"]) for r in rows] == [
        ("E08000035", "closeness=extremely-close;neighbour=E08000019", 1, "2025-05", "rank"),
        ("E08000035", "closeness=close;neighbour=E08000001", 2, "2025-05", "rank"),
    ]
    assert [line for line, _ in aside] == [2, 3, 5]


def test_neighbours_without_a_month_are_refused(tmp_path: Path):
    assert month_of("2025/neighbours-January-2024.csv") == "2024-01"
    with pytest.raises(BadInput, match="does not say of when"):
        extract_of(
            SOURCE,
            "neighbours.csv",
            body_of(NEIGHBOURS, ("383", "Leeds", "383", "3", "Y", "373", "C", "350", "C")),
            tmp_path,
        )


def test_the_pretend_tables_conform_whole_and_come_out_the_same_again(tmp_path: Path):
    for _, rows in conform_invented(SOURCE, invent, tmp_path):
        assert {row["area_code"][:3] for row in rows} == {"Z07"}
