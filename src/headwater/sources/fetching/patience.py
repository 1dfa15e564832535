"""How long to wait before asking again."""

from collections.abc import Callable

from numpy.random import Generator

Wait = Callable[[int, float | None], None]
"""Told how many tries have failed since anything arrived, and the seconds the server asked for, if it did; returns after waiting."""

LONGEST = 60.0
MOST_ASKED = 600.0
"""Seconds. A server that asks for longer is not waited for: the run ends, and says when to come back."""


def backoff(sleep: Callable[[float], object], chance: Generator, *, first: float = 1.0) -> Wait:
    """Wait `first` seconds, then twice that, up to a minute, each shortened at random by up to half.

    The shortening keeps many laptops whose line dropped together from all coming back together. What the server asks for in
    Retry-After is never cut short.
    """

    def wait(failed: int, asked: float | None) -> None:
        longest = min(LONGEST, first * 2.0 ** max(failed - 1, 0))
        sleep(max(asked or 0.0, longest * float(chance.uniform(0.5, 1.0))))

    return wait
