"""Serious violence is what an area says it is: chosen by name, forked in the workspace, and never joined with another."""

from dataclasses import replace
from pathlib import Path

import pytest

from headwater.assessment.local import SHIPPED, chosen, counted_locally, local_definitions
from headwater.assessment.setting import measures
from headwater.places import bands_within
from headwater.vocabulary import EVERYONE, Measure, WrongRequest

BASE = replace(
    next(measure for measure in measures() if measure.name == "violence"),
    source="police_records.crimes",
    where={},
    definition="local",
)


def counted(root: Path, name: str, measure: Measure = BASE) -> list[Measure]:
    return list(counted_locally([measure], chosen(root, name)))


def test_nothing_is_counted_until_an_area_chooses(tmp_path: Path) -> None:
    plain = replace(BASE, definition="")
    assert list(counted_locally([BASE, plain], chosen(tmp_path, ""))) == [plain]


def test_a_definition_brings_its_offences_its_exclusions_and_its_name(tmp_path: Path) -> None:
    (measure,) = counted(tmp_path, "thames-valley-2021")
    assert measure.definition == "thames-valley-2021 version 1"
    assert measure.without == ["domestic"]
    assert {"1", "8N"} <= set(measure.where["offence_code"])
    assert "105A" not in measure.where["offence_code"]
    assert measure.ages == EVERYONE


def test_a_fork_in_the_workspace_stands_in_for_the_shipped(tmp_path: Path) -> None:
    fork = tmp_path / "serious_violence" / "ours.toml"
    fork.parent.mkdir()
    shipped = (SHIPPED / "serious_violence" / "hmicfrs-youth-2023.toml").read_text(encoding="utf-8")
    fork.write_text(shipped.replace("ages = [14, 24]", "ages = [10, 24]"), encoding="utf-8")
    assert "ours" in local_definitions(tmp_path)
    assert counted(tmp_path, "ours")[0].ages == (10, 24)
    assert counted(tmp_path, "ours", replace(BASE, ages=(0, 24)))[0].ages == (10, 24)
    assert counted(tmp_path, "ours", replace(BASE, ages=(25, 34))) == [], "nobody is of the ages of both"


def test_ages_that_fall_between_the_bands_are_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WrongRequest, match=r"aged 14 to 24.*bands.*Copy it"):
        counted(tmp_path, "hmicfrs-youth-2023")


def test_an_unknown_definition_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(WrongRequest, match="thames-valley-2021"):
        chosen(tmp_path, "thames-valey-2021")


def test_ages_are_whole_bands() -> None:
    assert bands_within(0, 24) == ("0-9", "10-17", "18-24")
    assert bands_within(10, 17) == ("10-17",)
    for wrong in ((10, 18), (25, 200), (5, 9)):
        with pytest.raises(WrongRequest, match="bands"):
            bands_within(*wrong)


@pytest.mark.parametrize(
    ("ages", "words"),
    [(EVERYONE, "residents"), ((0, 24), "residents under 25"), ((10, 17), "residents aged 10 to 17")],
)
def test_a_rate_says_whom_it_divides_by(ages: tuple[int, int], words: str) -> None:
    assert replace(BASE, ages=ages).residents == words
