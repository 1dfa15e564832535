"""Aldermere: what the pretend county promises, and what is planted in it."""

import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from built_once import PERSONAL
from headwater.sources.inventing import example_recipe, invent
from headwater.sources.pretend import County, Recipe, make_county
from headwater.vocabulary import months_between

VIOLENCE = "Violence and sexual offences"
MONTHS = months_between("2022-04", "2026-03")
ANSWERS = Path(__file__).parents[2] / "docs" / "explanation" / "aldermere.md"
DIGEST = "be4a9b6d89a781d5a581dbdec96a6ee1f11890940eea677d568dca5719425034"
"""Of every file, in order of name: changes with the recipe, the inventors or GEOS, and with nothing else."""

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("aldermere")
    told: list[tuple[int, int, str]] = []
    written = invent(example_recipe(), made, progress=lambda *said: told.append(said))
    assert written == tuple(sorted(made.iterdir()))
    assert [done for done, _, _ in told] == list(range(told[0][1] + 1))
    assert told[-1][2] == "invented Aldermere"
    return made


@pytest.fixture(scope="module")
def county() -> County:
    return make_county(Recipe.read(example_recipe()))


@pytest.fixture(scope="module")
def months(folder: Path) -> dict[str, Rows]:
    """Every file of the first delivery, by name, as rows."""
    with ZipFile(folder / "police-uk-aldermere.zip") as archive:
        return {name: _parsed(archive.read(name).decode()) for name in archive.namelist()}


@pytest.fixture(scope="module")
def street(months: dict[str, Rows]) -> Rows:
    return [row for name, rows in months.items() if name.endswith("street.csv") for row in rows]


@pytest.fixture(scope="module")
def revised(folder: Path) -> dict[str, Rows]:
    with ZipFile(folder / "police-uk-aldermere-revised.zip") as archive:
        return {name: _parsed(archive.read(name).decode()) for name in archive.namelist()}


def _parsed(text: str) -> Rows:
    return list(csv.DictReader(io.StringIO(text)))


def _table(folder: Path, name: str) -> Rows:
    return _parsed((folder / name).read_text("utf-8"))


def _outlines(folder: Path, level: str) -> dict[str, shapely.Geometry]:
    found = json.loads((folder / f"boundaries_{level}.geojson").read_text("utf-8"))
    return {one["properties"][f"{level}_code"]: shape(one["geometry"]) for one in found["features"]}


def _by_month(rows: Rows, kind: str) -> Counter[str]:
    return Counter(row["Month"] for row in rows if row["Crime type"] == kind)


def test_the_same_recipe_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = invent(example_recipe(), tmp_path)
    assert [path.name for path in again] == [path.name for path in sorted(folder.iterdir())]
    assert _digest(again) == _digest(sorted(folder.iterdir())) == DIGEST


def _digest(paths: Iterator[Path] | tuple[Path, ...] | list[Path]) -> str:
    total = sha256()
    for path in paths:
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def test_another_seed_is_another_county_of_the_same_shape(county: County, tmp_path: Path) -> None:
    recipe = tmp_path / "other.toml"
    text = example_recipe().read_text("utf-8").replace("seed = 1835", "seed = 7", 1)
    recipe.write_text(text, encoding="utf-8", newline="\n")
    other = make_county(Recipe.read(recipe))
    assert other.people.sum() == county.people.sum()
    assert other.district.names == county.district.names
    assert not np.array_equal(other.grains.x[:100], county.grains.x[:100])
    assert {one.geom_type for one in other.shapes("ward")} == {"Polygon"}


# The land


