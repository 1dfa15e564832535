"""An analyst fetches, lands and checks, from a mirror on this machine that answers as the publishers do."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from headwater import lake
from headwater.cli import main
from headwater.sources import contract, open_package
from headwater.sources.police_uk import forces
from headwater.vocabulary import months_between
from loopback import Loopback, Query, dropped, loopback, status

ARCHIVE = "/data.police.uk/data/archive/2025-12.zip"
API = "/data.police.uk/api"
PORTAL = "/services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"
NOMIS = "/www.nomisweb.co.uk/api/v01/dataset"
GOV = "/assets.publishing.service.gov.uk/media"
Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run `headwater` as typed: its exit code, its answer, its complaints."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764000000")

    def run(*typed: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in typed])
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out, " ".join(said.err.split())

    return run


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """A mirror with two months of two forces; nobody waits."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("headwater.cli.fetching.time", SimpleNamespace(sleep=lambda _: None))
    with loopback() as server:
        monkeypatch.setenv("HEADWATER_MIRROR", server.address)
        server.files[ARCHIVE] = _archive()
        server.answers[f"{API}/crime-last-updated"] = lambda _: (200, b'{"date": "2025-12-01"}')
        yield server


@pytest.fixture
def workspace(tmp_path: Path, ask: Ask) -> Path:
    folder = tmp_path / "aldermere"
    assert ask("new", folder, "--area", "Aldermere")[0] == 0
    return folder


def _street(month: str, force: str, rows: int) -> bytes:
    header = [column.name for column in contract("police_uk.street").columns]
    name = forces()[force].name
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for n in range(rows):
        place = ("1.52", "53.01", "On or near High Street", "Z01000001", "Aldermere 001A")
        crime = ("Violence and sexual offences", "Under investigation", "")
        writer.writerow((f"{month[5:]}{n:02d}" + "a" * 60, month, name, name, *place, *crime))
    return text.getvalue().encode()


def _archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for month, rows in (("2025-11", 3), ("2025-12", 4)):
            for force in ("aldermere", "northumbria"):
                archive.writestr(f"{month}/{month}-{force}-street.csv", _street(month, force, rows))
    return held.getvalue()


def test_police_from_nothing_to_landed(mirror: Loopback, workspace: Path, ask: Ask) -> None:
    code, said, _ = ask("fetch", "police", "--force", "aldermere", "-w", workspace)
    assert code == 0
    assert str(workspace / "downloads" / "police") in said
    found = sorted(path.name for path in (workspace / "downloads").rglob("*") if path.is_file())
    assert found == ["2025-11-aldermere-street.csv", "2025-12-aldermere-street.csv"]
    first = workspace / "downloads" / "police" / "2025-11" / found[0]
    assert first.read_bytes() == _street("2025-11", "aldermere", 3), "byte for byte as in the archive"

    assert ask("land", workspace / "downloads", "-w", workspace)[0] == 0
    (account,) = lake.open_snapshot(lake.open_workspace(workspace)).accounts
    assert (account.dataset, account.landed, account.conformed, account.quarantined) == ("police_uk.street", 7, 7, 0)


def test_the_same_again_is_not_sent_again(mirror: Loopback, workspace: Path, ask: Ask) -> None:
    for force in ("aldermere", "northumbria"):
        assert ask("fetch", "police", "--force", force, "-w", workspace)[0] == 0
    conditional = ["if-none-match" in headers for target, headers in mirror.asked if target == ARCHIVE]
    assert conditional == [False, True]
    assert len(list((workspace / "downloads" / "police").rglob("*.csv"))) == 4


def test_only_the_months_asked_for_are_taken(mirror: Loopback, workspace: Path, ask: Ask) -> None:
    asked = ("--force", "aldermere", "--from", "2025-12", "--to", "2025-12")
    assert ask("fetch", "police", *asked, "-w", workspace)[0] == 0
    found = [path.name for path in (workspace / "downloads").rglob("*.csv")]
    assert found == ["2025-12-aldermere-street.csv"]


