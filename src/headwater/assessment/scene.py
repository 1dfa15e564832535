"""What every question may ask about: the area and its parts, who lives there, and which months are covered."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

import numpy as np

from headwater.assessment.doubts import NONE, Doubts
from headwater.assessment.rebases import Rebase
from headwater.disclosure import Policy
from headwater.lake import Coverage
from headwater.places import Atlas, bands_within
from headwater.sources import contract
from headwater.vocabulary import EVERYONE, Period, Place, month_number, month_words, months_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An area, seen through one snapshot."""

    area: Place
    subareas: tuple[Place, ...]
    small: tuple[Place, ...]
    """The lower-layer super output areas (2021) of the area."""
    people: Mapping[str, int]
    """Residents by place code: the area, its subareas and its small areas."""
    people_basis: str
    producers: Mapping[str, tuple[str, ...]]
    """By place code, the police forces whose records cover it."""
    coverage: Coverage
    snapshot: str
    policy: Policy
    atlas: Atlas
    rebases: tuple[Rebase, ...] = ()
    """Changes of process that a person has recorded, and breaks that the owners of the data have declared."""
    doubts: Doubts = NONE
    policies: Mapping[str, Policy] = field(default_factory=dict[str, Policy])
    """Every policy of disclosure by name, for data whose owners have one of their own."""

    agreed: Mapping[str, Policy] = field(default_factory=dict[str, Policy])
    """By dataset, what the sharing agreements that it landed under ask for."""

    along: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """By dataset, others of which a month must be whole as well for a figure of it: the people in its events, from files of their own."""

    def policy_for(self, *datasets: str) -> Policy:
        """All that the workspace's policy, the owners of `datasets` and the agreements that they landed under ask for."""
        asked = [
            each
            for dataset in datasets
            for each in (self.policies.get(contract(dataset).policy), self.agreed.get(dataset))
        ]
        return reduce(Policy.joined, (each for each in asked if each), self.policy)

    def among(self, ages: tuple[int, int]) -> "Scene":
        """The scene with the residents of some ages only: the area, its parts and its small areas."""
        if ages == EVERYONE:
            return self
        wanted = bands_within(*ages)
        levels = {place.level for place in (self.area, *self.subareas, *self.small)}
        counted = [self.atlas.ages(level, self.area).people for level in sorted(levels)]
        people = {code: sum(bands[band] for band in wanted) for found in counted for code, bands in found.items()}
        return replace(self, people={code: people.get(code, 0) for code in self.people})

    def under(self, *datasets: str) -> "Scene":
        """The scene as figures that rest on all of `datasets` may be shown."""
        policy = self.policy_for(*datasets)
        return self if policy is self.policy else replace(self, policy=policy)

    def breaks(self, measure: str, first: str, last: str) -> tuple[Rebase, ...]:
        """The recorded changes to a measure's process after the month `first` and up to `last`."""
        return tuple(r for r in self.rebases if r.measure == measure and first < r.month <= last)

    def broken(self, measure: str, first: str, last: str) -> tuple[str, ...]:
        """A caveat for each break that the owner of the data declares after the month `first` and up to `last`."""
        told = (r for r in self.breaks(measure, first, last) if r.declared)
        return tuple(
            f"The series breaks at {month_words(r.month)}, {r.by}: {r.reason} ({r.source_url}). Figures before and after "
            "were not counted in the same way."
            for r in told
        )

    def chance(self, name: str) -> np.random.Generator:
        """A generator of its own for each finding, so that the same inputs draw the same numbers in any order of asking."""
        return np.random.default_rng(zlib.crc32(name.encode()))

    def forces(self, place: Place) -> tuple[str, ...]:
        """The forces that cover `place`; a part of the area is covered by whoever covers the whole."""
        return self.producers.get(place.code, self.producers[self.area.code])

    def senders(self, dataset: str, place: Place) -> tuple[str, ...]:
        """Whose returns of `dataset` speak for `place`: of open police data the forces that cover it; of what comes under an
        agreement, every partner who has sent any, for a partnership's agreements are about its own area."""
        return self.coverage.producers(dataset) if contract(dataset).agreement else self.forces(place)

    def missing(self, dataset: str, place: Place, months: Iterable[str]) -> tuple[str, ...]:
        """The months among `months` for which somebody who speaks for `place` has no complete return."""
        wanted = tuple(months)
        gaps = {
            gap
            for each in (dataset, *self.along.get(dataset, ()))
            for sender in self.senders(each, place)
            for gap in self.coverage.missing(each, sender, wanted)
        }
        return tuple(sorted(gaps))

    def months(self, dataset: str) -> tuple[str, ...]:
        """Every month from the first to the last that anyone who covers the area has returned."""
        seen = [m for sender in self.senders(dataset, self.area) for m in self.coverage.months(dataset, sender)]
        return months_between(min(seen), max(seen)) if seen else ()

    def headline(self, dataset: str) -> Period | None:
        """The latest twelve months fully covered; failing that, the longest and latest run everybody who sends any covers."""
        months = self.months(dataset)
        for last in range(len(months) - 1, 10, -1):
            if not self.missing(dataset, self.area, months[last - 11 : last + 1]):
                return Period.year_to(months[last])
        return self._longest_run(dataset, months)

    def _longest_run(self, dataset: str, months: tuple[str, ...]) -> Period | None:
        needed = (dataset, *self.along.get(dataset, ()))
        landed = [(d, f) for d in needed for f in self.senders(d, self.area) if self.coverage.months(d, f)]
        covered = [m for m in months if not any(self.coverage.missing(d, f, (m,)) for d, f in landed)]
        runs: list[list[str]] = []
        for month in covered:
            if runs and month_number(month) == month_number(runs[-1][-1]) + 1:
                runs[-1].append(month)
            else:
                runs.append([month])
        best = max(runs, key=lambda run: (len(run), run[-1]), default=None)
        return Period.span(best[0], best[-1]) if best else None

    def earlier_covered(self, dataset: str, period: Period) -> Period | None:
        """The latest fully covered run of the same months in an earlier year, the year before or further back."""
        first = self.months(dataset)[0]
        then = period.earlier()
        while then.start >= first:
            if not self.missing(dataset, self.area, then.months):
                return then
            then = then.earlier()
        return None

    def years(self, dataset: str) -> tuple[Period, ...]:
        """Every financial year that touches the data, whole or not, and every calendar year that lies wholly inside it."""
        months = self.months(dataset)
        if not months:
            return ()
        first, last = int(months[0][:4]), int(months[-1][:4])
        seen = set(months)
        financial = (Period.financial(year) for year in range(first - 1, last + 1))
        calendar = (Period.calendar(year) for year in range(first, last + 1))
        return (*(y for y in financial if seen & set(y.months)), *(y for y in calendar if seen >= set(y.months)))

    def rolling(self, dataset: str) -> tuple[Period, ...]:
        """Every run of twelve months inside the data, one for each month it may end in."""
        months = self.months(dataset)
        return tuple(Period.year_to(month) for month in months[11:])


def years_in_words(years: Iterable[Period]) -> str:
    """'the financial years 2021-22 to 2024-25 and the calendar year 2022': runs of years of one kind said once."""
    runs: list[list[Period]] = []
    for year in years:
        if runs and runs[-1][-1].kind == year.kind and runs[-1][-1] == year.earlier():
            runs[-1].append(year)
        else:
            runs.append([year])
    words = [
        run[0].words if len(run) == 1 else f"the {run[0].kind} years {run[0].label} to {run[-1].label}" for run in runs
    ]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