@pytest.mark.parametrize(
    ("level", "least", "most"),
    [("lsoa21", 380, 420), ("msoa21", 75, 85), ("ward24", 87, 87), ("ltla24", 7, 7), ("pfa24", 1, 1)],
)
def test_every_area_is_one_valid_piece_and_together_they_are_the_county(
    folder: Path, level: str, least: int, most: int
) -> None:
    outlines = list(_outlines(folder, level).values())
    assert least <= len(outlines) <= most
    assert {one.geom_type for one in outlines} == {"Polygon"}
    assert all(one.is_valid and one.exterior.is_ccw for one in outlines)
    (whole,) = _outlines(folder, "pfa24").values()
    assert shapely.coverage_is_valid(outlines), "areas overlap, or miss each other along an edge"
    assert shapely.coverage_union_all(outlines).normalize().equals_exact(whole.normalize())


def test_larger_areas_are_made_of_whole_smaller_ones(folder: Path) -> None:
    lsoas, wards, districts = (_outlines(folder, level) for level in ("lsoa21", "ward24", "ltla24"))
    rows = _table(folder, "lookup_lsoa21_ward24_ltla24.csv")
    for outlines, column in ((wards, "ward24_code"), (districts, "ltla24_code")):
        for code, outline in outlines.items():
            parts = [lsoas[row["lsoa21_code"]] for row in rows if row[column] == code]
            assert shapely.coverage_union_all(parts).normalize().equals_exact(outline.normalize())


def test_it_lies_in_the_sea_where_nobody_lives(folder: Path) -> None:
    (whole,) = _outlines(folder, "pfa24").values()
    west, south, east, north = whole.bounds
    assert 0.6 < west < east < 1.6, (
        "the coast of Yorkshire ends at 0.1° west; the box round the United Kingdom at 1.8° east"
    )
    assert 54.2 < south < north < 54.9
    coordinates = shapely.get_coordinates(list(_outlines(folder, "lsoa21").values()))
    assert np.array_equal(coordinates, np.round(coordinates, 5))


def test_its_names_and_codes_are_nobody_elses(folder: Path, real_data: Path) -> None:
    real: set[str] = set()
    for path in (real_data / "places").glob("lookup_*.csv.gz"):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            real |= {cell for row in csv.reader(lines) for cell in row}
    ours = _table(folder, "lookup_lsoa21_ward24_ltla24.csv") + _table(folder, "lookup_lsoa11_lsoa21_ltla22.csv")
    ours += _table(folder, "lookup_ltla24_csp24_pfa24.csv") + _table(folder, "lookup_lsoa21_msoa21.csv")
    cells = {cell for row in ours for column, cell in row.items() if column != "change_code"}
    assert cells & real == set()
    assert not any(name.startswith(("Aldermere", "Wexholme")) for name in real)


def test_every_code_begins_with_z(folder: Path) -> None:
    for path in folder.glob("lookup_*.csv"):
        codes = {cell for row in _table(folder, path.name) for column, cell in row.items() if "24_code" in column}
        assert all(code.startswith("Z") and len(code) == 9 for code in codes)


def test_some_areas_were_split_and_some_merged(folder: Path) -> None:
    rows = _table(folder, "lookup_lsoa11_lsoa21_ltla22.csv")
    before = {kind: {r["lsoa11_code"] for r in rows if r["change_code"] == kind} for kind in "USM"}
    after = {kind: {r["lsoa21_code"] for r in rows if r["change_code"] == kind} for kind in "USM"}
    assert (len(before["S"]), len(after["S"])) == (6, 12)
    assert (len(before["M"]), len(after["M"])) == (6, 3)
    assert before["U"] == after["U"]
    assert (after["S"] | after["M"]).isdisjoint(set().union(*before.values())), "a code means two things"
    names = {row["lsoa21_code"]: row["lsoa21_name"] for row in _table(folder, "lookup_lsoa21_ward24_ltla24.csv")}
    assert names == {row["lsoa21_code"]: row["lsoa21_name"] for row in rows}
    assert len(set(names.values())) == len(names)


# Its people


