"""How far to trust an estimate of a hidden population: what other models say, and what is said with a list left out."""

import numpy as np
from numpy.typing import ArrayLike

from headwater.methods.captures import capture_counts, lists_of
from headwater.methods.hidden_population import THRESHOLD, chosen, estimate, of_model, share
from headwater.methods.results import Floats, HiddenPopulationModels, Interval, ListDrop

ALL_MODELS_UP_TO = 5
"""With more lists than this there are too many models to look at them all: 32,768 with six."""


def hidden_population_models(
    captured: ArrayLike, count: ArrayLike, *, threshold: float = THRESHOLD
) -> HiddenPopulationModels:
    """The totals of all models of pairs of lists, the best by BIC first; see `hidden_population` for what is given.

    With more than five lists, only the models that the choice at `threshold` passed through and those one pair from them.
    BIC counts a pair taken to be impossible as a parameter. Raises ValueError as `capture_counts` does.
    Source: Silverman (2020); Silverman, Chan and Vincent (2024).
    """
    number, counted = capture_counts(captured, count)
    looked_at = _every_model(number) if number <= ALL_MODELS_UP_TO else _near(number, counted, share(threshold))
    found = [of_model(number, counted, order, confidence=0.95) for order in looked_at]
    found = sorted((one for one in found if one.standing == "exists"), key=lambda one: one.bic)
    return HiddenPopulationModels(
        pairs=tuple(one.pairs for one in found),
        total=np.array([float(one.total.value) for one in found]),
        bic=np.array([one.bic for one in found]),
        looked_at=len(looked_at),
    )


def _every_model(number: int) -> list[tuple[int, ...]]:
    """The fewest pairs first."""
    pairs = range(len(lists_of(number).pairs))
    models = (tuple(pair for pair in pairs if which >> pair & 1) for which in range(2 ** len(pairs)))
    return sorted(models, key=lambda model: (len(model), model))


def _near(number: int, counted: Floats, threshold: float) -> list[tuple[int, ...]]:
    order = next(chosen(number, counted[None], threshold))[1]
    path = [tuple(sorted(order[:steps])) for steps in range(len(order) + 1)]
    pairs = range(len(lists_of(number).pairs))
    beside = {tuple(sorted({*model, pair})) for model in path for pair in pairs}
    return sorted({*path, *beside}, key=lambda model: (len(model), model))


def list_drop(
    captured: ArrayLike, count: ArrayLike, *, threshold: float = THRESHOLD, confidence: float = 0.95
) -> ListDrop:
    """For each list: how many the others predict to be on it, and how many they say there are in all without it.

    Those on a list are a population whose size is known. Taking only them, how many are on none of the other lists can be
    estimated as if it were hidden, and held against the truth; an estimator that misses what is known deserves no trust for
    what is not. NaN where the others are fewer than two, or give no estimate. Arguments and errors as for
    `hidden_population`. Source: the internal consistency of Binette and Steorts (2021).
    """
    number, counted = capture_counts(captured, count)
    histories, asked = lists_of(number).histories, (share(threshold), confidence)
    others = [np.delete(np.arange(number), one) for one in range(number)]
    predicted = [
        _total(histories[:, rest], np.where(histories[:, one], counted, 0), *asked) for one, rest in enumerate(others)
    ]
    without = [_total(histories[:, rest], counted, *asked) for rest in others]
    return ListDrop(counted @ histories, _rows(predicted), _rows(without))


def _total(histories: np.ndarray, counted: Floats, threshold: float, confidence: float) -> Interval:
    """The total by these lists alone; a list with nobody on it says nothing and is left out."""
    used = histories[:, (counted @ histories) > 0]
    if used.shape[1] < 2:
        return Interval(*(np.asarray(np.nan) for _ in range(3)))
    place = used.astype(np.int64) @ (1 << np.arange(used.shape[1]))
    table = np.asarray(np.bincount(place, counted, minlength=2 ** used.shape[1])[1:], dtype=np.float64)
    return estimate(used.shape[1], table, threshold=threshold, confidence=confidence).total


def _rows(found: list[Interval]) -> Interval:
    return Interval(*(np.array([getattr(one, end) for one in found]) for end in ("value", "lower", "upper")))