def test_without_a_force_the_release_comes_whole(mirror: Loopback, workspace: Path, ask: Ask) -> None:
    assert ask("fetch", "police", "--from", "2025-11", "-w", workspace)[0] == 0
    release = workspace / "downloads" / "police-2025-12.zip"
    assert release.read_bytes() == mirror.files[ARCHIVE]
    assert ask("land", release, "-w", workspace)[0] == 0


def test_a_run_that_failed_is_run_again_and_goes_on(mirror: Loopback, workspace: Path, ask: Ask) -> None:
    mirror.faults[ARCHIVE] = [dropped(300), *[status(503)] * 6]
    code, _, complaint = ask("fetch", "police", "--force", "aldermere", "-w", workspace)
    assert code == 6
    assert "run this again and it goes on from there" in complaint
    assert not (workspace / "downloads" / "police").exists()
    mirror.faults.clear()
    assert ask("fetch", "police", "--force", "aldermere", "-w", workspace)[0] == 0
    assert mirror.asked[-1][1]["range"] == "bytes=300-"


def test_a_damaged_archive_is_deleted_and_nothing_of_it_is_kept(mirror: Loopback, workspace: Path, ask: Ask) -> None:
    whole = bytearray(mirror.files[ARCHIVE])
    whole[80:140] = bytes(60)
    mirror.files[ARCHIVE] = bytes(whole)
    code, _, complaint = ask("fetch", "police", "--force", "aldermere", "-w", workspace)
    assert code == 6
    assert "is damaged, and was deleted" in complaint
    assert not list(workspace.rglob("*.part"))
    assert not list(workspace.rglob("*.zip"))
    assert not list((workspace / "downloads").rglob("*.csv"))


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        (
            ["police", "--force", "aldermeer"],
            2,
            "there is no police force 'aldermeer' (there is 'aldermere': is that it?)",
        ),
        (["polise"], 2, "there is nothing called 'polise' (there is 'police': is that it?)"),
        (["police", "--from", "last year"], 2, "is not a month"),
        (["police", "--to", "2026-02"], 2, "not published yet: the newest month is 2025-12"),
        (["police", "--from", "2025-12", "--to", "2025-11"], 2, "--from 2025-12 is after --to 2025-11"),
        (["police", "--force", "cleveland"], 6, "has nothing from cleveland"),
        (["police-api"], 2, "name forces that have one with --force"),
        (["police-api", "--force", "btp"], 2, "name forces that have one with --force"),
    ],
)
def test_what_cannot_be_fetched_is_said_plainly(
    mirror: Loopback, workspace: Path, ask: Ask, typed: list[str], code: int, words: str
) -> None:
    answered = ask("fetch", *typed, "-w", workspace)
    assert answered[0] == code
    assert words in answered[2]


def _box(query: Query) -> tuple[float, float, float, float]:
    points = [tuple(map(float, point.split(","))) for point in query["poly"].split(":")]
    south, west = map(min, zip(*points, strict=True))
    north, east = map(max, zip(*points, strict=True))
    return west, south, east, north


class Streets:
    """The API's street crimes: a grid of them over the outline and beyond; a box with too many is refused."""

    def __init__(self, most: int) -> None:
        self.most = most
        places = [(1.0 + 0.05 * x, 52.0 + 0.05 * y) for x in range(13) for y in range(13)]
        self.crimes = [
            {
                "id": number,
                "category": "violent-crime" if number % 2 else "anti-social-behaviour",
                "persistent_id": f"{number:064x}" if number % 2 else "",
                "month": "2025-12",
                "location": {"latitude": f"{y:.6f}", "longitude": f"{x:.6f}", "street": {"id": 1, "name": "On or near Quay"}},
                "outcome_status": {"category": "Under investigation", "date": "2025-12"} if number % 2 else None,
                "context": "",
            }
            for number, (x, y) in enumerate(places)
        ]  # fmt: skip

    def __call__(self, query: Query) -> tuple[int, bytes]:
        west, south, east, north = _box(query)
        inside = [
            crime
            for crime in self.crimes
            if west <= float(crime["location"]["longitude"]) <= east
            and south <= float(crime["location"]["latitude"]) <= north
        ]
        return (503, b"") if len(inside) > self.most else (200, json.dumps(inside).encode())