def test_its_people_add_up(folder: Path) -> None:
    by_group = _table(folder, "ethnicity21_lsoa21.csv")
    totals = {row["lsoa21_code"]: int(row["total_residents"]) for row in by_group}
    groups: Counter[str] = Counter()
    for row in by_group:
        groups[row["lsoa21_code"]] += int(row["n"])
    assert groups == totals
    assert sum(totals.values()) == 640_000
    assert all(1_000 <= people <= 3_000 for people in totals.values())
    by_age = _table(folder, "population20_lsoa11.csv")
    for row in by_age:
        _, _, total, *ages = row.values()
        assert len(ages) == 91
        assert sum(map(int, ages)) == int(total)
    assert sum(int(row["total_population"]) for row in by_age) == pytest.approx(640_000, rel=0.01)
    districts = _table(folder, "age_gender21_ltla21_ew.csv")
    assert sum(int(row["total_population"]) for row in districts) == 640_000
    assert all(int(row["total_population"]) == int(row["total_females"]) + int(row["total_males"]) for row in districts)


def test_towns_differ_in_who_lives_there(county: County, folder: Path) -> None:
    white: Counter[str] = Counter()
    everyone: Counter[str] = Counter()
    home = dict(zip(county.lsoa.codes, county.lsoa_district, strict=True))
    for row in _table(folder, "ethnicity21_lsoa21.csv"):
        district = county.district.names[home[row["lsoa21_code"]]]
        everyone[district] += int(row["n"])
        white[district] += int(row["n"]) * (row["ethnic_group"] == "White")
    assert white["Kelderby"] / everyone["Kelderby"] < 0.80
    assert white["Cawmoor"] / everyone["Cawmoor"] > 0.95
    districts = _table(folder, "age_gender21_ltla21_ew.csv")
    older = [(int(r["older_females"]) + int(r["older_males"])) / int(r["total_population"]) for r in districts]
    oldest = county.district.names[int(np.argmax(older))]
    assert oldest in {"Thornsea", "Wyresby", "Cawmoor"}


def test_hardship_gathers_in_two_towns_and_along_the_coast(county: County, folder: Path) -> None:
    deprivation = {row["lsoa21_code"]: row for row in _table(folder, "imd2025_england_lsoa21.csv")}
    hardest = Counter(
        county.district.names[d]
        for code, d in zip(county.lsoa.codes, county.lsoa_district, strict=True)
        if int(deprivation[code]["IMD_decile"]) == 1
    )
    assert {district for district, _ in hardest.most_common(3)} == {"Stanmouth", "Kelderby", "Thornsea"}
    assert hardest["Pellingham"] == hardest["Harrowmere"] == 0
    ranks = [int(row["IMD_rank"]) for row in deprivation.values()]
    scores = [float(row["IMD_score"]) for row in deprivation.values()]
    assert len(set(ranks)) == len(ranks)
    assert 1 <= min(ranks) < max(ranks) <= 33_755
    assert np.all(np.diff(np.array(scores)[np.argsort(ranks)]) <= 0), "a worse rank with a better score"


# What the police send


def test_headers_are_the_real_ones(folder: Path, real_data: Path) -> None:
    with (
        ZipFile(folder / "police-uk-aldermere.zip") as ours,
        ZipFile(real_data / "police-uk" / "police-uk-2020-2023-northumbria.zip") as theirs,
    ):
        for kind in ("street", "outcomes", "stop-and-search"):
            mine = ours.open(f"2022-06/2022-06-aldermere-{kind}.csv").readline().strip()
            assert mine == theirs.open(f"2022-06/2022-06-northumbria-{kind}.csv").readline().strip()


def test_one_month_never_came(months: dict[str, Rows]) -> None:
    for kind in ("street", "stop-and-search"):
        absent = [m for m in MONTHS if f"{m}/{m}-aldermere-{kind}.csv" not in months]
        assert absent == ["2024-11"]
    assert all(f"{m}/{m}-aldermere-outcomes.csv" in months for m in MONTHS)
    assert len(months) == 48 * 3 - 2


