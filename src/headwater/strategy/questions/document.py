"""The response strategy as a publication: what a version holds, under the five headings it is asked to have, and what is missing."""

from collections.abc import Iterator

from headwater.documents import Block, Bullets, Document, Entry, Heading, Note, Page, Paragraph, Table, Text
from headwater.partnership.questions import workspace
from headwater.strategy.models import Version
from headwater.strategy.models.agreed import framework
from headwater.strategy.questions.changes import Change, changes
from headwater.strategy.questions.content import Content
from headwater.strategy.questions.evidence import evidence_words
from headwater.strategy.questions.labels import WORDS
from headwater.strategy.questions.orphans import orphans
from headwater.strategy.questions.pounds import day_words, pounds, streams
from headwater.strategy.questions.ranking import ranking
from headwater.strategy.questions.seeing import seeing
from headwater.strategy.questions.standing import HIDDEN, Strategy
from headwater.strategy.questions.tables import words_table
from headwater.strategy.questions.theory import theory
from headwater.strategy.questions.together import together
from headwater.vocabulary import HeadwaterError

FRAMEWORK = "response-strategy"
HIDDEN_NOTE = "Figures that are not released are left out of this copy."


def document(version: Version, before: Version | None, *, shows: bool) -> Document:
    """A version as a document; `before` is the last adopted one, for what changed since. Raises nothing."""
    strategy = Strategy(version.content, shows=shows)
    author, banner = _said()
    return Document(
        title=version.title,
        subtitle=f"{version.get_kind_display()} of {day_words(version.frozen.isoformat())}",
        author=author,
        published=version.frozen.isoformat(),
        pages=tuple(_pages(version, strategy, before)),
        notices=(f"Frozen under SHA-256 {version.sha256}", *([] if shows else [HIDDEN_NOTE])),
        banner=banner,
    )


def _said() -> tuple[str, str]:
    """Whose it is, and the banner of the workspace."""
    try:
        said = workspace().settings
    except HeadwaterError:
        return "Headwater", ""
    return said.author or "Headwater", said.banner


def _pages(version: Version, strategy: Strategy, before: Version | None) -> Iterator[Page]:
    """The five headings in the order of the framework, then what the law does not ask for and a reader should."""
    parts = {
        "problem-profile": _profile,
        "working-together": together,
        "actions": _actions,
        "engagement": _engagement,
        "resources": _resources,
    }
    if version.says:
        yield Page("foreword", "About this version", (_paragraph(version.says),))
    for element in framework(FRAMEWORK).elements:
        written = [_paragraph(each) for each in _passage(strategy, element.id)]
        blocks = written or [Note("caveat", "Nobody has written this yet", (Text(element.says),))]
        yield Page(element.id, element.title, (*blocks, *parts.get(element.id, _nothing)(strategy)))
    yield Page("outcomes", "What should change, and whether it could be seen", tuple(_outcomes(strategy)))
    yield Page("missing", "What is missing", tuple(_missing(strategy)))
    if before is not None:
        title = f"What changed since {before.title}"
        yield Page("changed", title, tuple(_changed(before.content, version.content, shows=strategy.shows)))


def _passage(strategy: Strategy, heading: str) -> list[str]:
    """What was written under a heading, paragraph by paragraph."""
    said = [passage["says"] for passage in strategy.of("passages", heading=heading)]
    return [
        " ".join(each.split()) for text in said for each in text.replace("\r\n", "\n").split("\n\n") if each.strip()
    ]


