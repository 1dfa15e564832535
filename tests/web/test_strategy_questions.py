"""What is asked of a strategy: which comes first, whether a change could be seen, what is missing, what changed."""

import copy
import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from docx import Document as WordDocument

from headwater.documents import Table
from headwater.partnership.actions import show_duty
from headwater.partnership.models import Organisation
from headwater.partnership.questions import DUTY, checklist
from headwater.strategy import actions
from headwater.strategy.models import (
    Action,
    Assumption,
    Cause,
    Criterion,
    Money,
    Need,
    Outcome,
    Priority,
    Score,
    Version,
    measured,
)
from headwater.strategy.models.agreed import evidence, framework
from headwater.strategy.questions import content
from headwater.strategy.questions.changes import changes
from headwater.strategy.questions.document import document
from headwater.strategy.questions.evidence import evidence_words, moved_evidence
from headwater.strategy.questions.moving import coming, since_adopted
from headwater.strategy.questions.orphans import orphans
from headwater.strategy.questions.pounds import pounds, streams
from headwater.strategy.questions.ranking import ranking
from headwater.strategy.questions.seeing import seeing
from headwater.strategy.questions.standing import HIDDEN, Strategy
from headwater.strategy.questions.theory import theory
from headwater.strategy.views.versions import made
from headwater.web.demonstration import seed_people
from headwater.web.demonstration.strategy import seed_strategy
from web.conftest import BY
from web.test_strategy_parts import act, edition, money, need, reading, tied

pytestmark = pytest.mark.one_database

PRIORITIES, WEIGHTS = ("Knives", "Streets", "School"), {"Harm": 3, "Doable": 1}
SCORES = {"Knives": (4, 2), "Streets": (3, 5), "School": (None, 1)}


@pytest.fixture
def scored(host: Organisation) -> Strategy:
    """By hand, of five: Knives (3·4 + 2)/4 = 3.5; Streets (3·3 + 5)/4 = 3.5; School from 0.25 to 4."""
    criteria = [
        actions.add(by=BY, kind=Criterion, said={"title": t, "says": "0 to 5", "weight": w}) for t, w in WEIGHTS.items()
    ]
    for title in PRIORITIES:
        priority = actions.add(by=BY, kind=Priority, said={"title": title, "says": "Less of it"})
        for criterion, score in zip(criteria, SCORES[title], strict=True):
            said = {"priority": priority, "criterion": criterion, "score": score, "reason": "Because"}
            _ = actions.add(by=BY, kind=Score, said=said)
    return Strategy(content())


def test_the_order_is_what_comes_out_by_hand(scored: Strategy) -> None:
    found = ranking(scored)
    assert found is not None
    assert found.weights == ("75%", "25%")
    assert [(row.priority["called"], row.total, row.rank) for row in found.rows] == [
        ("Knives", "3.50", "1 to 2"),
        ("Streets", "3.50", "1 to 2"),
        ("School", "0.25 to 4.00", "1 to 3"),
    ]
    assert found.sentences == (
        "No one priority comes first for sure: it could be “Knives”, “Streets” or “School”.",
        "“Knives” and “Streets” are level.",
        "A score is missing for “School”: what stands there is the least and the most it could come to.",
    )
    assert {each.words for each in found.leanings} == {"There is no one first priority to be overtaken."}


def test_the_order_says_which_weight_would_change_it(scored: Strategy) -> None:
    """By hand: Knives is ahead of Streets by 2 on Harm and behind by 3 on Doable, so that they are level at 60% and 40%."""
    row = Score.objects.get(priority__title="School", criterion__title="Harm")
    _ = actions.revise(by=BY, part=row, opened=1, said={"score": 0})
    row = Score.objects.get(priority__title="Knives", criterion__title="Harm")
    _ = actions.revise(by=BY, part=row, opened=1, said={"score": 5})
    found = ranking(Strategy(content()))
    assert found is not None
    assert [row.priority["called"] for row in found.rows] == ["Knives", "Streets", "School"]
    assert [each.words for each in found.leanings] == [
        "If its weight fell from 75% to 60%, “Streets” would draw level.",
        "If its weight rose from 25% to 40%, “Streets” would draw level.",
    ]