def test_there_is_as_much_as_was_promised(months: dict[str, Rows], street: Rows) -> None:
    searches = [len(rows) for name, rows in months.items() if "stop-and-search" in name]
    assert 205_000 < len(street) < 225_000
    assert len({row["Crime type"] for row in street}) == 14
    assert 0.31 < sum(row["Crime type"] == VIOLENCE for row in street) / len(street) < 0.38
    assert np.mean(searches) == pytest.approx(350, abs=10)
    identities = [row["Crime ID"] for row in street if row["Crime ID"]]
    assert len(set(identities)) == len(identities)
    assert all(len(one) == 64 for one in identities)
    assert {row["Crime type"] for row in street if not row["Crime ID"]} == {"Anti-social behaviour"}


def test_the_areas_change_vintage_after_eighteen_months(months: dict[str, Rows], folder: Path) -> None:
    changes = _table(folder, "lookup_lsoa11_lsoa21_ltla22.csv")
    gone = {row["lsoa11_code"] for row in changes if row["change_code"] != "U"}
    new = {row["lsoa21_code"] for row in changes if row["change_code"] != "U"}
    for month in MONTHS:
        codes = {row["LSOA code"] for row in months.get(f"{month}/{month}-aldermere-street.csv", ())}
        assert not codes & (new if month < "2023-10" else gone)
    assert {"2022-04", "2023-10"} <= set(MONTHS)
    assert gone & {row["LSOA code"] for row in months["2023-09/2023-09-aldermere-street.csv"]}
    assert new & {row["LSOA code"] for row in months["2023-10/2023-10-aldermere-street.csv"]}


def test_snap_points_lie_in_the_area_whose_code_they_bear(months: dict[str, Rows], folder: Path) -> None:
    outlines = _outlines(folder, "lsoa21")
    inside = [
        outlines[row["LSOA code"]].intersects(shapely.Point(float(row["Longitude"]), float(row["Latitude"])))
        for row in months["2025-06/2025-06-aldermere-street.csv"]
        if row["LSOA code"] in outlines
    ]
    assert sum(inside) / len(inside) > 0.99


def test_some_rows_have_no_place_some_lie_next_door_and_two_are_spoilt(street: Rows) -> None:
    nowhere = [row for row in street if not row["LSOA code"]]
    next_door = [row for row in street if row["LSOA code"].startswith("Z01999")]
    assert len(nowhere) / len(street) == pytest.approx(0.010, abs=0.002)
    assert len(next_door) / len(street) == pytest.approx(0.005, abs=0.001)
    assert {row["Location"] for row in nowhere} == {"No Location"}
    assert [row["Month"] for row in street if row["Month"] not in MONTHS] == ["2023/05"]
    assert sum(not row["Longitude"].replace(".", "").isdigit() for row in street if row["LSOA code"]) >= 1
    assert [row["Month"] for row in street if row["Longitude"] == "west of the pier"] == ["2025-02"]


def test_violence_and_disorder_peak_in_summer(street: Rows) -> None:
    for kind in (VIOLENCE, "Anti-social behaviour"):
        count = _by_month(street, kind)
        for year in (2022, 2023, 2025):
            summer = sum(count[f"{year}-{month:02d}"] for month in (6, 7, 8))
            winter = sum(count[month] for month in (f"{year}-12", f"{year + 1}-01", f"{year + 1}-02"))
            assert summer > winter * 1.1


def test_recording_changed_in_july_2024(street: Rows) -> None:
    count = _by_month(street, VIOLENCE)
    before = sum(count[month] for month in months_between("2023-07", "2024-06") if month != "2023-11")
    after = sum(count[month] for month in months_between("2024-07", "2025-06"))
    assert 1.15 < after / before < 1.25
    other = _by_month(street, "Criminal damage and arson")
    before = sum(other[month] for month in months_between("2023-07", "2024-06") if month != "2023-11")
    assert sum(other[month] for month in months_between("2024-07", "2025-06")) / before < 1.05
    assert "every offence reported in an incident" in example_recipe().read_text("utf-8").replace("\n# ", " ")


