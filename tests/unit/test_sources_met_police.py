"""London's police tables: what each row becomes, what is set aside, and that nobody's row enters."""

from itertools import product
from pathlib import Path

import pytest

from conformed import body_of, conform_one, extract_of, values
from headwater.disclosure import Policy
from headwater.sources.inventing import example_recipe
from headwater.sources.met_police import SOURCE
from headwater.sources.met_police.invented import invent
from headwater.sources.pretend import Recipe, make_county

WIDE = ("majortext", "minortext", "boroughname", "202312", "202401")
DASHBOARD = ("month_year", "area_type", "borough_snt", "area_name", "area_code", "crime_type", "crime_subtype", "measure", "count",
             "refresh_date")  # fmt: skip
HOMICIDE = ("count_of_ppa", "borough", "gender", "age_group", "self_classified_ethnicity", "offence_type", "charged_summonsed",
            "proceedings_date")  # fmt: skip


def test_a_column_a_month_becomes_a_row_a_month(tmp_path: Path):
    body = body_of(WIDE, ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", "Richmond upon Thames", 7, 0))
    account, rows, _ = conform_one(SOURCE, "recorded-crime-borough.csv", body, tmp_path)
    assert (account.dataset, account.conformed) == ("met_police.recorded_crime", 1)
    assert [(row["period"], row["area_code"], row["level"], row["value"], row["release"]) for row in rows] == [
        ("2023-12", "E09000027", "ltla24", 7, "months to 2024-01"),
        ("2024-01", "E09000027", "ltla24", 0, "months to 2024-01"),
    ]
    assert {row["group"] for row in rows} == {"offence=robbery-of-personal-property;offence_group=robbery"}


def test_a_crime_in_no_borough_is_a_part_of_the_whole_and_never_the_whole(tmp_path: Path):
    body = body_of(WIDE, ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", "Unknown", 7, 0),
                   ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", "London Heathrow and London City Airports", 1, 1))  # fmt: skip
    _, rows, _ = conform_one(SOURCE, "x.csv", body, tmp_path)
    assert {(row["area_code"], row["level"]) for row in rows} == {("E23000001", "pfa24")}
    assert {str(row["group"]).rpartition(";")[2] for row in rows} == {
        "within=borough-not-known",
        "within=borough-airports",
    }


def test_what_cannot_be_read_is_set_aside_whole(tmp_path: Path):
    good = ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", "Barnet", 7, 0)
    body = body_of(WIDE, good, ("ROBBERY", "PIRACY", "Barnet", 1, 1), (*good[:2], "Atlantis", 1, 1), (*good[:2], "Bexley", 1, "1.5"),
                   good, (*good[:4], 9), (*good[:2], "", 1, 1))  # fmt: skip
    account, rows, aside = conform_one(SOURCE, "x.csv", body, tmp_path)
    assert (account.conformed, account.duplicates, len(rows)) == (1, 1, 2)
    assert aside == [
        (3, "'minortext' is not one of the words in the contract"),
        (4, "'boroughname' is not one of the boroughs in the contract"),
        (5, "'202401' is not a whole number"),
        (7, "the same row appears earlier in the file with other contents"),
        (8, "'boroughname' is empty"),
    ]


def knife(
    code: str, count: object = 3, *, kind: str = "Knife Crime", area: str = "Borough", name: str = "x"
) -> tuple[object, ...]:
    return (
        "2024-02-01T00:00:00",
        area,
        name,
        name,
        code,
        "Knife Crime",
        kind,
        "Offences",
        count,
        "2026-03-18T00:00:00",
    )


def test_a_dashboard_row_is_a_figure_with_the_day_of_its_release(tmp_path: Path):
    _, (row,), _ = conform_one(SOURCE, "x.csv", body_of(DASHBOARD, knife("E09000003", 29)), tmp_path)
    assert (row["measure"], row["unit"], row["group"]) == ("offences", "offences", "crime=knife-crime")
    assert (row["period"], row["release"], row["value"]) == ("2024-02", "2026-03-18", 29)
    assert (
        extract_of(SOURCE, "x.csv", body_of(DASHBOARD, knife("E09000003")), tmp_path).producer
        == "metropolitan-2026-03-18"
    )


def test_victims_are_not_called_offences_whatever_the_column_says(tmp_path: Path):
    body = body_of(DASHBOARD, knife("E09000003", kind="Knife Injury Victims (non DA 1-24)"))
    _, (row,), _ = conform_one(SOURCE, "x.csv", body, tmp_path)
    assert (row["measure"], row["unit"]) == ("victims", "victims")


def test_two_teams_of_one_ward_are_added_up_and_said(tmp_path: Path):
    teams = [
        knife("E05013570 ", 3, area="Safer Neighbourhood Teams", name=name)
        for name in ("Heathrow Villages", "Aviation Security ")
    ]
    account, rows, _ = conform_one(SOURCE, "x.csv", body_of(DASHBOARD, *teams, teams[0]), tmp_path)
    assert [(row["level"], row["value"]) for row in rows] == [("ward24", 6)]
    assert (account.conformed, account.duplicates) == (2, 1)
    assert account.notes[0].startswith("1 rows are of an area and month that another row is of too")


@pytest.mark.parametrize(
    ("area", "code", "within"),
    [
        ("Borough", "", "borough-not-known"),
        ("Safer Neighbourhood Teams", "-1", "ward-not-known"),
        ("Safer Neighbourhood Teams", "N/K", "ward-not-known"),
        ("Safer Neighbourhood Teams", "NON ATHENA FORCE", "ward-other-force"),
    ],
)
def test_what_could_not_be_placed_says_how_far_it_could_not(tmp_path: Path, area: str, code: str, within: str):
    _, (row,), _ = conform_one(SOURCE, "x.csv", body_of(DASHBOARD, knife(code, area=area)), tmp_path)
    assert (row["area_code"], row["group"]) == ("E23000001", f"crime=knife-crime;within={within}")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (knife("Barnet"), "'area_code' is neither an area code nor a mark that there is none"),
        (knife("E09000003", "lots"), "'count' is not a whole number"),
        (knife("E09000003", kind="Spoon Crime"), "'crime_subtype' is not one of the words in the contract"),
        (knife("E09000003", area="Galaxy"), "'area_type' is not one of the words in the contract"),
        (("2024-02-03", *knife("E09000003")[1:]), "'month_year' is not the first day of a month, as 2022-03-01"),
    ],
)
def test_a_dashboard_row_that_cannot_be_read_is_set_aside(tmp_path: Path, row: tuple[object, ...], reason: str):
    _, _, aside = conform_one(SOURCE, "x.csv", body_of(DASHBOARD, row), tmp_path)
    assert aside == [(2, reason)]