def by_count(need_of: Need, steps: str = "10, 50, 200, 500, 1000") -> Score:
    """Fear is scored 3 by people, and Harm by how many stand behind the figure of a need."""
    by = actions.add(by=BY, kind=Criterion, said={"title": "People", "says": "0 to 5", "weight": 1, "steps": steps})
    harm, fear = (actions.add(by=BY, kind=Priority, said={"title": t, "says": "Less"}) for t in ("Harm", "Fear"))
    _ = actions.add(by=BY, kind=Score, said={"priority": fear, "criterion": by, "score": 3, "reason": "We think so"})
    said = {"priority": harm, "criterion": by, "need": need_of, "reason": "It is who is hurt"}
    return actions.add(by=BY, kind=Score, said=said)


def test_a_measured_score_follows_from_how_many_stand_behind_a_figure(host: Organisation, tmp_path: Path) -> None:
    edition(tmp_path, "2026-04", reading() | {"numerator": 199})
    hurt = tied(need())
    measured = by_count(hurt)
    assert measured.score is None
    now = Strategy(content())
    assert [score["score"] for score in now.scores] == [3, 2]
    assert coming(now) is None
    edition(tmp_path, "2026-05", reading(text="2.10", value=2.1) | {"numerator": 500})
    found = coming(Strategy(content()))
    assert found is not None
    assert [(moved.need, moved.now[:4], [each[1:] for each in moved.scores]) for moved in found.moved] == [
        (hurt, "2.10", [("2", "4")])
    ]
    assert [str(each) for each in found.reranked] == ["“Harm” is ranked 1, was 2", "“Fear” is ranked 2, was 1"]
    _ = actions.adopt(by=BY, title="Strategy", on=timezone.localdate(), why="The board agreed")
    taken = actions.take_up(by=BY, need=hurt, opened=hurt.revision)
    assert (taken.edition, taken.reading["numerator"]) == ("2026-05", 500)
    after = Strategy(content())
    assert ([score["score"] for score in after.scores], coming(after)) == ([3, 4], None)
    title, changed = since_adopted(ranking(after))
    assert (title, [str(each) for each in changed]) == ("Strategy", [str(each) for each in found.reranked])


@pytest.mark.parametrize(
    ("said", "score"), [({"numerator": 9}, 0), ({"numerator": 10}, 1), ({"numerator": 1000}, 5), ({}, None)]
)
def test_a_step_is_reached_by_what_it_says_and_a_withheld_figure_is_no_score(said: Any, score: int | None) -> None:
    assert measured(said, (10, 50, 200, 500, 1000)) == score


@pytest.mark.parametrize("steps", ["1, 2, 3, 4", "1, 2, 3, 4, 4", "1, 2, 3, 4, five", "1, 2, 3, 4, -5"])
def test_steps_are_five_whole_numbers_that_rise(steps: str, host: Organisation) -> None:
    with pytest.raises(ValidationError, match="five whole numbers that rise"):
        _ = by_count(need(), steps)


def test_nothing_is_measured_by_a_criterion_without_steps(host: Organisation) -> None:
    with pytest.raises(ValidationError, match="“People” has no steps"):
        _ = by_count(need(), "")


def test_a_figure_that_the_newest_edition_has_not_is_not_taken_up(host: Organisation, tmp_path: Path) -> None:
    edition(tmp_path, "2026-04", reading())
    hurt = tied(need())
    edition(tmp_path, "2026-05")
    with pytest.raises(ValidationError, match="has no figure like the one"):
        _ = actions.take_up(by=BY, need=hurt, opened=hurt.revision)


