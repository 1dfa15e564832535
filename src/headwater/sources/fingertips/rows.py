"""One row of a download: its area, period and group, its count and its rate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from headwater.sources.authorities import Placed
from headwater.sources.contract import Contract
from headwater.sources.fingertips.indicators import Indicator, indicator_of
from headwater.sources.published import Figure, Span, figure, group_of, slug
from headwater.sources.reading import Unusable, area_code

_ALONE = {"c", "x", "z"}
"""The marks that stand for a figure; any other stands beside one."""
_EVERYONE = {"persons": None, "male": "male", "female": "female"}
_NO_LIMIT = "-1"


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says, under the contract's own column names."""

    said: Mapping[str, str]
    contract: Contract

    @property
    def indicator(self) -> Indicator:
        return indicator_of(self.said["Indicator ID"])

    @property
    def span(self) -> Span:
        return self.indicator.span(self.said["Time period"])

    @property
    def area(self) -> Placed:
        """By its code, at the level that its type names."""
        level = self.contract.codes["area_types"].get(self.said["Area Type"].casefold())
        if level is None:
            raise Unusable("'Area Type' is not one of those in the contract")
        return Placed(area_code(dict(self.said), "Area Code"), level)

    @property
    def group(self) -> str | None:
        """'age=under-15-yrs;sex=female'; for a part of England, which part of which division as well."""
        sex = self.said["Sex"].casefold()
        if sex not in _EVERYONE:
            raise Unusable("'Sex' is not one of persons, male and female")
        age, parts = slug(self.said["Age"]), (slug(self.said["Category"]), slug(self.said["Category Type"]))
        return group_of(age=None if age == "all-ages" else age, sex=_EVERYONE[sex], category=parts[0] or None,
                        category_type=parts[1] or None)  # fmt: skip

    def figures(self) -> Iterator[Figure]:
        """The count and the rate. Raises `Unusable` where one is missing and no note says why."""
        group, indicator = self.group, self.indicator
        people = self._number("Denominator")
        limits = {"lower": self._limit("Lower CI 95.0 limit"), "upper": self._limit("Upper CI 95.0 limit")}
        for column, ending, unit in (("Count", "", indicator.counts), ("Value", "-rate", indicator.unit)):
            value = self._number(column)
            yield Figure(measure=f"{indicator.measure}{ending}", unit=unit, value=value, status=self._status(value, column),
                         denominator=people, group=group, **limits if ending and value is not None else {})  # fmt: skip

    @property
    def heard(self) -> bool:
        """Does the contract know its note?"""
        return self._mark is not None

    @property
    def _mark(self) -> str | None:
        """The mark of its note: empty where there is none, None where nobody has met the note."""
        note = self.said["Value note"].casefold()
        known = (mark for begins, mark in self.contract.codes["notes"].items() if note.startswith(begins))
        return next(known, None) if note else ""

    def _number(self, column: str) -> float | None:
        return figure(self.said, column, {})[0] if self.said[column] else None

    def _limit(self, column: str) -> float | None:
        return None if self.said[column] == _NO_LIMIT else self._number(column)

    def _status(self, value: float | None, column: str) -> str | None:
        """The mark of the note. A note that nobody has met is a reason not to lean on the figure."""
        if value is None and not self.said["Value note"]:
            raise Unusable(f"{column!r} is empty, and no note says why")
        mark = "u" if self._mark is None else self._mark
        if value is None:
            return mark if mark in _ALONE else "x"
        return "u" if mark in _ALONE else mark or None
