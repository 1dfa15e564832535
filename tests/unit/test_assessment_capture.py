"""From a capture table to what is said of those whom no list has: never without limits, and never without doubts."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import numpy as np
import pytest

import headwater
from built_once import take_in
from headwater.assessment.captured import CaptureTable, capture_table
from headwater.assessment.chapters.partners import exploitation
from headwater.assessment.findings import Finding
from headwater.assessment.questions.capture import (
    BY_BOOTSTRAP,
    BY_MODEL,
    KNOWN,
    LEAST_OF_ALL,
    MOST_OF_ALL,
    capture,
    rounded,
)
from headwater.assessment.quotes import Quotable, plain
from headwater.assessment.record import _coverage, said_of
from headwater.disclosure import Policy
from headwater.engine import open_engine
from headwater.lake import Settings, Workspace, new, open_snapshot
from headwater.sources.captures.invented import TRUTH, invent
from headwater.sources.inventing import example_recipe
from headwater.sources.pretend import Recipe, make_county
from headwater.vocabulary import (
    Cell,
    Estimate,
    Level,
    Measure,
    NotApplicable,
    Period,
    Place,
    Suppressed,
    is_shown,
    why_not,
)

AGREED = Path(headwater.__file__).parent / "definitions"
AREA = Place("Z23000001", "Aldermere", Level.FORCE)
MEASURE = Measure.read(AGREED / "measures" / "hidden-population.toml")
POLICY = Policy.read(AGREED / "disclosure" / "fewer-than-five.toml")
YEAR = Period.financial(2025)
HEADER = "Area,From,To,Police,Council,Charities,Count"
HISTORIES = ((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 1, 1))
WHOLE = CaptureTable(YEAR, ("police", "council", "charities"), HISTORIES, (60, 50, 40, 12, 9, 20, 4))


def scene(policy: Policy = POLICY) -> Any:
    return SimpleNamespace(
        area=AREA, snapshot="s" * 16, policy=policy, chance=lambda _name: np.random.default_rng(1), policies={}
    )


def asked(table: CaptureTable, policy: Policy = POLICY) -> Finding:
    return capture(scene(policy), MEASURE, table)


def cell(finding: Finding, group: str) -> Cell:
    (found,) = (reading.cell for reading in finding.readings if reading.group == group)
    return found


def estimate(finding: Finding, group: str) -> Estimate:
    found = cell(finding, group)
    assert is_shown(found)
    return found.estimate


def landed(folder: Path, *files: Sequence[object] | Path) -> Workspace:
    """A workspace in which capture tables have landed: rows after the header, or files as they are."""
    settings = Settings(area_name="Aldermere", area_code="", area_level=Level.FORCE, title="Needs", author="Unit")
    made = new(folder / "w", settings)
    paths = []
    for number, rows in enumerate(files):
        path = rows if isinstance(rows, Path) else folder / f"{number}.csv"
        if not isinstance(rows, Path):
            path.write_text("\n".join([HEADER, *map(str, rows)]) + "\n", encoding="utf-8", newline="\n")
        paths.append(path)
    take_in(made, paths)
    return made


def table_in(workspace: Workspace) -> CaptureTable | None:
    with open_engine(scratch=workspace.scratch) as engine:
        return capture_table(open_snapshot(workspace), engine, MEASURE, AREA)


@pytest.fixture(scope="module")
def pretend(tmp_path_factory: pytest.TempPathFactory) -> CaptureTable:
    folder = tmp_path_factory.mktemp("captured")
    table = table_in(landed(folder, *invent(make_county(Recipe.read(example_recipe())), folder)))
    assert table is not None
    return table


def test_the_pretend_table_is_read_whole(pretend: CaptureTable) -> None:
    assert pretend.lists == ("charities", "council", "health", "police")
    assert (pretend.period, sum(pretend.people), pretend.trouble) == (YEAR, 312, "")


def test_both_kinds_of_limits_hold_the_truth_and_are_told_apart(pretend: CaptureTable) -> None:
    finding = asked(pretend)
    by_model, by_bootstrap = estimate(finding, BY_MODEL), estimate(finding, BY_BOOTSTRAP)
    assert by_model.value == by_bootstrap.value
    for each in (by_model, by_bootstrap):
        assert each.lower is not None
        assert each.upper is not None
        assert each.lower < TRUTH < each.upper
    assert (by_model.lower, by_model.upper) != (by_bootstrap.lower, by_bootstrap.upper)
    assert (by_model.method, by_bootstrap.method) == ("hidden_population", "hidden_population_bootstrap")
    assert estimate(finding, KNOWN).value == 312
    assert estimate(finding, LEAST_OF_ALL).value <= by_model.value <= estimate(finding, MOST_OF_ALL).value


def test_the_sentence_gives_no_estimate_without_limits_and_says_which(pretend: CaptureTable) -> None:
    finding = asked(pretend)
    said = plain(finding.sentence, Quotable([finding]))
    assert said.startswith("In the financial year 2025-26, 312 people in Aldermere were on one or more of 4 lists.")
    assert said.count("95% interval") == 2
    assert "where the choice of model is allowed for" in said
    assert "suppositions that nobody can check" in said


def test_published_critiques_the_model_and_the_test_of_known_lists_stand_among_its_caveats(
    pretend: CaptureTable,
) -> None:
    told = " ".join(asked(pretend).caveats)
    for words in ("Whitehead, Jackson, Balch and Francis", "Referrals are not prevalence", "cannot be checked",
                  "council with police", "4 of 4 lists, and the limits held the truth for"):  # fmt: skip
        assert words in told


def test_estimates_have_two_figures_and_known_numbers_all_of_theirs(pretend: CaptureTable) -> None:
    finding = asked(pretend)
    for reading in finding.readings:
        found = reading.cell
        if is_shown(found) and found.estimate.method != "count":
            for end in filter(None, (found.estimate.value, found.estimate.lower, found.estimate.upper)):
                assert end in (rounded(end), 312), reading.group


@pytest.mark.parametrize(("value", "said"), [(11_313, 11_000), (729.4, 730), (41.9, 42), (9.96, 10), (3.2, 3), (0, 0)])
def test_rounded_to_two_figures(value: float, said: float) -> None:
    assert rounded(value) == said


def test_every_list_is_told_from_the_others_and_left_out(pretend: CaptureTable) -> None:
    finding = asked(pretend)
    for name in pretend.lists:
        assert is_shown(cell(finding, f"{name.capitalize()}: on the list"))
        assert estimate(finding, f"{name.capitalize()}: predicted by the other lists").method == "list_drop"
        assert estimate(finding, f"In all, without {name}").upper is not None
    assert len(finding.exhibits) == 2


def test_the_table_itself_is_nowhere_in_the_finding(pretend: CaptureTable) -> None:
    counts = {
        reading.group
        for reading in asked(pretend).readings
        if is_shown(reading.cell) and reading.cell.estimate.method == "count"
    }
    assert counts == {KNOWN, *(f"{name.capitalize()}: on the list" for name in pretend.lists)}


def test_a_list_with_a_few_people_is_withheld_with_all_that_is_said_of_it() -> None:
    few = replace(WHOLE, people=(60, 50, 0, 12, 2, 1, 1))
    finding = asked(few)
    for group in ("Charities: on the list", "Charities: predicted by the other lists", "In all, without charities"):
        assert isinstance(cell(finding, group), Suppressed)
    nothing = asked(replace(WHOLE, people=(1, 0, 1, 1, 0, 0, 1)))
    assert isinstance(cell(nothing, KNOWN), Suppressed)
    assert isinstance(cell(nothing, BY_BOOTSTRAP), Suppressed | NotApplicable)


@pytest.mark.parametrize("trouble", ["an estimate needs 3 lists or more, and the table has 2", "a count is withheld"])
def test_where_the_table_will_not_do_it_is_not_applicable_and_says_why(trouble: str) -> None:
    finding = asked(CaptureTable(YEAR, ("police", "council"), (), (), trouble))
    assert isinstance(cell(finding, BY_BOOTSTRAP), NotApplicable)
    assert trouble in plain(finding.sentence, Quotable([finding]))
    assert finding.exhibits == ()


def test_lists_that_hardly_share_anybody_give_no_estimate_and_what_is_known_stands() -> None:
    apart = CaptureTable(YEAR, ("a", "b", "c"), HISTORIES[:3], (40, 30, 20))
    finding = asked(apart)
    assert "too few people are on two lists at once" in why_not(cell(finding, BY_BOOTSTRAP))
    assert estimate(finding, KNOWN).value == 90
    assert any("cannot be checked" in caveat for caveat in finding.caveats)


ROW = "Z23000001,April 2025,March 2026"
SHARED = (f"{ROW},1,0,0,60", f"{ROW},0,1,0,50", f"{ROW},0,0,1,40", f"{ROW},1,1,0,12", f"{ROW},0,1,1,9")


def test_the_latest_table_of_the_area_is_the_one(tmp_path: Path) -> None:
    earlier = tuple(row.replace("2025", "2024").replace("2026", "2025") for row in SHARED)
    table = table_in(landed(tmp_path, earlier, SHARED, ("E10000003,April 2026,March 2027,1,1,0,9",)))
    assert table is not None
    assert (table.period, table.lists, table.people) == (YEAR, ("charities", "council", "police"), (60, 50, 12, 40, 9))


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (((*SHARED[:4], f"{ROW},0,1,1,*"),), "a count in the table is withheld"),
        ((SHARED[:2],), "nobody is on one of the lists"),
        ((SHARED, (*SHARED, "E10000003,April 2025,March 2026,1,1,0,9")), "more than one table of the same months"),
    ],
)
def test_a_table_that_will_not_do_says_why(tmp_path: Path, files: tuple[Sequence[str], ...], why: str) -> None:
    table = table_in(landed(tmp_path, *files))
    assert table is not None
    assert why in table.trouble


def test_two_lists_are_too_few(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("Area,From,A,B,Count\nZ23000001,2025/26,1,0,9\nZ23000001,2025/26,1,1,9\n", encoding="utf-8")
    table = table_in(landed(tmp_path, path))
    assert table is not None
    assert table.trouble == "an estimate needs 3 lists or more, and the table has 2"


def test_without_a_capture_table_nothing_is_asked(tmp_path: Path) -> None:
    other = tuple(row.replace("Z23000001", "E10000003") for row in SHARED)
    assert table_in(landed(tmp_path, other)) is None


def drafting(*findings: Finding) -> Any:
    held = {finding.name: finding for finding in findings}

    def told(name: str) -> str:
        return f"{held[name].sentence}\n\n{{{{ show: {name} }}}}\n\n"

    return SimpleNamespace(measures=[MEASURE], find=held.get, told=told)


def test_the_chapter_tells_it_only_where_a_table_has_landed_and_beneath_its_doubts(pretend: CaptureTable) -> None:
    assert exploitation(drafting()) == ""
    finding = asked(pretend)
    text = exploitation(drafting(finding))
    assert "{{ show: exploitation }}" not in text, "there is nothing else to show"
    assert text.index("- Whitehead, Jackson") < text.index(finding.sentence)
    assert all(f"- {caveat}\n" in text for caveat in finding.caveats)


def test_its_papers_keep_to_the_schema() -> None:
    schema = json.loads((AGREED / "schemas" / "assessment-1.json").read_text("utf-8"))
    jsonschema.validate(said_of(MEASURE), {"$ref": "#/$defs/measure", "$defs": schema["$defs"]})
    assert _coverage(asked(WHOLE), scene())["words"] == f"One capture table, of {YEAR.words}."
