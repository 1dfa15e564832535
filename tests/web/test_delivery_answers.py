"""Colours by hand, checks in plain words, who is reached beside who is hurt, evaluations and reports."""

# ruff: noqa: F811 - fixtures of the tests of returns are used here by their names

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from headwater.delivery import actions
from headwater.delivery.models import COUNTS, TABLES, Evaluation, Intervention, Quarter, Return
from headwater.delivery.questions.chasing import awaited, reminders
from headwater.delivery.questions.checks import Said, problems
from headwater.delivery.questions.colours import Money, Step, left_over, verdict
from headwater.delivery.questions.earlier import Carried
from headwater.delivery.questions.money import pence, pounds
from headwater.delivery.questions.rule import ColourRule, colour_rule
from headwater.delivery.questions.served import WITHHELD, Share, _rows, beside, shares
from headwater.partnership.models import Organisation, Person, Role
from headwater.vocabulary import BadInput
from web.conftest import BY, signed_in, somebody
from web.test_delivery_returns import ON, draft, full, mentoring, quarter, sent, writer  # noqa: F401 - fixtures

pytestmark = pytest.mark.one_database

RULE = colour_rule()
LINE = Money("Grant", profiled=100_000, spent=100_000, amount=200_000, forecast=200_000, carries_over=False)
DONE = Step("Done", date(2025, 6, 1), None, date(2025, 6, 1))
END = date(2025, 9, 30)

# --- the colour ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spent", "colour"),
    [(100_000, "green"), (90_000, "green"), (110_000, "green"), (89_999, "amber"), (110_001, "amber"), (75_000, "amber"),
     (125_000, "amber"), (74_999, "red"), (125_001, "red"), (0, "red"), (None, "amber")],
)  # fmt: skip
def test_spending_within_ten_per_cent_is_green_and_beyond_a_quarter_red(spent: int | None, colour: str) -> None:
    assert verdict(RULE, money=[replace(LINE, spent=spent)], steps=[], starts=0, meant=None, on=END).colour == colour


def test_spending_where_none_was_meant_is_red() -> None:
    line = replace(LINE, profiled=0, spent=1)
    assert verdict(RULE, money=[line], steps=[], starts=0, meant=None, on=END).colour == "red"
    assert verdict(RULE, money=[replace(line, spent=0)], steps=[], starts=0, meant=None, on=END).colour == "green"


@pytest.mark.parametrize(
    ("planned", "expected", "met", "colour"),
    [
        (date(2025, 9, 1), None, date(2025, 9, 1), "green"),
        (date(2025, 9, 1), None, date(2025, 9, 2), "amber"),
        (date(2025, 9, 1), None, date(2025, 10, 13), "red"),
        (date(2025, 9, 29), None, None, "amber"),
        (date(2025, 7, 1), None, None, "red"),
        (date(2025, 12, 1), None, None, "green"),
        (date(2025, 12, 1), date(2025, 12, 20), None, "amber"),
        (date(2025, 12, 1), date(2026, 3, 1), None, "red"),
    ],
)
def test_a_milestone_is_amber_when_late_and_red_after_six_weeks(
    planned: date, expected: date | None, met: date | None, colour: str
) -> None:
    step = Step("Step", planned, expected, met)
    assert verdict(RULE, money=[], steps=[step], starts=0, meant=None, on=END).colour == colour


@pytest.mark.parametrize(("starts", "colour"), [(18, "green"), (17, "amber"), (14, "amber"), (13, "red")])
def test_starts_below_nine_tenths_are_amber_and_below_seven_red(starts: int, colour: str) -> None:
    assert verdict(RULE, money=[LINE], steps=[DONE], starts=starts, meant=20, on=END).colour == colour


def test_the_worst_counts_and_every_reason_is_given() -> None:
    found = verdict(
        RULE,
        money=[replace(LINE, spent=85_000)],
        steps=[Step("Late", date(2025, 7, 1), None, None)],
        starts=1,
        meant=None,
        on=END,
    )
    assert found.colour == "red"
    assert found.reasons == (
        "Grant: £850 spent to date, less than the £1,000 meant.",
        "“Late” not met, and 91 days late.",
    )