SEARCH = {
    "type": "Person search", "datetime": "2025-12-06T22:45:00+00:00", "operation": None, "operation_name": None,
    "location": None, "gender": "Male", "age_range": "18-24", "self_defined_ethnicity": "Other ethnic group - Not stated",
    "officer_defined_ethnicity": None, "legislation": None, "object_of_search": "Controlled drugs", "outcome": False,
    "outcome_linked_to_object_of_search": None, "removal_of_more_than_outer_clothing": False, "involved_person": True,
}  # fmt: skip


def _layer(rows: list[dict[str, Any]], *, most: int = 2) -> Callable[[Query], tuple[int, bytes]]:
    """A layer that gives `most` rows at a time, however many are asked for."""

    def answer(query: Query) -> tuple[int, bytes]:
        if query.get("returnCountOnly"):
            return 200, json.dumps({"count": len(rows)}).encode()
        start, name = int(query["resultOffset"]), query["outFields"].split(",")[0]
        key = "attributes" if query["f"] == "json" else "properties"
        ordered = sorted(rows, key=lambda row: row[key][name])
        return 200, json.dumps({"features": ordered[start : start + most]}).encode()

    return answer


def _outlines(code: str, name: str, how_many: int) -> list[dict[str, Any]]:
    """Squares side by side."""
    return [
        {
            "type": "Feature",
            "id": n,
            "properties": {code: f"Z{23 if code.startswith('PFA') else '01'}{n:06d}", name: f"Place {n}", "FID": n},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[n, 52.0], [n + 0.42, 52.0], [n + 0.42, 52.42], [n, 52.42], [n, 52.0]]],
            },
        }
        for n in range(1, how_many + 1)
    ]


def test_police_from_the_api_lands_without_small_areas(mirror: Loopback, workspace: Path, ask: Ask) -> None:
    streets = Streets(most=40)
    nowhere = {**streets.crimes[1], "id": 9001, "persistent_id": "b" * 64, "location": None}
    mirror.answers |= {
        f"{API}/crimes-street-dates": lambda _: (
            200,
            b'[{"date": "2025-12", "stop-and-search": ["aldermere"]}, {"date": "2025-11", "stop-and-search": []}]',
        ),
        f"{API}/crimes-street/all-crime": streets,
        f"{API}/crimes-no-location": lambda _: (200, json.dumps([nowhere]).encode()),
        f"{API}/stops-force": lambda _: (200, json.dumps([SEARCH]).encode()),
        f"{PORTAL}/Police_Force_Areas_December_2023_EW_BGC/FeatureServer/0/query": _layer(
            _outlines("PFA23CD", "PFA23NM", 1)
        ),
    }
    asked = ("--force", "aldermere", "--from", "2025-12", "--to", "2025-12")
    assert ask("fetch", "police-api", *asked, "-w", workspace)[0] == 0
    written = workspace / "downloads" / "police-api" / "2025-12" / "2025-12-aldermere-street.csv"
    with written.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    inside = [crime for crime in streets.crimes if float(crime["location"]["longitude"]) < 1.42]
    inside = [crime for crime in inside if float(crime["location"]["latitude"]) < 52.42]
    assert len(inside) == 81
    assert len(rows) == 81 + 1, "each crime once, though boxes share their edges; none from outside the outline"
    assert {row["LSOA code"] for row in rows} == {""}
    assert {row["Crime type"] for row in rows} == {"Violence and sexual offences", "Anti-social behaviour"}
    assert sum(path.endswith("/all-crime") for path in mirror.paths()) > 5, "it had to cut the box"

    assert ask("land", workspace / "downloads", "-w", workspace)[0] == 0
    snapshot = lake.open_snapshot(lake.open_workspace(workspace))
    accounts = {account.dataset: account for account in snapshot.accounts}
    assert accounts["police_uk.street"].conformed == 82
    assert accounts["police_uk.stop_and_search"].conformed == 1


