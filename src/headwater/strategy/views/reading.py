"""Pages on what the strategy says now."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from headwater.documents.charts import draw
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Organisation, Power
from headwater.partnership.questions import may
from headwater.partnership.views.people import organisation_named
from headwater.strategy.models import Action, Comment, Need, Priority, Version
from headwater.strategy.models.agreed import framework
from headwater.strategy.questions import since
from headwater.strategy.questions.content import Entry
from headwater.strategy.questions.document import promise_words
from headwater.strategy.questions.evidence import evidence_words, moved_evidence, rating
from headwater.strategy.questions.findings import findings, newest_edition
from headwater.strategy.questions.labels import WORDS
from headwater.strategy.questions.moving import coming, since_adopted
from headwater.strategy.questions.orphans import orphans
from headwater.strategy.questions.pounds import day_words, pounds, streams
from headwater.strategy.questions.ranking import ranking
from headwater.strategy.questions.seeing import seeing
from headwater.strategy.questions.standing import Strategy
from headwater.strategy.questions.theory import theory
from headwater.strategy.views.blocks import picture
from headwater.strategy.views.finding import action_named, need_named, opened_figures, priority_named, standing


def _show(request: Request, template: str, strategy: Strategy, **context: Any) -> HttpResponse:
    held = {"strategy": strategy, "may_write": may(request.user, Power.WRITE_STRATEGY)}
    return render(request, f"strategy/{template}.html", held | context)


@page(Power.READ_STRATEGY)
def strategy(request: Request) -> HttpResponse:
    """Where one begins: what comes first, what is missing, what is open for comments."""
    now = standing()
    today = timezone.localdate()
    versions = list(Version.objects.defer("content"))
    own = [held.organisation for held in request.user.standing]
    return _show(
        request,
        "strategy",
        now,
        ranking=ranking(now),
        priorities=[_weighed(now, each) for each in now.priorities],
        lacking=[each for each in orphans(now) if each.found],
        adopted=next((each for each in versions if each.kind == Version.Kind.ADOPTED), None),
        open_drafts=[each for each in versions if each.is_open(today)],
        own=list(dict.fromkeys(own)),
    )


def _weighed(now: Strategy, priority: Entry) -> dict[str, Any]:
    acts = now.of("actions", priority=priority["slug"])
    return {
        "priority": priority,
        "needs": len(now.of("needs", priority=priority["slug"])),
        "actions": len(acts),
        "money": pounds(sum(now.money_of(act) for act in acts)),
    }


@page(Power.READ_STRATEGY)
def needs(request: Request) -> HttpResponse:
    """Every need, the figure it rests on, what drives it and what acts on that."""
    now = standing(shows=opened_figures(request))
    rows = [
        {
            "need": each,
            "figure": now.figure(each),
            "causes": now.of("causes", need=each["slug"]),
            "actions": now.acts_on(each),
            "priority": now.find("priorities", each["priority"]),
        }
        for each in now.needs
    ]
    return _show(request, "needs", now, rows=rows)


@page(Power.SEE_FIGURES, of=need_named, ledgered=True)
def need(request: Request, row: Need) -> HttpResponse:
    """One need: the finding it is tied to, whether that has moved, and the chain from it."""
    now = standing(shows=True)
    entry = now.named["needs"][row.slug]
    newest = newest_edition()
    found = findings(newest).get(row.finding) if newest and row.is_tied else None
    return _show(
        request,
        "need",
        now,
        need=row,
        entry=entry,
        since=since(row),
        finding=found,
        scores=now.of("scores", need=row.slug),
        causes=now.of("causes", need=row.slug),
        actions=now.acts_on(entry),
        outcomes=now.of("outcomes", need=row.slug),
        priority=now.find("priorities", entry["priority"]),
    )


@page(Power.READ_STRATEGY)
def priorities(request: Request) -> HttpResponse:
    """The matrix, the order, and what the order rests on."""
    now = standing()
    now.shows = any(score["need"] for score in now.scores) and opened_figures(request)
    found = ranking(now)
    title, changed = since_adopted(found)
    was = {each.priority["slug"]: each.before for each in changed}
    return _show(
        request,
        "priorities",
        now,
        ranking=found,
        adopted=title,
        reranked=changed,
        rows=[(row, was.get(row.priority["slug"], "")) for row in found.rows] if found else (),
        coming=coming(now) if now.shows else None,
    )


@page(Power.READ_STRATEGY, of=priority_named)
def priority(request: Request, row: Priority) -> HttpResponse:
    """The theory of change of one priority, as a picture and as a table that can be changed."""
    now = standing()
    found = theory(now, now.named["priorities"][row.slug])
    wide, narrow = (picture(draw, found.figure, f"theory-{width}", width) for width in (960, 340))
    needs = now.of("needs", priority=row.slug)
    return _show(request, "priority", now, priority=row, theory=found, wide=wide, narrow=narrow, needs=needs)


@page(Power.READ_STRATEGY)
def acts(request: Request) -> HttpResponse:
    """Every action, its owner, its evidence, its money and its promise."""
    now = standing()
    rows = [_act(now, each) for each in now.actions]
    return _show(request, "actions", now, rows=rows)


def _act(now: Strategy, act: Entry) -> dict[str, Any]:
    return {
        "act": act,
        "priority": now.find("priorities", act["priority"]),
        "prevention": WORDS["prevention", act["prevention"]].partition(":")[0],
        "ends": day_words(act["ends"]),
        "starts": day_words(act["starts"]),
        "evidence": evidence_words(act),
        "moved": moved_evidence(act),
        "money": pounds(now.money_of(act)),
        "promise": promise_words(act),
    }


@page(Power.READ_STRATEGY, of=action_named)
def act(request: Request, row: Action) -> HttpResponse:
    """One action, from the need it answers to how anybody will know."""
    now = standing()
    entry = now.named["actions"][row.slug]
    arrows = [
        (each, now.find("causes", each["cause"]) or now.find("outcomes", each["outcome"]))
        for each in now.of("assumptions", action=row.slug)
    ]
    pinned = entry["evidence_copy"]
    return _show(
        request,
        "action",
        now,
        **_act(now, entry),
        row=row,
        needs=now.needs_of(entry),
        arrows=[{"arrow": arrow, "to": to, "standing": WORDS["standing", arrow["standing"]]} for arrow, to in arrows],
        lines=[_line(each) for each in now.of("money", action=row.slug)],
        pinned=pinned,
        rating=rating(pinned) if pinned else "",
        evaluation=WORDS["evaluation", entry["evaluation"]],
        may_answer=may(request.user, Power.PROMISE, row.owner)
        and any(held.organisation == row.owner for held in request.user.standing),
    )


def _line(line: Entry) -> dict[str, Any]:
    spent = WORDS["spent_on", line["spent_on"]]
    days = {end: day_words(line[end]) for end in ("starts", "ends")}
    return {"line": line, "pounds": pounds(line["pence"]), "spent_on": spent, **days}


@page(Power.READ_STRATEGY)
def outcomes(request: Request) -> HttpResponse:
    """Every outcome, and whether it could be seen."""
    now = standing(shows=opened_figures(request))
    rows = [
        {
            "outcome": each,
            "seeing": seeing(each),
            "by": day_words(each["target_by"]),
            "need": now.find("needs", each["need"]),
        }
        for each in now.outcomes
    ]
    return _show(request, "outcomes", now, rows=rows)


@page(Power.READ_STRATEGY)
def money(request: Request) -> HttpResponse:
    """What pays for what, and when it ends."""
    now = standing()
    rows = [
        {
            "stream": each,
            "pounds": pounds(each.pence),
            "labour": pounds(each.labour),
            "match": pounds(each.match),
            "strands": pounds(each.strands),
            "ends": day_words(each.ends),
        }
        for each in streams(now)
    ]
    lines = [_line(each) | {"act": now.find("actions", each["action"])} for each in now.money]
    total = pounds(sum(line["pence"] for line in now.money))
    return _show(request, "money", now, rows=rows, lines=lines, total=total)


@page(Power.READ_STRATEGY)
def missing(request: Request) -> HttpResponse:
    """Every link of the chain that is not there."""
    now = standing()
    return _show(request, "missing", now, orphans=orphans(now))


@page(Power.READ_STRATEGY)
def partners(request: Request) -> HttpResponse:
    """What is asked of each organisation, and what it promised."""
    now = standing()
    known = {each.slug: each for each in Organisation.objects.all()}
    rows = []
    for each in now.organisations:
        asked = now.of("actions", owner=each["slug"])
        opens = may(request.user, Power.READ_STRATEGY, known[each["slug"]])
        rows.append({"organisation": each, "asked": asked, "answers": _answers(asked), "opens": opens})
    return _show(request, "partners", now, rows=rows)


def _answers(asked: list[Entry]) -> dict[str, int]:
    words = [promise_words(act) for act in asked]
    return {each: words.count(each) for each in dict.fromkeys(words)}


@page(Power.READ_STRATEGY, of=organisation_named)
def partner(request: Request, organisation: Organisation) -> HttpResponse:
    """A partner's own page: what is asked of it, what it promised, what it said."""
    now = standing()
    rows = [
        _act(now, each) | {"needs": now.needs_of(each), "given": each["promise"]}
        for each in now.of("actions", owner=organisation.slug)
    ]
    comments = Comment.objects.filter(organisation=organisation).select_related("version").defer("version__content")
    mine = any(held.organisation == organisation for held in request.user.standing)
    return _show(
        request,
        "partner",
        now,
        organisation=organisation,
        rows=rows,
        comments=comments,
        may_answer=mine and may(request.user, Power.PROMISE, organisation),
        open_drafts=[each for each in Version.objects.defer("content") if each.is_open(timezone.localdate())],
    )


@page(Power.READ_STRATEGY)
def headings(request: Request) -> HttpResponse:
    """What is written under each of the headings that a published strategy is asked to have."""
    now = standing()
    asked = framework("response-strategy")
    rows = [
        {"element": each, "passage": next(iter(now.of("passages", heading=each.id)), None)} for each in asked.elements
    ]
    return _show(request, "headings", now, rows=rows, framework=asked)
