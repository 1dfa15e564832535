"""Violence in the pretend county: made once, known to some partners and not to others, and read through the edge from each."""

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from headwater.engine import open_engine
from headwater.lake import Settings, Snapshot, Workspace, conform, freeze, land, new
from headwater.lake.agreements import Agreement
from headwater.sources import contract, sources
from headwater.sources.ambulance.invented import invent as invent_ambulance
from headwater.sources.edge.identifiers import name_of
from headwater.sources.emergency.invented import invent as invent_emergency
from headwater.sources.gazetteer.invented import invent as invent_gazetteer
from headwater.sources.inventing import example_recipe
from headwater.sources.police_records.invented import invent as invent_police
from headwater.sources.pretend import County, Recipe, make_county
from headwater.sources.pretend.incidents import MONTHS, Violence, invent_violence, true_pairs
from headwater.vocabulary import Level
from partners import a_key

CRIMES, PEOPLE, SEEN, SENT = (
    "police_records.crimes",
    "police_records.people",
    "emergency.attendances",
    "ambulance.incidents",
)
AGREEMENTS = example_recipe().parent / "agreements"
Rows = Callable[[str, str], list[dict[str, object]]]


@pytest.fixture(scope="module")
def county() -> County:
    return make_county(Recipe.read(example_recipe()))


@pytest.fixture(scope="module")
def violence(county: County) -> Violence:
    return invent_violence(county)


