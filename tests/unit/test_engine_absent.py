"""A module that is not installed is not looked for twice; one that is installed is left alone."""

import sys
from importlib import import_module
from importlib.util import find_spec

import pytest

from headwater.engine import open_engine
from headwater.engine.absent import absent

NOWHERE = "a_module_that_nobody_wrote"


class Watching:
    """Counts how often a module is looked for further down the line."""

    def __init__(self) -> None:
        self.asked = 0

    def find_spec(self, name: str, *_: object) -> None:
        self.asked += name == NOWHERE


@pytest.fixture
def further_down():
    watching = Watching()
    sys.meta_path.insert(0, watching)
    yield watching
    sys.meta_path.remove(watching)


def test_what_is_absent_is_looked_for_once(further_down):
    with absent(NOWHERE):
        looked = further_down.asked
        for _ in range(3):
            with pytest.raises(ModuleNotFoundError, match=NOWHERE):
                import_module(NOWHERE)
        assert further_down.asked == looked
    assert find_spec(NOWHERE) is None
    assert further_down.asked == looked + 1


def test_one_block_inside_another_leaves_the_finders_as_they_were():
    before = list(sys.meta_path)
    with absent(NOWHERE), absent(NOWHERE), pytest.raises(ModuleNotFoundError):
        import_module(NOWHERE)
    assert sys.meta_path == before


def test_what_is_installed_can_still_be_imported():
    with absent("colorsys"):
        assert import_module("colorsys").rgb_to_hsv


def test_an_engine_leaves_no_finder_behind(tmp_path):
    before = list(sys.meta_path)
    with open_engine(scratch=tmp_path):
        pass
    assert sys.meta_path == before
