"""The contract, the registry and the account."""

import errno
from pathlib import Path

import pytest

from headwater.sources import Account, Break, Column, Contract, conform, contract, read_contracts, sources
from headwater.sources.police_uk import forces
from headwater.vocabulary import BadInput, HeadwaterError, MissingColumns, StorageTrouble, WrongRequest, storage_errors


def agreed(*columns: Column) -> Contract:
    return Contract(
        dataset="a.b", title="", producer="", licence="", attribution="", source_url="", rhythm="", expects="", reader=1,
        tables=(), columns=columns, codes={},
    )  # fmt: skip


LONGITUDE = Column("Longitude", ("lng",), required=True, kept=True, meaning="")
CONTEXT = Column("Context", (), required=False, kept=False, meaning="")


@pytest.mark.parametrize("given", ["Longitude", " LONGITUDE ", '"longitude"', "\ufefflongitude", "Lng"])
def test_a_header_is_forgiven_case_space_quotes_and_older_names(given: str) -> None:
    assert agreed(LONGITUDE, CONTEXT).match((given, "Other", "")) == {"Longitude": given}


def test_a_column_nearly_right_is_refused_with_the_nearest() -> None:
    with pytest.raises(MissingColumns, match="'Longitude' \\(there is 'Longtitude': is that it"):
        agreed(LONGITUDE).match(("Longtitude",))


def test_a_column_that_comes_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="twice"):
        agreed(LONGITUDE).match(("Longitude", "longitude"))


def test_an_account_that_loses_a_row_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="every row"):
        Account(dataset="a.b", landed=3, conformed=2)
    with pytest.raises(ValueError, match="reason"):
        Account(dataset="a.b", landed=3, conformed=2, quarantined=1)


def test_every_dataset_has_a_contract_and_an_unknown_one_has_a_suggestion(tmp_path: Path) -> None:
    names = [name for source in sources() for name in source.contracts]
    assert len(names) == len(set(names))
    assert {name.split(".")[0] for name in names} >= {"police_uk", "ons_places", "populations", "deprivation"}
    assert contract("police_uk.street").tables == ("events",)
    with pytest.raises(WrongRequest, match=r"police_uk\.street"):
        contract("police_uk.streets")


def test_a_contract_that_lacks_a_word_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "contract.toml"
    path.write_text('[datasets.x]\ntitle = "X"\n', "utf-8", newline="\n")
    with pytest.raises(BadInput, match="expects"):
        read_contracts(path)


def test_breaks_in_a_series_are_read_from_the_contract_earliest_first(tmp_path: Path) -> None:
    path = tmp_path / "contract.toml"
    path.write_text(WITH_BREAKS, "utf-8", newline="\n")
    (read,) = read_contracts(path).values()
    assert [(told.month, told.why) for told in read.breaks] == [("2020-09", "new codes"), ("2023-01", "a new test")]
    assert contract("police_uk.street").breaks == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('month = "2020-09"', 'month = "2020-13"'), "a break in a series: '2020-13' is not a month"),
        (('why = "new codes"', 'why = " "'), "the break of 2020-09 needs a `why`"),
        (("https://example.org/codes", "see the release"), "the break of 2020-09 needs"),
        (('why = "new codes"', 'reason = "new codes"'), "not understood.*'reason'"),
    ],
)
def test_a_break_without_a_month_a_reason_or_a_source_is_refused(
    tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    assert change[0] in WITH_BREAKS
    path = tmp_path / "contract.toml"
    path.write_text(WITH_BREAKS.replace(*change, 1), "utf-8", newline="\n")
    with pytest.raises(BadInput, match=says):
        read_contracts(path)


def test_every_break_of_the_built_in_sources_is_a_break() -> None:
    breaks = [told for source in sources() for read in source.contracts.values() for told in read.breaks]
    assert all(isinstance(told, Break) for told in breaks)
    assert {told.month for told in contract("nrm.reasonable_grounds").breaks} == {"2023-01", "2023-07"}


WITH_BREAKS = """
producer = "P"
licence = "L"
attribution = "A"
source_url = "https://example.org"
rhythm = "yearly"

[datasets.x]
title = "X"
expects = "x.csv"
reader = 1
tables = ["counts"]
columns.a = { meaning = "a" }

[[datasets.x.breaks]]
month = "2023-01"
why = "a new test"
source_url = "https://example.org/test"

[[datasets.x.breaks]]
month = "2020-09"
why = "new codes"
source_url = "https://example.org/codes"
"""


def test_forces_are_all_there_and_the_pretend_one_says_so() -> None:
    assert len([force for force in forces().values() if not force.fictional]) == 45
    assert forces()["northumbria"].area_code == "E23000007"
    assert forces()["btp"].area_code is None
    assert (forces()["aldermere"].area_code, forces()["aldermere"].fictional) == ("Z23000001", True)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_full_or_locked_disk_is_said_in_words(number: int) -> None:
    with pytest.raises(StorageTrouble, match="Stopped while landing a file"), storage_errors("landing a file"):
        raise OSError(number, "")
    with pytest.raises(OSError, match="other"), storage_errors("landing a file"):
        raise OSError(errno.EIO, "other")


def test_a_full_disk_while_conforming_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("headwater.sources.conforming.pq.write_table", full)
    with pytest.raises(HeadwaterError, match=r"conforming police_uk\.street: the disk is full"):
        conform("police_uk.street", [], None, tmp_path)  # pyright: ignore[reportArgumentType]


def test_a_contract_says_which_columns_could_tell_who_somebody_is(tmp_path: Path) -> None:
    path = tmp_path / "contract.toml"
    page = """
producer = "A"\nlicence = "B"\nattribution = "C"\nsource_url = "D"\nrhythm = "E"\nagreement = true
[datasets.x]\ntitle = "X"\nexpects = "x.csv"\nreader = 1\ntables = ["events"]
[datasets.x.columns]
Surname = {{ kept = false, holds = "{holds}", meaning = "" }}
Month = {{ meaning = "" }}
"""
    path.write_text(page.format(holds="name"), "utf-8", newline="\n")
    (found,) = read_contracts(path).values()
    assert found.agreement
    assert [column.name for column in found.personal] == ["Surname"]
    path.write_text(page.format(holds="nmae"), "utf-8", newline="\n")
    with pytest.raises(BadInput, match="'nmae' \\(there is 'name': is that it"):
        read_contracts(path)
