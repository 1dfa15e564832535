"""How many people no list has: log-linear models of who is on which lists, chosen a pair at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainc, gammaincc, gammaln

from headwater.methods.captures import Design, Flags, Pairs, capture_counts, design, empty_pairs, lists_of, standing
from headwater.methods.inputs import normal_quantile
from headwater.methods.results import Floats, HiddenPopulation, Interval, Standing

THRESHOLD = 0.02
"""The p-value below which a pair joins: the best of those tried over 28 simulated scenarios by Chan, Silverman and Vincent."""
_TURNS, _STRIDE, _CLOSE = 500, 4.0, 1e-10


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model fitted to tables of counts: an entry, or a row, for each table."""

    intercept: Floats
    """The logarithm of how many are expected on no list; NaN where the fit did not settle."""
    expected: Floats
    """How many are expected in each history; nought in those that the model leaves out."""


def hidden_population(
    captured: ArrayLike, count: ArrayLike, *, threshold: float = THRESHOLD, confidence: float = 0.95
) -> HiddenPopulation:
    """How many there are in all, from how many are on each combination of lists.

    `captured` has a column for each list and a row for each combination, of noughts and ones; `count` says how many people
    are on those lists and no others. Combinations left out had nobody. From independence of the lists, the pair that least
    looks independent joins the model as long as its p-value is below `threshold`; 0 keeps to independence. The limits are
    lognormal and take the chosen model as given, so they are too narrow: see `hidden_population_bootstrap`. Everything is
    NaN where no estimate exists (`standing` says why). Raises ValueError as `capture_counts` does.
    Source: Chan, Silverman and Vincent (2021).
    """
    number, counted = capture_counts(captured, count)
    return estimate(number, counted, threshold=share(threshold), confidence=confidence)


def share(threshold: float) -> float:
    """A threshold that is a share of one, or ValueError."""
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold is a share of one, such as 0.02, not {threshold}")
    return threshold


def estimate(number: int, counted: Floats, *, threshold: float, confidence: float) -> HiddenPopulation:
    """As `hidden_population`, of a whole table of counts."""
    order = next(chosen(number, counted[None], threshold))[1]
    return of_model(number, counted, order, confidence=confidence)


def of_model(number: int, counted: Floats, order: tuple[int, ...], *, confidence: float) -> HiddenPopulation:
    """The estimate by one model, its pairs in the order given."""
    pairs = frozenset(order)
    impossible, why = empty_pairs(number, counted, pairs), standing(number, counted, pairs)
    unseen, surprise = _by_model(design(number, pairs, impossible), counted, why, normal_quantile(confidence))
    known, many, named = counted.sum(), 1 + number + len(order), lists_of(number).pairs
    return HiddenPopulation(
        total=Interval(unseen.value + known, unseen.lower + known, unseen.upper + known),
        unseen=unseen,
        known=int(known),
        pairs=tuple(named[pair] for pair in order),
        impossible=tuple(named[pair] for pair in order if pair in impossible),
        aic=surprise + 2 * many,
        bic=surprise + float(np.log(known)) * many,
        standing=why,
    )


def _by_model(model: Design, counted: Floats, why: Standing, reach: float) -> tuple[Interval, float]:
    """How many are on no list, and minus twice the logarithm of the likelihood."""
    if why != "exists":
        return Interval(*(np.asarray(np.nan) for _ in range(3))), float("nan")
    fitted = fit(model, counted[None])
    expected = fitted.expected[0]
    weighted = model.columns.T @ (model.columns * expected[model.possible, None])
    wide = reach * np.sqrt(np.linalg.inv(weighted)[0, 0])
    unseen = Interval(*(np.exp(fitted.intercept[0] + step) for step in (0.0, -wide, wide)))
    return unseen, -2 * _likelihood(counted, expected)


