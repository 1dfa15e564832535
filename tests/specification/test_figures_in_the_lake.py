"""Published figures in the lake that contradict one another are named; what a policy withholds is not printed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from built_once import take_in
from conformed import body_of
from headwater.assessment.consistency import Doubt, figures_of_lake
from headwater.engine import open_engine
from headwater.lake import Settings, Workspace, new
from headwater.vocabulary import Level

REFERRALS = ("Year", "Adult (18 or over)", "Age not specified or unknown", "Child (17 or under)", "Total")
Lake = Callable[..., tuple[Doubt, ...]]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    settings = Settings(area_name="Kent", area_code="", area_level=Level.FORCE, title="Needs", author="Kent")
    workspace: Workspace = new(tmp_path / "w", settings)

    def doubts(**files: tuple[tuple[object, ...], ...]) -> tuple[Doubt, ...]:
        for name, rows in files.items():
            file = tmp_path / f"{name}.csv"
            file.write_text(body_of(*rows), encoding="utf-8", newline="\n")
            take_in(workspace, [file])
        with open_engine(scratch=workspace.scratch) as engine:
            return figures_of_lake(workspace, engine)

    return doubts


def test_figures_that_agree_are_let_be(lake: Lake):
    assert lake(nrm_2023_q4=(REFERRALS, (2020, 5_071, 495, 5_016, 10_582))) == ()


def test_a_revision_shows_both_figures_with_their_releases(lake: Lake):
    """Home Office: 2020 was 10,613 when first published, and 10,582 in the series of 2023 Q4."""
    found = lake(
        nrm_2020_q4=(REFERRALS, (2020, 5_102, 495, 5_016, 10_613)),
        nrm_2023_q4=(REFERRALS, (2020, 5_071, 495, 5_016, 10_582)),
    )
    assert [(doubt.kind, doubt.words) for doubt in found] == [
        ("revision", "referrals of K02000001, 2020 was revised: 10,613 (2020-Q4), 10,582 (2023-Q4)."),
        ("revision", "referrals of K02000001, age_at_exploitation=adult, 2020 was revised: 5,102 (2020-Q4), 5,071 (2023-Q4)."),
    ]  # fmt: skip


def test_parts_that_miss_their_total_are_named_with_both_sums(lake: Lake):
    (doubt,) = lake(nrm_2023_q4=(REFERRALS, (2020, 5_071, 495, 5_016, 10_528)))
    assert doubt.kind == "sum"
    assert doubt.words == (
        "referrals of K02000001, 2020 is 10,528, and the 3 figures by age at exploitation come to 10,582 (2023-Q4)."
    )


def test_two_values_in_one_release_are_a_contradiction(tmp_path: Path):
    """Two files that both say they are of one release, landed together, and differ."""
    folder = tmp_path / "both"
    folder.mkdir()
    for name, many in (("a_nrm_2023_q4", 5_016), ("b_nrm_2023_q4", 5_061)):
        body = body_of(REFERRALS, (2020, 5_071, 495, many, 5_566 + many))
        (folder / f"{name}.csv").write_text(body, encoding="utf-8", newline="\n")
    both = new(tmp_path / "w2", Settings(area_name="Kent", area_code="", area_level=Level.FORCE, title="N", author="K"))
    take_in(both, [folder])
    with open_engine(scratch=both.scratch) as engine:
        doubts = figures_of_lake(both, engine)
    assert {doubt.kind for doubt in doubts} == {"contradiction"}
    assert any("age_at_exploitation=child, 2020 is 5,016 and 5,061 in one release, 2023-Q4." in d.words for d in doubts)


def test_a_figure_that_its_policy_withholds_is_named_and_not_printed(lake: Lake):
    found = lake(nrm_2020_q4=(REFERRALS, (2020, 3, 0, 0, 3)), nrm_2023_q4=(REFERRALS, (2020, 4, 0, 0, 4)))
    assert found[0].words == "referrals of K02000001, 2020 was revised: [c] (2020-Q4), [c] (2023-Q4)."
    assert not any(character in doubt.words for doubt in found for character in (" 3 ", " 4 "))
