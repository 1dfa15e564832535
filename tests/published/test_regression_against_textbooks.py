"""The log-linear regression under interrupted series, against two examples that textbooks and software print."""

import numpy as np
import pytest

from headwater.methods.loglinear import LogLinear, poisson_regression


def fitted(counts: list[float], *columns: np.ndarray) -> tuple[LogLinear, np.ndarray]:
    design = np.column_stack([np.ones(len(counts)), *columns])
    line = poisson_regression(design, np.array(counts, dtype=np.float64), np.zeros(len(counts)))
    assert line is not None
    return line, np.sqrt(np.diag(line.covariance))


def test_dobson_randomised_trial() -> None:
    """Dobson (1990), page 93, which is also the first example of R's `glm`."""
    outcome, treatment = np.tile([0, 1, 2], 3), np.repeat([0, 1, 2], 3)
    line, errors = fitted(
        [18, 17, 15, 20, 10, 20, 25, 13, 12], outcome == 1, outcome == 2, treatment == 1, treatment == 2
    )
    assert line.coefficients == pytest.approx([3.0445, -0.4543, -0.2930, 0, 0], abs=5e-5)
    assert errors == pytest.approx([0.1709, 0.2022, 0.1927, 0.2, 0.2], abs=5e-5)
    assert line.deviance == pytest.approx(5.1291, abs=5e-5)
    assert line.dispersion == pytest.approx(1.2933, abs=5e-5)
    assert line.spare == 4


def test_deaths_from_aids_in_australia() -> None:
    """Whyte and others (1987), quarters of 1983 to 1986, as in Dobson (1990): a rise in the quarter, and in its logarithm."""
    deaths, quarter = [0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45], np.arange(1, 15)
    line, errors = fitted([float(count) for count in deaths], quarter)
    assert line.coefficients == pytest.approx([0.33963, 0.25652], abs=5e-6)
    assert errors == pytest.approx([0.25119, 0.02204], abs=5e-6)
    assert line.deviance == pytest.approx(29.654, abs=5e-4)
    line, errors = fitted([float(count) for count in deaths], np.log(quarter))
    assert line.coefficients == pytest.approx([-1.944, 2.175], abs=5e-4)
    assert errors == pytest.approx([0.5116, 0.2151], abs=5e-4)
    assert line.deviance == pytest.approx(17.092, abs=5e-4)