def chosen(number: int, tables: Floats, threshold: float) -> Iterator[tuple[int, tuple[int, ...], float]]:
    """For each table, whichever comes first: its row, the pairs chosen in order, and how many are expected on no list.

    Tables at the same model are fitted together, which is what makes a thousand of them quick.
    """
    waiting: dict[tuple[Pairs, Pairs], list[tuple[int, tuple[int, ...]]]] = {}
    for row, counted in enumerate(tables):
        if standing(number, counted, frozenset()) == "exists":
            waiting.setdefault((frozenset(), frozenset()), []).append((row, ()))
        else:
            yield row, (), float("nan")
    while waiting:
        pairs, impossible = smallest = min(waiting, key=lambda model: len(model[0]))
        here = waiting.pop(smallest)
        rows = [row for row, _ in here]
        fitted = fit(design(number, pairs, impossible), tables[rows])
        surprise = _surprises(number, tables[rows], fitted.expected)
        for (row, order), unseen, odds in zip(here, np.exp(fitted.intercept), surprise, strict=True):
            pair = _next(number, tables[row], pairs, odds, threshold)
            if pair is None:
                yield row, order, float(unseen)
                continue
            more = pairs | {pair}
            waiting.setdefault((more, empty_pairs(number, tables[row], more)), []).append((row, (*order, pair)))


def _surprises(number: int, tables: Floats, expected: Floats) -> Floats:
    """For each table and pair: the chance of an overlap so small, or so large, were the model right; the smaller of the two."""
    together = lists_of(number).together.T.astype(np.float64)
    overlap, mean = tables @ together, expected @ together
    few = gammaincc(overlap + 1, mean)
    many = np.where(overlap > 0, gammainc(np.maximum(overlap, 1), mean), 1.0)
    return np.minimum(few, many)


def _next(number: int, counted: Floats, pairs: Pairs, odds: Floats, threshold: float) -> int | None:
    """The pair that is least like chance, passing over those with which there would be no estimate; None to stop."""
    for pair in map(int, np.argsort(odds, kind="stable")):
        if not odds[pair] < threshold:
            return None
        if pair not in pairs and standing(number, counted, pairs | {pair}) == "exists":
            return pair
    return None


def fit(model: Design, tables: Floats) -> Fitted:
    """Poisson log-linear fits of one model to every table: first to their average, then to each from there."""
    counted = tables[:, model.possible]
    average = counted.mean(axis=0, keepdims=True)
    start, _ = _newton(model, average, np.log(average + 0.5) @ np.linalg.pinv(model.columns).T)
    found, settled = (start, np.array([True])) if len(tables) == 1 else _newton(model, counted, start)
    expected = np.zeros(tables.shape)
    expected[:, model.possible] = np.exp(found @ model.columns.T)
    return Fitted(np.where(settled, found[:, 0], np.nan), expected)


def _newton(model: Design, counted: Floats, start: Floats) -> tuple[Floats, Flags]:
    """The parameters for each table, and whether they settled; no stride moves an expected count beyond a bound."""
    columns = model.columns
    totals, squares = counted @ columns, (columns[:, :, None] * columns[:, None, :]).reshape(len(columns), -1)
    found, settled = np.repeat(start, len(counted), axis=0), np.zeros(len(counted), dtype=bool)
    for _ in range(_TURNS):
        going = np.flatnonzero(~settled)
        expected = np.exp(found[going] @ columns.T)
        gap = totals[going] - expected @ columns
        settled[going] = np.abs(gap).max(axis=1) <= _CLOSE * totals[going, 0]
        if settled.all():
            break
        information = (expected @ squares).reshape(len(going), start.size, start.size)
        step = np.linalg.solve(information, gap[:, :, None])[:, :, 0]
        far = np.abs(step @ columns.T).max(axis=1, keepdims=True)
        found[going] += step * _STRIDE / np.maximum(far, _STRIDE)
    return found, settled


def _likelihood(counted: Floats, expected: Floats) -> float:
    """The logarithm of the Poisson likelihood, over the histories that the model leaves possible."""
    kept = expected > 0
    seen, mean = counted[kept], expected[kept]
    return float((seen * np.log(mean) - mean - gammaln(seen + 1)).sum())
