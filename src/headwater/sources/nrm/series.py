"""The long series: one row a year or a quarter, the groups side by side in columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from headwater.sources.contract import Contract, folded
from headwater.sources.nrm.periods import Stretch, stretch
from headwater.sources.reading import Value, whole_number

UNITED_KINGDOM, LEVEL = "K02000001", "country"
"""Every table is of the whole United Kingdom: a first responder's name is a group, never an area."""
PRODUCER = "home-office"


@dataclass(frozen=True, slots=True)
class Series:
    """What the columns of one dataset hold."""

    measure: str
    unit: str
    begins: str | None = None
    """The list of the contract that says which years the series does not hold whole."""
    quarterly: bool = True


SERIES = {
    "nrm.reasonable_grounds": Series("reasonable-grounds-decisions", "decisions"),
    "nrm.conclusive_grounds": Series("conclusive-grounds-decisions", "decisions"),
    "nrm.duty_to_notify": Series("duty-to-notify-reports", "reports", "duty_to_notify_begin"),
    "nrm.referrals": Series("referrals", "referrals", "referrals_begin", quarterly=False),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a series: its period and, by group ('' is everyone), its figures."""

    period: Stretch
    figures: Mapping[str, int]

    def rows(self, contract: Contract, release: str) -> Iterable[tuple[Value, ...]]:
        """The same as rows of `counts`. An outcome's denominator is all decisions of that age."""
        series = SERIES[contract.dataset]
        for group, value in self.figures.items():
            whole = _without_outcome(group)
            yield (
                contract.dataset, PRODUCER, release, series.measure, UNITED_KINGDOM, LEVEL, self.period.label, self.period.first,
                self.period.last, group or None, float(value), _real(self.figures.get(whole) if whole != group else None), None,
                None, series.unit, None,
            )  # fmt: skip


def _real(value: int | None) -> float | None:
    return None if value is None else float(value)


def _without_outcome(group: str) -> str:
    return ";".join(part for part in group.split(";") if not part.startswith("outcome="))


def groups(contract: Contract) -> dict[str, str]:
    """By column, the group it is of: 'age_at_exploitation=child;outcome=positive', '' for everyone."""
    found: dict[str, str] = {}
    for column in contract.columns:
        age, _, outcome = folded(column.name).partition(" - ")
        if age == "total":
            found[column.name] = ""
        elif age in contract.codes["ages"]:
            word = contract.codes["outcomes"].get(outcome)
            found[column.name] = f"age_at_exploitation={contract.codes['ages'][age]}" + (
                f";outcome={word}" if word else ""
            )
    return found


def read_line(cells: Mapping[str, str], matched: Mapping[str, str], contract: Contract) -> Line:
    """One row of a file. Raises `Unusable` where a period or a count cannot be read, or the row contradicts itself."""
    series = SERIES[contract.dataset]
    begins = contract.codes.get(series.begins or "", {})
    part = cells[matched["Quarter"]] if series.quarterly else "Total"
    period = stretch(cells[matched["Year"]], part, begins)
    figures = {
        group: whole_number(dict(cells), matched[column])
        for column, group in sorted(groups(contract).items(), key=lambda pair: pair[1])
    }
    return Line(period, figures)


def parts_of_rows(lines: Sequence[Line]) -> tuple[str, ...]:
    """Where the ages or the outcomes of a row do not add up to the total beside them, in words."""
    wrong = [line.period.label for line in lines if not _adds_up(line.figures)]
    return (f"the parts do not add up to the totals beside them in {', '.join(wrong)}",) if wrong else ()


def _adds_up(figures: Mapping[str, int]) -> bool:
    ages = [group for group in figures if group and ";" not in group]
    whole = not ages or sum(figures[age] for age in ages) == figures[""]
    decided = (
        sum(value for group, value in figures.items() if group.startswith(f"{age};")) == figures[age] for age in ages
    )
    return whole and (all(decided) or not any(";" in group for group in figures))


def quarters_against_years(lines: Sequence[Line]) -> tuple[str, ...]:
    """Do the quarters of each year add up to the annual total that the publisher gives? In words, for the account."""
    years = {line.period.label: line for line in lines if line.period.whole_year}
    quarters: dict[str, list[Line]] = {}
    for line in lines:
        if not line.period.whole_year:
            quarters.setdefault(line.period.label[:4], []).append(line)
    held = {year: found for year, found in quarters.items() if year in years}
    wrong = sorted(year for year, found in held.items() if _sum(found) != dict(years[year].figures))
    if not held:
        return ()
    agree = f"quarters add up to the annual totals in {len(held) - len(wrong)} of {len(held)} years"
    return (agree + (f"; they do not in {', '.join(wrong)}" if wrong else ""),)


def _sum(lines: Sequence[Line]) -> dict[str, int]:
    return {group: sum(line.figures[group] for line in lines) for group in lines[0].figures}