def test_a_hot_spot_emerges_where_nobody_looked(street: Rows) -> None:
    spot = {"Pellingham 002E", "Pellingham 003D", "Pellingham 003E", "Pellingham 006A", "Pellingham 006B",
            "Pellingham 007A"}  # fmt: skip
    text = ANSWERS.read_text("utf-8")
    assert all(name.removeprefix("Pellingham ") in text for name in spot)
    violence = [row for row in street if row["Crime type"] == VIOLENCE]
    then = Counter(row["LSOA name"] for row in violence if "2023-09" <= row["Month"] <= "2024-08")
    now = Counter(row["LSOA name"] for row in violence if row["Month"] >= "2025-04")
    assert sum(now[name] for name in spot) / sum(then[name] for name in spot) > 3
    elsewhere = set(now) - spot
    assert sum(now[name] for name in elsewhere) / sum(then[name] for name in elsewhere) < 1.3
    by_month = Counter(row["Month"] for row in violence if row["LSOA name"] in spot)
    halves = [sum(by_month[m] for m in months_between(a, b)) for a, b in
              (("2023-03", "2024-08"), ("2024-12", "2025-07"), ("2025-08", "2026-03"))]  # fmt: skip
    assert halves[0] / 18 < halves[1] / 8 < halves[2] / 8


