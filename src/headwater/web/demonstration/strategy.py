"""What Aldermere's partnership means to do: last year's strategy, as it was adopted, and this year's, open for comments."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from headwater.partnership.models import Organisation, Person
from headwater.partnership.questions import Operator
from headwater.strategy import actions
from headwater.strategy.models import (
    Action,
    Assumption,
    Cause,
    Criterion,
    Money,
    Need,
    Outcome,
    Part,
    Passage,
    Priority,
    Score,
)
from headwater.strategy.questions.findings import findings, newest_edition
from headwater.web.demonstration.people import example

Said = dict[str, Any]
YEARS = ("last", "this")


def seed_strategy(by: Operator) -> None:
    """Write last year's strategy and adopt it, revise it into this year's, and open that for comments."""
    said = example("strategy.toml")
    writer = _Writer(by)
    for year in YEARS:
        for kind, entry in _in_order(said):
            writer.write(year, kind, entry)
        if year == "last":
            last = said["last_year"]
            _ = actions.adopt(by=by, title=last["title"], on=last["adopted"], says=last["says"], why=last["why"])
    if newest := newest_edition():
        writer.tie(said["needs"], findings(newest))
        writer.measure(said["priorities"])
    writer.answer(said["actions"])
    _consult(by, said)
    writer.change(said["actions"])


def _in_order(said: Said) -> Iterator[tuple[type[Part], Said]]:
    """Every entry with its kind; what belongs to another after it."""
    for kind, name in ((Criterion, "criteria"), (Priority, "priorities"), (Need, "needs"), (Outcome, "outcomes")):
        for entry in said[name]:
            yield kind, entry
            yield from _belonging(kind, entry)
    for entry in said["actions"]:
        yield Action, entry
        yield from _of_action(entry)
    for entry in said["passages"]:
        yield Passage, {"key": entry["heading"], **entry}


def _belonging(kind: type[Part], entry: Said) -> Iterator[tuple[type[Part], Said]]:
    inherited = {name: entry[name] for name in ("new", "ended") if name in entry}
    key = entry["key"]
    if kind is Priority:
        for criterion, (score, reason) in entry["scores"].items():
            given = {"score": None if score == "" else score, "reason": reason}
            yield Score, {"key": f"{key}.{criterion}", "priority": key, "criterion": criterion, **given, **inherited}
    if kind is Need:
        for cause in entry["causes"]:
            yield Cause, {"key": f"{key}.{cause['factor']}", "need": key, **cause, **inherited}


def _of_action(entry: Said) -> Iterator[tuple[type[Part], Said]]:
    inherited = {name: entry[name] for name in ("new",) if name in entry}
    for number, line in enumerate(entry.get("money", ())):
        yield Money, {"key": f"{entry['key']}.{number}", "action": entry["key"], **inherited, **line}
    for arrow in (*entry.get("acts_on", ()), *entry.get("leads_to", ())):
        end = arrow.get("cause") or arrow.get("outcome")
        yield Assumption, {"key": f"{entry['key']}.{end}", "action": entry["key"], **inherited, **arrow}


class _Writer:
    """Puts entries of the example into the database by actions, and remembers what each became."""

    def __init__(self, by: Operator) -> None:
        self.by = by
        self.made: dict[tuple[type[Part], str], Part] = {}
        self.organisations = {each.name: each for each in Organisation.objects.all()}

    def write(self, year: str, kind: type[Part], entry: Said) -> None:
        place = (kind, entry["key"])
        if place not in self.made:
            if year == "this" or not entry.get("new"):
                self._add(year, kind, entry)
        elif year == "this" and "ended" in entry:
            _ = actions.take_out(by=self.by, part=self.made[place], why=entry["ended"])
        elif year == "this" and "was" in entry:
            part = self.made[place]
            now = {name: value for name, value in self._values(kind, entry).items() if name in entry["was"]}
            self.made[place] = actions.revise(by=self.by, part=part, opened=part.revision, said=now)

    def _add(self, year: str, kind: type[Part], entry: Said) -> None:
        as_it_was = entry | entry.get("was", {}) if year == "last" else entry
        part = actions.add(by=self.by, kind=kind, said=self._values(kind, as_it_was))
        if "evidence" in entry and isinstance(part, Action):
            part = actions.pin(by=self.by, act=part, opened=part.revision, entry=entry["evidence"])
        self.made[kind, entry["key"]] = part

    def _values(self, kind: type[Part], entry: Said) -> Said:
        """The entry's fields as their kind has them: keys of other entries become those entries."""
        others = {
            "priority": Priority,
            "criterion": Criterion,
            "need": Need,
            "cause": Cause,
            "outcome": Outcome,
            "action": Action,
        }
        found: Said = {}
        for name in (name for name in kind.asked if name in entry):
            found[name] = self.made[others[name], entry[name]] if name in others else entry[name]
        if "owner" in found:
            found["owner"] = self.organisations[entry["owner"]]
        return found

    def tie(self, needs: list[Said], known: Mapping[str, Any]) -> None:
        """Tie each need to its finding, where the edition has it."""
        for entry in needs:
            if entry.get("finding", [""])[0] in known:
                need, (finding, period, place, *group) = self.made[Need, entry["key"]], entry["finding"]
                given: Mapping[str, str] = {
                    "finding": finding,
                    "period": period,
                    "place": place,
                    "group": "".join(group),
                }
                self.made[Need, entry["key"]] = actions.tie(by=self.by, need=need, opened=need.revision, **given)

    def measure(self, priorities: list[Said]) -> None:
        """Let the scores that can be measured follow from what the needs are tied to."""
        for entry in priorities:
            for criterion, (need, reason) in entry.get("measured", {}).items():
                score = self.made[Score, f"{entry['key']}.{criterion}"]
                said = {"need": self.made[Need, need], "reason": reason}
                _ = actions.revise(by=self.by, part=score, opened=score.revision, said=said)

    def answer(self, acts: list[Said]) -> None:
        """Each owner answers what it is asked."""
        for entry in acts:
            if given := entry.get("promise"):
                act = self.made[Action, entry["key"]]
                by = Person.objects.get(email=given["by"]) if "by" in given else self.by
                answer, says = given.get("answer", "promised"), given.get("says", "")
                opened = act.revision
                _ = actions.promise(by=by, organisation=act.owner, act=act, opened=opened, answer=answer, says=says)

    def change(self, acts: list[Said]) -> None:
        """What was changed for a comment, after its owner had promised it as it was."""
        for entry in (entry for entry in acts if "since" in entry):
            act = self.made[Action, entry["key"]]
            _ = actions.revise(by=self.by, part=act, opened=act.revision, said=entry["since"])


def _consult(by: Operator, said: Said) -> None:
    this, today = said["this_year"], timezone.localdate()
    closes = today + timedelta(days=this["days"])
    draft = actions.consult(by=by, title=this["title"], says=this["says"], opens=today, closes=closes)
    for entry in said["comments"]:
        organisation = Organisation.objects.get(name=entry["organisation"])
        remark = actions.comment(
            by=Person.objects.get(email=entry["by"]),
            organisation=organisation,
            version=draft,
            about=entry["about"],
            says=entry["says"],
        )
        if "answer" in entry:
            _ = actions.answer(by=by, remark=remark, says=entry["answer"])
