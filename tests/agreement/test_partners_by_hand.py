"""What partners' records of Aldermere come to, worked out a second time from the files with Python's own csv and loops."""

import csv
import json
import math
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from headwater.sources.inventing import example_recipe
from headwater.sources.pretend import Recipe, make_county
from headwater.sources.pretend.incidents import invent_violence

DAY = "2026-11-23"
NOW = [f"2025-{m:02d}" for m in range(4, 13)] + ["2026-01", "2026-02", "2026-03"]
THEN = [f"{int(month[:4]) - 1}{month[4:]}" for month in NOW]
PERIOD = "year to 2026-03"
VIOLENT = ("homicide", "violence-with-injury", "violence-without-injury", "robbery-of-personal-property",
           "robbery-of-business-property")  # fmt: skip
OF_A_PERSON = (*VIOLENT, "rape", "other-sexual-offences")
TOLD_KNIFE = ("stabbed in the arm", "threatened with a knife")
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    """Every row once: rows that are there twice, word for word, are one."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        found = {tuple(row.items()): dict(row) for row in csv.DictReader(lines)}
    return list(found.values())


def month_of(row: Row, column: str = "Reported date") -> str:
    return f"{row[column][6:10]}-{row[column][3:5]}"


@pytest.fixture(scope="module")
def raw(aldermere: Path) -> Path:
    return aldermere / "invented"


@pytest.fixture(scope="module")
def record(aldermere: Path) -> dict[str, Any]:
    return json.loads((aldermere / "editions" / DAY / "package" / "assessment.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def subgroup() -> dict[str, str]:
    """Home Office code to subgroup, from the agreed list."""
    text = files("headwater").joinpath("definitions/offences/home-office.toml").read_text(encoding="utf-8")
    return {entry["code"]: entry["subgroup"] for entry in tomllib.loads(text)["offences"]}


@pytest.fixture(scope="module")
def crimes(raw: Path, subgroup: dict[str, str]) -> dict[str, Row]:
    """By reference, the crimes whose code is in the list, each with its subgroup."""
    listed = (row for row in rows(raw / "pretend_police_crimes.csv") if row["Offence code"] in subgroup)
    return {row["Crime reference"]: row | {"subgroup": subgroup[row["Offence code"]]} for row in listed}


@pytest.fixture(scope="module")
def in_violence(raw: Path, crimes: dict[str, Row]) -> list[Row]:
    """Everybody in a violent crime of the year."""
    wanted = {ref for ref, row in crimes.items() if row["subgroup"] in VIOLENT and month_of(row) in NOW}
    return [row for row in rows(raw / "pretend_police_people.csv") if row["Crime reference"] in wanted]


def cell(record: dict[str, Any], name: str, group: str | None = None, period: str = PERIOD) -> dict[str, Any]:
    (finding,) = (f for f in record["findings"] if f["name"] == name)
    (found,) = (
        c
        for c in finding["cells"]
        if (c["place"]["name"], c["group"], c["period"]["label"]) == ("Aldermere", group, period)
    )
    return found


def has_knife(row: Row) -> bool:
    return row["Knife"] == "Y" or row["Method"] in TOLD_KNIFE


def born_on(row: Row) -> date | None:
    try:
        day, month, year = map(int, row["Date of birth"].split("/"))
        return date(year, month, day)
    except ValueError:
        return None


def who(row: Row) -> tuple[str, ...] | None:
    """The force's own number, else a name with a date of birth, else nobody who could be known again."""
    if row["Person number"]:
        return ("number", row["Person number"].casefold())
    if (born := born_on(row)) is None:
        return None
    name = sorted(f"{row['Forename']} {row['Surname']}".casefold().split())
    return (*name, born.isoformat()) if name else None


def age(row: Row) -> int | None:
    if (born := born_on(row)) is None:
        return None
    then = date(int(row["Committed from"][6:10]), int(row["Committed from"][3:5]), int(row["Committed from"][:2]))
    return then.year - born.year - ((then.month, then.day) < (born.month, born.day))


def serious(crimes: dict[str, Row], months: list[str]) -> int:
    """By Thames Valley's definition: homicide, injury and robbery, not where flagged as domestic."""
    counted = ("homicide", "violence-with-injury", "robbery-of-personal-property", "robbery-of-business-property")
    of_months = (row for row in crimes.values() if month_of(row) in months)
    return sum(row["subgroup"] in counted and row["Domestic"] != "Y" for row in of_months)


def test_serious_violence_is_counted_by_the_definition_that_was_chosen(record, crimes: dict[str, Row]) -> None:
    assert cell(record, "serious-violence.count")["value"] == serious(crimes, NOW)
    assert cell(record, "serious-violence.count", period="2024-25")["value"] == serious(crimes, THEN)
    change = cell(record, "serious-violence.change")
    assert change["value"] == pytest.approx(serious(crimes, NOW) / serious(crimes, THEN))


