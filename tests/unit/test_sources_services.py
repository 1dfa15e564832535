"""A register of services: what a row becomes in each of its areas, and the sentences for what cannot be read."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from conformed import NO_ENGINE, body_of, extract_of
from headwater.engine.tables import TABLES
from headwater.sources import contract
from headwater.sources.inventing import example_recipe
from headwater.sources.pretend import Recipe, make_county
from headwater.sources.services import SOURCE
from headwater.sources.services.invented import HEADER, invent
from headwater.vocabulary import BadInput, MissingColumns

GOOD = {
    "Service": "Street Lamps", "Provider": "Cobnut Youth Trust", "Aim": "Prevent exploitation", "Activity": "Mentoring",
    "Prevention level": "Secondary", "Cohort": "Children in care", "Ages from": "11", "Ages to": "17",
    "Area": "Z07000001 Stanmouth; Z07000002", "Referral route": "Social care", "Funder": "The council",
    "Funded until": "31/03/2027", "Money a year": "£12,500", "Places a year": "60", "Evaluated": "Independently",
}  # fmt: skip
WHO = "Ferrabin Oakhanger"


def _row(**cells: str) -> tuple[str, ...]:
    said = GOOD | {name.replace("_", " "): cell for name, cell in cells.items()}
    return tuple(said[column] for column in HEADER)


def _conformed(folder: Path, *rows: tuple[str, ...]) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    extract = extract_of(SOURCE, "services.csv", body_of(HEADER, *rows), folder)
    account = SOURCE.conform(extract.dataset, [extract], NO_ENGINE, folder / "out")
    assert account.landed == len(rows)
    table = pq.read_table(folder / "out" / "services.parquet")
    assert table.schema == TABLES["services"]
    aside = pq.read_table(folder / "out" / "quarantine.parquet").to_pylist()
    return table.to_pylist(), [(row["line"], row["reason"]) for row in aside]


def test_a_row_is_a_service_in_each_of_its_areas(tmp_path: Path) -> None:
    rows, aside = _conformed(tmp_path, _row())
    assert aside == []
    assert [row.pop("area_code") for row in rows] == ["Z07000001", "Z07000002"]
    assert rows[0] == rows[1] == {
        "dataset": "services.register", "producer": "cobnut-youth-trust", "service": "Street Lamps", "provider": "Cobnut Youth Trust",
        "aim": "exploitation", "activity": "mentoring", "prevention": "secondary", "cohort": "in-care", "age_from": 11, "age_to": 17,
        "level": "utla23", "referral": "social-care", "funder": "The council", "funding": "until", "funded_until": "2027-03",
        "money": 12_500, "places": 60, "evaluated": "independent",
    }  # fmt: skip


def test_what_nobody_knows_is_not_said_and_never_nought(tmp_path: Path) -> None:
    blank = dict.fromkeys(("Activity", "Ages_from", "Ages_to", "Referral_route", "Funder", "Funded_until", "Money_a_year",
                           "Places_a_year", "Evaluated"), "")  # fmt: skip
    (row, _), aside = _conformed(tmp_path, _row(**blank))
    assert aside == []
    assert {row[name] for name in ("activity", "referral", "funding", "evaluated")} == {"not-said"}
    assert {row[name] for name in ("age_from", "age_to", "funder", "funded_until", "money", "places")} == {None}


@pytest.mark.parametrize(
    ("said", "funding", "month"),
    [("March 2027", "until", "2027-03"), ("2027-03", "until", "2027-03"), ("15/03/2027", "until", "2027-03"),
     ("Q4 2026/27", "until", "2027-03"), ("2026/27", "until", "2027-03"), ("Open-ended", "open-ended", None),
     ("ongoing", "open-ended", None), ("tbc", "not-said", None)],
)  # fmt: skip
def test_funded_until(tmp_path: Path, said: str, funding: str, month: str | None) -> None:
    (row, _), _ = _conformed(tmp_path, _row(Funded_until=said))
    assert (row["funding"], row["funded_until"]) == (funding, month)


@pytest.mark.parametrize(
    ("said", "money"), [("12000", 12_000), ("£12k", 12_000), ("12,500.50 a year", 12_500.5), ("-", None)]
)
def test_money(tmp_path: Path, said: str, money: float | None) -> None:
    (row, _), _ = _conformed(tmp_path, _row(Money_a_year=said))
    assert row["money"] == money


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [({"Service": f"ask {WHO} at a@b.example"}, "'Service' holds an address"), ({"Provider": ""}, "'Provider' is empty"),
     ({"Provider": "01632 960123"}, "telephone number"), ({"Funder": f"{WHO} " * 9}, "'Funder' is longer than 80 letters"),
     ({"Aim": WHO}, "'Aim' is not on the list"), ({"Prevention_level": ""}, "'Prevention level' is empty"),
     ({"Cohort": WHO}, "'Cohort' is not on the list"), ({"Area": WHO}, "'Area' is neither a nine-character code"),
     ({"Ages_from": "18", "Ages_to": "11"}, "'Ages to' is below 'Ages from'"), ({"Ages_from": "old"}, "'Ages from' is not a whole"),
     ({"Ages_to": "121"}, "'Ages to' is not a whole number"), ({"Funded_until": WHO}, "'Funded until' is no month"),
     ({"Money_a_year": "lots"}, "'Money a year' is no sum"), ({"Places_a_year": "about 20"}, "'Places a year' is not a whole number")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_row_and_never_its_cell(
    tmp_path: Path, cells: dict[str, str], sentence: str
) -> None:
    rows, [(line, reason)] = _conformed(tmp_path, _row(**cells))
    assert (rows, line) == ([], 2)
    assert reason.startswith("Row 2: ")
    assert sentence in reason
    assert not any(word in reason for word in (WHO, "b.example", "960"))


def test_a_service_told_twice_is_one_and_two_that_differ_are_told(tmp_path: Path) -> None:
    rows, [(line, reason)] = _conformed(tmp_path, _row(), _row(), _row(Places_a_year="70"))
    assert (len(rows), line) == (2, 4)
    assert "give each its own name" in reason


def test_a_providers_file_is_its_own_and_a_file_of_several_is_the_register(tmp_path: Path) -> None:
    def sender(*rows: tuple[str, ...]) -> str:
        return extract_of(SOURCE, "s.csv", body_of(HEADER, *rows), tmp_path).producer

    assert sender(_row()) == "cobnut-youth-trust"
    assert sender(_row(), _row(Provider="Harbour Voices")) == "the-partnership"


def test_a_register_without_one_of_its_columns_says_which(tmp_path: Path) -> None:
    header = tuple("Cohorts" if column == "Cohort" else column for column in HEADER)
    with pytest.raises(MissingColumns, match="Cohorts"):
        extract_of(SOURCE, "s.csv", body_of(header, _row()), tmp_path)


def test_dates_in_two_ways_stop_the_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="'Funded until' mixes two ways"):
        extract_of(SOURCE, "s.csv", body_of(HEADER, _row(), _row(Funded_until="03/31/2027")), tmp_path)


def test_the_pretend_register_conforms_whole_and_comes_out_the_same_again(tmp_path: Path) -> None:
    county = make_county(Recipe.read(example_recipe()))
    (tmp_path / "again").mkdir()
    (once,), (again,) = invent(county, tmp_path), invent(county, tmp_path / "again")
    assert once.read_bytes() == again.read_bytes()
    extract = extract_of(SOURCE, once.name, once.read_text("utf-8"), tmp_path)
    account = SOURCE.conform(extract.dataset, [extract], NO_ENGINE, tmp_path / "out")
    assert (account.conformed, account.quarantined) == (account.landed, 0)
    providers = {row["provider"] for row in pq.read_table(tmp_path / "out" / "services.parquet").to_pylist()}
    assert all("invented" in provider for provider in providers)


def test_the_pretend_register_has_the_columns_of_the_contract() -> None:
    assert tuple(column.name for column in contract("services.register").columns) == HEADER
