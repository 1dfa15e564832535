"""Aldermere's strategy is put into the database by the same actions as a real one's, and says what a real one would."""

from pathlib import Path

import pytest

from headwater.partnership.questions import chain
from headwater.strategy.models import Action, Money, Need, Version
from headwater.strategy.questions import content
from headwater.web.demonstration import seed_people
from headwater.web.demonstration.strategy import seed_strategy
from web.conftest import BY

pytestmark = pytest.mark.one_database


@pytest.fixture
def seeded(db: None, tmp_path: Path) -> None:
    seed_people(BY)
    seed_strategy(BY)


def test_a_workspace_without_an_edition_has_its_strategy_too(seeded: None) -> None:
    held = content()
    assert (len(held["needs"]), len(held["priorities"]), len(held["actions"])) == (8, 5, 12)
    assert {entry["figure"] for entry in held["needs"]} == {""}
    assert chain().sound


def test_two_charities_deliver_and_every_owner_is_at_the_table(seeded: None) -> None:
    delivers = set(Action.objects.standing().filter(is_intervention=True).values_list("owner__name", flat=True))
    assert {"Tollbridge Youth Trust", "Stanmouth Families Together"} <= delivers
    assert sum(Money.objects.values_list("pence", flat=True)) > 0


def test_last_years_strategy_is_as_it_was_adopted(seeded: None) -> None:
    adopted, draft = Version.objects.get(kind="adopted"), Version.objects.get(kind="draft")
    names = [{entry["name"] for entry in version.content["actions"]} for version in (adopted, draft)]
    assert names[0] - names[1] == {"Social skills in eight schools", "Visits to a prison"}
    assert "Sport after school in Thornsea" in names[1] - names[0]
    assert Need.objects.count() == len(draft.content["needs"])
