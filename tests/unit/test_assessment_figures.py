"""Figures of a text held against one another: our own sentences, with the figures that others published."""

from pathlib import Path

import pytest

from headwater.assessment.consistency import Doubt, check_files, check_texts, is_mistake
from headwater.assessment.consistency.numerals import numerals
from headwater.assessment.consistency.statements import Text, statements
from headwater.vocabulary import BadInput


def found(text: str) -> list[Doubt]:
    return list(check_texts([("a.md", text)]))


def kinds(text: str) -> list[str]:
    return [doubt.kind for doubt in found(text)]


# --- what is published


@pytest.mark.parametrize(
    "text",
    [
        "In 2024, 4,411 (23%) of 19,125 referrals were of UK nationals. UK nationals were referred 4,441 times, the most of all.",
        "There were 19,125 referrals in 2024. UK nationals made up 4,411 (23%) of them. UK nationals came to 4,441 in all.",
        "UK nationals made up 4,441 (23%) of the 19,125 referrals in 2024.\n\nIn 2024, 4,411 UK nationals were referred.",
    ],
)
def test_uk_nationals_of_2024_are_said_with_two_figures_and_the_share_cannot_tell(text: str):
    """Home Office, National Referral Mechanism, end of year summary 2024, as quoted: 4,411 (23%), then 4,441."""
    (doubt,) = found(text)
    assert doubt.kind == "contradiction"
    assert "4,411" in doubt.words
    assert "4,441" in doubt.words
    assert doubt.words.endswith("Both follow from 23% of 19,125, so the share cannot tell which is right.")
    assert len(doubt.quotes) == 2


def test_a_finer_share_can_tell():
    text = "In 2024, 4,411 (23.1%) of 19,125 referrals were of UK nationals. UK nationals were referred 4,441 times in 2024."
    (doubt,) = found(text)
    assert doubt.words.endswith("Only 4,411 follows from 23.1% of 19,125.")


KNIVES = "Police recorded {} offences with a knife in the year to March 2020{}.\n\nIn the year to March 2020 there were {} offences with a knife{}.\n"


def test_two_official_totals_of_one_year_need_their_scope_and_are_no_mistake():
    """Office for National Statistics: 46,265 without Greater Manchester (July 2020), 50,019 with it (later)."""
    (doubt,) = found(
        KNIVES.format("46,265", ", excluding Greater Manchester", "50,019", ", including Greater Manchester")
    )
    assert doubt.kind == "scope"
    assert "excluding greater manchester and including greater manchester" in doubt.words
    assert not is_mistake(doubt)


def test_a_scope_said_once_is_not_said():
    (doubt,) = found(KNIVES.format("46,265", ", excluding Greater Manchester", "50,019", ""))
    assert doubt.kind == "scope"
    assert "no scope said" in doubt.words


def test_figures_of_other_ages_are_of_other_people():
    ages = "In 2024 the rate of assault was {a} per 1,000 residents{of}. In 2024 the rate of assault was {b} per 1,000 residents{who}."
    assert found(ages.format(a="4.1", b="5.2", of="", who=" under 25")) == []
    assert found(ages.format(a="4.1", b="5.2", of=" aged 10 to 17", who=" under 25")) == []
    assert found(ages.format(a="4.1", b="5.2", of=" under 25", who=" under 25")) != []


def test_without_any_scope_they_contradict():
    assert kinds(KNIVES.format("46,265", "", "50,019", "")) == ["contradiction"]


def test_six_payments_that_miss_their_total_by_five_pence():
    """London's Serious Violence Duty allocations, 2022-23 to 2024-25, and the total stated with them."""
    parts = "137,941.30 + 206,621.25 + 647,435.38 + 623,888.22 + 616,333.64 + 316,430.36"
    (doubt,) = found(f"London paid {parts} = £2,548,650.10.")
    assert doubt.words == (
        "the sum of 6 parts is 2,548,650.15 where the total says 2,548,650.10: 0.05 apart, more than rounding explains (0.035)"
    )
    assert kinds(f"London paid {parts} = 2,548,650.15.") == []


BOROUGH = """| Offence | 2018 | 2019 | 2020 | 2021 | 2022 |
|---|--:|--:|--:|--:|--:|
| Violence with injury | 1,756 | 1,803 | 1,575 | 1,526 | 1,635 |
| Violence without injury | 4,141 | 4,485 | 4,344 | 3,042 | 2,928 |
| Total | 5,897 | 6,288 | 5,919 | 4,568 | {} |
"""


def test_a_table_that_adds_up_is_let_be_and_one_that_does_not_is_named():
    """Hammersmith and Fulham, Strategic needs assessment, 2023."""
    assert found(BOROUGH.format("4,563")) == []
    (doubt,) = found(BOROUGH.format("4,536"))
    assert (doubt.where, doubt.kind) == ("a.md, line 5", "sum")
    assert doubt.words == "the column '2022' of 2 parts is 4,563 where the total says 4,536: 27 apart"


