"""Primary suppression: which counts may be shown, and what stands where one may not."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from headwater.disclosure.policy import Policy
from headwater.vocabulary import Cell, Estimate, LowReliability, Shown, Suppressed

Verdict = Literal["shown", "suppressed"]


def protect(counts: Sequence[float], policy: Policy) -> tuple[Verdict, ...]:
    """May each count be shown? In order.

    A count between nought and the policy's `smallest_shown` is suppressed; so is a nought where the policy hides them.
    A part of one (a count carried by weights) is judged like any other. Raises ValueError for a gap or a count below
    nought: what is not a count has no verdict.
    """
    return tuple("suppressed" if _withheld(count, policy) else "shown" for count in counts)


def protect_parts(counts: Sequence[float], policy: Policy) -> tuple[Verdict, ...]:
    """May each part of a total be shown where the total is? In order.

    As `protect`; and where what is withheld is one part alone, comes to less than `smallest_shown`, or is as little or as
    much as so many parts can be, the least of the others go with it, for a reader could take the rest from the total. Raises ValueError as `protect` does.
    """
    verdicts = list(protect(counts, policy))
    left = sorted((count, place) for place, count in enumerate(counts) if count and verdicts[place] == "shown")
    while _told_by_the_rest(counts, verdicts, policy) and left:
        verdicts[left.pop(0)[1]] = "suppressed"
    return tuple(verdicts)


def _told_by_the_rest(counts: Sequence[float], verdicts: Sequence[Verdict], policy: Policy) -> bool:
    gone = [count for count, verdict in zip(counts, verdicts, strict=True) if verdict == "suppressed"]
    if not gone:
        return False
    ends = (len(gone), len(gone) * (policy.smallest_shown - 1))
    return len(gone) == 1 or sum(gone) < policy.smallest_shown or sum(gone) in ends


def protect_cell(cell: Cell, count: float, policy: Policy) -> Cell:
    """The cell, or Suppressed in its place where `count`, its numerator or the rest of its denominator is too small.

    A cell without a figure comes back as it is. Under a policy that rounds, the figure is worked out again from the
    rounded count and loses its interval, which would undo the rounding. Raises ValueError as `protect` does.
    """
    if not isinstance(cell, Shown | LowReliability):
        return cell
    if any(_withheld(part, policy) for part in _telling(cell.estimate, count)):
        return Suppressed(reason="small", policy=policy.name)
    return replace(cell, estimate=_rounded(cell.estimate, count, policy.rounding)) if policy.rounding else cell


def _withheld(count: float, policy: Policy) -> bool:
    if math.isnan(count) or count < 0:
        raise ValueError("a count to protect must be known and not below nought")
    return policy.hide_nought if count == 0 else count < policy.smallest_shown


def _telling(estimate: Estimate, count: float) -> list[float]:
    """Every count that the printed figure would let a reader work out."""
    top, bottom = estimate.numerator, estimate.denominator
    counts = [count] if top is None else [count, top]
    if bottom is not None:
        counts += [bottom - part for part in counts if part <= bottom]  # more crimes than people leave no remainder
    return counts


def _rounded(estimate: Estimate, count: float, base: int) -> Estimate:
    """The estimate as it would be had only the rounded count been known."""
    kept = base * math.floor(count / base + 0.5)

    def scaled(figure: float) -> float:
        return figure * kept / count if count else figure

    numerator = None if estimate.numerator is None else scaled(estimate.numerator)
    return replace(estimate, value=scaled(estimate.value), numerator=numerator, lower=None, upper=None)
