"""Parts of a strategy are written by actions: a save that saw an older one is refused, and what was pinned stays as it was."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from headwater.partnership.models import Deed, Organisation, Person, Role
from headwater.strategy import actions
from headwater.strategy.models import Action, Cause, Money, Need, Outcome, Part, Promise
from headwater.strategy.questions import content, since
from headwater.strategy.questions.findings import in_words
from web.conftest import BY, somebody

NEED = {"title": "Young people are hurt", "says": "Many are."}


def reading(end: str = "2026-03", value: float = 2.0, *, text: str = "2.00") -> dict[str, Any]:
    period = {"label": f"year to {end}", "start": f"{int(end[:4]) - 1}-04", "end": end}
    place = {"code": "Z07000001", "level": "ltla", "name": "Stanmouth"}
    figure = {
        "status": "shown",
        "text": text,
        "value": value,
        "lower": 1.5,
        "upper": 2.5,
        "unit": "per 1,000",
        "decimals": 2,
    }
    return {"period": period, "place": place, "group": None, **figure}


def edition(root: Path, name: str, *cells: dict[str, Any]) -> None:
    """An edition of one finding, the latest there is."""
    folder = root / "editions" / name / "package"
    folder.mkdir(parents=True)
    record = {
        "findings": [
            {
                "name": "harm.rate",
                "title": "Harm: rate",
                "sentence": "Harm is here.",
                "caveats": [],
                "cells": list(cells),
            }
        ]
    }
    _ = (folder / "assessment.json").write_text(json.dumps(record), encoding="utf-8", newline="\n")
    _ = (root / "editions" / "latest").write_text(name, encoding="utf-8", newline="\n")


def need(**said: Any) -> Need:
    return actions.add(by=BY, kind=Need, said=NEED | said)


def act(owner: Organisation, **said: Any) -> Action:
    given = {"name": "Mentoring", "owner": owner, "says": "Somebody older.", "prevention": "secondary"}
    return actions.add(by=BY, kind=Action, said={**given, "starts": date(2026, 4, 1), **said})


def tied(to: Need, finding: str = "harm.rate", period: str = "year to 2026-03") -> Need:
    return actions.tie(by=BY, need=to, opened=to.revision, finding=finding, period=period, place="Z07000001")


def test_a_save_that_did_not_see_the_last_one_is_refused_with_what_stands(host: Organisation) -> None:
    made = need()
    _ = actions.revise(by=BY, part=made, opened=1, said={"says": "Fewer than were."})
    with pytest.raises(actions.Stale) as refused:
        _ = actions.revise(by=BY, part=made, opened=1, said={"says": "More than were."})
    assert refused.value.part.says == "Fewer than were."
    assert refused.value.part.revision == 2
    assert Need.objects.get().says == "Fewer than were."


def test_only_what_is_asked_is_taken_and_what_is_fixed_stays(host: Organisation, charity: Organisation) -> None:
    made = act(charity)
    line = actions.add(by=BY, kind=Money, said=money(made))
    other = act(charity, name="Another")
    revised = actions.revise(
        by=BY, part=line, opened=1, said={"action": other, "pence": 5, "revision": 99, "slug": "x"}
    )
    assert (revised.action, revised.pence, revised.revision) == (made, 5, 2)
    assert revised.slug == line.slug


def money(to: Action) -> dict[str, Any]:
    days = {"starts": date(2026, 4, 1), "ends": date(2027, 3, 31)}
    return {"action": to, "source": "A grant", "spent_on": "labour", "pence": 100, **days}


@pytest.mark.parametrize("pence", [0, -1, 10**13 + 1])
def test_money_is_more_than_nothing_and_less_than_the_whole_world_has(pence: int, charity: Organisation) -> None:
    with pytest.raises(ValidationError, match="pence"):
        _ = actions.add(by=BY, kind=Money, said=money(act(charity)) | {"pence": pence})


def test_what_ends_before_it_begins_is_a_slip_of_the_hand(charity: Organisation) -> None:
    with pytest.raises(ValidationError, match="ends before it begins"):
        _ = act(charity, ends=date(2026, 3, 31))


def test_what_was_taken_out_is_not_revised_and_takes_what_belongs_to_it_along(charity: Organisation) -> None:
    made = act(charity)
    _ = actions.add(by=BY, kind=Money, said=money(made))
    gone = actions.take_out(by=BY, part=made, why="It did harm")
    held = content()
    assert (held["actions"], held["money"]) == ([], [])
    with pytest.raises(ValidationError, match="was taken out of the strategy on"):
        _ = actions.revise(by=BY, part=gone, opened=gone.revision, said={"says": "Back"})


def test_two_of_one_name_are_told_apart(host: Organisation) -> None:
    assert [need().slug, need().slug] == ["young-people-are-hurt", "young-people-are-hurt-2"]


def test_a_cause_copies_what_the_list_says_and_is_there_once(host: Organisation) -> None:
    made = need()
    cause = actions.add(by=BY, kind=Cause, said={"need": made, "factor": "delinquent-peers", "says": "Groups."})
    assert (cause.factor_title, cause.level, cause.direction) == (
        "Friends who are involved in crime",
        "relationship",
        "raises",
    )
    with pytest.raises(ValidationError, match="among its causes already"):
        _ = actions.add(by=BY, kind=Cause, said={"need": made, "factor": "delinquent-peers", "says": "Again."})
    with pytest.raises(ValidationError, match="No risk or protective factor is called"):
        _ = actions.add(by=BY, kind=Cause, said={"need": made, "factor": "delinquent-pears", "says": "Fruit."})


@pytest.mark.parametrize(("direction", "target"), [("fall", "3"), ("rise", "1")])
def test_a_target_lies_where_the_direction_points(direction: str, target: str, host: Organisation) -> None:
    said = {"title": "Less", "direction": direction, "baseline": 2, "target": target, "follow_up": 1}
    with pytest.raises(ValidationError, match="other side of the baseline"):
        _ = actions.add(by=BY, kind=Outcome, said=said | {"target": int(target)})


def test_an_outcome_keeps_the_version_of_its_measure(host: Organisation) -> None:
    made = actions.add(by=BY, kind=Outcome, said={"title": "Less", "measure": "robbery", "direction": "fall"})
    assert (made.measure_title, made.definition_version) == (
        "Robbery recorded by the police",
        made.definition_version or "?",
    )
    with pytest.raises(ValidationError, match="No measure is called"):
        _ = actions.add(by=BY, kind=Outcome, said={"title": "Less", "measure": "robery", "direction": "fall"})


def test_a_need_keeps_the_figure_it_was_tied_to_and_says_that_it_moved(host: Organisation, tmp_path: Path) -> None:
    edition(tmp_path, "2026-04", reading())
    made = tied(need())
    assert made.figure == "2.00 per 1,000 (interval 1.50 to 2.50) in Stanmouth, year to 2026-03"
    found = since(made)
    assert found is not None
    assert (found.edition, found.moved, found.later) == ("2026-04", False, "")
    edition(tmp_path, "2026-05", reading(text="2.10", value=2.1), reading("2027-03", text="1.80", value=1.8))
    moved = since(made)
    assert moved is not None
    assert moved.moved
    assert moved.now.startswith("2.10 per 1,000")
    assert moved.later.startswith("1.80 per 1,000")
    assert Need.objects.get().figure.startswith("2.00")


def test_a_figure_that_is_gone_is_said_to_have_moved_to_nothing(host: Organisation, tmp_path: Path) -> None:
    edition(tmp_path, "2026-04", reading())
    made = tied(need())
    edition(tmp_path, "2026-05", reading("2027-03"))
    found = since(made)
    assert found is not None
    assert (found.moved, found.now) == (True, "")


def test_a_withheld_figure_is_told_by_why_it_is_withheld() -> None:
    cell = {
        "period": {"label": "2025"},
        "place": {"name": "Cawmoor"},
        "group": None,
        "status": "suppressed",
        "text": "[c]",
    }
    assert (
        in_words(cell | {"why": "withheld to protect people"})
        == "no figure for Cawmoor, 2025: withheld to protect people"
    )


def test_a_need_is_tied_to_what_there_is(host: Organisation, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="There is no edition of the assessment yet"):
        _ = tied(need())
    edition(tmp_path, "2026-04", reading())
    with pytest.raises(ValidationError, match=r"No finding of the edition 2026-04 is called 'harm\.rat'"):
        _ = tied(need(), "harm.rat")
    with pytest.raises(ValidationError, match="has no figure for year to 2020-03 there"):
        _ = tied(need(), period="year to 2020-03")


def test_an_action_keeps_the_evidence_it_was_pinned_to(charity: Organisation) -> None:
    made = act(charity)
    pinned = actions.pin(by=BY, act=made, opened=1, entry="mentoring")
    assert (pinned.evidence, pinned.evidence_version, pinned.revision) == ("mentoring", "1", 2)
    assert {name: pinned.evidence_copy[name] for name in ("impact", "security", "verified", "looked_at")} == {
        "impact": "moderate", "security": "moderate", "verified": True, "looked_at": "2026-11-24",
    }  # fmt: skip
    with pytest.raises(ValidationError, match="No entry of evidence is called 'mentorin'"):
        _ = actions.pin(by=BY, act=pinned, opened=2, entry="mentorin")


def test_an_organisation_promises_for_itself_and_the_hosts_do_not(
    charity: Organisation, police: Organisation, lead: Person
) -> None:
    made = act(charity)
    theirs = somebody(Role.CONTRIBUTOR, charity)
    given = actions.promise(by=theirs, organisation=charity, act=made, opened=1, answer="promised")
    assert (given.of_revision, given.by_name) == (1, theirs.name)
    with pytest.raises(ValidationError, match="Only somebody of A Charity can speak for it"):
        _ = actions.promise(by=lead, organisation=charity, act=made, opened=1, answer="promised")
    other = somebody(Role.CONTRIBUTOR, police)
    with pytest.raises(PermissionDenied):
        _ = actions.promise(by=other, organisation=charity, act=made, opened=1, answer="promised")
    with pytest.raises(ValidationError, match="asked of A Charity, and not of The Police"):
        _ = actions.promise(by=BY, organisation=police, act=made, opened=1, answer="promised")
    assert Promise.objects.count() == 1
    assert Deed.objects.filter(did="answered", organisation="a-charity", to__endswith="action mentoring").count() == 1


def test_what_was_revised_since_was_not_promised(charity: Organisation) -> None:
    made = act(charity)
    _ = actions.promise(by=BY, organisation=charity, act=made, opened=1, answer="promised")
    assert content()["actions"][0]["promise"]["of_this"] is True
    revised = actions.revise(by=BY, part=made, opened=1, said={"cohort": "Everybody"})
    assert content()["actions"][0]["promise"]["of_this"] is False
    with pytest.raises(actions.Stale):
        _ = actions.promise(by=BY, organisation=charity, act=made, opened=1, answer="promised")
    assert revised.revision == 2


def test_whoever_declines_says_why(charity: Organisation) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        _ = actions.promise(by=BY, organisation=charity, act=act(charity), opened=1, answer="declined")


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.LEAD])
def test_nobody_of_a_member_writes_the_partnerships_strategy(role: Role, charity: Organisation) -> None:
    with pytest.raises(PermissionDenied):
        _ = actions.add(by=somebody(role, charity), kind=Need, said=NEED)


def test_a_version_is_sealed_and_stays_as_it_was(host: Organisation) -> None:
    made = need()
    today = timezone.localdate()
    draft = actions.consult(by=BY, title="Draft", opens=today, closes=today + timedelta(days=7))
    _ = actions.revise(by=BY, part=made, opened=1, said={"title": "Old people are hurt"})
    adopted = actions.adopt(by=BY, title="Strategy", on=today, why="The board agreed")
    assert [each["title"] for each in draft.content["needs"]] == ["Young people are hurt"]
    assert [each["title"] for each in adopted.content["needs"]] == ["Old people are hurt"]
    assert draft.sha256 != adopted.sha256


def test_comments_are_taken_while_a_draft_is_open_and_from_ones_own_organisation(
    charity: Organisation, police: Organisation
) -> None:
    today = timezone.localdate()
    theirs = somebody(Role.READER, charity)
    draft = actions.consult(by=BY, title="Draft", opens=today, closes=today)
    said = actions.comment(by=theirs, organisation=charity, version=draft, says="Too few.")
    assert (said.by_name, said.organisation) == (theirs.name, charity)
    with pytest.raises(ValidationError, match="Only somebody of The Police can speak for it"):
        _ = actions.comment(by=theirs, organisation=police, version=draft, says="For others.")
    closed = actions.consult(by=BY, title="Closed", opens=today - timedelta(days=9), closes=today - timedelta(days=1))
    with pytest.raises(ValidationError, match="not open for comments"):
        _ = actions.comment(by=theirs, organisation=charity, version=closed, says="Late.")


def test_every_part_says_which_of_its_fields_are_filled_in() -> None:
    kinds = Part.__subclasses__()
    assert len(kinds) == 10
    for kind in kinds:
        assert set(kind.fixed) <= set(kind.asked)
        assert {*kind.asked, *kind.copied} <= {field.name for field in kind._meta.get_fields()}
