"""The two tables: what each column of figures is of, and what area a row is of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from headwater.sources.authorities import Placed, by_code, by_name, by_number
from headwater.sources.contract import Contract, folded
from headwater.sources.published import SEPTEMBER, Figure, Span, figure, group_of, slug
from headwater.sources.reading import Unusable

EXCLUSIONS, REASONS = "schools.exclusions", "schools.reasons"
_COUNTED = {
    "perm_excl": ("exclusions.permanent", "permanent exclusions"),
    "perm_excl_rate": ("exclusions.permanent-rate", "per 100 pupils"),
    "suspension": ("suspensions", "suspensions"),
    "susp_rate": ("suspensions-rate", "per 100 pupils"),
    "one_plus_susp": ("suspended-pupils", "pupils"),
    "one_plus_susp_rate": ("suspended-pupils-rate", "per 100 pupils"),
}
_REASON = re.compile(r"(perm|susp|fixed)_(\w+?)")
_SHARE = ("_perc", "_rate")
_OF_REASON = {"perm": _COUNTED["perm_excl"], "susp": _COUNTED["suspension"], "fixed": _COUNTED["suspension"]}
_LEVELS = {"national": "national", "regional": "region", "region": "region", "local authority": "authority"}


def span_of(said: str) -> Span:
    """'201617' as the academic year."""
    return Span.split(said, SEPTEMBER, "time_period")


@dataclass(frozen=True, slots=True)
class Table:
    """One file: its columns, and what its marks mean."""

    contract: Contract
    matched: Mapping[str, str]
    marks: Mapping[str, str]
    reasons: Mapping[str, tuple[str, str, str]]
    """By column of a table by reason: measure, unit, reason."""

    @classmethod
    def of(cls, header: tuple[str, ...], contract: Contract) -> Self:
        """Read a header. A table that says fixed-period uses the marks of its time."""
        older = any(folded(given).startswith(("fixed_", "one_plus_fixed")) for given in header)
        reasons = _reasons(header, contract) if contract.dataset == REASONS else {}
        return cls(contract, contract.match(header), contract.codes["marks_before" if older else "marks"], reasons)

    def cell(self, cells: Mapping[str, str], column: str) -> str:
        """What a column says; nothing where the file has no such column, or says that there is nothing."""
        said = cells[self.matched[column]] if column in self.matched else ""
        return "" if said in (".", "NULL", "z") else said

    def span(self, cells: Mapping[str, str]) -> Span:
        """The academic year of a row."""
        return span_of(self.cell(cells, "time_period"))

    def area(self, cells: Mapping[str, str], span: Span) -> Placed:
        """The area of a row, by its code where it gives one, else by its number, else by its name."""
        level = _LEVELS.get(self.cell(cells, "geographic_level").casefold())
        if level is None:
            raise Unusable("'geographic_level' is not national, regional or local authority")
        code, name = _AREAS[level]
        if said := self.cell(cells, code):
            return by_code(said, span.last, code)
        if number := self.cell(cells, "old_la_code"):
            return by_number(number, self.cell(cells, "la_name"), span.last, "old_la_code")
        named = self.cell(cells, name) or self.cell(cells, "la_name")
        return by_name("England" if level == "national" else named, span.first, span.last, "la_name")

    def school(self, cells: Mapping[str, str]) -> str | None:
        """The kind of school; None for all of them."""
        said = self.cell(cells, "school_type").casefold()
        if said not in self.contract.codes["school_types"]:
            raise Unusable("'school_type' is not one of the kinds of school in the contract")
        return self.contract.codes["school_types"][said] or None

    def figures(self, cells: Mapping[str, str]) -> Iterator[Figure]:
        """Every figure of a row. Raises `Unusable` where one is neither a number nor a mark."""
        school = self.school(cells)
        for column, (measure, unit, reason) in self.reasons.items():
            value, status = figure(cells, column, self.marks)
            group = group_of(reason=reason, school=school)
            yield Figure(measure=measure, unit=unit, value=value, status=status, group=group)
        if self.contract.dataset == EXCLUSIONS:
            pupils, _ = figure(cells, self.matched["headcount"], self.marks)
            for column, (measure, unit) in _COUNTED.items():
                value, status = figure(cells, self.matched[column], self.marks)
                yield Figure(measure=measure, unit=unit, value=value, status=status, denominator=pupils,
                             group=group_of(school=school))  # fmt: skip


_AREAS = {
    "national": ("country_code", "country_name"),
    "region": ("region_code", "region_name"),
    "authority": ("new_la_code", "la_name"),
}


def _reasons(header: tuple[str, ...], contract: Contract) -> dict[str, tuple[str, str, str]]:
    found: dict[str, tuple[str, str, str]] = {}
    for given in header:
        parts = _REASON.fullmatch(folded(given))
        if parts and not parts[2].endswith(_SHARE):
            reason = contract.codes["reasons"].get(parts[2], slug(parts[2]))
            found[given] = (*_OF_REASON[parts[1]], reason)
    return found
