"""What the approved returns answer under each heading of a return to the Home Office, or of an annual report."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from headwater.delivery.models import AGES, ETHNICITIES, NOT_KNOWN, RISKS, SEXES, TABLES, Evaluation, Quarter, Return
from headwater.delivery.questions.colours import left_over, money_of, steps_of
from headwater.delivery.questions.money import pounds
from headwater.delivery.questions.rule import colour_rule
from headwater.delivery.questions.served import WITHHELD, policy
from headwater.disclosure import protect_parts
from headwater.documents import Bullets, Column, Heading, Paragraph, Table, Text
from headwater.documents.model import Block, Entry

FIXED = {"age": AGES, "sex": SEXES, "ethnicity": ETHNICITIES, "risk": RISKS}


@dataclass(frozen=True, slots=True)
class Reported:
    """The returns that a report is made of: approved ones only."""

    title: str
    quarter: Quarter
    returns: tuple[Return, ...]
    """In a report of a quarter, of that quarter; in one of a year, of its quarters up to this one."""
    absent: tuple[str, ...]
    """Returns that were due and are not approved."""
    whole_year: bool

    @property
    def last(self) -> tuple[Return, ...]:
        """The newest return of each intervention: money and milestones are told as they stand at the end."""
        newest: dict[int, Return] = {}
        for each in sorted(self.returns, key=_place):
            newest[each.intervention_id] = each
        return tuple(newest.values())


def _place(returned: Return) -> tuple[int, int]:
    return returned.quarter.place


def _interventions(reported: Reported) -> Iterator[Block]:
    rows = [
        (
            r.intervention.name,
            r.intervention.organisation.name,
            r.intervention.get_prevention_display(),
            ", ".join(r.intervention.areas.values()) or "all areas",
        )
        for r in reported.last
    ]
    yield _table("interventions", "Interventions", ("Intervention", "Who", "Prevention", "Where"), rows)


def _budget(reported: Reported) -> Iterator[Block]:
    rows = [
        (
            r.intervention.name,
            line.name,
            _or_not(line.profiled),
            _or_not(line.spent),
            _or_not(line.forecast),
            _or_not(line.amount),
        )
        for r in reported.last
        for line in money_of(r)
    ]
    titles = ("Intervention", "Grant line", "Meant to date", "Spent to date", "Expected for the year", "Granted")
    yield _table("budget", "Budget, spent and forecast", titles, rows)


def _labour(reported: Reported) -> Iterator[Block]:
    yield _sums(reported, "labour", "Labour and non-labour", lambda line: line.get_pays_display())


def _match(reported: Reported) -> Iterator[Block]:
    yield _sums(reported, "match", "Match funding", lambda line: "Match" if line.match else "Grant")


def _sums(reported: Reported, name: str, caption: str, part: Callable[[Any], str]) -> Table:
    sums: dict[str, list[int]] = {}
    unknown: set[str] = set()
    for returned in reported.last:
        lines = returned.intervention.lines.filter(year=returned.quarter.year)
        for line, money in zip(lines, money_of(returned), strict=True):
            held = sums.setdefault(part(line), [0, 0])
            held[0] += money.amount
            held[1] += money.spent or 0
            if money.spent is None:
                unknown.add(part(line))
    rows = [
        (kind, pounds(granted), "not all of it is known" if kind in unknown else pounds(spent))
        for kind, (granted, spent) in sorted(sums.items())
    ]
    return _table(name, caption, ("Part", "Granted", "Spent to date"), rows)


def _underspend(reported: Reported) -> Iterator[Block]:
    rule = colour_rule(Path(settings.WORKSPACE))
    found = [
        f"{r.intervention}: {words}" for r in reported.last for words in left_over(rule, r.quarter.number, money_of(r))
    ]
    yield list_of(found) if found else words_of("No money that cannot be carried over is expected to be left.")


def _reached(reported: Reported) -> Iterator[Block]:
    people = sum(r.people or 0 for r in reported.returns)
    twice = "in two quarters, or by two interventions," if reported.whole_year else "by two interventions"
    yield words_of(
        f"{people:,} people, of {sum(r.contacts or 0 for r in reported.returns):,} contacts. Whoever was helped {twice} is counted twice."
    )
    for table, groups in FIXED.items():
        yield _groups(reported, table, groups)


def _groups(reported: Reported, table: str, groups: Sequence[str]) -> Table:
    counts, collecting = dict.fromkeys((*groups, NOT_KNOWN), 0), 0
    for returned in reported.returns:
        rows = [row for row in returned.reach.all() if row.table == table and row.people is not None]
        collecting += bool(rows)
        for row in rows:
            counts[row.group] = counts.get(row.group, 0) + (row.people or 0)
    verdicts = protect_parts([counts[group] for group in groups], policy())
    shown: list[tuple[Entry, ...]] = [
        (group, f"{counts[group]:,}" if verdict == "shown" else WITHHELD)
        for group, verdict in zip(groups, verdicts, strict=True)
    ]
    shown.append((NOT_KNOWN, f"{counts[NOT_KNOWN]:,}"))
    note = f"{collecting} of {len(reported.returns)} returns collect this."
    return _table(f"reach {table}", TABLES[table], ("Group", "People"), shown, note)


def _referrals(reported: Reported) -> Iterator[Block]:
    names = ("referred", "accepted", "started", "completed")
    rows: list[tuple[Entry, ...]] = []
    for one in reported.last:
        theirs = [r for r in reported.returns if r.intervention_id == one.intervention_id]
        rows.append((one.intervention.name, *(f"{sum(getattr(r, name) or 0 for r in theirs):,}" for name in names)))
    titles = ("Intervention", "Referred", "Accepted", "Started", "Completed")
    yield _table("referrals", "From referral to completion", titles, rows, "How many did not come is not collected.")


def _milestones(reported: Reported) -> Iterator[Block]:
    rows = [
        (r.intervention.name, step.title, str(step.planned), str(step.expected or ""), str(step.met or "not yet"))
        for r in reported.last
        for step in steps_of(r)
    ]
    yield _table("milestones", "Milestones", ("Intervention", "Milestone", "Planned", "Now expected", "Met"), rows)


def _colours(reported: Reported) -> Iterator[Block]:
    rows = [
        (
            r.intervention.name,
            r.get_colour_display(),
            f"{r.get_overridden_display()}: {r.overridden_why}" if r.overridden else "",
            " ".join(r.reasons),
        )
        for r in reported.last
    ]
    rules = ", ".join(sorted({r.rule for r in reported.last}))
    yield _table(
        "colours",
        "Red, amber or green",
        ("Intervention", "By the rule", "Overridden", "Reasons"),
        rows,
        f"Rule: {rules}.",
    )


def _risks(reported: Reported) -> Iterator[Block]:
    rows = [
        (r.intervention.name, risk.says, f"{risk.likely} of 5", f"{risk.grave} of 5", risk.doing, risk.owner)
        for r in reported.last
        for risk in r.risks.all()
        if not risk.closed
    ]
    titles = ("Intervention", "Risk", "How likely", "How grave", "What is being done", "Whose")
    if rows:
        yield _table("risks", "Risks and issues", titles, rows)
    else:
        yield words_of("No open risk was named.")


def _evaluations(reported: Reported) -> Iterator[Block]:
    for each in Evaluation.objects.filter(intervention__in=[r.intervention for r in reported.last]).prefetch_related(
        "results", "intervention"
    ):
        result = next(iter(each.results.all()), None)
        late = f" Registered late: {each.late_because}" if each.late_because else ""
        yield Heading(3, f"{each.intervention}: {each.question}")
        yield words_of(f"{each.get_design_display()}, registered on {each.registered}.{late}")
        yield words_of(f"{result}. {result.says}" if result else "It has not been run yet.")


def _stories(reported: Reported) -> Iterator[Block]:
    found = [r for r in reported.returns if r.story and r.consent_on]
    yield words_of(
        f"{len(found)} of the returns hold a story with consent. They are not copied here: open the return, ask again, and add what may be told."
    )


def _caveats(reported: Reported) -> Iterator[Block]:
    notes = [f"{r.intervention}: {r.note}" for r in reported.returns if r.note]
    yield list_of(notes) if notes else words_of("No return has a note.")


def _year_end(reported: Reported) -> Iterator[Block]:
    lines = [(r, line) for r in reported.last for line in money_of(r)]
    granted = sum(line.amount for _, line in lines)
    known = [line.spent for _, line in lines if line.spent is not None]
    behind = (
        ""
        if len(known) == len(lines)
        else f" (what {len(lines) - len(known)} of {len(lines)} lines spent is not known)"
    )
    met = [step for r in reported.last for step in steps_of(r) if step.planned <= reported.quarter.ends]
    yield words_of(
        f"{pounds(sum(known))} spent of {pounds(granted)} granted{behind}. Of {len(met)} milestones planned by {reported.quarter.ends}, "
        f"{sum(step.met is not None for step in met)} were met."
    )


def _signed(reported: Reported) -> Iterator[Block]:
    rows = [(r.intervention.name, str(r.quarter), str(r.decided_on), f"version {r.version}") for r in reported.returns]
    yield _table("approved", "Returns that were approved", ("Intervention", "Quarter", "Approved on", "Version"), rows)
    yield words_of("Signed for the partnership:")


ANSWERS: dict[str, Callable[[Reported], Iterator[Block]]] = {
    "intervention": _interventions,
    "budget": _budget,
    "labour": _labour,
    "match": _match,
    "underspend": _underspend,
    "people-reached": _reached,
    "referrals": _referrals,
    "milestones": _milestones,
    "rag": _colours,
    "risks": _risks,
    "evaluation": _evaluations,
    "case-study": _stories,
    "data-caveats": _caveats,
    "year-end-position": _year_end,
    "sign-off": _signed,
}


def _or_not(amount: int | None) -> str:
    return "not known" if amount is None else pounds(amount)


def words_of(text: str) -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph((Text(text),))


def list_of(items: Sequence[str]) -> Bullets:
    """A list of plain words."""
    return Bullets(tuple((Text(item),) for item in items))


def _table(name: str, caption: str, titles: Sequence[str], rows: Sequence[tuple[Entry, ...]], note: str = "") -> Table:
    return Table(name, caption, tuple(Column(title) for title in titles), tuple(rows), note)
