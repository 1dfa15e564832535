"""Aldermere's findings, worked out a second time from the raw files with nothing but Python's own csv and loops."""

import csv
import io
import json
import math
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DAY = "2026-11-23"
NOW = [f"2025-{m:02d}" for m in range(4, 13)] + ["2026-01", "2026-02", "2026-03"]
THEN = [f"2023-{m:02d}" for m in range(4, 13)] + ["2024-01", "2024-02", "2024-03"]
VIOLENCE = "Violence and sexual offences"


@pytest.fixture(scope="module")
def raw(aldermere: Path) -> Path:
    return aldermere / "invented"


@pytest.fixture(scope="module")
def record(aldermere: Path) -> dict[str, Any]:
    return json.loads((aldermere / "editions" / DAY / "package" / "assessment.json").read_text(encoding="utf-8"))


def rows(raw: Path, kind: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every row of a kind, the revised months taken from the revision."""
    newest: dict[str, tuple[Path, str]] = {}
    for package in ("police-uk-aldermere.zip", "police-uk-aldermere-revised.zip"):
        with zipfile.ZipFile(raw / package) as archive:
            newest |= {name: (raw / package, name) for name in archive.namelist() if name.endswith(f"-{kind}.csv")}
    for package, name in newest.values():
        with zipfile.ZipFile(package) as archive:
            for row in csv.DictReader(io.StringIO(archive.read(name).decode("utf-8"))):
                yield name[:7], row


def table(raw: Path, name: str) -> list[dict[str, str]]:
    with (raw / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def sound(row: dict[str, str]) -> bool:
    """Not one of the two rows planted to be set aside."""
    try:
        return (
            len(row["Month"]) == 7
            and row["Month"][4] == "-"
            and (not row["Longitude"] or bool(float(row["Longitude"])))
        )
    except ValueError:
        return False


@pytest.fixture(scope="module")
def street(raw: Path) -> list[tuple[str, dict[str, str]]]:
    return [(month, row) for month, row in rows(raw, "street") if sound(row)]


@pytest.fixture(scope="module")
def district_of(raw: Path) -> dict[str, str]:
    """Any LSOA code, of 2011 or 2021, to its district: every split and merger stays inside one."""
    now = {row["lsoa21_code"]: row["ltla24_code"] for row in table(raw, "lookup_lsoa21_ward24_ltla24.csv")}
    old = {row["lsoa11_code"]: now[row["lsoa21_code"]] for row in table(raw, "lookup_lsoa11_lsoa21_ltla22.csv")}
    return old | now


@pytest.fixture(scope="module")
def residents(raw: Path, district_of: dict[str, str]) -> Counter[str]:
    people: Counter[str] = Counter()
    for code, many in {
        row["lsoa21_code"]: int(row["total_residents"]) for row in table(raw, "ethnicity21_lsoa21.csv")
    }.items():
        people[district_of[code]] += many
        people["all"] += many
        people[code] = many
    return people


def cells(record: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return next(f for f in record["findings"] if f["name"] == name)["cells"]


def test_every_month_of_the_area_is_a_plain_count(
    record: dict[str, Any], street: list[tuple[str, dict[str, str]]]
) -> None:
    by_hand = Counter(month for month, row in street if row["Crime type"] == VIOLENCE)
    told = {
        c["period"]["label"]: c for c in cells(record, "violence.count") if c["period"]["start"] == c["period"]["end"]
    }
    assert told["2024-11"]["status"] == "missing"
    assert {label: c["value"] for label, c in told.items() if "value" in c} == dict(by_hand)
    assert len(by_hand) == 47


def test_every_district_rate_and_its_limits(
    record: dict[str, Any],
    street: list[tuple[str, dict[str, str]]],
    district_of: dict[str, str],
    residents: Counter[str],
) -> None:
    by_hand: Counter[str] = Counter()
    for month, row in street:
        if row["Crime type"] == "Robbery" and month in NOW and row["LSOA code"] in district_of:
            by_hand[district_of[row["LSOA code"]]] += 1
    told = [
        c
        for c in cells(record, "robbery.rate")
        if c["period"]["label"] == "year to 2026-03" and c["place"]["level"] == "ltla"
    ]
    assert len(told) == 7
    for cell in told:
        many, people = by_hand[cell["place"]["code"]], residents[cell["place"]["code"]]
        assert (cell["numerator"], cell["denominator"]) == (many, people)
        assert cell["value"] == pytest.approx(1000 * many / people)
        if many >= 10:  # Byar's approximation, written out
            z = 1.959963984540054
            lower = many * (1 - 1 / (9 * many) - z / (3 * math.sqrt(many))) ** 3
            upper = (many + 1) * (1 - 1 / (9 * (many + 1)) + z / (3 * math.sqrt(many + 1))) ** 3
            assert (cell["lower"], cell["upper"]) == pytest.approx((1000 * lower / people, 1000 * upper / people))


def test_the_change_is_a_ratio_of_plain_counts(
    record: dict[str, Any], street: list[tuple[str, dict[str, str]]]
) -> None:
    count = Counter(month for month, row in street if row["Crime type"] == "Possession of weapons")
    now, then = sum(count[m] for m in NOW), sum(count[m] for m in THEN)
    cell = cells(record, "weapons.since")[0]
    assert (cell["numerator"], cell["denominator"]) == (now, then)
    assert cell["value"] == pytest.approx(now / then)
    assert cell["lower"] < now / then < cell["upper"]


def test_the_busiest_twentieth_holds_what_a_sorted_list_says(
    record: dict[str, Any], raw: Path, street: list[tuple[str, dict[str, str]]], residents: Counter[str]
) -> None:
    areas = {row["lsoa21_code"]: 0.0 for row in table(raw, "lookup_lsoa21_ward24_ltla24.csv")}
    heirs: dict[str, list[str]] = defaultdict(list)
    for row in table(raw, "lookup_lsoa11_lsoa21_ltla22.csv"):
        heirs[row["lsoa11_code"]].append(row["lsoa21_code"])
    for month, row in street:
        if row["Crime type"] != VIOLENCE or month not in NOW:
            continue
        code = row["LSOA code"]
        parts = [code] if code in areas else heirs.get(code, [])
        for part in parts:
            areas[part] += residents[part] / sum(residents[p] for p in parts)
    ranked, top = sorted(areas.values(), reverse=True), 0.05 * len(areas)
    whole = int(top)
    share = (sum(ranked[:whole]) + (top - whole) * ranked[whole]) / sum(ranked)
    cell = next(c for c in cells(record, "violence.concentration") if c["group"] == "busiest 5%")
    assert cell["value"] == pytest.approx(100 * share, abs=1e-4)


GROUPS = {"White": "White", "Asian": "Asian", "Black": "Black", "Mixed": "Mixed", "Other": "Other"}


def test_searches_by_ethnicity_and_what_came_of_them(record: dict[str, Any], raw: Path) -> None:
    searched: Counter[str] = Counter()
    action: Counter[str] = Counter()
    recorded: Counter[str] = Counter()
    for month, row in rows(raw, "stop-and-search"):
        group = next((g for g in GROUPS if row["Self-defined ethnicity"].startswith(g)), "")
        if month in NOW and row["Type"] != "Vehicle search":
            searched[group] += 1
            recorded[group] += 1
            action[group] += row["Outcome"] not in ("", "A no further action disposal")
    people: Counter[str] = Counter()
    for row in table(raw, "ethnicity21_lsoa21.csv"):
        people[next(g for g in GROUPS if row["ethnic_group"].startswith(g))] += int(row["n"])
    white = searched["White"] / people["White"]
    for cell in cells(record, "stop-and-search-by-ethnicity.disparity"):
        if not cell["group"].startswith("rate"):
            group = cell["group"]
            assert cell["numerator"] == searched[group]
            assert cell["value"] == pytest.approx(searched[group] / people[group] / white)
    for cell in cells(record, "search-outcomes.share"):
        assert (cell["numerator"], cell["denominator"]) == (action[cell["group"]], recorded[cell["group"]])


def test_the_share_charged_is_a_plain_share(record: dict[str, Any], street: list[tuple[str, dict[str, str]]]) -> None:
    outcomes = Counter(
        row["Last outcome category"] for month, row in street if month in NOW and row["Crime type"] == VIOLENCE
    )
    charged = sum(
        many
        for said, many in outcomes.items()
        if said in ("Suspect charged", "Awaiting court outcome", "Court result unavailable")
    )
    cell = next(
        c
        for c in cells(record, "violence-charged.share")
        if c["period"]["label"] == "year to 2026-03" and c["place"]["level"] == "pfa"
    )
    assert cell["denominator"] == sum(outcomes.values())
    assert cell["numerator"] == charged