@pytest.mark.parametrize(
    ("quarter", "forecast", "carries", "flagged"),
    [(2, 0, False, False), (3, 196_000, False, False), (3, 195_999, False, True), (4, 0, True, False), (3, None, False, False)],
)  # fmt: skip
def test_money_that_cannot_be_carried_over_is_flagged_from_the_third_quarter(
    quarter: int, forecast: int | None, carries: bool, flagged: bool
) -> None:
    line = replace(LINE, forecast=forecast, carries_over=carries)
    assert bool(left_over(RULE, quarter, [line])) is flagged


def test_a_workspace_may_have_its_own_rule_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "rag" / "quarterly-return.toml"
    own.parent.mkdir()
    shipped = Path(__file__).parents[2] / "src/headwater/definitions/rag/quarterly-return.toml"
    text = shipped.read_text("utf-8")
    own.write_text(text.replace("spend_amber            = 10", "spend_amber = 20"), encoding="utf-8", newline="\n")
    assert colour_rule(tmp_path).spend_amber == 20
    own.write_text(text.replace("spend_amber            = 10", "spend_amber = 40"), encoding="utf-8", newline="\n")
    with pytest.raises(BadInput, match="red begins where amber ends"):
        _ = ColourRule.read(own)


def test_the_overriding_of_a_colour_keeps_both(draft: Return, writer: Person, lead: Person) -> None:
    out = sent(draft, writer)
    seen = actions.override(by=lead, returned=out, version=out.version, colour="red", why="The manager has left")
    assert (seen.colour, seen.overridden, seen.shown_colour) == ("green", "red", "red")


# --- money ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "kept"), [("12", 1200), ("£1,250.5", 125_050), ("0.07", 7), (" 3.10 ", 310)])
def test_money_is_kept_in_whole_pence(said: str, kept: int) -> None:
    assert pence(said) == kept


@pytest.mark.parametrize("said", ["-1", "1,2", "12.345", "1e3", "=1+1", "ten"])
def test_what_is_not_money_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="money is pounds"):
        _ = pence(said)


def test_pounds_are_said_without_pence_where_there_are_none() -> None:
    assert [pounds(n) for n in (0, 7, 125_050, 1_000_000, -250)] == ["£0", "£0.07", "£1,250.50", "£10,000", "-£2.50"]


# --- does it make sense? ---------------------------------------------------------------------------------------------------------

GOOD = Said(
    counts={"referred": 10, "accepted": 8, "started": 6, "completed": 4, "people": 12, "contacts": 40},
    tables={name: {"A": 12, "B": 0} for name in TABLES},
    groups=dict.fromkeys(TABLES, ("A", "B")),
)


def test_a_return_that_makes_sense_has_nothing_wrong() -> None:
    assert problems(GOOD, Carried(0, 0, 0)) == problems(GOOD, Carried(5, 5, 5))
    assert problems(GOOD, Carried(0, 0, 0)).wrong == ()


@pytest.mark.parametrize(
    ("name", "value", "carried", "wrong"),
    [
        ("accepted", 11, Carried(0, 0, 0), "11 accepted, but only 10 were referred this quarter and 0 were waiting from before: 10 at most."),
        ("accepted", 11, Carried(1, 0, 0), ""),
        ("started", 9, Carried(0, 0, 0), "9 started, but only 8 were accepted this quarter"),
        ("started", 9, Carried(0, 1, 0), ""),
        ("completed", 8, Carried(0, 0, 1), "8 completed, but only 6 started this quarter and 1 were taking part already: 7 at most."),
        ("completed", 7, Carried(0, 0, 1), ""),
        ("contacts", 11, Carried(0, 0, 0), "12 different people but only 11 contacts"),
        ("people", None, Carried(0, 0, 0), "Say how many different people you worked with, or 0 if none."),
    ],
)  # fmt: skip
def test_no_step_holds_more_than_came_to_it(name: str, value: int | None, carried: Carried, wrong: str) -> None:
    found = problems(replace(GOOD, counts={**GOOD.counts, name: value}), carried).wrong
    assert [said.startswith(wrong) for _, said in found] == ([True] if wrong else [])


