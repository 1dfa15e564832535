"""What several people do in the same moment comes out as though they had waited for one another."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from web.at_once import TIMES, TOGETHER
from web.own_database import KIND, new_database


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with new_database(KIND, tmp_path_factory.mktemp("at-once")) as environment:
        script = Path(__file__).with_name("at_once.py")
        ran = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_the_ledger_has_one_chain_whoever_writes(said: dict[str, Any]) -> None:
    assert said["ledger"] == {"ends": {"done": TOGETHER}, "lines": TOGETHER * TIMES, "sound": True}


def test_a_letter_is_used_once_or_taken_back_and_not_both(said: dict[str, Any]) -> None:
    found = said["accept"]
    assert found["ends"] == {"done": 1, "ValidationError": TOGETHER}
    assert found["roles"] in (0, 1)
    assert not found["both"]


def test_somebody_is_left_to_manage_people(said: dict[str, Any]) -> None:
    assert said["last"] == {"ends": {"done": 1, "ValidationError": 1}, "left": 1}


def test_two_letters_to_one_address_make_one_person(said: dict[str, Any]) -> None:
    assert said["new"]["people"] == 1
    assert set(said["new"]["ends"]) <= {"done", "ValidationError"}
    assert said["new"]["ends"]["done"] >= 1