def test_few_areas_hold_much_and_hardship_holds_more(street: Rows, folder: Path) -> None:
    decile = {row["lsoa21_code"]: int(row["IMD_decile"]) for row in _table(folder, "imd2025_england_lsoa21.csv")}
    held = Counter(row["LSOA code"] for row in street if row["Crime type"] == VIOLENCE and row["LSOA code"] in decile)
    counts = np.sort([held[code] for code in decile])[::-1]
    assert 0.30 < counts[: len(counts) // 10].sum() / counts.sum() < 0.50, "as in real forces"
    rate = [np.mean([held[code] for code in decile if (decile[code] + 1) // 2 == fifth]) for fifth in range(1, 6)]
    assert rate[0] > rate[1] > rate[2] > rate[3]
    assert rate[0] > 3 * rate[3]


def test_outcomes_come_late_and_charging_slips(months: dict[str, Rows], street: Rows) -> None:
    begun = {row["Crime ID"]: row for row in street if row["Crime type"] == VIOLENCE and row["Month"] in MONTHS}
    charged: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    lags: Counter[int] = Counter()
    for name, rows in months.items():
        if name.endswith("outcomes.csv"):
            for row in {one["Crime ID"]: one for one in rows}.values():
                if crime := begun.get(row["Crime ID"]):
                    year, lag = crime["Month"][:4], MONTHS.index(row["Month"]) - MONTHS.index(crime["Month"])
                    lags[lag] += 1
                    ended[year] += 1
                    charged[year] += row["Outcome type"] == "Suspect charged"
    assert min(lags) == 0
    assert max(lags) > 12
    assert 0.45 < lags[0] / lags.total() < 0.65
    assert 0.07 < charged["2022"] / ended["2022"] < 0.12
    assert charged["2024"] / ended["2024"] < charged["2022"] / ended["2022"]


def test_some_outcomes_are_there_twice_and_some_are_of_earlier_crimes(months: dict[str, Rows], street: Rows) -> None:
    rows = [tuple(row.values()) for name, rows in months.items() if name.endswith("outcomes.csv") for row in rows]
    assert 1 - len(set(rows)) / len(rows) == pytest.approx(0.01, abs=0.003)
    known = {row["Crime ID"] for row in street}
    first = months["2022-04/2022-04-aldermere-outcomes.csv"]
    assert 0.2 < sum(row["Crime ID"] not in known for row in first) / len(first) < 0.6


def test_the_revision_adds_records_and_moves_outcomes_on(months: dict[str, Rows], revised: dict[str, Rows]) -> None:
    assert {name[:7] for name in revised} == set(months_between("2025-10", "2026-03"))
    added, moved = 0, 0
    for name in (name for name in revised if name.endswith("street.csv")):
        was = {row["Crime ID"]: row for row in months[name] if row["Crime ID"]}
        now = {row["Crime ID"]: row for row in revised[name] if row["Crime ID"]}
        assert set(was) < set(now)
        added += len(now) - len(was)
        moved += sum(was[one]["Last outcome category"] != now[one]["Last outcome category"] for one in was)
        assert all(was[one]["LSOA code"] == now[one]["LSOA code"] for one in was)
    assert 300 < added < 700
    assert moved > 2_000


def test_searches_fall_unevenly_and_not_everyone_says_who_they_are(months: dict[str, Rows], folder: Path) -> None:
    searches = [row for name, rows in months.items() if "stop-and-search" in name for row in rows]
    assert [row["Date"] for row in searches] == sorted(row["Date"] for row in searches)
    said = [row["Self-defined ethnicity"] for row in searches]
    assert sum(not one for one in said) / len(said) == pytest.approx(0.12, abs=0.01)
    living: Counter[str] = Counter()
    for row in _table(folder, "ethnicity21_lsoa21.csv"):
        living[row["ethnic_group"].split(",")[0].split(" ")[0]] += int(row["n"])
    searched = {group: sum(one.startswith(group) for one in said) for group in ("White", "Black", "Asian")}
    often = {group: searched[group] / living[group] for group in searched}
    assert often["Black"] / often["White"] == pytest.approx(4.2, rel=0.1)
    assert often["Asian"] / often["White"] == pytest.approx(1.3, rel=0.1)
    assert {row["Outcome"] for row in searches} >= {"A no further action disposal", "Arrest"}


# What the readers make of it


def test_the_production_readers_know_every_file(folder: Path, tmp_path: Path) -> None:
    from headwater.sources import open_package

    datasets = Counter[str]()
    for path in sorted(path for path in folder.iterdir() if not path.name.startswith(PERSONAL)):
        package = open_package(path, tmp_path / "scratch")
        assert package.ignored == (), path.name
        datasets.update(extract.dataset for extract in package.extracts)
        assert {extract.producer for extract in package.extracts if extract.dataset.startswith("police_uk")} <= {
            "aldermere"
        }
    assert datasets["police_uk.street"] == 47 + 6
    assert datasets["police_uk.outcomes"] == 48 + 6
    assert datasets["police_uk.stop_and_search"] == 47 + 6
    assert datasets.total() == 53 + 54 + 53 + 14 + 4 + 9


def test_the_answer_key_names_what_is_planted(county: County) -> None:
    text = ANSWERS.read_text("utf-8")
    changed = {one.name.split(" ")[1] for one in county.changes if one.kind != "U"}
    assert sorted(name for name in changed if name not in text) == []
    assert all(name in text for name in county.district.names)


def test_the_production_readers_set_aside_what_was_spoilt_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    from headwater.engine import open_engine
    from headwater.sources import Extract, conform, open_package

    extracts: dict[str, list[Extract]] = {}
    spoilt = ("2023-05", "2025-02")
    for path in sorted(folder.iterdir()):
        if not path.name.endswith("revised.zip") and not path.name.startswith(PERSONAL):
            for extract in open_package(path, tmp_path / "scratch").extracts:
                if extract.month in (None, *spoilt):
                    extracts.setdefault(extract.dataset, []).append(extract)
    with open_engine(scratch=tmp_path / "engine") as engine:
        accounts = {}
        for dataset, files in extracts.items():
            (tmp_path / dataset).mkdir()
            accounts[dataset] = conform(dataset, files, engine, tmp_path / dataset)
    assert {name: one.quarantined for name, one in accounts.items() if one.quarantined} == {"police_uk.street": 2}
    assert {name for name, one in accounts.items() if one.duplicates} == {"police_uk.outcomes"}
    outcomes = accounts["police_uk.outcomes"]
    assert outcomes.duplicates / outcomes.landed == pytest.approx(0.01, abs=0.005)
