"""Two real forces whose figures are worked out rightly and mislead: where few live and many come, and where little was sent."""

import json
from pathlib import Path
from typing import Any

import pytest

from built_once import DAY, furnish, make_edition, once, take_in
from headwater.assessment import explain
from headwater.lake import Settings, new, open_workspace
from headwater.vocabulary import Level

FORCES = {"city-of-london": "E23000034", "dyfed-powys": "W15000004", "gwent": "W15000002"}


@pytest.fixture(scope="module", params=sorted(FORCES))
def force(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def root(force: str, real_data: Path, reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of one force, from its own files alone."""

    def build(root: Path) -> None:
        settings = Settings(
            area_level=Level.FORCE, area_code=FORCES[force], area_name="", title="Violence", author="The VRU",
            policy="published-police-data",
        )  # fmt: skip
        workspace = new(root, settings)
        furnish(root, reference)
        folder = real_data / "police-uk" / "national-2024-01to04"
        take_in(workspace, [folder / f"police-uk-2024-01to04-{force}.zip"])
        _ = make_edition(workspace)

    return once(tmp_path_factory, f"doubts-{force}", build)


def _caveats(root: Path) -> dict[str, str]:
    record = json.loads((root / "editions" / DAY / "package" / "assessment.json").read_text("utf-8"))
    found: list[dict[str, Any]] = record["findings"]
    return {finding["name"]: " ".join(finding["caveats"]) for finding in found}


def _said(root: Path, chapter: str) -> list[str]:
    text = (root / "editions" / DAY / "chapters" / f"{chapter}.md").read_text("utf-8")
    return [line for line in text.splitlines() if line.startswith("! ")]


EXPECTED = {
    "city-of-london": "Few live and many come in London, City of (it grew 56-fold on a working day at Census 2011).",
    "dyfed-powys": "Dyfed-Powys Police sent less than a fifth of what is usual for so many residents for February 2024 to April 2024.",
}


def test_the_chapters_say_it_of_themselves_and_of_an_ordinary_force_nothing(force: str, root: Path) -> None:
    for chapter in ("summary", "scale", "method"):
        said = _said(root, chapter)
        assert [line[2:].startswith(EXPECTED.get(force, "?")) for line in said] == [True] * (force in EXPECTED)


def test_the_papers_of_every_figure_it_touches_say_it(force: str, root: Path) -> None:
    caveats = _caveats(root)
    doubted = {name for name, said in caveats.items() if EXPECTED.get(force, "?") in said}
    assert caveats.keys() >= {"violence.rate", "violence.count", "robbery.count"}
    whole = set(caveats)
    per_resident = {name for name in whole if name.split(".")[1] in ("rate", "rolling", "gradient", "places")}
    assert doubted == {"city-of-london": per_resident, "dyfed-powys": whole, "gwent": set()}[force]


def test_whoever_asks_a_figure_is_told_it_too(force: str, root: Path) -> None:
    facts = dict(explain(open_workspace(root), "violence.rate").facts)
    assert (EXPECTED.get(force, "?") in facts["Take care"]) == (force in EXPECTED)
