"""What an evaluation finds: which way it went, that nothing large enough to matter happened, or that nobody can tell."""

import math
from dataclasses import dataclass

from headwater.delivery.models import Evaluation, Result
from headwater.delivery.questions.series import Series, series_named

V = Result.Verdict
OFTEN = 0.05
SEASON = 24
"""Known months from which the shape of the year is taken out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict, the figures behind it, and what it means."""

    verdict: str
    ratio: float | None
    lower: float | None
    upper: float | None
    says: str


def found_in(edition: str, evaluation: Evaluation) -> Found:
    """Run the registered design on the series of an edition."""
    series = series_named(edition, evaluation.series)
    if series is None:
        return _cannot(f"the edition has no monthly series called {evaluation.series}")
    series = series.since(evaluation.begins)
    if evaluation.month not in series.months:
        return _cannot(f"the edition has no months after the start, {evaluation.month}")
    if evaluation.design == Evaluation.Design.SYNTHETIC:
        return _mixture(edition, evaluation, series)
    return _interrupted(evaluation, series)


def detectable(edition: str, evaluation: Evaluation) -> float | None:
    """The smallest fall that would be seen four times in five, with a year of months after; None where none would."""
    from headwater.methods import detectable_change

    series = series_named(edition, evaluation.series)
    if series is None:
        return None
    before = [
        count
        for month, count in zip(series.months, series.counts, strict=True)
        if evaluation.begins <= month < evaluation.month and not math.isnan(count)
    ]
    if not before:
        return None
    seen = float(detectable_change(sum(before), follow_up=12 / len(before)).reduction)
    return None if math.isnan(seen) else seen


def _interrupted(evaluation: Evaluation, series: Series) -> Found:
    from headwater.methods import interrupted_series
    from headwater.methods.interrupted import verdict

    known = sum(not math.isnan(count) for count in series.counts)
    run = interrupted_series(
        series.counts,
        series.months.index(evaluation.month),
        exposure=series.days,
        harmonics=1 if known >= SEASON else 0,
        slope=False,
    )
    if run.why_not:
        return _cannot(run.why_not)
    ratio, lower, upper = (float(part) for part in (run.level.value, run.level.lower, run.level.upper))
    said = {"fell": V.FELL, "rose": V.ROSE, "no larger effect seen": V.NONE}.get(
        verdict(run.level, worth=evaluation.worth / 100), V.CANNOT_TELL
    )
    figures = (
        f"In the {run.months_after} known months after the start it was {ratio:.2f} (95% interval {lower:.2f} to {upper:.2f}) times what the "
        f"{run.months_before} known months before foretold."
    )
    if run.autocorrelation > 0.3:
        figures += " Neighbouring months are alike, so the interval is too narrow."
    return Found(said, ratio, lower, upper, f"{figures} {_meaning(said, evaluation)}")


def _mixture(edition: str, evaluation: Evaluation, series: Series) -> Found:
    """Each place as a multiple of its own average before, so that places of any size can be mixed."""
    from headwater.methods import synthetic_control

    others = [series_named(edition, name) for name in evaluation.donors]
    if not others or None in others:
        return _cannot("the edition no longer has the series of every place it was to be held against")
    rows = [series, *(each.since(evaluation.begins) for each in others if each)]
    if any(row.months != series.months for row in rows):
        return _cannot("the places are not known for the same months")
    known = [i for i in range(len(series.months)) if not any(math.isnan(row.counts[i]) for row in rows)]
    before = [i for i in known if series.months[i] < evaluation.month]
    if len(before) < 8 or len(before) == len(known):
        return _cannot(f"months known before in every place: {len(before)}, and after: {len(known) - len(before)}")
    scaled = [_scaled(row, known, before) for row in rows]
    run = synthetic_control(scaled[0], scaled[1:], len(before))
    gap, chance = float(run.average_gap), float(run.p_value)
    sure = not math.isnan(chance) and chance <= OFTEN
    said = (V.FELL if gap < 0 else V.ROSE) if sure else V.CANNOT_TELL
    ratio = _ratio(scaled[0], list(run.synthetic), len(before))
    places = len(rows)
    figures = (
        f"In the {len(known) - len(before)} known months after the start it was {ratio:.2f} times a mixture of {places - 1} places that went alike before. "
        f"Of all {places} places, each treated as if it were the one, a share of {chance:.2f} showed as large a gap by chance."
    )
    if places * OFTEN < 1:
        figures += f" With {places} places that share is {1 / places:.2f} at least: too few to tell by."
    return Found(said, ratio, None, None, f"{figures} {_meaning(said, evaluation)}")


def _scaled(row: Series, known: list[int], before: list[int]) -> list[float]:
    rate = [row.counts[i] / row.days[i] for i in known]
    mean = sum(row.counts[i] / row.days[i] for i in before) / len(before)
    return [each / mean if mean else 0.0 for each in rate]


def _ratio(place: list[float], mixture: list[float], at: int) -> float:
    return float(sum(place[at:]) / sum(mixture[at:]))


def _cannot(why: str) -> Found:
    return Found(V.CANNOT_TELL, None, None, None, f"Nobody can tell: {why}. That is not the same as no effect.")


def _meaning(said: str, evaluation: Evaluation) -> str:
    worth = f"{evaluation.worth}%"
    match said:
        case V.FELL | V.ROSE:
            meant = (said == V.FELL) == (evaluation.direction == "fall")
            way = "the way it was meant to go" if meant else "not the way it was meant to go"
            return f"It {said}, which is {way}. Whether the intervention did it, a series alone cannot say."
        case V.NONE:
            return f"A change as large as {worth}, either way, is not likely: no effect of a size that was agreed to matter."
        case _:
            return f"Nobody can tell: neither no change at all nor a change of {worth} can be ruled out. That is not the same as no effect."
