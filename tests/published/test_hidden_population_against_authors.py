"""Hidden populations against published tables and what their authors, and their authors' software, made of them.

Held exactly: the pairs chosen, and in what order. Held to one part in 100,000: totals, AIC and BIC. Lognormal limits are
kept to one decimal place, and are held to that. Limits from a bootstrap rest on the seed and are held only where the papers
of the software say how far seeds may differ; the acceleration in them does not, and is held to 0.0001.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from headwater.methods import hidden_population, hidden_population_bootstrap, hidden_population_models

THRESHOLDS = (0.0, 0.001, 0.02, 0.05)
TABLES = (
    "uk_2013_6list", "uk_2013_5list", "uk_2013_4list", "netherlands_2010_2015_6list", "netherlands_2010_2015_5list",
    "new_orleans_8list_185", "new_orleans_5list_185", "new_orleans_8list_186", "new_orleans_5list_186", "western_us_5list",
    "kosovo_1999_4list", "korea_palembang_3list", "australia_4list",
)  # fmt: skip

Table = tuple[list[str], list[list[int]], list[int]]


@pytest.fixture
def mse(oracles: Path) -> Path:
    return oracles / "mse"


def table(mse: Path, name: str) -> Table:
    heading, *rows = csv.reader((mse / f"{name}.csv").read_text("utf-8").splitlines())
    return heading[:-1], [[int(cell) for cell in row[:-1]] for row in rows], [int(row[-1]) for row in rows]


def expected(mse: Path, name: str) -> dict[float, dict[str, str]]:
    rows = csv.DictReader((mse / "expected_stepwise.csv").read_text("utf-8").splitlines())
    return {float(row["pthresh"]): row for row in rows if row["dataset"] == name}


@pytest.mark.parametrize("threshold", THRESHOLDS)
@pytest.mark.parametrize("name", TABLES)
def test_forward_choice(mse: Path, name: str, threshold: float) -> None:
    lists, captured, count = table(mse, name)
    said = expected(mse, name)[threshold]
    ours = hidden_population(captured, count, threshold=threshold)
    pairs = [f"{lists[i]}:{lists[j]}" + "(-inf)" * ((i, j) in ours.impossible) for i, j in ours.pairs]
    assert pairs == said["selected_interactions_in_order"].replace("(main effects)", "").split()
    for value, column in ((ours.total.value, "N_hat"), (ours.aic, "aic"), (ours.bic, "bic")):
        assert float(value) == pytest.approx(float(said[column]), rel=1e-5)


@pytest.mark.parametrize("name", TABLES)
def test_lognormal_limits(mse: Path, name: str) -> None:
    _, captured, count = table(mse, name)
    for threshold, said in expected(mse, name).items():
        for confidence, words in ((0.95, "95"), (0.8, "80")):
            ours = hidden_population(captured, count, threshold=threshold, confidence=confidence)
            assert float(ours.total.lower) == pytest.approx(float(said[f"ci_lo{words}"]), abs=0.051)
            assert float(ours.total.upper) == pytest.approx(float(said[f"ci_hi{words}"]), abs=0.051)


@pytest.mark.parametrize(
    ("name", "threshold", "total", "limits"),
    [
        ("new_orleans_8list_185", 0.02, 1184, None),
        ("new_orleans_8list_185", 0.01, 997, (644, 1618)),
        ("new_orleans_5list_185", 0.02, 1034, None),
        ("western_us_5list", 0.02, 2483, None),
    ],
)
def test_printed_by_chan_silverman_and_vincent(
    mse: Path, name: str, threshold: float, total: int, limits: tuple[int, int] | None
) -> None:
    """Of their intervals only the second is lognormal (and its lower end is cut off, not rounded)."""
    _, captured, count = table(mse, name)
    ours = hidden_population(captured, count, threshold=threshold)
    assert round(float(ours.total.value)) == total
    if limits:
        assert (int(ours.total.lower), round(float(ours.total.upper))) == (limits[0], limits[1])


def test_printed_for_the_united_kingdom(mse: Path) -> None:
    """10,000 to 13,000, to the nearest thousand, from six lists: Home Office, 2014."""
    _, captured, count = table(mse, "uk_2013_6list")
    ours = hidden_population(captured, count)
    assert [round(float(end), -3) for end in (ours.total.lower, ours.total.upper)] == [10_000, 13_000]
    assert ours.known == 2_744


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("uk_2013_5list", 22_991),
        ("new_orleans_5list_186", 981),
        ("kosovo_1999_4list", 14_342),
        ("korea_palembang_3list", 157),
    ],
)
def test_best_model_by_bic_as_printed_by_silverman_chan_and_vincent(mse: Path, name: str, printed: int) -> None:
    """Their Table 6, for models of pairs."""
    _, captured, count = table(mse, name)
    assert round(float(hidden_population_models(captured, count).total[0])) == printed


def test_the_models_of_the_united_kingdom_disagree(mse: Path) -> None:
    _, captured, count = table(mse, "uk_2013_5list")
    cloud = hidden_population_models(captured, count)
    assert cloud.looked_at == 1_024
    np.testing.assert_allclose(cloud.total[:3], [22_991.33, 12_262.41, 25_978.17], rtol=1e-5)
    np.testing.assert_allclose(cloud.bic[:3], [196.5398, 197.4950, 198.3205], atol=1e-4)


@pytest.mark.parametrize(
    ("name", "threshold", "bend"),
    [
        ("new_orleans_8list_185", 0.0, -0.05233777),
        ("new_orleans_8list_185", 0.02, -0.02933242),
        ("new_orleans_5list_185", 0.02, -0.05516147),
        ("western_us_5list", 0.02, -0.09501026),
        ("uk_2013_5list", 0.02, -0.01218108),
    ],
)
def test_acceleration_of_the_authors_software(mse: Path, name: str, threshold: float, bend: float) -> None:
    _, captured, count = table(mse, name)
    drawn = hidden_population_bootstrap(
        captured, count, generator=np.random.default_rng(1), draws=2, threshold=threshold
    )
    assert drawn.acceleration == pytest.approx(bend, abs=1e-4)


@pytest.mark.parametrize(
    ("name", "lower", "upper", "smallest"),
    [
        ("new_orleans_5list_185", (430, 640), (1_450, 1_800), True),
        ("western_us_5list", (1_150, 1_320), (3_500, 4_050), True),
        ("uk_2013_5list", (8_500, 9_500), (13_900, 16_500), False),
    ],
)
def test_bootstrap_limits_differ_by_no_more_than_seeds_do(
    mse: Path, name: str, lower: tuple[int, int], upper: tuple[int, int], *, smallest: bool
) -> None:
    """The spread of the authors' software and of another, over seeds, a little widened; and sparse tables say so."""
    _, captured, count = table(mse, name)
    drawn = hidden_population_bootstrap(captured, count, generator=np.random.default_rng(1))
    assert lower[0] <= float(drawn.total.lower) <= lower[1]
    assert upper[0] <= float(drawn.total.upper) <= upper[1]
    assert any("smallest total drawn" in warning for warning in drawn.warnings) == smallest
    assert (float(drawn.total.lower) == drawn.draws[0]) == smallest
