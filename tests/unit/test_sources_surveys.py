"""Surveys: who is counted in what, what weights do, what is withheld, and which files are refused."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from conformed import Row, body_of, conform_invented, conform_one, extract_of, values
from headwater.engine import open_engine
from headwater.lake import Settings, conform, freeze, land, new
from headwater.sources import contract, open_package
from headwater.sources.surveys import SOURCE
from headwater.sources.surveys.invented import invent
from headwater.vocabulary import BadInput, Level

HEADER = ("Survey", "Wave", "Area code", "Age group", "Weight", "safe-after-dark", "trusts-police")
LEEDS = ("Residents", "2024", "E08000035", "16 to 24", "1", "Fairly safe", "Agree")
UNSAFE = (*LEEDS[:5], "Very unsafe", "Disagree")


def but(at: str, cell: object, row: Sequence[object] = LEEDS) -> tuple[object, ...]:
    return tuple(cell if name == at else given for name, given in zip(HEADER, row, strict=True))


def read(folder: Path, *rows: Sequence[object], header: Sequence[str] = HEADER) -> list[Row]:
    return conform_one(SOURCE, "survey.csv", body_of(header, *rows), folder)[1]


def found(rows: list[Row], measure: str, group: str | None = None, area: str = "E08000035") -> tuple[object, ...]:
    (row,) = [r for r in rows if (r["measure"], r["group"], r["area_code"]) == (measure, group, area)]
    return (row["value"], row["denominator"], row["status"])


def test_without_uneven_weights_a_share_is_so_many_of_so_many(tmp_path: Path) -> None:
    rows = read(tmp_path, *[LEEDS] * 9, *[UNSAFE] * 3)
    assert found(rows, "residents.safe-after-dark") == (9, 12, None)
    assert found(rows, "residents.trusts-police", "age=16-24") == (9, 12, None)
    assert found(rows, "residents.respondents") == (12, None, None)
    assert found(rows, "residents.respondents", "age=16-24;question=safe-after-dark") == (12, None, None)
    assert {(r["period"], r["first_month"], r["last_month"], r["level"], r["release"]) for r in rows} == {
        ("2024", "2024-01", "2024-12", "utla23", "waves to 2024")
    }


def test_uneven_weights_move_the_share_and_leave_fewer_answers(tmp_path: Path) -> None:
    """Ten of weight 1 who feel safe, five of weight 4 who do not: a third, and as much as 30 squared over 90 tell."""
    rows = read(tmp_path, *[LEEDS] * 10, *[but("Weight", "4", UNSAFE)] * 5)
    value, whole, _ = found(rows, "residents.safe-after-dark")
    assert (value, whole) == (pytest.approx(10 / 3), pytest.approx(10))
    assert found(rows, "residents.respondents") == (15, None, None), "the base is people"


def test_of_fewer_than_ten_respondents_nothing_is_said(tmp_path: Path) -> None:
    rows = read(tmp_path, *[LEEDS] * 8, *[but("Age group", "65+")] * 9)
    assert found(rows, "residents.safe-after-dark") == (17, 17, None)
    for age in ("age=16-24", "age=65-and-over"):
        assert found(rows, "residents.safe-after-dark", age) == (None, None, "c")
        assert found(rows, "residents.respondents", age) == (None, None, "c")


def test_no_answer_is_no_answer_and_not_a_no(tmp_path: Path) -> None:
    silent = [but("safe-after-dark", said) for said in ("Don’t know", "", "Prefer not to say")]
    rows = read(tmp_path, *[LEEDS] * 10, *silent)
    assert found(rows, "residents.safe-after-dark") == (10, 10, None)
    assert found(rows, "residents.trusts-police") == (13, 13, None)


def test_the_whole_area_has_a_weighted_share_of_its_own(tmp_path: Path) -> None:
    header = (*HEADER, "Whole area code")
    bradford = but("Area code", "E08000032", but("Weight", "3", UNSAFE))
    body = body_of(header, *[(*LEEDS, "E23000010")] * 10, *[(*bradford, "E23000010")] * 10)
    account, rows, _ = conform_one(SOURCE, "s.csv", body, tmp_path)
    assert found(rows, "residents.safe-after-dark", area="E23000010") == (pytest.approx(4), pytest.approx(16), None)
    assert found(rows, "residents.respondents", area="E23000010") == (20, None, None)
    assert account.notes == ()


def test_what_a_file_does_not_have_is_told(tmp_path: Path) -> None:
    header, row = (
        [name for name in HEADER if name != "Weight"],
        [c for c, n in zip(LEEDS, HEADER, strict=True) if n != "Weight"],
    )
    account, rows, _ = conform_one(SOURCE, "s.csv", body_of(header, *[row] * 12), tmp_path)
    assert found(rows, "residents.safe-after-dark") == (12, 12, None)
    assert [
        note.partition(" has no weights")[1] or note.partition(" does not name the whole")[1] for note in account.notes
    ] == [
        " has no weights",
        " does not name the whole",
    ]


def test_answers_of_nobody_with_a_weight_are_not_available(tmp_path: Path) -> None:
    rows = read(tmp_path, *[but("Weight", "0")] * 11)
    assert found(rows, "residents.safe-after-dark") == (None, None, "x")


def test_residents_and_young_people_are_never_one(tmp_path: Path) -> None:
    rows = read(tmp_path, *[LEEDS] * 10, *[but("Survey", "Young people")] * 11)
    assert found(rows, "residents.safe-after-dark")[0] == 10
    assert found(rows, "young-people.safe-after-dark")[0] == 11


def test_a_wave_may_be_a_month(tmp_path: Path) -> None:
    rows = read(tmp_path, *[but("Wave", "2024-10")] * 10)
    assert {(r["period"], r["first_month"], r["last_month"]) for r in rows} == {("2024-10", "2024-10", "2024-10")}


def test_what_cannot_be_read_is_set_aside_whole_with_its_line_and_never_its_cells(tmp_path: Path) -> None:
    body = body_of(
        HEADER, *[LEEDS] * 10, but("Survey", "Visitors"), but("Wave", "2024/25"), but("Area code", ""), but("Area code", "E08000099"),
        but("Age group", "young"), but("Weight", "-1"), but("Weight", ""), but("Weight", "heavy"), but("Weight", "1e9"),
        but("trusts-police", "1"), but("safe-after-dark", "Xyzzy"), LEEDS[:4],
    )  # fmt: skip
    account, rows, aside = conform_one(SOURCE, "s.csv", body, tmp_path)
    assert (account.landed, account.conformed, account.duplicates) == (22, 10, 0), "two people may answer alike"
    assert sorted(aside) == [
        (12, "'Survey' is not one of those in the contract"),
        (13, "'Wave' is not a year such as 2024 or a month such as 2024-10"),
        (14, "'Area code' is empty"),
        (15, "'Area code' is the code of no authority known"),
        (16, "'Age group' is not ages such as under 25, 18 to 24 or 85 and over"),
        (17, "'Weight' is not a number of nought or more"),
        (18, "'Weight' is empty"),
        (19, "'Weight' is not a number of nought or more"),
        (20, "'Weight' is not a number of nought or more"),
        (21, "'trusts-police' is not one of those in the contract"),
        (22, "'safe-after-dark' is not one of those in the contract"),
        (23, "the row has fewer fields than the header"),
    ]
    assert found(rows, "residents.safe-after-dark")[0] == 10, "none of a row that cannot be read is counted"


def sent(folder: Path, header: Sequence[str], *rows: Sequence[object]) -> Path:
    path = folder / "survey.csv"
    path.write_text(body_of(header, *rows), "utf-8", newline="\n")
    return path


@pytest.mark.parametrize("heading", ["Respondent name", "DOB", "Email", "Mobile"])
def test_a_file_with_who_somebody_is_does_not_come_in(tmp_path: Path, heading: str) -> None:
    path = sent(tmp_path, (*HEADER, heading), *[(*LEEDS, "Orsolwin")] * 3)
    with pytest.raises(BadInput, match="could tell who somebody is") as refused:
        open_package(path, tmp_path / "scratch")
    assert "Orsolwin" not in str(refused.value)
    assert not [file for file in (tmp_path / "scratch").rglob("*") if file.is_file()]


def test_columns_that_are_not_the_surveys_are_neither_read_nor_kept(tmp_path: Path) -> None:
    path = sent(tmp_path, (*HEADER, "Anything else?"), *[(*LEEDS, "it was the lad at number nine")] * 3)
    (extract,) = open_package(path, tmp_path / "scratch").extracts
    assert extract.header == HEADER
    assert "number nine" not in extract.path.read_text("utf-8")


@pytest.mark.parametrize("code", ["E01000001", "W02000001", "E05000001"])
def test_an_area_smaller_than_a_district_is_refused(tmp_path: Path, code: str) -> None:
    path = sent(tmp_path, HEADER, LEEDS, but("Area code", code))
    with pytest.raises(BadInput, match="a survey has 1 row with an area smaller than a district") as refused:
        open_package(path, tmp_path / "scratch")
    assert code not in str(refused.value)


def test_somebodys_own_words_are_refused(tmp_path: Path) -> None:
    words = "it depends on whether the lad at number nine is out with his dog that night"
    with pytest.raises(BadInput, match="'safe-after-dark' of a survey holds sentences") as refused:
        open_package(sent(tmp_path, HEADER, LEEDS, but("safe-after-dark", words)), tmp_path / "scratch")
    assert "number nine" not in str(refused.value)


def test_surveys_of_other_areas_do_not_replace_one_another(tmp_path: Path) -> None:
    one = extract_of(SOURCE, "a.csv", body_of(HEADER, LEEDS), tmp_path)
    again = extract_of(SOURCE, "b.csv", body_of(HEADER, LEEDS, UNSAFE), tmp_path)
    other = extract_of(SOURCE, "c.csv", body_of(HEADER, but("Area code", "E08000032")), tmp_path)
    assert one.producer == again.producer != other.producer


MAPPED = """\
dataset = "surveys.responses"
producer = "Aldermere Council"
agreed_by = "Information governance"
agreed = "2026-10-30"
header = ["ID", "District", "AgeGrp", "Q7_dark", "Comments"]

