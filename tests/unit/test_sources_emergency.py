"""The pretend returns of emergency departments and the pretend gazetteer: of the real ones' shape, and read through the edge."""

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from headwater.engine import Engine, open_engine
from headwater.lake import Settings, Workspace, conform, freeze, land, new
from headwater.lake.manifest import read_manifests
from headwater.sources.emergency.invented import invent
from headwater.sources.gazetteer.invented import invent as invent_gazetteer
from headwater.sources.inventing import example_recipe
from headwater.sources.pretend import County, Recipe, make_county
from headwater.sources.pretend.incidents import JOINED, MONTHS, SITES
from headwater.vocabulary import Level
from partners import DATASET, a_key, agree


@pytest.fixture(scope="module")
def county() -> County:
    return make_county(Recipe.read(example_recipe()))


@pytest.fixture(scope="module")
def sent(county: County, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("sent")
    return (*invent_gazetteer(county, folder), *invent(county, folder))


@pytest.fixture(scope="module")
def landed(sent: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Engine]:
    root = tmp_path_factory.mktemp("pretend")
    settings = Settings(area_level=Level.FORCE, area_code="Z23000001", area_name="Aldermere", title="", author="")
    workspace = new(root / "workspace", settings)
    agree(workspace, starts="2020-01-01", expires="2040-12-31")
    engine = open_engine(scratch=root / "spill", threads=1)
    with engine as opened:
        for path in sent:
            land(workspace, path, received="2027-01-01", key_file=a_key(root))
            conform(workspace, opened)
        _ = freeze(workspace)
    return workspace, engine


def test_the_same_recipe_gives_the_same_bytes(county: County, sent: tuple[Path, ...], tmp_path: Path) -> None:
    again = (*invent_gazetteer(county, tmp_path), *invent(county, tmp_path))
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in sent]


def test_the_second_site_joins_late_so_that_a_rise_is_coverage(landed: tuple[Workspace, Engine]) -> None:
    snapshot = freeze(landed[0])
    first, second = (len(snapshot.coverage.months(DATASET, site.lower())) for site in SITES)
    assert (first, second) == (MONTHS, MONTHS - JOINED)


def test_what_is_pretended_is_read_and_what_is_wrong_is_set_aside(landed: tuple[Workspace, Engine]) -> None:
    (account,) = (each for each in freeze(landed[0]).accounts if each.dataset == DATASET)
    assert account.conformed > 0.9 * account.landed > 0
    assert dict(account.reasons) == {"'Assault method' is not what the contract says it may be": account.quarantined}
    assert account.quarantined > 0, "'Punched' is on no list"


def test_people_places_and_flags_come_of_it_in_shares_like_lifes(landed: tuple[Workspace, Engine]) -> None:
    workspace, _ = landed
    events = [
        row
        for path in workspace.conformed.glob(f"*/{DATASET}*/events.parquet")
        for row in pq.read_table(path).to_pylist()
    ]
    people = [
        row
        for path in workspace.conformed.glob(f"*/{DATASET}*/people.parquet")
        for row in pq.read_table(path).to_pylist()
    ]
    assert {row["place_confidence"] for row in events} == {"exact", "street", "area", "vague", None}
    assert all((row["area_code"] is None) == (row["place_confidence"] in ("vague", None)) for row in events)
    assert Counter(row["key_grade"] for row in people).keys() == {"nhs-number", "name-and-birth", None}
    assert all((row["person_key"] is None) == (row["key_grade"] is None) for row in people)
    assert sum(row["home_area"] is not None for row in people) > 0.9 * len(people)
    assert {row["knife"] for row in events} == {True, False, None}
    assert {row["event_id"] for row in events} == {row["event_id"] for row in people}
    again = Counter(row["person_key"] for row in people if row["person_key"])
    assert max(again.values()) > 1, "some come twice"


def test_the_manifest_tells_how_much_was_placed(landed: tuple[Workspace, Engine]) -> None:
    crossed = [each for manifest in read_manifests(landed[0].landed) for each in manifest.crossed]
    assert len(crossed) == len(SITES)
    for each in crossed:
        found = dict(each.found)
        placed = sum(found.get(f"place {grade}", 0) for grade in ("exact", "street", "area", "vague"))
        assert 0 < found["place exact"] < placed <= each.rows