def test_there_is_no_order_of_nothing(host: Organisation) -> None:
    assert ranking(Strategy(content())) is None
    _ = actions.add(by=BY, kind=Priority, said={"title": "Knives", "says": "Fewer"})
    _ = actions.add(by=BY, kind=Criterion, said={"title": "Harm", "says": "0 to 5", "weight": 0})
    assert ranking(Strategy(content())) is None


OUTCOME: dict[str, Any] = {
    "measure": "robbery", "baseline": "100", "target": "80", "direction": "fall", "baseline_count": 100, "follow_up": "1",
}  # fmt: skip


def test_a_promise_that_chance_would_hide_is_told_so() -> None:
    """The worked example of the method: a fifth of a hundred is seen 29 times in a hundred, and 37% is the least that would be."""
    found = seeing(OUTCOME)
    assert (found.can, found.short) == (False, "No")
    assert "the smallest fall that would be seen four times in five is 37%" in found.words
    assert "seen 29 times in a hundred" in found.words
    assert seeing(OUTCOME | {"baseline_count": 2000}).can is True
    assert "Even a fall to nothing" in seeing(OUTCOME | {"baseline_count": 5}).words


@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        ({"measure": ""}, "No measure is named"),
        ({"baseline": None}, "no baseline, or no target"),
        ({"direction": "rise"}, "It is to rise"),
        ({"baseline_count": None}, "not worked out from a count"),
        ({"baseline": "0"}, "cannot fall"),
    ],
)
def test_what_cannot_be_worked_out_is_not_called_unseen(lacks: dict[str, Any], says: str) -> None:
    found = seeing(OUTCOME | lacks)
    assert found.can is None
    assert says in found.words


def found_missing() -> dict[str, list[str]]:
    return {
        each.key: [entry["called"] for entry, _ in each.found] for each in orphans(Strategy(content())) if each.found
    }


def test_a_need_and_an_action_that_have_nothing_to_do_with_one_another_are_both_missing_a_link(
    charity: Organisation,
) -> None:
    lonely, idle = need(), act(charity)
    said = found_missing()
    assert said["need-action"] == [lonely.title]
    assert said["need-cause"] == [lonely.title]
    assert {key for key, names in said.items() if names == [idle.name]} == {
        "action-need", "action-measure", "action-evaluation", "action-evidence", "action-money", "action-promise",
    }  # fmt: skip


def test_a_whole_chain_lacks_only_what_it_lacks(charity: Organisation) -> None:
    chained, doing = need(), act(charity, evaluation="trial")
    cause = actions.add(by=BY, kind=Cause, said={"need": chained, "factor": "truancy", "says": "They say so."})
    said = {**OUTCOME, "title": "Fewer robberies", "need": chained, "baseline": 100, "target": 80, "follow_up": 1}
    outcome = actions.add(by=BY, kind=Outcome, said=said)
    for end in ({"cause": cause}, {"outcome": outcome}):
        _ = actions.add(by=BY, kind=Assumption, said={"action": doing, "says": "If they come.", **end})
    _ = actions.add(by=BY, kind=Money, said=money(doing))
    pinned = actions.pin(by=BY, act=doing, opened=1, entry="mentoring")
    _ = actions.promise(by=BY, organisation=charity, act=pinned, opened=2, answer="promised")
    assert found_missing() == {"need-finding": [chained.title], "outcome-seen": ["Fewer robberies"]}
    _ = actions.take_out(by=BY, part=cause, why="Not so")
    assert {"need-action", "need-cause", "action-need"} <= found_missing().keys()


def test_an_arrow_has_one_end_and_is_drawn_once(charity: Organisation) -> None:
    doing, cause = (
        act(charity),
        actions.add(by=BY, kind=Cause, said={"need": need(), "factor": "truancy", "says": "So."}),
    )
    with pytest.raises(ValidationError, match="not to both"):
        _ = actions.add(by=BY, kind=Assumption, said={"action": doing, "says": "If."})
    _ = actions.add(by=BY, kind=Assumption, said={"action": doing, "cause": cause, "says": "If."})
    with pytest.raises(ValidationError, match="an arrow between those two already"):
        _ = actions.add(by=BY, kind=Assumption, said={"action": doing, "cause": cause, "says": "If."})