def _paragraph(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def _nothing(_: Strategy) -> Iterator[Block]:
    return iter(())


def _profile(strategy: Strategy) -> Iterator[Block]:
    rows: list[tuple[Entry, ...]] = [
        (
            need["called"],
            need["among"] or "everybody",
            need["area"] or "the whole area",
            strategy.figure(need) or "rests on no finding",
            f"{need['finding']}, edition {need['edition']}" if need["finding"] else "",
        )
        for need in strategy.needs
    ]
    yield words_table(
        "needs", "Needs, and the finding each rests on", ("Need", "Among whom", "Where", "Figure", "Finding"), rows
    )
    yield Heading(2, "What drives them")
    rows = [
        (need["called"], cause["called"], cause["level"], cause["says"])
        for cause in strategy.causes
        if (need := strategy.find("needs", cause["need"]))
    ]
    yield words_table("causes", "Causes, by level", ("Need", "Cause", "Level", "Here"), rows)


def _actions(strategy: Strategy) -> Iterator[Block]:
    yield from _ranked(strategy)
    for priority in strategy.priorities:
        yield Heading(2, priority["called"], f"priority-{priority['slug']}")
        yield _paragraph(priority["says"])
        acts = strategy.of("actions", priority=priority["slug"])
        if acts:
            yield _acts(strategy, f"actions-{priority['slug']}", f"Actions: {priority['called']}", acts)
        else:
            yield Note("warning", "No action", (Text("Nobody has been asked to do anything about this priority yet."),))
        found = theory(strategy, priority)
        yield found.figure
        yield found.table
    loose = strategy.of("actions", priority=None)
    if loose:
        yield Heading(2, "Actions under no priority")
        yield _acts(strategy, "actions-loose", "Actions under no priority", loose)


def _ranked(strategy: Strategy) -> Iterator[Block]:
    found = ranking(strategy)
    if found is None:
        return
    yield Heading(2, "Which comes first, and why")
    for sentence in found.sentences:
        yield _paragraph(sentence)
    headings = ("Priority", *(f"{each['called']} ({w})" for each, w in zip(found.criteria, found.weights, strict=True)))
    rows: list[tuple[Entry, ...]] = [
        (
            row.priority["called"],
            *("not scored" if each is None or each["score"] is None else str(each["score"]) for each in row.scores),
            row.total,
            row.rank,
            row.may_be,
        )
        for row in found.rows
    ]
    ends = ("In all, of 5", "Rank", "Rank if weights move")
    yield words_table("ranking", "Priorities scored from 0 to 5 on each criterion", (*headings, *ends), rows, 1)
    leanings: list[tuple[Entry, ...]] = [(each.criterion["called"], each.weight, each.words) for each in found.leanings]
    yield words_table(
        "weights", "What would change which comes first", ("Criterion", "Weight", "If it alone changed"), leanings
    )


def _acts(strategy: Strategy, name: str, caption: str, acts: list[Content]) -> Table:
    rows: list[tuple[Entry, ...]] = [
        (
            act["called"],
            act["owner_name"],
            "; ".join(each for each in (act["cohort"], act["area"]) if each),
            WORDS["prevention", act["prevention"]].partition(":")[0],
            day_words(act["ends"]) or "no end",
            evidence_words(act),
            pounds(strategy.money_of(act)) if strategy.of("money", action=act["slug"]) else "no money",
            promise_words(act),
        )
        for act in acts
    ]
    headings = ("Action", "Owner", "For whom and where", "Level", "Ends", "Evidence", "Money", "Promised?")
    return words_table(name, caption, headings, rows)


def promise_words(act: Content) -> str:
    """What its owner answered, in a few words."""
    given = act["promise"]
    if given is None:
        return "not answered"
    if given["answer"] == "declined":
        return "declined"
    return "promised" if given["of_this"] else "promised as it was before"


def _engagement(strategy: Strategy) -> Iterator[Block]:
    unmeasured = [need for need in strategy.needs if not need["finding"]]
    if unmeasured:
        yield _paragraph("What was heard and is in no figure:")
        yield Bullets(tuple((Text(f"{need['called']}. {need['says']}"),) for need in unmeasured))


def _resources(strategy: Strategy) -> Iterator[Block]:
    found = streams(strategy)
    if not found:
        yield Note("warning", "No money", (Text("Nobody has said what pays for any of it."),))
        return
    rows: list[tuple[Entry, ...]] = [
        (
            each.source,
            pounds(each.pence),
            pounds(each.labour),
            pounds(each.match) if each.match else "none",
            day_words(each.ends),
            "; ".join(act["called"] for act in each.alone) or "none",
        )
        for each in found
    ]
    rows.append(("All sources", pounds(sum(s.pence for s in found)), pounds(sum(s.labour for s in found)),
                 pounds(sum(s.match for s in found)), "", ""))  # fmt: skip
    headings = ("From whom", "In all", "Of it labour", "Of it match", "Last day", "Nothing else pays for")
    yield words_table("money", "What pays for it, and until when", headings, rows)


def _outcomes(strategy: Strategy) -> Iterator[Block]:
    if not strategy.shows:
        yield _paragraph(HIDDEN)
    rows: list[tuple[Entry, ...]] = []
    for each in strategy.outcomes:
        found = seeing(each)
        words = f"{found.short}. {found.words}" if strategy.shows else found.short
        baseline = each["baseline"] if strategy.shows else None
        rows.append(
            (
                each["called"],
                f"{each['measure_title']}, version {each['definition_version']}" if each["measure"] else "no measure",
                f"{baseline} {each['unit']} ({each['baseline_period']})" if baseline else "",
                f"{each['target']} by {day_words(each['target_by'])}" if each["target"] else "",
                words,
            )
        )
    yield words_table("outcomes", "Outcomes", ("Outcome", "Measure", "Baseline", "Target", "Could we see it?"), rows)


def _missing(strategy: Strategy) -> Iterator[Block]:
    yield _paragraph("A chain runs from each need to the proof that it is met. These are the links that are not there.")
    rows: list[tuple[Entry, ...]] = [
        (each.title, str(len(each.found)), "; ".join(entry["called"] for entry, _ in each.found) or "none")
        for each in orphans(strategy)
    ]
    yield words_table("missing", "What is missing", ("What", "How many", "Which"), rows)


def _changed(before: Content, after: Content, *, shows: bool) -> Iterator[Block]:
    found = changes(before, after, shows=shows)
    if not found:
        yield _paragraph("Nothing.")
    for how, title in (("new", "New"), ("changed", "Changed"), ("gone", "No longer there")):
        those = [change for change in found if change.how == how]
        if those:
            yield Heading(2, title)
            yield Bullets(
                tuple((Text(f"{each.kind}: {each.called}", strong=True), Text(_words(each))) for each in those)
            )


def _words(change: Change) -> str:
    said = "; ".join(f"{each.label.lower()} was {each.before}, now {each.after}" for each in change.altered)
    return f". {said}." if said else ""
