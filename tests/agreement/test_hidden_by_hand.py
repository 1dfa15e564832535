"""What the police do not see, worked out a second time from what two partners sent, line by line, and held to the truth."""

import csv
import math
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pyarrow.parquet as pq
import pytest

import headwater
from headwater.assessment.near import months_near
from headwater.assessment.questions.hidden import hidden
from headwater.assessment.scene import Scene
from headwater.assessment.setting import _asked_for, policies_of
from headwater.engine import Engine, open_engine
from headwater.lake import Snapshot, open_snapshot, open_workspace
from headwater.lake.linking import Linking
from headwater.vocabulary import Level, Measure, Missing, Place, Suppressed, is_shown
from partners import DATASET, KEY
from two_partners import PEOPLE, Partners, linked_workspace

AREA = Place("E23000007", "Aldermere", Level.FORCE)
HOME = Path(headwater.__file__).parent / "definitions"
MEASURE = Measure.read(HOME / "measures" / "unknown-to-police.toml")
Z = 1.959963984540054


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Partners, Path, Linking]:
    return linked_workspace(tmp_path_factory.mktemp("hidden"))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    with open_engine(scratch=tmp_path_factory.mktemp("spill"), threads=1) as opened:
        yield opened


@pytest.fixture
def snapshot(made) -> Snapshot:
    return open_snapshot(open_workspace(made[0]))


def scene_of(snapshot: Snapshot) -> Scene:
    return Scene(
        area=AREA, subareas=(), small=(), people={AREA.code: 100_000}, people_basis="b", producers={AREA.code: ("northumbria",)},
        coverage=snapshot.coverage, snapshot=snapshot.digest, policy=policies_of(snapshot.root)["published-police-data"],
        atlas=cast("Any", None), policies=policies_of(snapshot.root), agreed=_asked_for(snapshot),
    )  # fmt: skip


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def moment(said: str) -> date:
    """The day of '05/06/2023 13:00'."""
    day, month, year = said.partition(" ")[0].split("/")
    return date(int(year), int(month), int(day))


def wilson(part: float, whole: float) -> tuple[float, float]:
    middle, spread = part + Z**2 / 2, Z * math.sqrt(part * (whole - part) / whole + Z**2 / 4)
    return (middle - spread) / (whole + Z**2), (middle + spread) / (whole + Z**2)


def counted(made: tuple[Path, Partners, Path, Linking], months: tuple[str, ...]) -> tuple[int, int]:
    """Attendances of the months with a link to a crime near them, and all of them: by loops over the files and the links."""
    root, partners, _, done = made
    crimes: dict[str, date] = {}
    for row in read(partners.crimes):
        began = moment(row["Committed from"])
        crimes[KEY.event(f"number:zzp:{row['Crime reference']}")] = began
    links = defaultdict(set)
    for row in pq.read_table(root / done.linked.where / "linked.parquet").to_pylist():
        if row["right_role"] == "victim":
            links[row["left_event"]].add(row["right_event"])
    found = whole = 0
    for row in read(partners.hospital):
        arrived = moment(row["Arrival date and time"])
        if f"{arrived:%Y-%m}" not in months:
            continue
        whole += 1
        near = [crimes[key] - arrived for key in links[KEY.event(f"number:zza01:{row['Attendance number']}")]]
        found += any(-7 <= apart.days <= 60 for apart in near)
    return found, whole


def test_the_share_and_its_ends_are_those_of_the_hand_count(made, snapshot, engine: Engine) -> None:
    finding = hidden(scene_of(snapshot), MEASURE, snapshot, engine)
    assert finding is not None
    assert finding.name == "unknown-to-police.share"
    share, count = finding.readings
    assert set(share.period.months) <= {f"2023-{month:02d}" for month in range(1, 11)}
    assert len(share.period.months) >= 6
    found, whole = counted(made, share.period.months)
    reviewed = made[3].linked.reviewed
    assert reviewed is not None
    (p, p_low, p_high), (r, r_low, r_high) = reviewed.precision, reviewed.recall
    assert is_shown(share.cell)
    assert is_shown(count.cell)
    estimate = share.cell.estimate
    assert (estimate.numerator, estimate.denominator) == (whole - found, whole)
    assert count.cell.estimate.value == whole
    assert estimate.value == pytest.approx(100 * (1 - found * p / r / whole))
    fewest, most = wilson(found * p_low / r_high, whole)[0], wilson(min(found * p_high / r_low, whole), whole)[1]
    assert (estimate.lower, estimate.upper) == pytest.approx((100 * (1 - most), 100 * (1 - fewest)))
    assert estimate.method == "linked_share"
    assert "{{ between: unknown-to-police.share" in finding.sentence