[columns]
"Area code" = "District"
"Age group" = "AgeGrp"
"safe-after-dark" = "Q7_dark"

[always]
"Survey" = "residents"
"Wave" = "2025"

[codes."safe-after-dark"]
"1" = "very safe"
"4" = "very unsafe"
"""


def test_a_surveys_own_names_are_mapped_and_the_rest_is_left_behind(tmp_path: Path) -> None:
    settings = Settings(area_name="Aldermere", area_code="", area_level=Level.FORCE, title="Needs", author="Unit")
    workspace = new(tmp_path / "w", settings)
    (workspace.root / "mappings").mkdir()
    (workspace.root / "mappings" / "council.toml").write_text(MAPPED, "utf-8")
    rows = [(n, "Z07000001", "16-24", 1 if n % 3 else 4, "ask Orsolwin") for n in range(30)]
    land(workspace, sent(tmp_path, ("ID", "District", "AgeGrp", "Q7_dark", "Comments"), *rows), received="2026-11-01")
    with open_engine(scratch=workspace.scratch) as engine:
        conform(workspace, engine)
        counts = engine.collect(freeze(workspace).table("counts", engine)).to_pylist()
    assert found(counts, "residents.safe-after-dark", area="Z07000001") == (20, 30, None)
    kept = b"".join(file.read_bytes() for file in workspace.root.rglob("*") if file.is_file())
    assert b"Orsolwin" not in kept


def test_the_pretend_surveys_conform_whole_and_come_out_the_same_again(tmp_path: Path) -> None:
    every: list[Row] = []
    for _, rows in conform_invented(SOURCE, invent, tmp_path):
        every += rows
    assert {row["area_code"][:1] for row in every} == {"Z"}, "an invented figure stands under no real name"
    whole = [row for row in every if row["area_code"] == "Z23000001"]
    assert values(whole, measure="residents.respondents", group=None) == [1_500, 1_500]
    assert values(whole, measure="young-people.respondents", group=None) == [600, 600]
    assert {row["status"] for row in every} == {None, "c"}


def test_small_shares_are_withheld_whatever_the_workspace_asks() -> None:
    assert contract("surveys.responses").policy == "fewer-than-five"