def test_where_an_earlier_return_is_absent_too_many_is_odd_and_wants_a_word() -> None:
    said = replace(GOOD, counts={**GOOD.counts, "completed": 9})
    found = problems(said, Carried(0, 0, 0, ("April to June 2025",)))
    assert [name for name, _ in found.wrong] == ["note"]
    assert "no return for April to June 2025" in found.odd[0][1]
    assert problems(replace(said, note=True), Carried(0, 0, 0, ("April to June 2025",))).wrong == ()


def test_nought_not_collected_and_not_answered_are_three_things() -> None:
    tables: dict[str, dict[str, int] | None] = {name: {"A": 12, "B": 0} for name in TABLES}
    assert problems(replace(GOOD, tables=tables | {"sex": None}), Carried(0, 0, 0)).wrong == ()
    empty = problems(replace(GOOD, tables=tables | {"sex": {"A": 12}}), Carried(0, 0, 0)).wrong
    assert empty == (
        ("reach-sex", "Sex: 1 of 2 boxes are empty. Put 0 where there was nobody, or say that you do not collect it."),
    )


def test_tables_that_do_not_add_up_say_by_how_many() -> None:
    tables: dict[str, dict[str, int] | None] = {name: {"A": 12, "B": 0} for name in TABLES}
    found = problems(replace(GOOD, tables=tables | {"sex": {"A": 9, "B": 1}}), Carried(0, 0, 0))
    assert "add up to 10, but you worked with 12 different people. 2 too few" in found.odd[0][1]
    assert [name for name, _ in found.wrong] == ["note"]


# --- chasing -----------------------------------------------------------------------------------------------------------------------


def test_who_is_late_is_listed_with_words_to_send(mentoring: Intervention, quarter: Quarter) -> None:
    assert awaited(date(2025, 12, 1)) == (), "the quarter has not ended"
    before, after = awaited(date(2026, 1, 31)), awaited(date(2026, 2, 10))
    assert [(each.is_late, each.waiting) for each in before] == [(False, "not begun")]
    assert [(each.days_late, each.is_late) for each in after] == [(10, True)]
    assert reminders(before) == ()
    (letter,) = reminders(after)
    assert letter.organisation.name == "A Charity"
    assert "- Mentoring, October to December 2025: due on 31 January 2026, not begun" in letter.text


# --- who is reached beside who is hurt -------------------------------------------------------------------------------------------------


def test_small_groups_are_withheld_and_another_with_them() -> None:
    found = shares({"A": 100, "B": 40, "C": 3, "Not known": 2})
    assert found["C"].words == found["B"].words == WITHHELD, "C alone could be worked out from the rest"
    assert found["A"].share == pytest.approx(100 / 143)
    assert "Not known" not in found


def test_a_nought_is_shown_and_tells_nothing() -> None:
    found = shares({"A": 100, "B": 0})
    assert found["B"].words == "0% (0% to 4%)"


def test_those_elsewhere_are_not_told_by_a_difference() -> None:
    hurt = {name: Share(50, 0.5, 0.4, 0.6) for name in ("A", "B")}
    shown, hidden = _rows({"A": 30, "B": 30, "Elsewhere": 20}, hurt), _rows({"A": 30, "B": 30, "Elsewhere": 3}, hurt)
    assert [row.ratio[:4] for row in shown] == ["1.00", "1.00", ""]
    assert hidden[2].served.words == WITHHELD
    assert [row.says for row in shown][2] == "cannot be compared"
    assert all(row.ratio[:4] in ("", "0.95") for row in hidden), "30 of 63, not of 60"


