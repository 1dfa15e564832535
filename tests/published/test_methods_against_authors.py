"""Against figures that a method's own authors have published."""

import pytest

from headwater.methods import gini


@pytest.mark.parametrize(
    ("counts", "plain", "adjusted"),
    [
        ([10, 8, 2, 0, 0, 0, 0, 0, 0, 0], 0.78, 0.78),
        ([5, 2, 1, 0, 0, 0, 0, 0, 0, 0], 0.80, 0.75),
        ([10, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0.90, 0.90),
    ],
)
def test_gini_of_bernasco_and_steenbeek(counts: list[int], plain: float, adjusted: float) -> None:
    """The worked examples that go with the authors' own software for “More places than crimes” (2017)."""
    assert gini(counts, adjusted=False) == pytest.approx(plain)
    assert gini(counts) == pytest.approx(adjusted)
