"""A linked measure says how near in time two events must be, and a figure whose ends say more than its middle is told by them."""

from pathlib import Path

import pytest

import headwater
from headwater.assessment.words import between
from headwater.vocabulary import BadInput, Estimate, Measure, Missing, Shown

SHIPPED = Path(headwater.__file__).parent / "definitions" / "measures" / "unknown-to-police.toml"


def test_the_shipped_measure_is_read() -> None:
    measure = Measure.read(SHIPPED)
    assert (measure.shape, measure.beside, measure.beside_role, measure.days) == (
        "linked",
        "police_records.crimes",
        "victim",
        (-7, 60),
    )


@pytest.mark.parametrize("days", ["days = [7, 60]", "days = [-7]", "days = [0, 0]", 'days = "a week"', ""])
def test_days_that_make_no_window_are_refused(tmp_path: Path, days: str) -> None:
    path = tmp_path / "unknown-to-police.toml"
    path.write_text(SHIPPED.read_text("utf-8").replace("days = [-7, 60]", days), encoding="utf-8", newline="\n")
    with pytest.raises(BadInput, match=r"from before to after, such as \[-7, 60\]"):
        Measure.read(path)


def test_the_ends_of_a_figure_in_words() -> None:
    estimate = Estimate(value=55.1, lower=48.7, upper=61.2, unit="%", decimals=0, method="wilson", snapshots=("s",))
    assert between(Shown(estimate)) == "between 49% and 61%"
    bare = Estimate(value=55.1, unit="%", decimals=0, method="wilson", snapshots=("s",))
    assert between(Shown(bare)) == "55%"
    assert between(Missing("it did not come")) == "no figure can be given (it did not come)"