def test_an_api_that_never_stops_refusing_is_not_asked_for_ever(mirror: Loopback, workspace: Path, ask: Ask) -> None:
    mirror.answers |= {
        f"{API}/crimes-street-dates": lambda _: (200, b'[{"date": "2025-12", "stop-and-search": []}]'),
        f"{API}/crimes-street/all-crime": lambda _: (503, b""),
        f"{PORTAL}/Police_Force_Areas_December_2023_EW_BGC/FeatureServer/0/query": _layer(
            _outlines("PFA23CD", "PFA23NM", 1)
        ),
    }
    asked = ("--force", "aldermere", "--from", "2025-12", "--to", "2025-12")
    code, _, complaint = ask("fetch", "police-api", *asked, "-w", workspace)
    assert code == 6
    assert "goes on refusing 2025-12" in complaint
    assert len(mirror.asked) < 40


def _places(mirror: Loopback) -> None:
    tables = {
        "LSOA11_LSOA21_LAD22_EW_LU_v5": "LSOA11CD LSOA11NM CHGIND LSOA21CD LSOA21NM LAD22CD LAD22NM",
        "LSOA21_WD24_LAD24_EW_LU": "LSOA21CD LSOA21NM WD24CD WD24NM LAD24CD LAD24NM",
        "LAD24_CSP24_PFA24_EW_LU": "LAD24CD LAD24NM CSP24CD CSP24NM PFA24CD PFA24NM",
        "LAD24_RGN24_EN_LU": "LAD24CD LAD24NM RGN24CD RGN24NM",
    }
    for service, fields in tables.items():
        rows = [{"attributes": {name: _cell(name, n) for name in (*fields.split(), "ObjectId")}} for n in range(5)]
        mirror.answers[f"{PORTAL}/{service}/FeatureServer/0/query"] = _layer(rows)
    for service, field in {
        "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BSC_V4": "LSOA21",
        "Middle_layer_Super_Output_Areas_December_2021_Boundaries_EW_BSC_V3": "MSOA21",
        "Wards_December_2024_Boundaries_UK_BGC": "WD24",
        "Local_Authority_Districts_May_2024_Boundaries_UK_BSC": "LAD24",
        "Police_Force_Areas_December_2023_EW_BGC": "PFA23",
    }.items():
        outlines = _outlines(f"{field}CD", f"{field}NM", 5)
        mirror.answers[f"{PORTAL}/{service}/FeatureServer/0/query"] = _layer(outlines)


def _cell(name: str, n: int) -> str:
    if name == "CHGIND":
        return "U"
    return f"Z{len(name):02d}{n:06d}" if name.endswith("CD") else f"Place {n}"


def test_places_come_page_by_page_and_land(mirror: Loopback, workspace: Path, ask: Ask) -> None:
    _places(mirror)
    code, said, complaint = ask("fetch", "places", "-w", workspace)
    assert (code, complaint) == (0, "Fetching …")
    fetched = workspace / "downloads" / "places"
    table = (fetched / "lookup_lsoa21_ward24_ltla24.csv").read_text("utf-8").splitlines()
    assert table[0] == "LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM"
    assert len(table) == 6
    outlines = json.loads((fetched / "boundaries_lsoa21.geojson").read_text("utf-8"))
    assert outlines["features"][0]["properties"] == {
        "LSOA21CD": "Z01000001",
        "LSOA21NM": "Place 1",
    }
    assert len(outlines["features"]) == 5
    assert not list((workspace / "cache").rglob("*.json")), "pages are thrown away when all are here"
    package = open_package(fetched, workspace / "scratch")
    assert {extract.dataset for extract in package.extracts} == {"ons_places.lookups", "ons_places.boundaries"}
    assert len(package.extracts) == said.count("places" + ("\\" if "\\" in str(fetched) else "/")) == 9