def test_a_total_column_is_held_against_its_row_and_a_withheld_part_proves_nothing():
    table = "| Age | Boys | Girls | Total |\n|---|---|---|---|\n| 10 | 5 | 6 | 12 |\n| 11 | [c] | 6 | 12 |\n"
    assert [doubt.where for doubt in found(table)] == ["a.md, line 3"]


def test_a_share_that_does_not_follow():
    """Home Office, 2023: 7,432 (44%) of 17,004 were children."""
    said = "In 2023, 7,432 ({}%) of 17,004 referrals were of children."
    assert kinds(said.format(44)) == []
    (doubt,) = found(said.format(45))
    assert doubt.words == "7,432 of 17,004 is 43.7%, not 45%"


# --- what is not the same, and is let be


@pytest.mark.parametrize(
    "text",
    [
        "In 2022, 7,004 referrals were of children. In 2023, 7,432 referrals were of children.",
        "In 2023, 7,432 referrals were of children and 8,622 of adults.",
        "In 2023, 7,432 children were referred. In 2023, 8,622 adults were referred.",
        "About 17,000 people were referred in 2023. In 2023, 17,004 people were referred.",
        "In 2023, 17,000 potential victims were referred. In 2023, 17,004 potential victims were referred.",
        "In 2023, over 3,400 knives were found. In 2023, 3,517 knives were found.",
        "Robbery was 1.35 times the average. Robbery was 1.49 times the average.",
        "In 2023 the busiest 5% of streets held 24% of robbery. In 2023, 24% of robbery was in the busiest 5% of streets.",
        "In the year to March 2026 the rate of robbery was 1.2 in the least deprived fifth. In the year to March 2026 the rate of arson was 0.3 in the least deprived fifth.",
        "In 2023 robbery fell among those aged 18 or over. In 2023 robbery rose among those aged 24 or under.",
        "See table 4 for 2023 robbery. See table 5 for 2023 robbery.",
        "In 2023 robbery took 23 days. In 2023 robbery took 6 days.",
        "",
    ],
)  # fmt: skip
def test_figures_of_different_things_are_let_be(text: str):
    assert found(text) == []


def test_a_likeness_is_a_likeness_and_no_mistake():
    text = (
        "UK nationals made up 4,411 (23%) in 2024. Among UK nationals of every age 4,441 (23%) were referred in 2024."
    )
    (doubt,) = found(text)
    assert doubt.kind == "look"
    assert not is_mistake(doubt)


def test_a_sentence_takes_the_period_of_its_paragraph_and_no_other():
    first, second = "In 2023 the force found 120 knives.", "The force found 130 knives."
    assert kinds(f"{first} {second}") == ["contradiction"]
    assert kinds(f"{first}\n\n{second}") == []


def test_files_are_held_together(tmp_path: Path):
    for name, many in (("one.md", 120), ("two.txt", 130)):
        (tmp_path / name).write_text(f"In 2023 the force found {many} knives.\n", encoding="utf-8", newline="\n")
    (doubt,) = check_files([tmp_path / "one.md", tmp_path / "two.txt"])
    assert doubt.where == "one.md, line 1 and two.txt, line 1"


@pytest.mark.parametrize(("name", "body", "says"), [
    ("report.pdf", b"%PDF", "is not a text file"), ("old.txt", b"caf\xe9", "not text in UTF-8"),
])  # fmt: skip
def test_what_is_not_text_is_refused(tmp_path: Path, name: str, body: bytes, says: str):
    (tmp_path / name).write_bytes(body)
    with pytest.raises(BadInput, match=says):
        check_files([tmp_path / name])
    with pytest.raises(BadInput, match=rf"there is no file .*{name}"):
        check_files([tmp_path / name.replace("r", "rr").replace("old", "olld")])


# --- reading


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("46,265 offences", [("46,265", 46_265, "count")]),
        ("£1.16 million of grant", [("£1.16 million", 1.16, "pounds, million")]),
        ("a rate of 9.9 per 10,000", [("9.9 per 10,000", 9.9, "per 10,000")]),
        ("73.9% and 12 per cent", [("73.9%", 73.9, "percent"), ("12 per cent", 12, "percent")]),
        ("in 2020, 2020-21 and 1,024 since", [("1,024", 1_024, "count")]),
        ("aged 10 to 17, 18 or over, 1-24 and under 25", []),
        ("E09000001, A40 and 3/4", []),
        ("a change of -4%", [("-4%", -4, "percent")]),
    ],
)
def test_figures_are_read_as_printed(text: str, read: list[tuple[str, float, str]]):
    assert [(one.text, one.value, one.unit) for one in numerals(text)] == read


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("in the year to March 2020", "year to 2020-03"),
        ("in the year ending March 2020", "year to 2020-03"),
        ("in 2022-23", "2022-23"),
        ("in 2022/23", "2022-23"),
        ("in March 2020", "2020-03"),
        ("in 2020", "2020"),
        ("of old", None),
    ],
)
def test_periods_are_read_as_they_are_said(said: str, period: str | None):
    (statement,) = statements(Text("a", f"There were 683 homicides {said}."))
    assert statement.period == period
    assert statement.subject == ({"homicide"} if period else {"homicide", "old"})
