"""Could we see it? Whether the change that an outcome promises could be told from chance, before it is promised."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import isnan

from headwater.strategy.questions.content import Entry

ENOUGH = 0.8
"""How often a change must be seen, if it comes true, for an outcome to be one that can be seen."""


@dataclass(frozen=True, slots=True)
class Seeing:
    """Can an outcome be seen? `short` holds no figure; `words` does."""

    can: bool | None
    """None where nobody can say."""
    short: str
    words: str


def seeing(outcome: Entry) -> Seeing:
    """Whether a fall to the target would most likely be told from chance."""
    lacking = _lacking(outcome)
    if lacking:
        return Seeing(None, "Nobody can say", lacking)
    baseline, target = Decimal(outcome["baseline"]), Decimal(outcome["target"])
    return _seeing(int(outcome["baseline_count"]), float(1 - target / baseline), float(outcome["follow_up"]))


def _lacking(outcome: Entry) -> str:
    """Why it cannot be worked out, or nothing."""
    if not outcome["measure"]:
        return "No measure is named, so there is nothing to see it by."
    if outcome["baseline"] is None or outcome["target"] is None:
        return "It has no baseline, or no target, yet."
    if outcome["direction"] != "fall":
        return "It is to rise: what can be worked out is whether a fall in a count could be seen."
    if outcome["baseline_count"] is None:
        return "The baseline is not worked out from a count of events, or nobody has said from how many."
    return "" if Decimal(outcome["baseline"]) > 0 else "The baseline is nought: it cannot fall."


@lru_cache(maxsize=256)
def _seeing(count: int, fall: float, follow_up: float) -> Seeing:
    from headwater.methods import detectable_change

    found = detectable_change(count, target=fall, follow_up=follow_up)
    power, least = float(found.target_power), float(found.reduction)
    asked = f"The target is a fall of {fall:.0%} from {count:,}"
    if isnan(least):
        return Seeing(False, "No", f"{asked}. Even a fall to nothing would most likely not be told from chance.")
    smallest = f"the smallest fall that would be seen four times in five is {least:.0%}"
    if power >= ENOUGH:
        return Seeing(True, "Yes", f"{asked}; {smallest}, so this one could be seen.")
    times = f"if it came true, it would be seen {round(power * 100)} times in a hundred"
    return Seeing(
        False,
        "No",
        f"{asked}; {smallest}. {times[0].upper()}{times[1:]}: choose more people, longer, or another measure.",
    )
