"""What linkage is told of a row: each partner's way of writing it made one, and nothing that was not agreed."""

from dataclasses import fields
from pathlib import Path

import pytest

from headwater.lake.linking import FIELDS
from headwater.sources import contract, sources
from headwater.sources.edge import Admission, Desk, PersonRecord, Postcodes, Whereabouts, comparable
from partners import DATASET, HEADER, KEY, Patient, body_of
from partners import FIELDS as COLUMNS

GUARDED = [each for source in sources() for each in source.contracts.values() if each.edge]


def compared(*patients: Patient, fields: list[str] = COLUMNS) -> tuple[PersonRecord, ...]:
    admission = Admission("ed", frozenset(fields), {"zza01": "zza01"})
    desk = Desk(lambda *_: admission, lambda: KEY, lambda: Whereabouts(Postcodes([], []), {}))
    return comparable(body_of(patients).encode(), contract(DATASET), desk).records


def test_a_row_is_told_in_one_way_however_it_was_written() -> None:
    (one,) = compared(Patient(forename="Dr  Órsolwin", surname="THRELKETTLE", nhs="999 000 0018", home="zz1 1aa"))
    assert [getattr(one, field) for field in FIELDS] == [
        "orsolwin", "threlkettle", "1990-04-03", "male", "ZZ11AA", "9990000018",
    ]  # fmt: skip
    assert (one.event, one.line, one.role) == (KEY.event("number:zza01:A1"), 2, None)


def test_what_was_not_recorded_or_cannot_be_is_empty() -> None:
    (one,) = compared(Patient(forename="", surname="", nhs="999 000 0019", born="about 1990", home="ZZ1"))
    assert [getattr(one, field) for field in FIELDS] == [None, None, None, "male", None, None]


def test_what_no_agreement_covers_is_not_told() -> None:
    (one,) = compared(Patient(), fields=[name for name in COLUMNS if name not in ("NHS number", "Surname")])
    assert (one.nhs_number, one.family_name, one.given_name) == (None, None, "orsolwin")


def test_a_row_that_would_be_set_aside_is_not_compared() -> None:
    assert [one.line for one in compared(Patient(method="Threlkettle"), Patient(number="A2"))] == [3]


@pytest.mark.parametrize(
    ("whole", "given", "family"),
    [
        ("Orsolwin Maud Threlkettle", "orsolwin maud", "threlkettle"),
        ("THRELKETTLE, Ms Orsolwin", "orsolwin", "threlkettle"),
        ("Threlkettle", None, "threlkettle"),
        ("", None, None),
    ],
)
def test_a_whole_name_is_taken_apart(whole: str, given: str | None, family: str | None) -> None:
    at = HEADER.index("Forename")
    header = ["Patient name" if n == at else name for n, name in enumerate(HEADER) if name != "Surname"]
    row = [whole if n == at else cell for n, cell in enumerate(Patient().row()) if HEADER[n] != "Surname"]
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in (header, row)) + "\n"
    admission = Admission("ed", frozenset(COLUMNS), {"zza01": "zza01"})
    desk = Desk(lambda *_: admission, lambda: KEY, lambda: Whereabouts(Postcodes([], []), {}))
    (one,) = comparable(text.encode(), contract(DATASET), desk).records
    assert (one.given_name, one.family_name) == (given, family)


def test_a_record_cannot_be_printed() -> None:
    (one,) = compared(Patient())
    said = f"{one} {one!r} {comparable!r}"
    assert "threlkettle" not in said.casefold()
    assert {field.name for field in fields(PersonRecord)} == {"dataset", "event", "role", "file", "line", *FIELDS}


@pytest.mark.parametrize("promised", GUARDED, ids=lambda each: each.dataset)
def test_of_several_columns_of_names_a_contract_says_which_is_which(promised) -> None:
    named = [column for column in promised.columns if column.holds == "name"]
    assert sum(not column.part for column in named) <= 1
    assert all(column.holds == "name" for column in promised.columns if column.part)


def test_a_part_of_a_name_is_the_given_or_the_family(tmp_path: Path) -> None:
    from headwater.sources import read_contracts
    from headwater.vocabulary import BadInput

    shipped = Path(str(contract.__code__.co_filename)).parent / "emergency" / "contract.toml"
    path = tmp_path / "emergency" / "contract.toml"
    path.parent.mkdir()
    path.write_text(
        shipped.read_text("utf-8").replace('part = "given"', 'part = "givn"'), encoding="utf-8", newline="\n"
    )
    with pytest.raises(BadInput, match=r"'givn' .*'given'"):
        read_contracts(path)
