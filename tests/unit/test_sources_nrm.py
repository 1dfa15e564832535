"""The National Referral Mechanism: what each row becomes, what is set aside, and what may not be mixed up."""

from pathlib import Path

import pytest

from conformed import body_of, conform_one, extract_of, values
from headwater.disclosure import Policy
from headwater.sources.inventing import example_recipe
from headwater.sources.nrm import SOURCE, Exploitation
from headwater.sources.nrm.invented import invent
from headwater.sources.nrm.periods import quarter_named
from headwater.sources.nrm.responders import LABELS
from headwater.sources.pretend import Recipe, make_county
from headwater.sources.reading import Unusable
from headwater.vocabulary import BadInput

AGES = ("Adult (18 or over)", "Child (17 or under)", "Age not specified or unknown")
GROUNDS = ("Year", "Quarter", *(f"{age} - {what}" for age in AGES for what in
           ("Negative reasonable grounds", "Positive reasonable grounds", "Total")), "Total")  # fmt: skip
KINDS = SOURCE.contracts["nrm.first_responders"].codes["exploitation"]


def test_a_decision_row_becomes_a_figure_for_each_group(tmp_path: Path):
    body = body_of(GROUNDS, (2023, "Q4", 1, 2, 3, 4, 5, 9, 0, 1, 1, 13))
    account, rows, _ = conform_one(SOURCE, "nrm_reasonable_grounds.csv", body, tmp_path)
    assert (account.dataset, account.conformed) == ("nrm.reasonable_grounds", 1)
    assert {row["group"]: (row["value"], row["denominator"]) for row in rows} == {
        None: (13, None),
        "age_at_exploitation=adult": (3, None),
        "age_at_exploitation=adult;outcome=negative": (1, 3),
        "age_at_exploitation=adult;outcome=positive": (2, 3),
        "age_at_exploitation=child": (9, None),
        "age_at_exploitation=child;outcome=negative": (4, 9),
        "age_at_exploitation=child;outcome=positive": (5, 9),
        "age_at_exploitation=unknown": (1, None),
        "age_at_exploitation=unknown;outcome=negative": (0, 1),
        "age_at_exploitation=unknown;outcome=positive": (1, 1),
    }
    assert {(row["period"], row["first_month"], row["last_month"]) for row in rows} == {
        ("2023-Q4", "2023-10", "2023-12")
    }


def test_an_annual_total_is_a_year_and_never_one_more_quarter(tmp_path: Path):
    body = body_of(
        ("Year", "Quarter", "Total"), (2015, "Total", 65), (2015, "Q4", 65), (2016, "Total", 9), (2016, "Q1", 8)
    )
    account, rows, _ = conform_one(SOURCE, "nrm_duty_to_notify.csv", body, tmp_path)
    assert [(row["period"], row["first_month"], row["last_month"], row["value"]) for row in rows] == [
        ("2015", "2015-10", "2015-12", 65),  # the duty began in November 2015: this is no whole year
        ("2015-Q4", "2015-10", "2015-12", 65),
        ("2016", "2016-01", "2016-12", 9),
        ("2016-Q1", "2016-01", "2016-03", 8),
    ]
    assert account.notes == ("quarters add up to the annual totals in 1 of 2 years; they do not in 2016",)


def test_parts_that_do_not_make_their_total_are_kept_as_published_and_said(tmp_path: Path):
    body = body_of(("Year", *AGES, "Total"), (2020, 1, 1, 1, 3), (2021, 1, 1, 1, 4))
    account, rows, _ = conform_one(SOURCE, "nrm_referrals.csv", body, tmp_path)
    assert account.conformed == 2
    assert values(rows, period="2021", group=None) == [4]
    assert account.notes == ("the parts do not add up to the totals beside them in 2021",)


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("nrm_referrals_by_age.csv", "series to 2020"),
        ("2024-Q1/nrm_referrals.csv", "2024-Q1"),
        ("nrm-tables-q3-2024.csv", "2024-Q3"),
    ],
)
def test_every_figure_says_which_release_it_is_from(tmp_path: Path, name: str, release: str):
    _, rows, _ = conform_one(SOURCE, name, body_of(("Year", *AGES, "Total"), (2020, 1, 1, 1, 3)), tmp_path)
    assert {row["release"] for row in rows} == {release}


