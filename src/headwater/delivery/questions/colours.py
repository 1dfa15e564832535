"""Green, amber or red, by the stated rule, with the reasons in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from headwater.delivery.models import GrantLine, Return, Spend
from headwater.delivery.questions.earlier import year_to_date
from headwater.delivery.questions.money import pounds
from headwater.delivery.questions.rule import ColourRule

ORDER = ("green", "amber", "red")


@dataclass(frozen=True, slots=True)
class Money:
    """One grant line at the end of a quarter, in pence. `spent` is to date; None where a return of the year has not said."""

    name: str
    profiled: int
    spent: int | None
    amount: int
    forecast: int | None
    carries_over: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as a return tells it."""

    title: str
    planned: date
    expected: date | None
    met: date | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A colour, and every reason why it is not green."""

    colour: str
    reasons: tuple[str, ...]


def verdict(
    rule: ColourRule, *, money: Iterable[Money], steps: Iterable[Step], starts: int, meant: int | None, on: date
) -> Verdict:
    """The worst of what spending, milestones and starts say at the end of a quarter. `starts` and `meant` are of the year to date."""
    found = [
        *(judged for line in money if (judged := _spending(rule, line))),
        *(judged for step in steps if (judged := _lateness(rule, step, on))),
    ]
    if meant and (judged := _starting(rule, starts, meant)):
        found.append(judged)
    return Verdict(
        max((colour for colour, _ in found), key=ORDER.index, default="green"), tuple(why for _, why in found)
    )


def _spending(rule: ColourRule, line: Money) -> tuple[str, str] | None:
    if line.spent is None:
        return "amber", f"{line.name}: what was spent to date is not known, for a return of this year is not there."
    off = abs(line.spent - line.profiled) * 100
    if off <= rule.spend_amber * line.profiled:
        return None
    side = "more" if line.spent > line.profiled else "less"
    why = f"{line.name}: {pounds(line.spent)} spent to date, {side} than the {pounds(line.profiled)} meant."
    return ("red" if off > rule.spend_red * line.profiled else "amber"), why


def _lateness(rule: ColourRule, step: Step, on: date) -> tuple[str, str] | None:
    day = step.met or max(filter(None, (step.expected, on if step.planned < on else None)), default=step.planned)
    late = (day - step.planned).days
    if late < rule.late_amber:
        return None
    how = "met" if step.met else "not met, and"
    return (
        "red" if late >= rule.late_red else "amber"
    ), f"“{step.title}” {how} {late} {'day' if late == 1 else 'days'} late."


def _starting(rule: ColourRule, starts: int, meant: int) -> tuple[str, str] | None:
    if starts * 100 >= rule.starts_amber * meant:
        return None
    why = f"{starts} started in the year to date, of {meant} meant."
    return ("red" if starts * 100 < rule.starts_red * meant else "amber"), why


def left_over(rule: ColourRule, quarter: int, money: Iterable[Money]) -> tuple[str, ...]:
    """Grant lines that cannot be carried over and will not all be spent, in words; nothing before the rule's quarter."""
    if quarter < rule.carry_over_from:
        return ()
    return tuple(
        f"{line.name}: {pounds(line.amount - line.forecast)} of {pounds(line.amount)} is not expected to be spent by 31 March "
        "and cannot be carried over. Agree now where it goes."
        for line in money
        if not line.carries_over
        and line.forecast is not None
        and (line.amount - line.forecast) * 100 > rule.carry_over_left * line.amount
    )


def money_of(returned: Return) -> tuple[Money, ...]:
    """Every grant line of the year, with what was spent to date by this return and the year's earlier ones."""
    before = year_to_date(returned)
    lines = returned.intervention.lines.filter(year=returned.quarter.year)
    said = {spend.line_id: spend for spend in returned.spends.all()}
    return tuple(_money(returned, line, said, before.spent) for line in lines)


def _money(returned: Return, line: GrantLine, said: dict[int, Spend], spent: dict[int, int | None]) -> Money:
    here = said.get(line.pk)
    earlier = spent.get(line.pk, 0)
    return Money(
        name=str(line),
        profiled=line.by(returned.quarter.number),
        spent=None if here is None or here.spent is None or earlier is None else earlier + here.spent,
        amount=line.amount,
        forecast=here.forecast if here else None,
        carries_over=line.carries_over,
    )


def steps_of(returned: Return) -> Sequence[Step]:
    """Every milestone of the intervention, as this return tells it."""
    said = {each.milestone_id: each for each in returned.progress.all()}
    return [
        Step(
            m.title,
            m.planned,
            said[m.pk].expected if m.pk in said else None,
            said[m.pk].met if m.pk in said else None,
        )
        for m in returned.intervention.milestones.all()
    ]


def colour_of(returned: Return, rule: ColourRule) -> Verdict:
    """The colour of one return by the rule, as at the end of its quarter."""
    before, quarter = year_to_date(returned), returned.quarter
    targets = returned.intervention.targets.filter(year=quarter.year, number__lte=quarter.number)
    meant = sum(target.starts for target in targets)
    return verdict(
        rule,
        money=money_of(returned),
        steps=steps_of(returned),
        starts=before.started + (returned.started or 0),
        meant=meant or None,
        on=quarter.ends,
    )