def test_kinds_are_plain_counts_of_flags_and_their_shares_of_what_was_said(record, crimes: dict[str, Row]) -> None:
    violent = [row for row in crimes.values() if row["subgroup"] in VIOLENT and month_of(row) in NOW]
    knives = sum(map(has_knife, violent))
    said = sum(bool(row["Knife"] or row["Method"] in (*TOLD_KNIFE, "no knife seen")) for row in violent)
    assert cell(record, "police-kinds.kinds", "All")["value"] == len(violent)
    assert cell(record, "police-kinds.kinds", "Knife or sharp object")["value"] == knives
    share = cell(record, "police-kinds.kinds", "share with knife or sharp object")
    assert (share["numerator"], share["denominator"]) == (knives, said)
    flags = [sum(row[name] == "Y" for name in ("Gang", "County lines", "Modern slavery")) for row in violent]
    for group, least in (("Gang or county lines or modern slavery", 1), ("Two or more of these", 2)):
        told = cell(record, "police-kinds.kinds", group)
        many = sum(flag >= least for flag in flags)
        assert told["value"] == many if many == 0 or many >= 5 else told["status"] == "suppressed"


def test_an_injury_of_somebody_under_25_with_a_knife_counts_once_however_many_were_hurt(
    record, raw: Path, crimes: dict[str, Row]
) -> None:
    young = {
        row["Crime reference"]
        for row in rows(raw / "pretend_police_people.csv")
        if row["Role"] == "Victim" and (years := age(row)) is not None and years < 25
    }
    counted = ("homicide", "violence-with-injury", "robbery-of-personal-property", "robbery-of-business-property")
    many = sum(
        row["subgroup"] in counted and row["Domestic"] != "Y" and has_knife(row) and ref in young
        for ref, row in crimes.items()
        if month_of(row) in NOW
    )
    told = cell(record, "knife-violence-under-25.rate")
    assert told["numerator"] == many >= 10
    assert told["unit"] == "per 1,000 residents under 25"


def test_those_hurt_again_are_the_same_by_the_forces_number_or_by_name_and_birth(
    record, in_violence: list[Row]
) -> None:
    times = Counter(key for row in in_violence if row["Role"] == "Victim" and (key := who(row)))
    again = [many for many in times.values() if many > 1]
    people = cell(record, "people-in-violence.repeat", "Victims of more than one")
    assert (people["numerator"], people["denominator"]) == (len(again), len(times))
    share = cell(record, "people-in-violence.repeat", "Their share of all")
    assert (share["numerator"], share["denominator"]) == (sum(again), sum(times.values()))


def test_the_overlap_is_of_two_sets_of_people(record, in_violence: list[Row]) -> None:
    victims, suspects = (
        {key for row in in_violence if row["Role"] == role and (key := who(row))} for role in ("Victim", "Suspect")
    )
    told = cell(record, "people-in-violence.overlap", "Suspects who were victims too")
    assert (told["numerator"], told["denominator"]) == (len(victims & suspects), len(suspects))
    assert 0 < told["value"] < 100


def test_the_young_are_those_whose_age_on_the_day_was_under_25(record, in_violence: list[Row]) -> None:
    ages = [years for row in in_violence if row["Role"] == "Victim" and (years := age(row)) is not None and years >= 0]
    told = cell(record, "people-in-violence.under-25", "Victims under 25")
    assert (told["numerator"], told["denominator"]) == (sum(years < 25 for years in ages), len(ages))


def attendances(raw: Path) -> Iterator[Row]:
    known = {"fist", "feet", "knife", "glass", "blunt object", "gun", "other", "sexual assault", "unknown"}
    for site in ("zza01", "zzb02"):
        for row in rows(raw / f"pretend_ed_assaults_{site}.csv"):
            if row["Assault method"].casefold() in known:  # 'Punched' is in no list, and is set aside
                yield row


def test_hospitals_beside_the_police_is_one_count_over_the_other(record, raw: Path, crimes: dict[str, Row]) -> None:
    seen = sum(month_of(row, "Arrival date and time") in NOW for row in attendances(raw))
    injured = sum(
        row["subgroup"] in ("homicide", "violence-with-injury") for row in crimes.values() if month_of(row) in NOW
    )
    told = cell(record, "ed-beside-police.beside")
    assert (told["numerator"], told["denominator"]) == (seen, injured)
    assert told["value"] == pytest.approx(100 * seen / injured)
    z = 1.959963984540054  # near enough to the exact limits, where there are hundreds
    spread = math.exp(z * math.sqrt(1 / seen + 1 / injured))
    assert told["lower"] == pytest.approx(told["value"] / spread, rel=0.01)
    assert told["upper"] == pytest.approx(told["value"] * spread, rel=0.01)


def test_the_share_unknown_to_the_police_holds_the_truth_that_only_the_inventor_knows(
    record, raw: Path, crimes: dict[str, Row], subgroup: dict[str, str]
) -> None:
    """Who is who is known of an invented county: linkage saw misspelt names and wrong days, and must not be far out."""
    told = cell(record, "unknown-to-police.share", period="year to 2025-12")
    violence = invent_violence(make_county(Recipe.read(example_recipe())))
    sent = {
        row["Attendance number"] for row in attendances(raw) if month_of(row, "Arrival date and time")[:4] == "2025"
    }
    hurt: dict[int, list[datetime]] = {}
    for one in violence.incidents:
        if one.crime in crimes and crimes[one.crime]["subgroup"] in OF_A_PERSON:
            hurt.setdefault(one.victim, []).append(one.happened)
    came = [one for one in violence.incidents if one.attendance in sent]
    known = sum(any(-7 <= (day - one.happened).days <= 60 for day in hurt.get(one.victim, [])) for one in came)
    assert told["denominator"] == len(came)
    assert told["lower"] <= 100 * (1 - known / len(came)) <= told["upper"]
    assert told["upper"] - told["lower"] < 15, "a range that holds everything says nothing"
