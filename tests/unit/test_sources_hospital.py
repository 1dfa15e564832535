"""Hospital admissions: the three units never mixed, where an area is of, what is withheld, and what is set aside."""

from pathlib import Path

import pytest

from conformed import Row, body_of, conform_invented, conform_one, extract_of, values
from headwater.sources import contract
from headwater.sources.hospital import SOURCE
from headwater.sources.hospital.invented import invent

HEADER = ("Year", "Area code", "Area name", "Cause", "Age group", "Counting unit", "Basis", "Value", "Population")
LEEDS = ("2023/24", "E08000035", "Leeds", "X99", "All ages", "FAE", "Residence", 85, 812_000)


def read(
    folder: Path, *rows: tuple[object, ...], header: tuple[str, ...] = HEADER
) -> tuple[list[Row], list[tuple[int, str]]]:
    _, kept, aside = conform_one(SOURCE, "admissions.csv", body_of(header, *rows), folder)
    return kept, aside


def but(row: tuple[object, ...] = LEEDS, **said: object) -> tuple[object, ...]:
    """A row with other cells, by the first word of their columns."""
    places = {name.split()[0].casefold(): place for place, name in enumerate(HEADER) if name != "Area name"}
    cells = list(row)
    for name, cell in said.items():
        cells[places[name]] = cell
    return tuple(cells)


def test_a_row_is_one_count_under_the_measure_of_its_unit(tmp_path: Path) -> None:
    (row,), _ = read(tmp_path, LEEDS)
    assert (row["dataset"], row["measure"], row["unit"], row["value"], row["denominator"]) == (
        "hospital.admissions", "admissions.sharp-object", "admissions (FAE)", 85, 812_000,
    )  # fmt: skip
    assert (row["period"], row["first_month"], row["last_month"]) == ("2023-24", "2023-04", "2024-03")
    assert (row["area_code"], row["level"], row["group"], row["release"]) == (
        "E08000035", "utla23", None, "years to 2023-24",
    )  # fmt: skip


def test_admissions_episodes_and_patients_are_three_measures(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, LEEDS, but(counting="FCE", value=90), but(counting="Patients", value=80))
    assert {(row["measure"], row["unit"]): row["value"] for row in rows} == {
        ("admissions.sharp-object", "admissions (FAE)"): 85,
        ("episodes.sharp-object", "episodes (FCE)"): 90,
        ("patients.sharp-object", "patients"): 80,
    }


def test_a_row_that_does_not_say_its_unit_or_its_basis_is_refused_in_plain_words(tmp_path: Path) -> None:
    rows, aside = read(tmp_path, but(counting=""), but(basis=""))
    assert rows == []
    assert [line for line, _ in aside] == [2, 3]
    assert "admissions (FAE), episodes (FCE) or patients" in aside[0][1]
    assert "where patients live or where they were treated" in aside[1][1]


@pytest.mark.parametrize("column", ["Counting unit", "Basis"])
def test_a_file_without_the_column_is_known_and_every_row_of_it_refused(tmp_path: Path, column: str) -> None:
    place = HEADER.index(column)
    header, row = ((*cells[:place], *cells[place + 1 :]) for cells in (HEADER, LEEDS))
    rows, aside = read(tmp_path, tuple(row), header=tuple(map(str, header)))
    assert (rows, len(aside)) == ([], 1)
    assert f"fill in {column!r}" in aside[0][1]


def test_a_place_of_treatment_is_a_group_of_its_own(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, LEEDS, but(basis="Place of treatment", value=130))
    assert {row["group"]: row["value"] for row in rows} == {None: 85, "basis=treatment": 130}


def test_a_star_is_withheld_and_never_nought(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, but(value="*"), but(year="2022/23", value=0))
    assert [(row["value"], row["status"]) for row in rows] == [(None, "c"), (0, None)]


@pytest.mark.parametrize(
    ("said", "group"),
    [("All", None), ("0-24", "age=under-25"), ("Under 25", "age=under-25"), ("<18", "age=under-18"), ("18 to 24", "age=18-24"),
     ("85+", "age=85-and-over")],
)  # fmt: skip
def test_ages_are_written_one_way(tmp_path: Path, said: str, group: str | None) -> None:
    (row,), _ = read(tmp_path, but(age=said))
    assert row["group"] == group


