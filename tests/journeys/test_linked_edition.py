"""Two partners' records are linked and reviewed, and the edition says what the police did not see, and on whose word."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from built_once import printing
from headwater.assessment import assess, explain
from headwater.assessment.setting import definitions
from headwater.engine import Engine, open_engine
from headwater.lake import Workspace, freeze, open_workspace, retain
from headwater.lake.linking import Review, link, named_linkage
from two_partners import RECEIVED, agree_to_link, land_all, two_partners

NAME = "unknown-to-police.share"


@pytest.fixture
def linked(published_aldermere: Path, tmp_path: Path) -> Iterator[tuple[Workspace, Engine]]:
    """Aldermere, with a year of two partners' records linked in it."""
    root = tmp_path / "aldermere"
    shutil.copytree(published_aldermere, root)
    workspace = open_workspace(root)
    agree_to_link(workspace, expires="2026-12-31")
    partners = two_partners(tmp_path / "sent")
    with open_engine(scratch=tmp_path / "spill", threads=1) as engine, printing():
        key = land_all(workspace, engine, partners, tmp_path)
        review = Review(300, partners.judge, np.random.default_rng(1))
        how = named_linkage(root, "people")
        _ = link(workspace, partners.files, how, day=RECEIVED, key_file=key, review=review)
        _ = freeze(workspace)
        yield workspace, engine


def record(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "package" / "assessment.json").read_text("utf-8"))


def test_the_edition_says_what_the_police_did_not_see_and_on_whose_word(linked: tuple[Workspace, Engine]) -> None:
    workspace, engine = linked
    made = assess(workspace, engine, published="2026-11-23", name="autumn")
    found = record(made.folder)
    jsonschema.validate(found, json.loads((definitions("schemas") / "assessment-1.json").read_text("utf-8")))
    (finding,) = (each for each in found["findings"] if each["name"] == NAME)
    (linkage,) = found["linkages"]
    assert finding["provenance"]["linkage"] == linkage["sha256"]
    assert {source["dataset"] for source in found["sources"] if source["sha256"] in finding["provenance"]["sources"]} >= {
        "emergency.attendances", "police_records.crimes", "police_records.people",
    }  # fmt: skip
    assert [each["name"] for each in linkage["agreements"]] == ["force", "hospital"]
    assert linkage["reviewed"]["judged"] > 50
    assert "links" not in linkage, "how many links there are is nobody's figure"
    share, count = finding["cells"]
    assert 0 < share["lower"] < share["value"] < share["upper"] < 100
    assert f"Of {count['text']} attendances after assault" in finding["sentence"]
    assert (
        f"between {share['lower']:.0f}% and {share['upper']:.0f}% were of violence that no police record"
        in finding["sentence"]
    )
    assert "Agreement" in finding["policy"]
    told = dict(explain(workspace, NAME, edition="autumn").facts)
    assert "By people, version 2" in told["Linkage"]
    assert "hospital, version 1.1" in told["Linkage"]
    assert "precision" in told["Linkage"]
    assert "59%" in told["Take care"]
    page = (made.folder / "site" / "figures-unknown-to-police-share.html").read_text("utf-8")
    assert "pairs judged blind" in page
    late = record(assess(workspace, engine, published="2027-01-01", name="winter").folder)
    assert NAME not in {each["name"] for each in late["findings"]}
    assert "linkages" not in late
    links, *_ = retain(workspace, "2025-12-01")
    assert (links.package, links.editions) == (linkage["sha256"], ("autumn",))
    gone = [said for term, said in explain(workspace, NAME, edition="autumn").facts if term == "Deleted since"]
    assert any("links between" in said for said in gone)


def test_links_that_nobody_reviewed_are_no_ground_for_a_figure(
    linked: tuple[Workspace, Engine], tmp_path: Path
) -> None:
    workspace, engine = linked
    partners = two_partners(tmp_path / "sent")
    key = tmp_path / "secrets" / "person.key"
    _ = link(workspace, partners.files, named_linkage(workspace.root, "people"), day=RECEIVED, key_file=key)
    _ = freeze(workspace)
    found = record(assess(workspace, engine, published="2026-11-23", name="autumn").folder)
    (finding,) = (each for each in found["findings"] if each["name"] == NAME)
    assert finding["cells"][0]["status"] == "missing"
    assert "have not been reviewed" in finding["sentence"]
    assert "reviewed" not in found["linkages"][0]
