"""Weighted shares as counts: so many of an effective number of answers, so that a share of them is the weighted share."""

from collections.abc import Iterator
from dataclasses import dataclass

from headwater.sources.published import Figure, group_of

FEWEST = 10
"""Respondents below whom nothing is said of their answers."""
EFFECTIVE, PEOPLE = "answers (effective number)", "respondents"
_PLACES = 9
"""Decimals kept: far finer than anything a share can tell."""


@dataclass(slots=True)
class Tally:
    """What the respondents who answered one question add up to."""

    respondents: int = 0
    weight: float = 0.0
    squares: float = 0.0
    counting: float = 0.0
    """Weight of those whose answer counts."""

    def add(self, weight: float, *, counts: bool) -> None:
        """One more answer."""
        self.respondents += 1
        self.weight += weight
        self.squares += weight * weight
        self.counting += weight if counts else 0.0

    @property
    def effective(self) -> float:
        """Kish's effective number: how many equal answers would tell as much as these weighted ones."""
        return self.weight * self.weight / self.squares if self.squares else 0.0

    @property
    def share(self) -> float:
        """The weighted share whose answer counts, 0 to 1; nought where nobody has a weight."""
        return self.counting / self.weight if self.weight else 0.0


def figures(survey: str, question: str, age: str | None, tally: Tally) -> Iterator[Figure]:
    """The share, as effective answers out of effective answers, and how many respondents it rests on.

    Of fewer than FEWEST respondents both are withheld; where they have no weight between them there is no share.
    """
    few = tally.respondents < FEWEST
    status = "c" if few else None if tally.weight else "x"
    whole = round(tally.effective, _PLACES) if status is None else None
    share = round(tally.share * tally.effective, _PLACES) if status is None else None
    yield Figure(
        measure=f"{survey}.{question}",
        unit=EFFECTIVE,
        value=share,
        denominator=whole,
        status=status,
        group=group_of(age=age),
    )
    yield respondents(survey, group_of(age=age, question=question), tally.respondents)


def respondents(survey: str, group: str | None, many: int) -> Figure:
    """The unweighted base: people, not weights."""
    few = many < FEWEST
    return Figure(
        measure=f"{survey}.respondents",
        unit=PEOPLE,
        value=None if few else many,
        status="c" if few else None,
        group=group,
    )