def test_two_releases_of_a_series_are_two_series_so_that_neither_takes_the_others_place(tmp_path: Path):
    body = body_of(("Year", *AGES, "Total"), (2020, 1, 1, 1, 3))
    first = extract_of(SOURCE, "nrm-2023-q4.csv", body, tmp_path)
    second = extract_of(SOURCE, "nrm-2024-q1.csv", body, tmp_path)
    assert first.producer != second.producer


def test_what_cannot_be_read_is_set_aside_with_its_line_and_never_its_cells(tmp_path: Path):
    good = (2023, "Q1", 1, 2, 3, 4, 5, 9, 0, 1, 1, 13)
    body = body_of(GROUNDS, good, (2023, "Q5", *good[2:]), ("20x3", "Q1", *good[2:]), (2023, "Q2", "oops", *good[3:]),
                   good, (*good[:-1], 14), (2023, "Q3"))  # fmt: skip
    account, _, aside = conform_one(SOURCE, "grounds.csv", body, tmp_path)
    assert (account.conformed, account.duplicates) == (1, 1)
    assert aside == [
        (3, "'Quarter' is neither Q1 to Q4 nor Total"),
        (4, "'Year' is not a year"),
        (5, "'Adult (18 or over) - Negative reasonable grounds' is not a whole number"),
        (7, "the same period appears earlier in the file with other contents"),
        (8, "the row has fewer fields than the header"),
    ]


def test_three_plain_columns_are_not_taken_for_the_duty_to_notify(tmp_path: Path):
    assert SOURCE.recognise("sales.csv", ("Year", "Quarter", "Total"), tmp_path) is None


# --- first responders

HEADER = (*LABELS, "Total")


def test_labels_are_carried_down_and_totals_keep_their_place(tmp_path: Path):
    body = body_of(
        ("Table 12: referrals, Quarter 4 2023", *[""] * 6),
        HEADER,
        ("Police", "Kent Police", "Labour & Criminal", "Child (17 or under)", "Male", "UK", 2),
        ("", "", "", "", "", "Albanian UK", 1),
        ("", "", "", "", "Female", "UK", 1),
        ("", "", "Criminal", "Child (17 or under)", "Male", "UK", 5),
        ("", "Kent Police Total", "", "", "", "", 9),
        ("Total", "", "", "", "", "", 10),
        ("Note: figures may be revised", *[""] * 6),
    )
    account, rows, aside = conform_one(SOURCE, "tables.ods/Table 12.csv", body, tmp_path)
    kent = "first_responder=kent-police;first_responder_type=police"
    by_group = {row["group"]: row["value"] for row in rows}
    assert by_group == {
        f"age_at_exploitation=child;exploitation=criminal+labour;{kent};gender=male;nationality=uk": 2,
        f"age_at_exploitation=child;exploitation=criminal+labour;{kent};gender=male;nationality=albanian-uk": 1,
        f"age_at_exploitation=child;exploitation=criminal+labour;{kent};gender=female;nationality=uk": 1,
        f"age_at_exploitation=child;exploitation=criminal;{kent};gender=male;nationality=uk": 5,
        kent: 9,
        None: 10,
    }
    assert account.notes == (
        "1 of 2 totals among the rows agree with the rows they are totals of; not the one on line 8",
    )
    assert aside == [
        (2, "a title or note above the table"),
        (9, "a note, not a row of the table"),
    ]


def test_a_first_responder_is_a_group_and_never_an_area(tmp_path: Path):
    """A force that refers somebody is not where that person lives or was harmed: no area but the whole can be asked for."""
    body = body_of(HEADER, ("Police", "Kent Police", "Criminal", "Child (17 or under)", "Male", "UK", 5))
    _, rows, _ = conform_one(SOURCE, "nrm-2023-q4.csv", body, tmp_path)
    assert {(row["area_code"], row["level"]) for row in rows} == {("K02000001", "country")}


