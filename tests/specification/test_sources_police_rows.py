"""What a row of data.police.uk becomes, or why it does not."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from headwater.engine import Engine, open_engine
from headwater.engine.tables import TABLES
from headwater.sources import Account, conform, contract, open_package
from headwater.vocabulary import BadInput

STREET = {
    "Crime ID": "", "Month": "2022-03", "Reported by": "Northumbria Police", "Falls within": "Northumbria Police",
    "Longitude": "-1.602440", "Latitude": "54.882991", "Location": "On or near A Street", "LSOA code": "E01020614",
    "LSOA name": "Somewhere 002B", "Crime type": "Burglary", "Last outcome category": "", "Context": "",
}  # fmt: skip
OUTCOME = {
    name: cell for name, cell in STREET.items() if name not in {"Crime type", "Last outcome category", "Context"}
}
OUTCOME |= {"Crime ID": "a" * 64, "Outcome type": "Suspect charged"}
SEARCH = {
    "Type": "Person search", "Date": "2022-03-01T00:22:00+00:00", "Part of a policing operation": "",
    "Policing operation": "", "Latitude": "54.970053", "Longitude": "-1.634541", "Gender": "Male", "Age range": "18-24",
    "Self-defined ethnicity": "White - Irish", "Officer-defined ethnicity": "White", "Legislation": "Some Act (section 1)",
    "Object of search": "Controlled drugs", "Outcome": "Arrest", "Outcome linked to object of search": "True",
    "Removal of more than just outer clothing": "False",
}  # fmt: skip
PLAIN = {"street": STREET, "outcomes": OUTCOME, "stop-and-search": SEARCH}


class Result:
    def __init__(self, account: Account, folder: Path) -> None:
        self.account = account
        self.folder = folder

    def rows(self, table: str = "events") -> list[dict[str, Any]]:
        found = pq.read_table(self.folder / f"{table}.parquet")
        assert found.schema.names == TABLES[table].names
        assert [str(f.type) for f in found.schema] == [str(f.type) for f in TABLES[table]]
        return found.to_pylist()


Conform = Callable[..., Result]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with open_engine(scratch=tmp_path_factory.mktemp("engine"), threads=1) as opened:
        yield opened


@pytest.fixture
def conformed(engine: Engine, tmp_path: Path) -> Conform:
    def run(kind: str, *changes: dict[str, str], name: str = "2022-03-northumbria", more: str = "") -> Result:
        plain = PLAIN[kind]
        lines = [",".join(plain), *(",".join((plain | change).values()) for change in changes)]
        path = tmp_path / f"{name}-{kind}.csv"
        path.write_bytes(("\n".join(lines) + "\n" + more).encode("utf-8", "surrogateescape"))
        (extract,) = open_package(path, tmp_path / "scratch").extracts
        folder = tmp_path / "out"
        return Result(conform(extract.dataset, [extract], engine, folder), folder)

    return run


def test_a_crime_becomes_an_event(conformed: Conform) -> None:
    result = conformed("street", {"Crime ID": "abc123", "Last outcome category": "Under investigation"})
    assert result.rows() == [
        {
            "event_id": "abc123", "dataset": "police_uk.street", "producer": "northumbria", "month": "2022-03",
            "occurred": None, "area_code": "E01020614", "longitude": -1.60244, "latitude": 54.882991, "kind": "burglary",
            "outcome": "under-investigation", "setting": None,
        }
    ]  # fmt: skip
    assert result.rows("quarantine") == []


def test_an_outcome_becomes_an_event_of_its_own_month(conformed: Conform) -> None:
    (row,) = conformed("outcomes", {}).rows()
    assert (row["event_id"], row["month"], row["kind"], row["outcome"]) == (
        "a" * 64,
        "2022-03",
        "suspect-charged",
        None,
    )


def test_a_search_becomes_an_event_and_a_person(conformed: Conform) -> None:
    result = conformed("stop-and-search", {}, {"Type": "Vehicle search"})
    first, second = result.rows()
    assert (first["event_id"], first["kind"], first["outcome"], first["setting"]) == (
        "2022-03-northumbria-1", "person-search", "arrest", "controlled-drugs",
    )  # fmt: skip
    assert (first["occurred"].isoformat(), first["area_code"]) == ("2022-03-01T00:22:00", None)
    assert second["event_id"] == "2022-03-northumbria-2"
    (person,) = result.rows("people")
    assert person == {
        "event_id": "2022-03-northumbria-1", "dataset": "police_uk.stop_and_search", "producer": "northumbria",
        "month": "2022-03", "role": "searched", "age_band": "18-24", "sex": "male", "ethnicity": "white",
        "ethnicity_by_officer": "white",
    }  # fmt: skip


def test_a_search_keeps_the_number_of_its_place_in_the_file(conformed: Conform) -> None:
    result = conformed("stop-and-search", {"Gender": "?"}, {})
    assert [row["event_id"] for row in result.rows()] == ["2022-03-northumbria-2"]


def test_ethnicity_that_is_not_stated_is_unknown(conformed: Conform) -> None:
    said = ["Not stated", "", "Other ethnic group - Not stated", "Asian/Asian British - Chinese", "white - irish"]
    rows = conformed("stop-and-search", *({"Self-defined ethnicity": words} for words in said)).rows("people")
    assert [row["ethnicity"] for row in rows] == [None, None, None, "asian", "white"]


FAULTS = {
    "street": [
        ("Month", "March 2022", "the month cannot be read"),
        ("Month", "", "the month cannot be read"),
        ("Month", "2022-13", "the month cannot be read"),
        ("Month", "2022-04", "the month differs from that of the file"),
        ("Crime ID", "a name with spaces", "the crime ID is not one"),
        ("Crime type", "Jaywalking", "the crime type is not known"),
        ("Crime type", "", "the crime type is not known"),
        ("Last outcome category", "Let off", "the outcome is not known"),
        ("Longitude", "west", "the coordinates are not two numbers"),
        ("Longitude", "", "the coordinates are not two numbers"),
        ("Latitude", "1e9", "the coordinates are not two numbers"),
        ("Longitude", "54.9", "the coordinates are outside the United Kingdom"),
        ("LSOA code", "E0102061", "the LSOA code is malformed"),
        ("LSOA code", "E09000001", "the LSOA code is malformed"),
    ],
    "outcomes": [
        ("Outcome type", "", "the outcome is not known"),
    ],
    "stop-and-search": [
        ("Date", "2022-02-29T10:00:00+00:00", "the date cannot be read"),
        ("Date", "yesterday", "the date cannot be read"),
        ("Date", "2022-04-02T10:00:00+00:00", "the month differs from that of the file"),
        ("Type", "", "the type of search is not known"),
        ("Object of search", "my neighbour", "the object of search is not known"),
        ("Outcome", "Let off", "the outcome is not known"),
        ("Gender", "M", "the gender is not one of the words used"),
        ("Age range", "17", "the age range is not one of those used"),
        ("Self-defined ethnicity", "W1", "the self-defined ethnicity is not one of the census groups"),
    ],
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_row_that_fails_is_set_aside_whole_with_its_line_and_the_reason(conformed: Conform, kind: str) -> None:
    faults = FAULTS[kind]
    result = conformed(kind, {}, *({column: cell} for column, cell, _ in faults))
    account = result.account
    assert (account.landed, account.conformed, account.quarantined) == (len(faults) + 1, 1, len(faults))
    assert result.rows("quarantine") == [
        {"file": f"2022-03-northumbria-{kind}.csv", "line": line, "reason": reason}
        for line, (_, _, reason) in enumerate(faults, start=3)
    ]
    assert account.reasons == tuple(sorted(Counter(fault[2] for fault in faults).items(), key=lambda r: (-r[1], r[0])))


def test_what_is_only_absent_or_untidy_is_no_fault(conformed: Conform) -> None:
    untidy = {"Month": " 2022-03 ", "Longitude": " -1.6 ", "LSOA code": "E01020614 ", "Crime type": " BURGLARY"}
    absent = {"LSOA code": ""}, {"Longitude": "", "Latitude": ""}, {"Last outcome category": " "}
    rows = conformed("street", untidy, *absent).rows()
    assert [row["kind"] for row in rows] == ["burglary"] * 4
    assert sorted(row["longitude"] or 0 for row in rows) == [-1.60244, -1.60244, -1.6, 0]


def test_a_search_belongs_to_its_file_by_the_clock_on_the_wall(conformed: Conform) -> None:
    within = ["2022-03-31T22:30:00+00:00", "2022-02-28T23:30:00+00:00", "2022-03-01T00:30:00+01:00", "2022-03-05",
              "2022-03-05 10:15"]  # fmt: skip
    outside = ["2022-02-28T22:30:00+00:00", "2022-04-01T00:30:00+00:00"]
    result = conformed("stop-and-search", *({"Date": date} for date in within + outside))
    assert result.account.conformed == len(within)
    assert result.account.reasons == (("the month differs from that of the file", len(outside)),)


def test_leap_days_are_real_in_leap_years(conformed: Conform) -> None:
    result = conformed("stop-and-search", {"Date": "2024-02-29T10:00:00Z"}, name="2024-02-northumbria")
    assert result.rows()[0]["occurred"].isoformat() == "2024-02-29T10:00:00"


def test_whole_copies_with_a_crime_id_are_counted_once(conformed: Conform) -> None:
    charged = {"Crime ID": "x1"}
    result = conformed("street", charged, charged, {}, {}, charged | {"Crime type": "Robbery"}, {"Crime ID": "x2"})
    assert (result.account.landed, result.account.conformed, result.account.duplicates) == (6, 5, 1)
    assert sorted((row["event_id"] or "", row["kind"]) for row in result.rows()) == [
        ("", "burglary"), ("", "burglary"), ("x1", "burglary"), ("x1", "robbery"), ("x2", "burglary"),
    ]  # fmt: skip


def test_rows_that_differ_only_in_the_street_are_not_copies(conformed: Conform) -> None:
    result = conformed("street", {"Crime ID": "x1"}, {"Crime ID": "x1", "Location": "On or near B Street"})
    assert (result.account.conformed, result.account.duplicates) == (2, 0)


def test_a_row_that_fails_twice_is_set_aside_twice_and_never_taken_for_a_copy(conformed: Conform) -> None:
    bad = {"Crime ID": "x1", "LSOA code": "nowhere"}
    result = conformed("street", bad, bad, {"Crime ID": "x1"}, {"Crime ID": "x1"}, {"Crime ID": "x2"})
    account = result.account
    assert (account.conformed, account.quarantined, account.duplicates) == (2, 2, 1)
    assert [row["line"] for row in result.rows("quarantine")] == [2, 3]
    assert [row["event_id"] for row in result.rows()] == ["x1", "x2"]


def test_a_number_of_spaces_alone_is_no_number_and_makes_no_copies(conformed: Conform) -> None:
    result = conformed("street", {"Crime ID": "  "}, {"Crime ID": "  "}, {"Crime ID": "x1"}, {"Crime ID": "x1"})
    assert (result.account.conformed, result.account.duplicates) == (3, 1)
    assert [row["event_id"] for row in result.rows()] == ["x1", None, None]


def test_the_same_number_in_another_month_or_force_is_no_copy(engine: Engine, tmp_path: Path) -> None:
    line = ",".join((OUTCOME | {"Crime ID": "x1"}).values())
    for name, month in (
        ("2022-03-northumbria", "2022-03"),
        ("2022-04-northumbria", "2022-04"),
        ("2022-03-essex", "2022-03"),
    ):
        text = "\n".join([",".join(OUTCOME), *[line.replace("2022-03", month)] * 2]) + "\n"
        (tmp_path / f"{name}-outcomes.csv").write_text(text, encoding="utf-8", newline="\n")
    extracts = open_package(tmp_path, tmp_path / "scratch").extracts
    account = conform("police_uk.outcomes", extracts, engine, tmp_path / "out")
    assert (account.landed, account.conformed, account.duplicates) == (6, 3, 3)


def test_the_words_of_old_files_keep_their_own_kinds(conformed: Conform) -> None:
    result = conformed("street", {"Crime type": "Violent crime"}, {"Crime type": "Public disorder and weapons"})
    assert {row["kind"] for row in result.rows()} == {"violent-crime", "public-disorder-and-weapons"}


@pytest.mark.parametrize(("more", "reason"), [
    ("too,few\n", "the row has the wrong number of fields"),
    (",".join(STREET.values()) + ",one more\n", "the row has the wrong number of fields"),
    (",".join(STREET.values()).replace("A Street", "\udcff\udc81 \u00e9") + "\n", "the row has bytes that cannot be read as text"),
    (",".join(STREET.values()).replace("A Street", "\0") + "\n", "the row has bytes that cannot be read as text"),
])  # fmt: skip
def test_a_row_that_cannot_be_read_is_set_aside_with_its_line(conformed: Conform, more: str, reason: str) -> None:
    result = conformed("street", {}, {}, more=more + ",".join(STREET.values()) + "\n")
    assert (result.account.landed, result.account.conformed) == (4, 3)
    assert result.rows("quarantine") == [{"file": "2022-03-northumbria-street.csv", "line": 4, "reason": reason}]


def test_lines_are_those_an_editor_shows_even_after_a_field_of_two_lines(conformed: Conform) -> None:
    two_lines = ",".join((STREET | {"Location": '"On or near\nA Street"'}).values())
    bad = ",".join((STREET | {"Crime type": "?"}).values())
    result = conformed("street", {}, more=f"{two_lines}\n\n{bad}\n")
    assert [row["line"] for row in result.rows("quarantine")] == [6]
    assert result.account.conformed == 2


def test_street_names_and_free_text_never_enter_the_lake(conformed: Conform, tmp_path: Path) -> None:
    secret = {"Location": "SECRETSTREET", "LSOA name": "SECRETNAME", "Context": "SECRETTEXT"}
    result = conformed("street", secret, secret | {"Crime type": "SECRETTYPE"}, secret | {"Crime ID": "SECRET ID"})
    assert result.account.conformed == 1
    for path in result.folder.glob("*.parquet"):
        assert "SECRET" not in str(pq.read_table(path).to_pydict())
    assert "SECRET" not in str(result.account)


def test_older_headers_in_another_order_are_read(engine: Engine, tmp_path: Path) -> None:
    names = [
        "Falls within",
        "CRIME ID",
        " Month ",
        '"Longitude"',
        "latitude",
        "LSOA code",
        "Crime type",
        "Last outcome",
    ]
    path = tmp_path / "2022-03-northumbria-street.csv"
    path.write_text(
        "\ufeff" + ",".join(names) + "\r\nX,abc,2022-03,-1.6,54.8,E01020614,Drugs,\r\n", "utf-8", newline=""
    )
    (extract,) = open_package(path, tmp_path / "s").extracts
    result = Result(conform("police_uk.street", [extract], engine, tmp_path / "out"), tmp_path / "out")
    assert [(row["event_id"], row["kind"], row["outcome"]) for row in result.rows()] == [("abc", "drugs", None)]


def test_files_with_different_headers_are_one_dataset(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for month, leave_out in (("2022-03", "Context"), ("2022-04", "")):
        cells = {name: cell for name, cell in (STREET | {"Month": month}).items() if name != leave_out}
        text = ",".join(cells) + "\n" + ",".join(cells.values()) + "\n"
        (folder / f"{month}-northumbria-street.csv").write_text(text, "utf-8", newline="\n")
    package = open_package(folder, tmp_path / "s")
    account = conform("police_uk.street", package.extracts, engine, tmp_path / "out")
    assert account.conformed == 2


def test_the_same_rows_give_the_same_bytes_whatever_order_they_come_in(conformed: Conform) -> None:
    changes = [{"Crime ID": f"x{n % 5}", "Longitude": f"-1.{n % 7}"} for n in range(40)]
    first = (conformed("street", *changes).folder / "events.parquet").read_bytes()
    assert (conformed("street", *reversed(changes)).folder / "events.parquet").read_bytes() == first


def test_two_extracts_of_one_month_are_refused(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "2022-03-northumbria-street.csv"
    path.write_text(",".join(STREET) + "\n", "utf-8", newline="\n")
    one = open_package(path, tmp_path / "s").extracts[0]
    two = open_package(path, tmp_path / "t").extracts[0]
    with pytest.raises(BadInput, match="Conform one of them"):
        conform("police_uk.street", [one, two], engine, tmp_path / "out")


def test_no_extracts_give_empty_tables(engine: Engine, tmp_path: Path) -> None:
    account = conform("police_uk.stop_and_search", [], engine, tmp_path / "out")
    assert (account.landed, account.conformed) == (0, 0)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "events.parquet",
        "people.parquet",
        "quarantine.parquet",
    }


def test_a_month_with_no_crimes_conforms_to_nothing(conformed: Conform) -> None:
    result = conformed("street")
    assert (result.account.landed, result.rows()) == (0, [])


def test_the_contract_promises_only_columns_the_lake_can_hold() -> None:
    for dataset in ("police_uk.street", "police_uk.outcomes", "police_uk.stop_and_search"):
        agreed = contract(dataset)
        assert set(agreed.tables) <= set(TABLES)
        assert "Location" not in [column.name for column in agreed.columns if column.kept]
        assert agreed.licence == "Open Government Licence v3.0"