def test_pages_that_came_are_not_asked_for_again_after_a_failure(mirror: Loopback, workspace: Path, ask: Ask) -> None:
    _places(mirror)
    table = f"{PORTAL}/LSOA11_LSOA21_LAD22_EW_LU_v5/FeatureServer/0/query"
    whole = mirror.answers[table]
    mirror.answers[table] = lambda query: (500, b"") if query.get("resultOffset") == "2" else whole(query)
    assert ask("fetch", "places", "-w", workspace)[0] == 6
    mirror.answers[table] = whole
    mirror.asked.clear()
    assert ask("fetch", "places", "-w", workspace)[0] == 0
    offsets = [
        target.split("resultOffset=")[1][0] for target, _ in mirror.asked if table in target and "Offset" in target
    ]
    assert offsets == ["2", "4"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b'{"error": {"code": 400, "message": "Invalid URL"}}', "was refused by the server"),
        (b'{"count": 0}', "0 of 0 rows"),
        (b"[1, 2", "not readable JSON"),
        (b'{"cont": 5}', "does not say how many rows it has"),
    ],
)
def test_a_portal_that_says_no_is_heard(mirror: Loopback, workspace: Path, ask: Ask, answer: bytes, words: str) -> None:
    _places(mirror)
    mirror.answers[f"{PORTAL}/LSOA11_LSOA21_LAD22_EW_LU_v5/FeatureServer/0/query"] = lambda _: (200, answer)
    code, _, complaint = ask("fetch", "places", "-w", workspace)
    assert code == 6
    assert words in complaint
    assert not list((workspace / "downloads").rglob("*.csv"))


def test_a_layer_cut_short_or_changed_is_not_kept(mirror: Loopback, workspace: Path, ask: Ask) -> None:
    _places(mirror)
    table = f"{PORTAL}/LSOA11_LSOA21_LAD22_EW_LU_v5/FeatureServer/0/query"
    whole = mirror.answers[table]
    mirror.answers[table] = lambda query: (200, b'{"count": 9}') if "returnCountOnly" in query else whole(query)
    code, _, complaint = ask("fetch", "places", "-w", workspace)
    assert (code, "5 of 9 rows" in complaint) == (6, True)
    rows = [{"attributes": {"LSOA11CD": "Z01000001"}}]
    mirror.answers[table] = _layer(rows)
    code, _, complaint = ask("fetch", "places", "-w", workspace)
    assert code == 6
    assert "has no LSOA11NM, CHGIND" in complaint
    assert not list((workspace / "downloads").rglob("*.csv"))


def _nomis(rows: list[dict[str, str]], most: int) -> Callable[[Query], tuple[int, bytes]]:
    def answer(query: Query) -> tuple[int, bytes]:
        start = int(query["RecordOffset"])
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, [*rows[0], "RECORD_COUNT"], lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows({**row, "RECORD_COUNT": str(len(rows))} for row in rows[start : start + most])
        return 200, text.getvalue().encode()

    return answer


def _residents() -> list[dict[str, str]]:
    ages = {"200": "93", **{str(code): "1" for code in range(101, 192)}, "103": "3"}
    return [
        {"DATE": "2024", "GEOGRAPHY_CODE": area, "C_AGE": age, "OBS_VALUE": people}
        for area in ("Z01000002", "Z01000001")
        for age, people in ages.items()
    ]


def _groups() -> list[dict[str, str]]:
    names = list(contract("populations.ethnicity").codes["ethnicity"])
    people = {"Total: All usual residents": "15", **{name: str(n) for n, name in enumerate(names, start=1)}}
    return [
        {"DATE": "2021", "GEOGRAPHY_CODE": area, "C2021_ETH_20_NAME": group, "OBS_VALUE": n}
        for area in ("Z01000001", "Z01000002")
        for group, n in people.items()
    ]


