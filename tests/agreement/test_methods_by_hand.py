"""Every method against the same thing done slowly, in plain Python, by a route as different as it can be."""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from headwater import methods

COUNTS = st.integers(0, 60)
ROWS = st.lists(st.integers(0, 12), min_size=1, max_size=30)
GAPPY = st.lists(st.none() | st.integers(0, 40), min_size=0, max_size=45)


def bisect(climbs: Callable[[float], float], target: float, low: float, high: float) -> float:
    """Where a rising function reaches a target."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if climbs(middle) < target else (low, middle)
    return (low + high) / 2


def poisson_up_to(count: int, mean: float) -> float:
    return math.fsum(math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(count + 1))


def binomial_up_to(count: int, total: int, share: float) -> float:
    return math.fsum(math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count + 1))


def or_nan(row: Sequence[float | None]) -> list[float]:
    return [math.nan if value is None else value for value in row]


@given(st.integers(0, 9), st.sampled_from([0.8, 0.95, 0.998]))
@settings(max_examples=20, deadline=None)
def test_exact_limits_are_where_the_tails_are_right(count: int, confidence: float) -> None:
    beyond = (1 - confidence) / 2
    limits = methods.poisson_limits(count, confidence=confidence)
    upper = bisect(lambda mean: -poisson_up_to(count, mean), -beyond, 1e-9, 60)
    assert float(limits.upper) == pytest.approx(upper, rel=1e-9)
    if count:
        lower = bisect(lambda mean: 1 - poisson_up_to(count - 1, mean), beyond, 1e-9, 60)
        assert float(limits.lower) == pytest.approx(lower, rel=1e-9)


@given(st.integers(0, 25), st.integers(0, 25), st.integers(1, 500), st.integers(1, 500))
@settings(max_examples=25, deadline=None)
def test_ratio_limits_are_where_the_binomial_tails_are_right(top: int, base: int, people: int, others: int) -> None:
    assume(top + base)
    ours, total = methods.rate_ratio(top, people, base, others), top + base
    if top:
        share = bisect(lambda p: 1 - binomial_up_to(top - 1, total, p), 0.025, 0, 1)
        assert float(ours.lower) == pytest.approx(share / (1 - share) * others / people, rel=1e-7)
    if base:
        share = bisect(lambda p: -binomial_up_to(top, total, p), -0.025, 0, 1)
        assert float(ours.upper) == pytest.approx(share / (1 - share) * others / people, rel=1e-7)
        assert float(ours.value) == pytest.approx((top / people) / (base / others))


@given(COUNTS, COUNTS)
@settings(max_examples=50, deadline=None)
def test_wilson_limits_solve_the_score_equation(part: int, rest: int) -> None:
    total = part + rest
    assume(total)
    ours = methods.wilson(part, total)
    for end in (float(ours.lower), float(ours.upper)):
        if 1e-9 < end < 1 - 1e-9:
            assert abs(part / total - end) / math.sqrt(end * (1 - end) / total) == pytest.approx(1.959963984540054)


@given(GAPPY, st.integers(1, 14))
@settings(max_examples=60, deadline=None)
def test_rolling_sums(row: list[int | None], width: int) -> None:
    by_hand = []
    for i in range(len(row)):
        window = row[max(0, i - width + 1) : i + 1]
        by_hand.append(sum(window) if len(window) == width and None not in window else None)
    np.testing.assert_array_equal(methods.rolling_sum(or_nan(row), width=width), or_nan(by_hand))


def moving_range(row: Sequence[float]) -> float:
    moves = [abs(b - a) for a, b in pairwise(row) if not math.isnan(a + b)]
    return math.fsum(moves) / len(moves)


def unbroken(marks: Sequence[int], length: int) -> set[int]:
    """Positions inside any window of `length` equal marks that are not nought."""
    return {
        i
        for start in range(len(marks) - length + 1)
        if marks[start] and len(set(marks[start : start + length])) == 1
        for i in range(start, start + length)
    }


@given(st.lists(st.none() | st.integers(0, 12), min_size=14, max_size=40))
@settings(max_examples=60, deadline=None)
def test_control_rules_window_by_window(row: list[int | None]) -> None:
    values = or_nan(row)
    known = [v for v in values if not math.isnan(v)]
    assume(len(known) >= 12 and any(not math.isnan(a + b) for a, b in pairwise(values)))
    chart = methods.control_chart(values)
    centre, reach = math.fsum(known) / len(known), 2.66 * moving_range(values)
    # leave out rows that stand on a line to the last bit: rounding, not rules, would decide them
    assume(all(abs(abs(v - centre) - line) > 1e-6 for v in known for line in (reach, reach * 2 / 3)))
    sides = [0 if math.isnan(v) or abs(v - centre) < 1e-7 else (1 if v > centre else -1) for v in values]
    moves = [0 if math.isnan(b - a) else (b > a) - (b < a) for a, b in pairwise(values)]
    far = [s if s and abs(v - centre) > reach * 2 / 3 else 0 for s, v in zip(sides, values, strict=True)]
    near = {
        i
        for start in range(len(values) - 2)
        if not any(math.isnan(v) for v in values[start : start + 3])
        for a, b in combinations(range(start, start + 3), 2)
        if far[a] and far[a] == far[b]
        for i in (a, b)
    }
    climbs = unbroken(moves, 6)
    expected = {
        "outside limits": {i for i, v in enumerate(values) if abs(v - centre) > reach},
        "run": unbroken(sides, 7),
        "two of three": near,
        "trend": climbs | {i + 1 for i in climbs},
    }
    found = {name: {i for i, rules in enumerate(chart.rules) if name in rules} for name in expected}
    assert found == expected
    assert [bool(signal) for signal in chart.signals] == [bool(rules) for rules in chart.rules]


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_concentration_in_fractions(row: list[int]) -> None:
    assume(sum(row))
    areas, total = len(row), sum(row)
    apart = sum(abs(a - b) for a in row for b in row)  # the Gini as the mean difference between two areas
    plain = Fraction(apart, 2 * areas * total)
    evenest = 1 - Fraction(min(areas, total), areas)
    assert methods.gini(row, adjusted=False) == pytest.approx(float(plain), abs=1e-12)
    assert methods.gini(row) == pytest.approx(float((plain - evenest) / (1 - evenest)), abs=1e-12)
    ranked = sorted(row, reverse=True)
    expected = [Fraction(sum(ranked[:i]), total) for i in range(areas + 1)]
    np.testing.assert_allclose(methods.lorenz(row).events, [float(e) for e in expected], atol=1e-12)
    for top in (Fraction(1, 20), Fraction(1, 3), Fraction(9, 10)):
        whole, part = divmod(top * areas, 1)
        held = sum(ranked[: int(whole)]) + part * (ranked[int(whole)] if part else 0)
        assert float(methods.top_share(row, top=float(top))) == pytest.approx(float(held / total), abs=1e-9)


def test_chance_is_the_average_of_throws_one_at_a_time() -> None:
    rng, busiest = np.random.default_rng(11), []
    for _ in range(400):
        thrown = [0] * 20
        for area in rng.integers(0, 20, 60):
            thrown[area] += 1
        busiest.append(max(thrown) / 60)
    ours = methods.chance_concentration(60, 20, generator=np.random.default_rng(12), draws=400, tops=[0.05])
    assert float(ours.shares.value[0]) == pytest.approx(np.mean(busiest), abs=0.005)
    assert float(ours.shares.lower[0]) == pytest.approx(np.quantile(busiest, 0.025), abs=0.017)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=7), st.sampled_from([0.2, 0.5]))
@settings(max_examples=40, deadline=None)
def test_stability_over_every_way_of_breaking_ties(pairs: list[tuple[int, int]], top: float) -> None:
    before, after = zip(*pairs, strict=True)
    chosen = max(1, round(top * len(pairs)))

    def tops(row: tuple[int, ...]) -> list[set[int]]:
        sets = [set(s) for s in combinations(range(len(row)), chosen)]
        return [
            s
            for s in sets
            if min(row[i] for i in s) >= max((row[i] for i in range(len(row)) if i not in s), default=-1)
        ]

    overlaps = [len(a & b) / chosen for a in tops(before) for b in tops(after)]
    ours = methods.stability(before, after, top=top)
    assert ours.stayed == pytest.approx(math.fsum(overlaps) / len(overlaps))
    assert ours.expected == pytest.approx(chosen / len(pairs))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=12))
@settings(max_examples=60, deadline=None)
def test_spearman_is_pearson_of_average_ranks(pairs: list[tuple[int, int]]) -> None:
    columns = [list(column) for column in zip(*pairs, strict=True)]
    assume(all(len(set(column)) > 1 for column in columns))
    ranks = [[sum(o < v for o in c) + (sum(o == v for o in c) + 1) / 2 for v in c] for c in columns]
    assert methods.stability(*columns).correlation == pytest.approx(float(np.corrcoef(ranks)[0, 1]))


def test_rank_intervals_are_those_of_rates_drawn_one_at_a_time() -> None:
    rng, counts, people = np.random.default_rng(13), [12, 30, 18, 25, 9], [400, 900, 600, 500, 450]
    places: list[list[int]] = [[] for _ in counts]
    for _ in range(3000):
        rates = [rng.gamma(c + 0.5) / p for c, p in zip(counts, people, strict=True)]
        for i, rate in enumerate(rates):
            places[i].append(1 + sum(other > rate for other in rates))
    ours = methods.rank_interval(counts, people, generator=np.random.default_rng(14), draws=3000)
    assert ours.lower.tolist() == [sorted(p)[75] for p in places]
    assert ours.upper.tolist() == [sorted(p)[2924] for p in places]


@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=25))
@settings(max_examples=60, deadline=None)
def test_waiting_person_by_person(people: list[tuple[int, bool]]) -> None:
    waiting, spread, last = 1.0, 0.0, max(months for months, _ in people)
    ours = methods.time_to_outcome([m for m, _ in people], [o for _, o in people])
    assert ours.months.tolist() == list(range(last + 1))
    for month in range(last + 1):
        at_risk = sum(m >= month for m, _ in people)
        happened = sum(m == month and o for m, o in people)
        waiting *= 1 - happened / at_risk
        assert int(ours.at_risk[month]) == at_risk
        assert float(ours.share.value[month]) == pytest.approx(1 - waiting, abs=1e-12)
        if at_risk == happened:
            break
        spread += happened / (at_risk * (at_risk - happened))
        if 0 < waiting < 1:
            error = math.sqrt(spread) / abs(math.log(waiting))
            ends = [1 - waiting ** math.exp(sign * 1.959963984540054 * error) for sign in (-1, 1)]
            assert [float(ours.share.lower[month]), float(ours.share.upper[month])] == pytest.approx(ends)


def test_a_slope_is_the_least_squares_line_and_its_limits_those_of_draws() -> None:
    values, people = np.array([9.1, 7.2, 7.9, 5.0, 4.4]), np.array([900.0, 1100, 700, 1300, 1000])
    errors = np.array([0.10, 0.07, 0.12, 0.05, 0.08])
    shares = people / people.sum()
    middles = np.cumsum(shares) - shares / 2
    rng = np.random.default_rng(15)
    for scale, there, back in (("plain", np.array, np.array), ("log", np.log, np.exp)):

        def ends(drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            slope, start = np.polyfit(middles, drawn.T, 1, w=np.sqrt(shares))
            return back(start), back(start + slope)  # noqa: B023

        ours = methods.slope_index(values, people, standard_error=errors, scale=scale)
        most, least = ends(there(values))
        assert float(ours.slope.value) == pytest.approx(float(most - least))
        assert float(ours.ratio.value) == pytest.approx(float(most / least))
        sway = errors if scale == "plain" else errors / values
        most, least = ends(there(values) + rng.normal(0, 1, (40_000, 5)) * sway)
        for found, drawn in ((ours.slope, most - least), (ours.ratio, most / least)):
            width = float(found.upper - found.lower)
            assert [float(found.lower), float(found.upper)] == pytest.approx(
                np.quantile(drawn, [0.025, 0.975]).tolist(), abs=0.02 * width
            )


@given(st.lists(st.tuples(COUNTS, st.integers(1, 900), st.integers(1, 50)), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_standardising_age_by_age(ages: list[tuple[int, int, int]]) -> None:
    total, whole = sum(a[0] for a in ages), sum(a[2] for a in ages)
    assume(total >= 10)
    value = math.fsum(w * c / n for c, n, w in ages) / whole
    spread = math.fsum(w * w * c / n**2 for c, n, w in ages) / whole**2
    ours = methods.directly_standardised_rate(*zip(*ages, strict=True), per=1000)
    upper = (total + 1) * (1 - 1 / (9 * (total + 1)) + 1.959963984540054 / (3 * math.sqrt(total + 1))) ** 3
    assert float(ours.value) == pytest.approx(1000 * value)
    assert float(ours.upper) == pytest.approx(1000 * (value + math.sqrt(spread / total) * (upper - total)))


def test_seasons_year_by_year() -> None:
    years = [[10, 12, 9, 11, 14, 15, 18, 17, 12, 10, 9, 8], [20, 21, 19, 25, 26, 31, 33, 30, 24, 22, 18, 17]]
    ours = methods.seasonality([*years[0], *years[1]], [*range(1, 13)] * 2)
    ratios = [[v / (sum(year) / 12) for v in year] for year in years]
    index = [(a + b) / 2 for a, b in zip(*ratios, strict=True)]
    assert ours.index.tolist() == pytest.approx(index)
    wobble = math.fsum((r - i) ** 2 for year in ratios for r, i in zip(year, index, strict=True)) / 11
    reach = 2.2009851600829494 * math.sqrt(wobble / 2 * 11 / 12)  # Student's t on 11 degrees of freedom
    assert (ours.upper - ours.index).tolist() == pytest.approx([reach] * 12)


@given(st.integers(1, 400), st.integers(1, 400))
@settings(max_examples=60, deadline=None)
def test_a_funnel_says_what_an_areas_own_limits_say(count: int, expected: int) -> None:
    where = methods.funnel_position(count, expected, 1.0, kind="ratio").item()
    for confidence, names in ((0.95, ("95", "99.8")), (0.998, ("99.8",))):
        beyond = (1 - confidence) / 2
        surprising = min(poisson_up_to(count, expected), 1 - (poisson_up_to(count - 1, expected))) < beyond
        assert surprising == (where in names)
