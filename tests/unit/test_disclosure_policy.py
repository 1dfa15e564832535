"""Policies: what a file must say, and the ones that come with the house."""

import tomllib
from dataclasses import FrozenInstanceError
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from headwater.disclosure import Policy
from headwater.vocabulary import BadInput

SAID = """
title = "Fewer than five"
smallest_shown = 5
hide_nought = false
rounding = 0
owner = "Us"
agreed = 2026-01-01
review_by = 2027-01-01
source_url = "https://example.org"
why = "Because."
"""
BUILT_IN = Path(str(files("headwater"))) / "definitions" / "disclosure"


def file(folder: Path, text: str, name: str = "few.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def test_a_policy_is_read_and_named_after_its_file(tmp_path: Path) -> None:
    policy = Policy.read(file(tmp_path, SAID))
    assert (policy.name, policy.smallest_shown, policy.agreed) == ("few", 5, date(2026, 1, 1))
    with pytest.raises(FrozenInstanceError):
        policy.smallest_shown = 1  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("smallest_shown", "smallest_show", "there is 'smallest_shown'"),
        ('owner = "Us"\n', "", "missing: owner"),
        ("smallest_shown = 5", 'smallest_shown = "5"', "smallest_shown (a whole number)"),
        ("smallest_shown = 5", "smallest_shown = true", "smallest_shown (a whole number)"),
        ("agreed = 2026-01-01", 'agreed = "2026-01-01"', "agreed (a date)"),
        ("smallest_shown = 5", "smallest_shown = 0", "1 (withhold none) or more"),
        ("rounding = 0", "rounding = -5", "0 (none) or more"),
        ("rounding = 0", "rounding =", "not a readable TOML"),
    ],
)
def test_a_policy_that_cannot_be_trusted_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        Policy.read(file(tmp_path, SAID.replace(old, new)))
    assert said in str(refused.value)
    assert "few" in str(refused.value)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "few.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not a readable"):
        Policy.read(path)


def test_the_policies_that_come_with_the_house() -> None:
    policies = {path.stem: Policy.read(path) for path in sorted(BUILT_IN.glob("*.toml"))}
    rules = {name: (p.smallest_shown, p.hide_nought, p.rounding) for name, p in policies.items()}
    assert rules == {
        "fewer-than-five": (5, False, 0),
        "hes": (8, False, 5),
        "nrm-published": (5, False, 0),
        "published-police-data": (1, False, 0),
    }
    assert "SECONDARY SOURCE" in policies["hes"].why
    assert all(p.review_by > p.agreed and p.source_url.startswith("https://") for p in policies.values())


def test_policy_files_hold_nothing_but_a_policy() -> None:
    for path in BUILT_IN.glob("*.toml"):
        assert len(tomllib.loads(path.read_text("utf-8"))) == 9