def test_the_truth_lies_between_the_ends(made, snapshot, engine: Engine) -> None:
    partners = made[1]
    finding = hidden(scene_of(snapshot), MEASURE, snapshot, engine)
    assert finding is not None
    share = finding.readings[0]
    known = whole = 0
    for person, days in partners.attended.items():
        for day in (day for day in days if f"{day:%Y-%m}" in share.period.months):
            whole += 1
            told = [when for when, _, role in partners.reported.get(person, []) if role == "victim"]
            known += any(timedelta(-7) <= when - day <= timedelta(60) for when in told)
    truth = 100 * (1 - known / whole)
    assert is_shown(share.cell)
    estimate = share.cell.estimate
    assert estimate.lower is not None
    assert estimate.upper is not None
    assert estimate.lower < truth < estimate.upper
    assert estimate.upper - estimate.lower < 25


def test_only_a_crime_that_counts_in_a_role_that_counts_is_found(made, snapshot, engine: Engine) -> None:
    scene = scene_of(snapshot)
    usual, less = (
        hidden(scene, measure, snapshot, engine) for measure in (MEASURE, replace(MEASURE, of={"kind": ["homicide"]}))
    )
    other = hidden(scene, replace(MEASURE, beside_role="nobody"), snapshot, engine)
    for narrower in (less, other):
        cell = narrower.readings[0].cell
        assert is_shown(cell)
        assert cell.estimate.numerator == cell.estimate.denominator, "nobody is found"
    assert is_shown(usual.readings[0].cell)
    wide = hidden(scene, replace(MEASURE, days=(-25, 95)), snapshot, engine)
    assert is_shown(wide.readings[0].cell)
    assert wide.readings[0].cell.estimate.value < usual.readings[0].cell.estimate.value


def test_links_that_nobody_reviewed_give_no_figure_and_the_reason(made, snapshot, engine: Engine) -> None:
    unreviewed = replace(snapshot, linked=replace(snapshot.linked, reviewed=None))
    finding = hidden(scene_of(snapshot), MEASURE, unreviewed, engine)
    cell = finding.readings[0].cell
    assert isinstance(cell, Missing)
    assert "have not been reviewed" in cell.why
    assert "no police record of the same person" in finding.sentence


def test_records_that_were_never_linked_give_no_figure(made, snapshot, engine: Engine) -> None:
    later = replace(snapshot, linked=replace(snapshot.linked, lacking=(PEOPLE,)))
    cell = hidden(scene_of(snapshot), MEASURE, later, engine).readings[0].cell
    assert isinstance(cell, Missing)
    assert "link them again" in cell.why
    assert hidden(scene_of(snapshot), MEASURE, replace(snapshot, linked=None), engine) is None
    strangers = tuple(file for file in snapshot.linked.files if file.dataset != PEOPLE)
    assert (
        hidden(scene_of(snapshot), MEASURE, replace(snapshot, linked=replace(snapshot.linked, files=strangers)), engine)
        is None
    )


def test_the_strictest_of_both_partners_decides(made, snapshot, engine: Engine) -> None:
    """The agreement of the police withholds more than the hospital's."""
    scene = scene_of(snapshot)
    found, whole = counted(made, hidden(scene, MEASURE, snapshot, engine).readings[0].period.months)
    strict = replace(scene.agreed[PEOPLE], smallest_shown=min(found, whole - found) + 1)
    for dataset in (PEOPLE, DATASET, MEASURE.beside):
        agreed = {**scene.agreed, dataset: strict}
        cell = hidden(replace(scene, agreed=agreed), MEASURE, snapshot, engine).readings[0].cell
        assert isinstance(cell, Suppressed), dataset


def test_a_period_needs_both_partners_over_all_the_days_that_are_near(made, snapshot, engine: Engine) -> None:
    assert months_near("2023-01", (-7, 60)) == ("2022-12", "2023-01", "2023-02", "2023-03", "2023-04")
    assert months_near("2023-06", (-7, 60)) == ("2023-05", "2023-06", "2023-07", "2023-08")
    rows = tuple(row for row in snapshot.coverage.rows if row.dataset != PEOPLE or row.month < "2023-08")
    short = replace(snapshot.coverage, rows=rows)
    finding = hidden(replace(scene_of(snapshot), coverage=short), MEASURE, snapshot, engine)
    assert finding.readings[0].period.months[-1] == "2023-05", "the days after June run into August"
    none = tuple(row for row in snapshot.coverage.rows if row.dataset != PEOPLE or row.month < "2023-02")
    finding = hidden(replace(scene_of(snapshot), coverage=replace(short, rows=none)), MEASURE, snapshot, engine)
    assert isinstance(finding.readings[0].cell, Missing)
    assert "no month of which both" in finding.readings[0].cell.why