@pytest.mark.parametrize(
    ("said", "measure"),
    [("X85-Y09", "assault"), ("x85 – Y09 Assault", "assault"), ("X93 to X95", "firearm"), ("Y00", "blunt-object"),
     ("Y04", "bodily-force"), ("X99 Assault by sharp object", "sharp-object")],
)  # fmt: skip
def test_causes_are_known_by_their_codes(tmp_path: Path, said: str, measure: str) -> None:
    (row,), _ = read(tmp_path, but(cause=said))
    assert row["measure"] == f"admissions.{measure}"


def test_sexes_are_groups_where_a_table_tells_them_apart(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, (*LEEDS, "Persons"), (*LEEDS, "Male"), header=(*HEADER, "Sex"))
    assert [row["group"] for row in rows] == [None, "sex=male"]


def test_areas_from_districts_up_are_known_by_their_codes(tmp_path: Path) -> None:
    codes = ("E07000008", "E10000003", "E23000007", "E12000001", "E92000001", "W06000015")
    rows, _ = read(tmp_path, *(but(area=code) for code in codes))
    assert [row["level"] for row in rows] == ["ltla", "utla23", "pfa", "region", "country", "utla"]


def test_what_cannot_be_read_is_set_aside_with_its_line_and_never_its_cells(tmp_path: Path) -> None:
    body = body_of(
        HEADER, LEEDS, but(year="2023"), but(area="E01000001"), but(area="S12000033"), but(area="E08000099"), but(cause="X93-X95 and X99"), but(cause="W50"),
        but(cause=""), but(age="young"), but(counting="spells"), but(basis="assault"), but(value="-"), but(value=""), but(value=-5),
        but(value=7.5), but(value="1e999"), but(population="many"), LEEDS, but(value=90), LEEDS[:4],
    )  # fmt: skip
    account, _, aside = conform_one(SOURCE, "a.csv", body, tmp_path)
    assert (account.conformed, account.duplicates) == (1, 1)
    assert sorted(aside) == [
        (3, "'Year' is not a year such as 2016/17"),
        (4, "'Area code' is the code of no authority known"),
        (5, "the area is outside England and Wales"),
        (6, "'Area code' is the code of no authority known"),
        (7, "'Cause' is not one of the causes in the contract"),
        (8, "'Cause' is not one of the causes in the contract"),
        (9, "'Cause' is empty"),
        (10, "'Age group' is not ages such as under 25, 18 to 24 or 85 and over"),
        (11, "'Counting unit' is not one of those in the contract"),
        (12, "'Basis' is not one of those in the contract"),
        (13, "'Value' is neither a number nor one of the marks in the contract"),
        (14, "'Value' is empty"),
        (15, "'Value' is not a whole number"),
        (16, "'Value' is not a whole number"),
        (17, "'Value' is not a whole number"),
        (18, "'Population' is neither a number nor one of the marks in the contract"),
        (20, "the same area, year, cause, unit and group appears earlier in the file with other contents"),
        (21, "the row has fewer fields than the header"),
    ]


def test_a_count_that_the_owner_would_withhold_is_told(tmp_path: Path) -> None:
    account, _, _ = conform_one(SOURCE, "a.csv", body_of(HEADER, but(value=4)), tmp_path)
    assert "a.csv has 1 count of 1 to 7" in account.notes[0]
    assert contract("hospital.admissions").policy == "hes"
    assert contract("hospital.admissions").rounded_to == 5


def test_tables_of_other_things_do_not_replace_one_another(tmp_path: Path) -> None:
    one = extract_of(SOURCE, "a.csv", body_of(HEADER, LEEDS), tmp_path)
    again = extract_of(SOURCE, "b.csv", body_of(HEADER, but(value=80)), tmp_path)
    other = extract_of(SOURCE, "c.csv", body_of(HEADER, but(counting="FCE")), tmp_path)
    assert one.producer == again.producer != other.producer


def test_the_pretend_table_conforms_whole_and_comes_out_the_same_again(tmp_path: Path) -> None:
    ((account, rows),) = conform_invented(SOURCE, invent, tmp_path)
    assert account.notes == ()
    assert {row["area_code"][:1] for row in rows} == {"Z"}, "an invented figure stands under no real name"
    assert {row["status"] for row in rows} == {None, "c"}
    assert all(value is None or value % 5 == 0 for value in values(rows))
    assert {row["measure"] for row in rows if row["measure"].startswith("episodes")} == {"episodes.sharp-object"}