def test_levels_of_prevention_are_those_of_the_framework() -> None:
    assert [str(each) for each in Action.Prevention] == [e.id for e in framework("levels").sections["Prevention"]]


def test_evidence_that_says_something_else_since_is_told(
    charity: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from headwater.strategy.models import agreed

    _ = actions.pin(by=BY, act=act(charity), opened=1, entry="mentoring")
    entry = content()["actions"][0]
    assert evidence_words(entry) == "Mentoring, version 1: moderate impact, moderate evidence"
    assert moved_evidence(entry) == ""
    known = evidence()
    known["mentoring"] = replace(known["mentoring"], version="2", impact="low")
    monkeypatch.setattr(agreed, "evidence", lambda: known)
    assert moved_evidence(entry) == (
        "The entry is at version 2 today, and was pinned at version 1: impact was “moderate”, now “low”."
    )
    del known["mentoring"]
    assert "no more" in moved_evidence(entry)
    assert content()["actions"][0]["evidence_copy"]["impact"] == "moderate"


@pytest.mark.parametrize(
    ("pence", "said"), [(8_640_000, "£86,400"), (105, "£1.05"), (5, "£0.05"), (100_000_000_00, "£100,000,000")]
)
def test_money_is_said_in_pounds_and_no_penny_is_lost(pence: int, said: str) -> None:
    assert pounds(pence) == said


def test_money_by_source_says_what_nothing_else_pays_for(charity: Organisation) -> None:
    one, two = act(charity), act(charity, name="Sport")
    for to, source, over in ((one, "A grant", False), (two, "A grant", True), (two, "A council", True)):
        _ = actions.add(by=BY, kind=Money, said=money(to) | {"source": source, "carries_over": over, "is_match": over})
    first = streams(Strategy(content()))[0]
    assert (first.source, first.pence, first.labour, first.match, first.strands) == ("A grant", 200, 200, 100, 100)
    assert [each["called"] for each in first.alone] == ["Mentoring"]


def test_what_changed_is_told_once_and_in_words(charity: Organisation) -> None:
    made, stays = act(charity), need()
    _ = actions.add(by=BY, kind=Cause, said={"need": stays, "factor": "truancy", "says": "So."})
    first = copy.deepcopy(content())
    assert changes(first, content()) == ()
    _ = actions.revise(by=BY, part=stays, opened=1, said={"title": "Children are hurt"})
    _ = actions.revise(by=BY, part=made, opened=1, said={"ends": date(2027, 3, 31), "cohort": "Children"})
    new = act(charity, name="Sport")
    _ = actions.add(by=BY, kind=Money, said=money(new))
    found = changes(first, content())
    assert [(each.kind, each.called, each.how) for each in found] == [
        ("Need", "Children are hurt", "changed"), ("Action", "Sport", "new"), ("Action", "Mentoring", "changed"),
    ]  # fmt: skip
    assert [(a.label, a.before, a.after) for a in found[2].altered] == [
        ("For whom", "nothing", "“Children”"), ("Ends", "nothing", "“31 March 2027”"),
    ]  # fmt: skip
    assert [(each.called, each.how) for each in changes(content(), first)][-1] == ("Sport", "gone")


@pytest.fixture
def seeded(db: None, tmp_path: Path) -> Version:
    """Aldermere's draft, in a workspace without an edition."""
    seed_people(BY)
    seed_strategy(BY)
    return Version.objects.get(kind="draft")


def test_the_document_has_the_five_headings_and_what_is_missing(seeded: Version) -> None:
    said = document(seeded, Version.objects.get(kind="adopted"), shows=True)
    titles = [each.title for each in said.pages]
    asked = [each.title for each in framework("response-strategy").elements]
    assert [title for title in titles if title in asked] == asked
    assert titles[-2:] == ["What is missing", "What changed since Response Strategy 2025-26"]


def test_a_version_keeps_what_shows_the_duty_on_its_day(host: Organisation, police: Organisation) -> None:
    said: dict[str, Any] = {"on": date(2024, 5, 1), "statement": "It was signed.", "paper": "Minutes of 1 May"}
    asked = next(line.element for line in checklist(DUTY).lines if police in line.lacking)
    _ = show_duty(by=BY, organisation=police, framework=DUTY, element=asked.id, **said)
    version = actions.consult(by=BY, title="Draft", opens=date(2024, 6, 1), closes=date(2024, 7, 1))
    (kept,) = (each for each in version.content["duties"] if each["called"] == asked.title)
    assert kept["shown_by"] == ["The Police"]
    assert "The Police" not in kept["lacking"]
    page = next(page for page in document(version, None, shows=True).pages if page.slug == "working-together")
    tables = {block.name: block for block in page.blocks if isinstance(block, Table)}
    row = next(row for row in tables["the-serious-violence-duty"].rows if row[0] == asked.title)
    assert row[2] == "The Police"


def test_a_version_frozen_before_the_duty_was_kept_still_prints(host: Organisation) -> None:
    version = actions.consult(by=BY, title="Draft", opens=date(2024, 6, 1), closes=date(2024, 7, 1))
    del version.content["duties"]
    assert document(version, None, shows=True).pages


def test_the_document_becomes_a_pdf_a_word_file_a_spreadsheet_and_pages(seeded: Version) -> None:
    said = document(seeded, Version.objects.get(kind="adopted"), shows=True)
    with pikepdf.open(io.BytesIO(made(said, "pdf"))) as pdf:
        assert len(pdf.pages) > 8
        assert str(pdf.docinfo["/Title"]) == seeded.title
    word = WordDocument(io.BytesIO(made(said, "docx")))
    assert any("Navigators in the emergency department" in c.text for t in word.tables for r in t.rows for c in r.cells)
    with zipfile.ZipFile(io.BytesIO(made(said, "html"))) as site:
        assert "index.html" in site.namelist()
        assert all(not name.startswith(("/", "..")) for name in site.namelist())
    assert made(said, "ods")[:2] == b"PK"
    assert made(said, "html") == made(said, "html")


def test_a_copy_for_those_who_may_not_see_figures_holds_none(seeded: Version) -> None:
    held = copy.deepcopy(seeded.content)
    held["needs"][0] |= {"finding": "harm.rate", "figure": "7.77 per 1,000"}
    seeded.content = held
    shown, hidden = (str(document(seeded, None, shows=shows)) for shows in (True, False))
    assert "7.77 per 1,000" in shown
    assert "0.29 per 1,000 residents under 25, a year" in shown
    assert "7.77 per 1,000" not in hidden
    assert "0.29 per 1,000 residents under 25, a year" not in hidden
    assert HIDDEN in hidden


def test_a_theory_of_change_runs_from_need_to_outcome(seeded: Version) -> None:
    strategy = Strategy(seeded.content)
    found = theory(strategy, next(each for each in strategy.priorities if "knives" in each["called"]))
    assert [stage.title for stage in found.chart.stages] == ["Needs", "Causes", "Actions", "Outcomes"]
    keys = {step.key for stage in found.chart.stages for step in stage.steps}
    assert {end for arrow in found.chart.arrows for end in (arrow.start, arrow.end)} <= keys
    by_end = {(row.start, row.end): row for row in found.rows}
    arrow = by_end["Friends who are involved in crime", "Focused deterrence in Stanmouth and Kelderby"]
    assert (arrow.arrow.strength, arrow.standing) == ("strong", "Borne out so far")
    assert arrow.evidence == "Focused deterrence, version 1: high impact, strong evidence"
