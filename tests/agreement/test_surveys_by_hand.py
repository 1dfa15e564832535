"""A weighted share of a survey, and its limits, against the same worked out slowly, and against the weighted sum of strata."""

import math
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import headwater
from headwater.assessment.published import Figure, Publication
from headwater.disclosure import Policy
from headwater.methods import weighted_proportion, wilson
from headwater.sources.surveys.shares import FEWEST, Tally, figures
from headwater.vocabulary import Estimate, Level, Measure, Period, Place, is_shown

AGREED = Path(headwater.__file__).parent / "definitions"
AREA = Place("Z23000001", "Aldermere", Level.FORCE)
OPEN = Policy(
    name="open", title="open", smallest_shown=1, hide_nought=False, rounding=0, owner="o", agreed=date(2026, 1, 1),
    review_by=date(2027, 1, 1), source_url="https://example.org", why="w",
)  # fmt: skip
Answer = tuple[float, bool]
"""A weight, and whether the answer counts."""
ANSWERS = st.lists(st.tuples(st.floats(0.05, 20), st.booleans()), min_size=FEWEST, max_size=60)


def tallied(answers: Sequence[Answer]) -> Tally:
    tally = Tally()
    for weight, counts in answers:
        tally.add(weight, counts=counts)
    return tally


def shown(answers: Sequence[Answer]) -> Estimate:
    """The share as a page shows it: from the tally through the published measure."""
    share, _ = figures("residents", "safe-after-dark", None, tallied(answers))
    told = Figure(
        area_code=AREA.code, level="pfa", period=Period.calendar(2025), value=share.value, denominator=share.denominator, lower=None,
        upper=None, unit=share.unit, status="", release="waves to 2025",
    )  # fmt: skip
    measure = Measure.read(AGREED / "measures" / "residents-safe-after-dark.toml")
    scene: Any = SimpleNamespace(area=AREA, atlas=None, snapshot="s" * 16)
    held = {(AREA.code, told.period.label): told}
    cell = Publication(scene=scene, measure=measure, policy=OPEN, figures=held).cell(AREA, told.period)
    assert is_shown(cell)
    return cell.estimate


@given(ANSWERS)
def test_a_share_and_its_limits_are_those_of_the_effective_number(answers: list[Answer]) -> None:
    weights = [weight for weight, _ in answers]
    share = math.fsum(weight for weight, counts in answers if counts) / math.fsum(weights)
    effective = math.fsum(weights) ** 2 / math.fsum(weight**2 for weight in weights)
    part = share * effective
    assume(all(side == 0 or side > 1.001 for side in (part, effective - part)))  # less than one is withheld even here
    told, z = shown(answers), 1.959963984540054
    assert told.value == pytest.approx(100 * share, abs=1e-6)
    assert told.lower is not None
    assert told.upper is not None
    for end in (told.lower / 100, told.upper / 100):
        if 1e-6 < end < 1 - 1e-6:
            assert abs(share - end) / math.sqrt(end * (1 - end) / effective) == pytest.approx(z, rel=1e-5)


@given(ANSWERS)
def test_the_effective_number_is_never_more_than_the_respondents_nor_less_than_one(answers: list[Answer]) -> None:
    tally = tallied(answers)
    assert 1 - 1e-9 <= tally.effective <= len(answers) + 1e-9
    share, base = figures("residents", "safe-after-dark", None, tally)
    assert base.value == len(answers)
    assert share.value is not None
    assert share.denominator is not None
    assert 0 <= share.value <= share.denominator


@given(st.floats(0.1, 1_000), st.integers(FEWEST, 300), st.integers(0, 300))
def test_weights_that_are_all_alike_change_nothing(weight: float, many: int, counting: int) -> None:
    counting = min(counting, many)
    told, plain = shown([(weight, n < counting) for n in range(many)]), wilson(counting, many)
    ours = (told.value, told.lower, told.upper)
    assert ours == pytest.approx([100 * float(end) for end in (plain.value, plain.lower, plain.upper)], abs=1e-5)


STRATA = st.lists(st.tuples(st.integers(10, 40), st.integers(0, 40), st.floats(0.2, 5)), min_size=1, max_size=5)


@given(STRATA)
def test_a_share_weighted_by_strata_is_the_weighted_sum_of_theirs(strata: list[tuple[int, int, float]]) -> None:
    """Whoever answers less counts for more: with one weight a stratum, the share is that of the stratified sample."""
    answers = [(weight, n < counting) for many, counting, weight in strata for n in range(many)]
    weighed = [many * weight for many, _, weight in strata]
    shares = [each / math.fsum(weighed) for each in weighed]
    counts = [min(counting, many) for many, counting, _ in strata]
    theirs = weighted_proportion(counts, [many for many, *_ in strata], shares)
    assert tallied(answers).share == pytest.approx(float(theirs.value))


def test_limits_of_the_effective_number_are_near_those_of_the_strata() -> None:
    """Three ages that answer alike and weigh from a half to two: both ways say much the same."""
    strata = ((200, 120, 0.5), (300, 174, 1.0), (100, 61, 2.0))
    ours = shown([(weight, n < counting) for many, counting, weight in strata for n in range(many)])
    weighed = [many * weight for many, _, weight in strata]
    theirs = weighted_proportion(
        [c for _, c, _ in strata], [m for m, *_ in strata], [w / sum(weighed) for w in weighed]
    )
    assert ours.lower == pytest.approx(100 * float(theirs.lower), abs=0.2)
    assert ours.upper == pytest.approx(100 * float(theirs.upper), abs=0.2)