def edition(root: Path, counts: dict[str, int | None]) -> None:
    """An edition with the ages of victims, and months of one series."""
    home = root / "editions" / "2026-05-01" / "package"
    (home / "data").mkdir(parents=True)
    period = {"start": "2025-04", "end": "2026-03", "label": "2025-26"}
    place = {"code": "Z1", "level": "pfa", "name": "Z"}
    cells = [
        {"group": f"Victims aged {age}", "period": period, "place": place}
        | ({"status": "suppressed", "why": "withheld"} if n is None else {"status": "shown", "numerator": n})
        for age, n in counts.items()
    ]
    record = {
        "edition": {"snapshot": "a" * 64},
        "findings": [{"name": "people-in-violence.ages", "title": "Ages", "cells": cells}],
    }
    (home / "assessment.json").write_text(json.dumps(record), encoding="utf-8", newline="\n")
    resources = [
        {"path": f"data/{name}.csv", "format": "csv", "title": f"The series of {name}"}
        for name in ("robbery-control", "flat-control", "burglary-rate")
    ]
    (home / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8", newline="\n")
    months = [f"{2022 + i // 12}-{i % 12 + 1:02}" for i in range(48)]
    for name, after in (("robbery-control", 5.0), ("flat-control", 10.0)):
        lines = [f"{m},{10.0 if m < '2025-01' else after}" for m in months]
        text = "\n".join(["month,a_day", *lines]) + "\n"
        (home / "data" / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")


def test_who_is_reached_stands_beside_who_is_hurt(draft: Return, writer: Person, lead: Person, tmp_path: Path) -> None:
    edition(tmp_path, {"0-9": 10, "10-17": 90, "18-24": 100, "25-34": 100, "35-49": 50, "50-64": 40, "65+": 10})
    filled = full(draft, people=50, contacts=90)
    filled = replace(filled, reach={**filled.reach, "ethnicity": None})
    saved = actions.save_return(by=writer, returned=draft, version=1, answers=filled)
    out = actions.submit(by=writer, returned=saved, version=saved.version, on=ON)
    assert all(table.reached == 0 for table in beside(2025)), "what is not approved is not counted"
    _ = actions.approve(by=lead, returned=out, version=out.version, on=ON)
    age, ethnicity, _ = beside(2025)
    youngest = age.rows[0]
    assert (youngest.group, youngest.served.count, youngest.harmed.count) == ("0-9", 50, 10)
    assert youngest.says == "more than its share"
    assert youngest.ratio.startswith("40.00 ("), "all 50 reached, and 10 of 400 hurt"
    assert age.rows[2].says == "less than its share"
    assert (ethnicity.collecting, ethnicity.returning, ethnicity.harmed_of) == (0, 1, "")


def test_where_a_part_of_those_hurt_is_withheld_no_share_is_worked_out(tmp_path: Path, host: Organisation) -> None:
    edition(tmp_path, {"0-9": None, "10-17": 90})
    age, *_ = beside(2025)
    assert all(row.harmed.share is None for row in age.rows)


# --- evaluation ------------------------------------------------------------------------------------------------------------------------

PLAN = {
    "question": "Fewer robberies?", "design": "interrupted-series", "series": "robbery-control", "direction": "fall", "worth": 10,
    "begins": "2022-01", "month": "2025-01",
}  # fmt: skip


def register(mentoring: Intervention, **changes: Any) -> Evaluation:
    said = {"on": date(2024, 12, 1), **PLAN, **changes}
    return actions.register(by=BY, intervention=mentoring, **said)


def test_a_plan_is_registered_before_the_start_or_owns_to_being_late(mentoring: Intervention) -> None:
    with pytest.raises(ValidationError, match="begun already"):
        _ = register(mentoring, on=date(2025, 1, 1))
    late = register(mentoring, on=date(2025, 1, 1), late_because="Nobody thought of it")
    assert late.late_because
    with pytest.raises(ValidationError, match="2026-13"):
        _ = register(mentoring, month="2026-13")


def test_a_plan_that_was_registered_changes_only_with_a_reason_that_stays(mentoring: Intervention) -> None:
    made = register(mentoring)
    with pytest.raises(ValidationError, match="Say why"):
        _ = actions.amend(by=BY, evaluation=made, changes={"worth": 30}, on=ON, why="")
    with pytest.raises(ValidationError, match="no part called registered"):
        _ = actions.amend(by=BY, evaluation=made, changes={"registered": ON}, on=ON, why="x")
    after = actions.amend(
        by=BY, evaluation=made, changes={"worth": 30, "question": PLAN["question"]}, on=ON, why="Too fine"
    )
    assert [(a.field, a.was, a.becomes, a.why) for a in after.amendments.all()] == [("worth", "10", "30", "Too fine")]


@pytest.mark.parametrize(
    ("series", "begins", "verdict_", "says"),
    [
        ("robbery-control", "2022-01", "fell", "the way it was meant to go"),
        ("flat-control", "2022-01", "none", "no effect of a size that was agreed to matter"),
        ("flat-control", "2024-08", "cannot-tell", "That is not the same as no effect"),
        ("gone-control", "2022-01", "cannot-tell", "no monthly series called gone-control"),
    ],
)
def test_an_evaluation_says_fell_no_effect_or_cannot_tell(
    mentoring: Intervention,
    tmp_path: Path,
    series: str,
    begins: str,
    verdict_: str,
    says: str,
) -> None:
    edition(tmp_path, {"0-9": 5})
    made = register(mentoring, series=series, begins=begins)
    found = actions.run(by=BY, evaluation=made, on=ON)
    assert (found.verdict, found.edition, says in found.says) == (verdict_, "2026-05-01", True)
    with pytest.raises(ValidationError, match="already"):
        _ = actions.run(by=BY, evaluation=made, on=ON)


def test_an_evaluation_without_an_edition_says_what_to_do(mentoring: Intervention) -> None:
    with pytest.raises(ValidationError, match="no edition of the assessment yet"):
        _ = actions.run(by=BY, evaluation=register(mentoring), on=ON)


def test_an_evaluation_names_its_outcome_as_the_edition_does(
    mentoring: Intervention, lead: Person, tmp_path: Path
) -> None:
    edition(tmp_path, {"0-9": 5})
    client = signed_in(lead)
    page = client.get(f"/delivery/evaluations/{register(mentoring, series='flat-control').pk}/").content.decode()
    assert "The series of flat-control" in page
    gone = client.get(f"/delivery/evaluations/{register(mentoring, series='gone-control').pk}/").content.decode()
    assert "gone-control</code>, which the newest edition does not have" in gone


def test_those_who_deliver_do_not_register_or_change_their_own_evaluation(
    mentoring: Intervention, writer: Person
) -> None:
    with pytest.raises(PermissionDenied):
        _ = actions.register(by=writer, intervention=mentoring, on=ON, **PLAN)


# --- reports, and pages ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def approved(draft: Return, writer: Person, lead: Person) -> Return:
    """A return that is in the report."""
    out = sent(draft, writer)
    return actions.approve(by=lead, returned=out, version=out.version, on=ON)


@pytest.mark.parametrize("of", ["", "?of=year"])
def test_a_report_says_what_is_not_verified_and_withholds_the_few(approved: Return, lead: Person, of: str) -> None:
    page = signed_in(lead).get(f"/delivery/quarters/{approved.quarter.pk}/report/{of}").content.decode()
    assert "No public copy of the Home Office" in page
    assert "People reached (not verified)" in page
    assert "£10,000" in page
    assert ("Where the year ended" in page) is bool(of)


@pytest.mark.parametrize(("kind", "begins"), [("docx", b"PK"), ("ods", b"PK")])
def test_a_report_is_taken_away_as_a_file(approved: Return, lead: Person, kind: str, begins: bytes) -> None:
    answer = signed_in(lead).get(f"/delivery/quarters/{approved.quarter.pk}/report/{kind}/")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert signed_in(lead).get(f"/delivery/quarters/{approved.quarter.pk}/report/exe/").status_code == 404


def test_a_partner_elsewhere_reads_the_register_and_no_report(
    approved: Return, police: Organisation, mentoring: Intervention
) -> None:
    made = register(mentoring)
    client = signed_in(somebody(Role.ANALYST, police))
    for address in (
        f"quarters/{approved.quarter.pk}/report/",
        f"quarters/{approved.quarter.pk}/report/docx/",
        "quarters/",
    ):
        assert client.get(f"/delivery/{address}").status_code in (403, 404)
    for address in ("served/", "evaluations/", f"evaluations/{made.pk}/"):
        assert client.get(f"/delivery/{address}").status_code == 200
    for address in (f"evaluations/{made.pk}/amend/", f"with/{mentoring.slug}/evaluation/"):
        assert client.get(f"/delivery/{address}").status_code == 404


def test_pages_of_figures_ask_the_database_a_bounded_number_of_times(
    approved: Return,
    lead: Person,
    mentoring: Intervention,
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(5):
        _ = register(mentoring, question=f"Question {n}")
    client = signed_in(lead)
    for address in ("served/", "evaluations/", f"evaluations/{Evaluation.objects.all()[0].pk}/"):
        with django_assert_max_num_queries(22):
            assert client.get(f"/delivery/{address}").status_code == 200


def test_every_count_is_asked() -> None:
    assert set(GOOD.counts) == set(COUNTS)