def person(date: str, borough: str = "Kingston Upon Thames", **other: object) -> tuple[object, ...]:
    said = {
        "n": 1,
        "sex": "Male",
        "age": "15 to 19",
        "ethnicity": "Black ",
        "what": "Murder",
        "how": "Charge or Summons",
    } | other
    return (said["n"], borough, said["sex"], said["age"], said["ethnicity"], said["what"], said["how"], date)


def test_a_person_is_counted_by_one_thing_at_a_time_and_never_kept(tmp_path: Path):
    body = body_of(
        HOMICIDE, person("Jan-03"), person("Mar-03", "Heathrow", sex="Female"), person("Feb-04", age="65 and over")
    )
    account, rows, _ = conform_one(SOURCE, "homicide.csv", body, tmp_path)
    assert (account.conformed, account.duplicates) == (3, 0)
    assert all(";" not in str(row["group"]) for row in rows), "two things together would be a person"
    assert not any(row["group"] for row in rows if row["level"] == "ltla24")
    assert values(rows, period="2003", level="pfa24", group=None) == [2]
    assert values(rows, period="2003", group="gender=female") == [1]
    assert values(rows, area_code="E09000021", period="2003") == [1]
    assert values(rows, group="age=65-and-over") == [1]
    assert {row["unit"] for row in rows} == {"people"}


def test_part_of_a_year_is_never_called_the_year(tmp_path: Path):
    body = body_of(HOMICIDE, person("Jan-03"), person("Feb-04"))
    _, rows, _ = conform_one(SOURCE, "homicide.csv", body, tmp_path)
    assert {(row["period"], row["last_month"]) for row in rows} == {
        ("2003", "2003-12"),
        ("2004-01 to 2004-02", "2004-02"),
    }


def test_what_the_file_calls_a_mistake_is_not_counted(tmp_path: Path):
    body = body_of(
        HOMICIDE,
        person("Jan-03", how="Recording Error"),
        person("Jany-03"),
        person("Jan-03", age="young"),
        person("Dec-03"),
    )
    account, _, aside = conform_one(SOURCE, "homicide.csv", body, tmp_path)
    assert account.conformed == 1
    assert aside == [
        (2, "the file says that the row was recorded in error"),
        (3, "'proceedings_date' is not a month, as Jan-03"),
        (4, "'age_group' is not an age group, as 20 to 24"),
    ]


def test_pretend_files_have_the_shape_and_the_faults_and_conform(tmp_path: Path):
    county = make_county(Recipe.read(example_recipe()))
    read = [conform_one(SOURCE, file.name, file.read_text("utf-8"), tmp_path) for file in invent(county, tmp_path)]
    assert {account.dataset for account, _, _ in read} == set(SOURCE.contracts)
    assert {reason for _, _, aside in read for _, reason in aside} == {
        "the file says that the row was recorded in error"
    }
    rows = [row for _, found, _ in read for row in found]
    assert {row["area_code"][0] for row in rows} == {"Z"}, "no real place has an invented figure"
    knives = [
        row for row in rows if row["measure"] == "offences" and "crime=knife-crime" in str(row["group"]).split(";")
    ]
    whole, placed = (
        sum(
            row["value"]
            for row in knives
            if str(row["group"]).endswith(f"within={kind}-not-known") or row["level"] == level
        )
        for kind, level in (("borough", "ltla24"), ("ward", "ward24"))
    )
    assert whole == placed, "boroughs and wards tell the same crimes"
    assert sum(row["value"] for row in knives if row["level"] == "ward24") < sum(
        row["value"] for row in knives if row["level"] == "ltla24"
    )


def test_pretend_files_are_the_same_bytes_every_time(tmp_path: Path):
    county = make_county(Recipe.read(example_recipe()))
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    once, again = (invent(county, tmp_path / folder) for folder in ("one", "two"))
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]


def test_its_policies_are_there():
    import headwater

    policies = Path(headwater.__file__).parent / "definitions" / "disclosure"
    smallest = {name: Policy.read(policies / f"{c.policy}.toml").smallest_shown for name, c in SOURCE.contracts.items()}
    assert smallest == {"met_police.recorded_crime": 1, "met_police.dashboard": 5, "met_police.homicide_proceedings": 5}


@pytest.mark.parametrize(("first", "second"), list(product([WIDE, DASHBOARD, HOMICIDE], repeat=2)))
def test_each_file_is_known_by_its_columns(tmp_path: Path, first: tuple[str, ...], second: tuple[str, ...]):
    empty = tmp_path / "x.csv"
    empty.write_text("\n", encoding="utf-8", newline="\n")
    one, other = (SOURCE.recognise("x.csv", header, empty) for header in (first, second))
    assert one is not None
    assert other is not None
    assert (one.dataset == other.dataset) == (first == second)