def test_populations_are_turned_into_the_files_the_reader_knows(mirror: Loopback, workspace: Path, ask: Ask) -> None:
    mirror.answers[f"{NOMIS}/NM_2014_1.data.csv"] = _nomis(_residents(), most=50)
    mirror.answers[f"{NOMIS}/NM_2041_1.data.csv"] = _nomis(_groups(), most=5)
    assert ask("fetch", "populations", "-w", workspace)[0] == 0
    fetched = workspace / "downloads" / "populations"
    assert sorted(path.name for path in fetched.iterdir()) == ["ethnicity21_lsoa21.csv", "population24_lsoa21.csv"]
    header, first, _ = (fetched / "population24_lsoa21.csv").read_text("utf-8").splitlines()
    assert header.split(",")[:4] + header.split(",")[-2:] == ["lsoa21_code", "total_population", "0", "1", "89", "90+"]
    assert first.split(",")[:5] == ["Z01000001", "93", "1", "1", "3"]
    assert ask("land", fetched, "-w", workspace)[0] == 0
    accounts = {a.dataset: a for a in lake.open_snapshot(lake.open_workspace(workspace)).accounts}
    assert (accounts["populations.single_years"].conformed, accounts["populations.single_years"].quarantined) == (2, 0)
    assert (accounts["populations.ethnicity"].conformed, accounts["populations.ethnicity"].quarantined) == (10, 0)


def test_an_area_without_all_of_its_ages_is_not_passed_off_as_whole(
    mirror: Loopback, workspace: Path, ask: Ask
) -> None:
    mirror.answers[f"{NOMIS}/NM_2014_1.data.csv"] = _nomis(_residents()[:-1], most=50)
    code, _, complaint = ask("fetch", "populations", "-w", workspace)
    assert code == 6
    assert "without all of their ages" in complaint
    assert not list((workspace / "downloads").rglob("*.csv"))


def test_deprivation_comes_as_it_is_published(mirror: Loopback, workspace: Path, ask: Ask) -> None:
    words = ("Rank (where 1 is most deprived)", "Decile (where 1 is most deprived 10% of LSOAs)")
    for path, year in (
        ("691ded56d140bbbaa59a2a7d/File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv", 2021),
        (
            "5dc407b440f0b6379a7acc8d/File_7_-_All_IoD2019_Scores__Ranks__Deciles_and_Population_Denominators_3.csv",
            2011,
        ),
    ):
        header = (f"LSOA code ({year})", *(f"Index of Multiple Deprivation (IMD) {word}" for word in words))
        mirror.files[f"{GOV}/{path}"] = ("﻿" + ",".join(header) + "\nE01000001,29199,9\n").encode()
    assert ask("fetch", "deprivation", "-w", workspace)[0] == 0
    fetched = workspace / "downloads" / "deprivation"
    package = open_package(fetched, workspace / "scratch")
    assert [extract.dataset for extract in package.extracts] == ["deprivation.imd_2019", "deprivation.imd_2025"]
    kept = {path.read_bytes() for path in fetched.iterdir()}
    assert kept == {body for path, body in mirror.files.items() if path.startswith(GOV)}


def test_a_real_release_is_taken_out_byte_for_byte(
    mirror: Loopback, workspace: Path, ask: Ask, real_data: Path
) -> None:
    whole = real_data / "police-uk" / "police-uk-2025-cleveland.zip"
    mirror.files[ARCHIVE] = whole.read_bytes()
    mirror.faults[ARCHIVE] = [dropped(1_000_000)]
    asked = ("--force", "cleveland", "--from", "2025-03", "--to", "2025-05")
    assert ask("fetch", "police", *asked, "-w", workspace)[0] == 0
    with zipfile.ZipFile(whole) as archive:
        for month in months_between("2025-03", "2025-05"):
            name = f"{month}/{month}-cleveland-street.csv"
            assert (workspace / "downloads" / "police" / name).read_bytes() == archive.read(name)
    assert len(list((workspace / "downloads").rglob("*.csv"))) == 3
    assert any("range" in headers for _, headers in mirror.asked)