def test_criminal_alone_and_any_criminal_are_two_questions(tmp_path: Path):
    body = body_of(
        HEADER,
        ("Police", "Kent Police", "Criminal", "Child (17 or under)", "Male", "UK", 5),
        ("", "", "Labour & Criminal", "Child (17 or under)", "Male", "UK", 2),
        ("", "", "Criminal & Sexual", "Child (17 or under)", "Male", "UK", 1),
        ("", "", "Labour", "Child (17 or under)", "Male", "UK", 7),
    )
    _, rows, _ = conform_one(SOURCE, "nrm-2023-q4.csv", body, tmp_path)
    kinds = [(Exploitation.of_group(row["group"]), row["value"]) for row in rows]
    assert sum(value for kind, value in kinds if kind and kind.is_only("criminal")) == 5
    assert sum(value for kind, value in kinds if kind and kind.involves("criminal")) == 8


def test_the_order_of_kinds_does_not_matter():
    one, other = (
        Exploitation.parse("Sexual, Labour & Criminal", KINDS),
        Exploitation.parse("criminal & labour and Sexual", KINDS),
    )
    assert one == other
    assert one.slug == "criminal+labour+sexual"
    assert Exploitation.of_group(f"age_at_exploitation=child;exploitation={one.slug}") == one
    assert Exploitation.of_group("gender=male") is None


@pytest.mark.parametrize("said", ["Criminal & Martian", "", "Criminal & Criminal", "Labour &"])
def test_a_kind_that_was_not_agreed_is_refused(said: str):
    with pytest.raises(Unusable):
        Exploitation.parse(said, KINDS)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("", "", "", "", "", "", 1), "a note, not a row of the table"),
        (("Police", "", "Criminal", "x", "Male", "UK", 1), "'First responder' is empty, and no row above says what it is"),
        (("Martians", "A", "Criminal", AGES[0], "Male", "UK", 1), "'First responder type' is not one of the words in the contract"),
        (("Police", "A", "Criminal", AGES[0], "Male", "UK", ""), "'Total' is empty"),
        (("Police", "B Total", "", "", "", "", 1), "'First responder' is a total of something other than the rows above it"),
        (("Police", "Total", "Criminal", "", "", "", 1), "'Exploitation type' has a label in a row that is a total"),
    ],
)  # fmt: skip
def test_a_row_of_the_table_that_cannot_be_read_is_set_aside(tmp_path: Path, row: tuple[object, ...], reason: str):
    _, _, aside = conform_one(SOURCE, "nrm-2023-q4.csv", body_of(HEADER, row), tmp_path)
    assert aside == [(2, reason)]


def test_a_table_without_a_quarter_is_refused_with_the_name_to_give_it(tmp_path: Path):
    with pytest.raises(BadInput, match="nrm-2023-q4"):
        extract_of(SOURCE, "Table 12.csv", body_of(HEADER), tmp_path)


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("nrm-2023-q4.csv", "2023-Q4"),
        ("Q4 2023", "2023-Q4"),
        ("Referrals, Quarter 1 2024 (January to March)", "2024-Q1"),
        ("nrm_2023_q2_tables/Table_12.csv", "2023-Q2"),
        ("nrm_referrals_2009_2023.csv", None),
        ("faq12023.csv", None),
    ],
)
def test_a_quarter_is_read_from_names_and_titles(said: str, label: str | None):
    found = quarter_named(said)
    assert (found.label if found else None) == label


# --- all of it


def test_pretend_files_have_the_shape_and_the_faults_and_conform(tmp_path: Path):
    county = make_county(Recipe.read(example_recipe()))
    files = invent(county, tmp_path)
    accounts = [conform_one(SOURCE, file.name, file.read_text("utf-8"), tmp_path) for file in files]
    assert {account.dataset for account, _, _ in accounts} == set(SOURCE.contracts)
    assert {reason for _, _, aside in accounts for _, reason in aside} == {"a title or note above the table"}
    responders = next(rows for account, rows, _ in accounts if account.dataset == "nrm.first_responders")
    assert any(row["value"] == 1 for row in responders), "the publisher prints cells of one"
    assert {"+" in str(row["group"]) for row in responders} == {True, False}
    again = tmp_path / "again"
    again.mkdir()
    assert [a.read_bytes() for a in files] == [b.read_bytes() for b in invent(county, again)]


def test_its_figures_come_under_a_policy_that_is_there_and_withholds_ones():
    import headwater

    policies = Path(headwater.__file__).parent / "definitions" / "disclosure"
    for contract in SOURCE.contracts.values():
        assert Policy.read(policies / f"{contract.policy}.toml").smallest_shown == 5
