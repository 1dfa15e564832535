"""Linkage: one person under several spellings, no trace on the disk, and a review that gives nothing away."""

import os
import sys
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from headwater.lake.linking import FIELDS, Linkage, Matched, Pair, bands, judged, match, sample
from headwater.sources.pretend.persons import invent_records
from headwater.vocabulary import BadInput

SHIPPED = Path(str(files("headwater") / "definitions" / "linkage" / "people.toml"))
SIZE = 10_000


@pytest.fixture(scope="module")
def linkage() -> Linkage:
    return Linkage.read(SHIPPED)


@pytest.fixture(scope="module")
def people() -> tuple[pa.Table, np.ndarray]:
    return invent_records(2026, SIZE)


@pytest.fixture(scope="module")
def matched(people, linkage) -> Matched:
    return match(people[0], linkage)


def pairs_within(label: np.ndarray) -> int:
    _, many = np.unique(label, return_counts=True)
    return int((many * (many - 1) // 2).sum())


def test_generated_people_are_found_again(people, matched, linkage) -> None:
    _, whose = people
    both = pairs_within(whose.astype(np.int64) * SIZE + matched.group)
    assert both / pairs_within(matched.group) > 0.97, "of those put together, how many belong together"
    assert both / pairs_within(whose) > 0.93, "of those who belong together, how many were put together"
    assert (matched.group[matched.group] == matched.group).all(), "a group is named for its first record"


def test_the_same_records_give_the_same_answer(people, matched, linkage) -> None:
    again = match(people[0], linkage)
    assert all(
        np.array_equal(getattr(again, name), getattr(matched, name))
        for name in ("left", "right", "probability", "group")
    )
    assert again.weights == matched.weights


def test_weights_say_what_each_agreement_is_worth(matched) -> None:
    bits = {(weight.field, weight.level): weight.bits for weight in matched.weights}
    exact = {field: value for (field, level), value in bits.items() if level.startswith("Exact match")}
    assert set(exact) == set(FIELDS)
    assert exact["sex"] == pytest.approx(1, abs=0.3), "half of all people are of one sex: agreeing doubles the odds"
    assert exact["nhs_number"] > exact["family_name"] > exact["sex"]
    assert all(value < 0 for (_, level), value in bits.items() if level == "All other comparisons")


def test_a_reviewer_is_told_nothing_of_what_the_model_thinks(matched, linkage) -> None:
    asked = sample(matched, linkage, 200, np.random.default_rng(3))
    assert {field.name for field in fields(Pair)} == {"number", "first", "second"}
    assert asked == sample(matched, linkage, 200, np.random.default_rng(3))
    likely = matched.probability[[pair.number for pair in asked]]
    assert abs(np.corrcoef(np.arange(len(asked)), likely)[0, 1]) < 0.25, "the order tells nothing"
    assert 0.3 < np.mean([pair.first < pair.second for pair in asked]) < 0.7, "nor which record stands first"
    held = [band for band in bands(matched, linkage) if band.pairs]
    assert all(any(pair.number in band.pairs for pair in asked) for band in held), "every band is looked at"


def test_reviews_hold_the_truth_about_as_often_as_they_say(people, matched, linkage) -> None:
    _, whose = people
    same = whose[matched.left] == whose[matched.right]
    linked = matched.probability >= linkage.threshold
    held, reviews = 0, 60
    for seed in range(reviews):
        asked = sample(matched, linkage, 400, np.random.default_rng(seed))
        quality = judged(matched, linkage, {pair.number: bool(same[pair.number]) for pair in asked})
        held += bool(quality.precision.lower <= same[linked].mean() <= quality.precision.upper)
        assert float(quality.recall.value) == pytest.approx(same[linked].sum() / same.sum(), abs=0.02)
    assert held / reviews >= 0.9


def test_a_band_without_a_verdict_gives_no_answer(matched, linkage) -> None:
    with pytest.raises(ValueError, match="judge more pairs"):
        judged(matched, linkage, {})


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="which files are open is told on Linux only")
def test_nothing_is_written_while_people_are_compared(people, linkage, tmp_path, monkeypatch, capfd) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    opened: set[str] = set()
    watching = [True]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
            opened.add(str(arguments[0]))

    sys.addaudithook(watch)
    _ = match(people[0], linkage)
    watching.clear()
    assert not opened - {os.devnull}
    assert list(tmp_path.rglob("*")) == []
    assert capfd.readouterr() == ("", ""), "and nothing is said"


def test_too_few_records_are_refused_with_the_reason(linkage) -> None:
    records, _ = invent_records(1, 40)
    with pytest.raises(BadInput, match="40 are too few"):
        match(records, linkage)


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("threshold = 0.95", "", "missing: threshold"),
        ("threshold = 0.95", "threshold = 0.01", "review_from must be below threshold"),
        ('nhs_number = "number"', 'nhs_nmber = "number"', "'nhs_nmber' .*is that it"),
        ('sex = "exact"', 'sex = "exactly"', "'exactly' .*'exact'"),
    ],
)
def test_a_definition_that_cannot_be_used_is_refused(tmp_path: Path, written: str, instead: str, said: str) -> None:
    path = tmp_path / "people.toml"
    path.write_text(SHIPPED.read_text("utf-8").replace(written, instead), "utf-8", newline="\n")
    with pytest.raises(BadInput, match=said):
        Linkage.read(path)


def test_what_cannot_be_learnt_is_refused(tmp_path) -> None:
    path = tmp_path / "people.toml"
    text = SHIPPED.read_text("utf-8").replace(
        'learn = [["date_of_birth"], ["given_name", "family_name"]]', 'learn = [["date_of_birth"]]'
    )
    path.write_text(text, "utf-8", newline="\n")
    with pytest.raises(BadInput, match="date_of_birth stands in every rule of 'learn'"):
        Linkage.read(path)


def test_pretend_people_are_nobody() -> None:
    records, whose = invent_records(2026, 2_000)
    again, _ = invent_records(2026, 2_000)
    assert records.equals(again)
    assert records.column_names == list(FIELDS)
    assert len(np.unique(whose)) == 1_200
    codes = [code for code in records["postcode"].to_pylist() if code]
    numbers = [number for number in records["nhs_number"].to_pylist() if number]
    assert all(code.startswith("ZZ") for code in codes)
    assert all(number.startswith("999") and len(number) == 10 for number in numbers)
    assert all(
        (11 - sum(int(d) * (10 - n) for n, d in enumerate(number[:9])) % 11) % 11 == int(number[9])
        for number in numbers
    )