@pytest.fixture(scope="module")
def files(county: County, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sent")
    made = (invent(county, folder) for invent in (invent_police, invent_emergency, invent_ambulance))
    return {path.stem.removeprefix("pretend_"): path for paths in made for path in paths}


@pytest.fixture(scope="module")
def landed(
    county: County, files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Workspace, Snapshot]:
    """Every file, under the example agreements and no other."""
    root = tmp_path_factory.mktemp("pretend")
    settings = Settings(area_level=Level.FORCE, area_code="Z23000001", area_name="Aldermere", title="", author="")
    workspace = new(root / "workspace", settings)
    (workspace.root / "agreements").mkdir(exist_ok=True)
    for path in AGREEMENTS.glob("*.toml"):
        (workspace.root / "agreements" / path.name).write_bytes(path.read_bytes())
    with open_engine(scratch=root / "spill", threads=1) as engine:
        for path in (*invent_gazetteer(county, root), *files.values()):
            land(workspace, path, received="2026-06-01", key_file=a_key(root))
            conform(workspace, engine)
        snapshot = freeze(workspace)
    return workspace, snapshot


@pytest.fixture(scope="module")
def rows(landed: tuple[Workspace, Snapshot]) -> Rows:
    def read(dataset: str, table: str) -> list[dict[str, object]]:
        paths = sorted(landed[0].conformed.glob(f"*/{dataset}*/{table}.parquet"))
        return [row for path in paths for row in pq.read_table(path).to_pylist()]

    return read


def lines(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_as_much_is_known_to_each_partner_as_should_be(violence: Violence) -> None:
    of = violence.incidents
    crimes, seen, sent = (
        sum(bool(getattr(each, name)) for each in of) for name in ("crime", "attendance", "ambulance")
    )
    assert crimes / MONTHS == pytest.approx(350, rel=0.05)
    assert sent / MONTHS == pytest.approx(150, rel=0.06)
    both_sites = [each for each in of if each.attendance and each.happened.year == 2025]
    assert len(both_sites) / 12 == pytest.approx(120, rel=0.07)
    assert len(true_pairs(violence)) / seen == pytest.approx(0.45, abs=0.03)


def test_people_are_hurt_again_and_some_who_are_hurt_are_suspected(violence: Violence) -> None:
    known = [each for each in violence.incidents if each.crime]
    hurt = Counter(each.victim for each in known)
    suspects = {each.suspect for each in known if each.suspect is not None}
    assert 0.15 < sum(many > 1 for many in hurt.values()) / len(hurt) < 0.4
    assert 0.2 < len(suspects & set(hurt)) / len(suspects) < 0.6
    assert all(each.victim != each.suspect for each in known)
    born = violence.pool.columns["date_of_birth"]
    ages = [(each.happened.date() - date.fromisoformat(born[each.victim])).days // 365 for each in known]
    assert sum(15 <= age < 35 for age in ages) / len(ages) > 0.5


def test_knives_and_flags_are_as_common_as_in_life(violence: Violence) -> None:
    known = [each for each in violence.incidents if each.crime]
    assert sum(each.weapon == "knife" for each in known) / len(known) == pytest.approx(0.08, abs=0.02)
    told = Counter(flag for each in known for flag in each.flags)
    assert told["domestic"] > told["alcohol"] > told["gang"] > told["county_lines"] > told["modern_slavery"] > 0


def test_violence_is_thickest_where_the_county_draws_it(violence: Violence) -> None:
    often = Counter(each.area for each in violence.incidents)
    hardest = {n for n, hard in enumerate(violence.county.hardship) if hard > 0.8}
    share = len(hardest) / len(violence.county.lsoa)
    assert sum(often[area] for area in hardest) / len(violence.incidents) > 1.5 * share


def test_the_same_recipe_gives_the_same_bytes(county: County, files: dict[str, Path], tmp_path: Path) -> None:
    made = (path for invent in (invent_police, invent_emergency, invent_ambulance) for path in invent(county, tmp_path))
    assert {path.name: path.read_bytes() for path in made} == {path.name: path.read_bytes() for path in files.values()}


def test_the_truth_is_in_the_files_under_the_partners_own_numbers(files: dict[str, Path], violence: Violence) -> None:
    attendances = {
        row["Attendance number"] for site in ("zza01", "zzb02") for row in lines(files[f"ed_assaults_{site}"])
    }
    crimes = {row["Crime reference"] for row in lines(files["police_crimes"])}
    pairs = true_pairs(violence)
    assert {one for one, _ in pairs} <= attendances
    assert {other for _, other in pairs} <= crimes
    assert len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})


def test_true_pairs_look_like_one_person_mostly_and_not_always(files: dict[str, Path], violence: Violence) -> None:
    patients = {
        row["Attendance number"]: row for site in ("zza01", "zzb02") for row in lines(files[f"ed_assaults_{site}"])
    }
    victims = {row["Crime reference"]: row for row in lines(files["police_people"]) if row["Role"] == "Victim"}
    same = [
        name_of(f"{patients[one]['Forename']} {patients[one]['Surname']}")
        == name_of(f"{victims[other]['Forename']} {victims[other]['Surname']}")
        for one, other in true_pairs(violence)
    ]
    assert 0.6 < sum(same) / len(same) < 0.95, "each partner misspells in its own way"
    assert "NHS number" not in next(iter(victims.values())), "police never have one"


@pytest.mark.parametrize("dataset", [CRIMES, PEOPLE, SEEN, SENT])
def test_what_is_pretended_is_read_and_every_row_is_accounted_for(
    landed: tuple[Workspace, Snapshot], files: dict[str, Path], dataset: str
) -> None:
    sent = {CRIMES: ["police_crimes"], PEOPLE: ["police_people"], SEEN: ["ed_assaults_zza01", "ed_assaults_zzb02"],
            SENT: ["ambulance_incidents"]}  # fmt: skip
    found = [each for each in landed[1].accounts if each.dataset == dataset]
    assert sum(each.landed for each in found) == sum(len(lines(files[name])) for name in sent[dataset])
    assert sum(each.quarantined for each in found) < 0.03 * sum(each.landed for each in found)
    covered = {row.month for row in landed[1].coverage.rows if row.dataset == dataset}
    assert len(covered) == MONTHS


def test_the_faults_of_each_file_are_found(landed: tuple[Workspace, Snapshot]) -> None:
    accounts = {each.dataset: each for each in landed[1].accounts}
    assert dict(accounts[CRIMES].reasons).keys() == {"'Offence code' is not on the list of offences (home-office)"}
    assert accounts[CRIMES].duplicates > 0
    assert ["were not in use" in note or "was not in use" in note for note in accounts[CRIMES].notes] == [True, False]
    assert accounts[PEOPLE].duplicates > 0
    assert dict(accounts[SENT].reasons).keys() == {"'Chief complaint' is not what the contract says it may be"}
    assert accounts[SENT].duplicates > 1_000, "second vehicles"


def test_crimes_and_people_join_and_an_incident_is_counted_once(rows: Rows, violence: Violence) -> None:
    events, people = rows(CRIMES, "events"), rows(PEOPLE, "people")
    crimes = {row["event_id"] for row in events}
    assert len(crimes) == len(events)
    unlisted = {row["event_id"] for row in people} - crimes
    assert len(unlisted) < 0.01 * len(crimes), "only those whose crime was set aside"
    assert {row["role"] for row in people} == {"victim", "suspect"}
    incidents = rows(SENT, "events")
    assert len(incidents) == len({row["event_id"] for row in incidents})
    assert len(incidents) == pytest.approx(sum(bool(each.ambulance) for each in violence.incidents), rel=0.03)


def test_police_keys_rest_on_their_own_numbers_and_never_on_an_nhs_number(rows: Rows) -> None:
    grades = Counter(row["key_grade"] for row in rows(PEOPLE, "people"))
    assert grades["own-number"] > grades["name-and-birth"] > grades[None] > 0
    assert "nhs-number" not in grades
    assert {row["key_grade"] for row in rows(SENT, "people")} == {"nhs-number", "name-and-birth", None}


def test_places_are_given_or_found(rows: Rows) -> None:
    for dataset in (CRIMES, SENT):
        found = Counter(row["place_confidence"] for row in rows(dataset, "events"))
        assert found["given"] > sum(many for sure, many in found.items() if sure != "given")
        assert found["vague"] > 0


@pytest.mark.parametrize("name", ["police-records", "ed-assaults", "ambulance"])
def test_the_example_agreements_let_in_all_that_is_pretended(name: str) -> None:
    agreement = Agreement.read(AGREEMENTS / f"{name}.toml")
    assert (agreement.starts, agreement.expires) == (date(2026, 1, 1), date(2028, 12, 31))
    assert (agreement.smallest_shown, agreement.after_expiry) == (5, "keep")
    for dataset, shared in agreement.datasets.items():
        assert shared.fields == {column.name for column in contract(dataset).columns}


def test_every_guarded_dataset_that_is_pretended_has_an_example_agreement() -> None:
    shared = {name for path in AGREEMENTS.glob("*.toml") for name in Agreement.read(path).datasets}
    ours = {CRIMES, PEOPLE, SEEN, SENT}
    assert ours <= shared
    assert ours <= {name for source in sources() for name, each in source.contracts.items() if each.edge}
