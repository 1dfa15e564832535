"""A return as it is read: cells that say why there is no number, pounds, and days."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from headwater.delivery.forms import QUESTIONS
from headwater.delivery.models import COUNTS, TABLES, Return, groups_of
from headwater.delivery.questions import Money, left_over, money_of, pounds, steps_of
from headwater.delivery.questions.checks import said_by

NOT_COLLECTED, NOT_ANSWERED = "not collected", "not answered"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of those who were reached, in words."""

    title: str
    rows: tuple[tuple[str, str], ...]
    collected: bool


def reading_of(returned: Return) -> dict[str, Any]:
    """What the pages that show a return need."""
    money = money_of(returned)
    return {
        "counts": [(QUESTIONS[name][0], _number(getattr(returned, name))) for name in COUNTS],
        "tables": tuple(_tables(returned)),
        "money": [_money(line) for line in money],
        "steps": steps_of(returned),
        "left_over": _left_over(returned, money),
        "risks": returned.risks.all(),
    }


def _left_over(returned: Return, money: tuple[Money, ...]) -> tuple[str, ...]:
    from pathlib import Path

    from django.conf import settings

    from headwater.delivery.questions import colour_rule

    return left_over(colour_rule(Path(settings.WORKSPACE)), returned.quarter.number, money)


def _number(value: int | None) -> str:
    return NOT_ANSWERED if value is None else f"{value:,}"


def _tables(returned: Return) -> Iterator[Table]:
    for name, table in said_by(returned).tables.items():
        if table is None:
            yield Table(TABLES[name], (), collected=False)
        else:
            rows = [(group, _number(table.get(group))) for group in groups_of(name, returned.intervention)]
            yield Table(TABLES[name], tuple(rows), collected=True)


def _money(line: Money) -> dict[str, str]:
    return {
        "name": line.name,
        "profiled": pounds(line.profiled),
        "spent": NOT_ANSWERED if line.spent is None else pounds(line.spent),
        "forecast": NOT_ANSWERED if line.forecast is None else pounds(line.forecast),
        "amount": pounds(line.amount),
        "carries": "may be carried over" if line.carries_over else "cannot be carried over",
    }
