"""What came of Aldermere's strategy: four quarters of returns, most of them approved and locked, and what is evaluated."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.random import Generator

from headwater.delivery import actions
from headwater.delivery.actions import Answers
from headwater.delivery.models import TABLES, Evaluation, Intervention, Quarter, Return, groups_of
from headwater.delivery.questions.series import newest
from headwater.partnership.models import Organisation, Person
from headwater.partnership.questions import Operator
from headwater.sources.pretend import about_so_many, draws, pick, weights
from headwater.strategy.models import Action
from headwater.web.demonstration.people import example

Said = dict[str, Any]
CODES = dict(
    zip(
        ("Stanmouth", "Kelderby", "Harrowmere", "Thornsea", "Pellingham", "Wyresby", "Cawmoor"),
        (f"Z0700000{n}" for n in range(1, 8)),
        strict=True,
    )
)


def seed_delivery(by: Operator) -> None:
    """Plan what is delivered, and make every return in the order in which they came."""
    said = example("delivery.toml")
    made = {one["key"]: _plan(by, one) for one in said["interventions"]}
    for quarter in said["quarters"]:
        _tell(by, said, quarter, made)
    for evaluation in said["evaluations"]:
        _evaluate(by, evaluation, made[evaluation["of"]])


def _plan(by: Operator, one: Said) -> Intervention:
    owner = Organisation.objects.get(name=one["owner"])
    action = Action.objects.get(name=one["action"]) if "action" in one else None
    given = {name: one[name] for name in ("prevention", "approach", "starts", "ends") if name in one}
    made = actions.plan(
        by=by,
        organisation=owner,
        action_of=action,
        name=one.get("name") or one["action"],
        areas={CODES[name]: name for name in one["areas"]},
        **given,
    )
    for line in one["lines"]:
        said = {name: line[name] for name in ("source", "pays", "match", "carries_over") if name in line}
        _ = actions.grant(by=by, intervention=made, year=2025, profile=tuple(line["profile"]), **said)
    for line in one.get("next_lines", ()):
        profile = tuple(line["profile"])
        _ = actions.grant(
            by=by, intervention=made, year=2026, profile=profile, source=line["source"], pays=line["pays"]
        )
    for milestone in one["milestones"]:
        _ = actions.set_milestone(by=by, intervention=made, title=milestone["title"], planned=milestone["planned"])
    for number, starts in enumerate(one["targets"], 1):
        _ = actions.set_target(by=by, intervention=made, year=2025, number=number, starts=starts)
    return made


def _tell(by: Operator, said: Said, quarter: Said, made: dict[str, Intervention]) -> None:
    opened = actions.open_quarter(by=by, year=quarter["year"], number=quarter["number"], due=quarter["due"])
    approver = Person.objects.get(email=said["approver"])
    for one in said["interventions"]:
        intervention = made[one["key"]]
        if not intervention.runs_in(opened) or (opened.year == 2025 and one.get("late") == opened.number):
            continue
        writer = Person.objects.get(email=said["writers"][one["owner"]])
        if opened.year == 2025:
            _return(_Told(said["seed"], one, intervention, opened, writer, approver))
        elif "draft" in one:
            begun = actions.begin(by=writer, intervention=intervention, quarter=opened)
            _ = actions.save_return(by=writer, returned=begun, version=1, answers=Answers(words=one["draft"]))
    if "locked" in quarter:
        _ = actions.lock_quarter(by=approver, quarter=opened, on=quarter["locked"], why="Reported to the Home Office")


@dataclass(frozen=True, slots=True)
class _Told:
    """One return that is to be made."""

    seed: int
    one: Said
    intervention: Intervention
    quarter: Quarter
    writer: Person
    approver: Person

    @property
    def chance(self) -> Generator:
        return draws(self.seed, "delivery", self.one["key"], str(self.quarter.number))


def _return(told: _Told) -> None:
    begun = actions.begin(by=told.writer, intervention=told.intervention, quarter=told.quarter)
    answers = _answers(told, begun)
    saved = actions.save_return(by=told.writer, returned=begun, version=1, answers=answers)
    sent = actions.submit(by=told.writer, returned=saved, version=saved.version, on=told.quarter.due)
    over, back = told.one.get("override", {}), told.one.get("sent_back", {})
    if back.get("quarter") == told.quarter.number:
        _ = actions.send_back(
            by=told.approver, returned=sent, version=sent.version, on=told.quarter.due, why=back["why"]
        )
        return
    if over.get("quarter") == told.quarter.number:
        sent = actions.override(
            by=told.approver, returned=sent, version=sent.version, colour=over["colour"], why=over["why"]
        )
    _ = actions.approve(by=told.approver, returned=sent, version=sent.version, on=told.quarter.due)


def _answers(told: _Told, begun: Return) -> Answers:
    one, chance, q = told.one, told.chance, told.quarter.number
    referred = about_so_many(chance, one["referred"])
    accepted = round(referred * one["accepted"])
    started = round(accepted * one["started"])
    completed = round(started * one["completed"])
    earlier = sum(r.started - r.completed for r in told.intervention.returns.all() if r.started and r.pk != begun.pk)
    people = started + round(0.6 * earlier)
    counts = {"referred": referred, "accepted": accepted, "started": started, "completed": completed, "people": people}
    words: Said = counts | {"contacts": people * one["sessions"] + about_so_many(chance, people)}
    if (story := one.get("story", {})).get("quarter") == q:
        words |= {"story": story["says"], "consent_on": story["consent_on"], "consent_held": story["consent_held"]}
    if (back := one.get("sent_back", {})).get("quarter") == q:
        words |= {"contacts": max(back["contacts"], people), "note": back["note"]}
    return Answers(
        words=words,
        reach={table: _table(one, table, told.intervention, people, chance) for table in TABLES},
        money=dict(_money(one, told.intervention, q)),
        progress=dict(_progress(one, told.intervention, told.quarter.ends)),
        risks=one["risks_named"],
    )


def _table(one: Said, table: str, intervention: Intervention, people: int, chance: Generator) -> dict[str, int] | None:
    if table in one["uncollected"]:
        return None
    names = {"age": "ages", "sex": "sexes", "ethnicity": "ethnicities", "risk": "risks", "area": "places"}
    groups = groups_of(table, intervention)
    shares = [*one[names[table]], 4 if table == "area" else 0][: len(groups) - 1]
    whole = sum(shares) or 1
    known = [share / whole * (1 - one["not_known"]) for share in shares]
    drawn = pick(chance, weights(np.array([*known, one["not_known"]])), people)
    return {group: int((drawn == i).sum()) for i, group in enumerate(groups)}


def _money(one: Said, intervention: Intervention, quarter: int) -> Iterator[tuple[int, tuple[int, int]]]:
    said = {(line["source"], line["pays"]): line for line in one["lines"]}
    for line in intervention.lines.filter(year=2025):
        told = said[line.source, line.pays]
        spent = round(line.profile[quarter - 1] * told["spent"][quarter - 1])
        yield line.pk, (spent, round(line.amount * (told["forecast"] if quarter > 1 else 1)))


def _progress(one: Said, intervention: Intervention, on: date) -> Iterator[tuple[int, tuple[date | None, date | None]]]:
    said = {each["title"]: each for each in one["milestones"]}
    for milestone in intervention.milestones.all():
        met = said[milestone.title].get("met")
        is_met = met is not None and met <= on
        expected = None if is_met or milestone.planned > on else said[milestone.title].get("expected", met)
        yield milestone.pk, (expected, met if is_met else None)


def _evaluate(by: Operator, said: Said, intervention: Intervention) -> None:
    plan = {name: said[name] for name in Evaluation.asked if name in said}
    made = actions.register(
        by=by, intervention=intervention, on=said["registered"], late_because=said.get("late_because", ""), **plan
    )
    if changed := dict(said.get("amended", {})):
        on, why = changed.pop("on"), changed.pop("why")
        made = actions.amend(by=by, evaluation=made, changes=changed, on=on, why=why)
    if newest():
        _ = actions.run(by=by, evaluation=made, on=date(2026, 5, 11))
