"""The theory of change of one priority: needs, what causes them, what acts on the causes, what should follow."""

from dataclasses import dataclass

from headwater.documents import Column, Figure, Table
from headwater.documents.charts import Arrow, Stage, Step, TheoryChart
from headwater.strategy.questions.content import Entry
from headwater.strategy.questions.evidence import evidence_words, rating, strength
from headwater.strategy.questions.labels import WORDS
from headwater.strategy.questions.seeing import seeing
from headwater.strategy.questions.standing import Strategy

GROUNDS = "Read in the list of factors; not graded there"
HEADINGS = ("Arrow", "From", "To", "Evidence", "What it takes to be true", "How that stands")


@dataclass(frozen=True, slots=True)
class Row:
    """One arrow in words."""

    arrow: Arrow
    start: str
    end: str
    evidence: str
    standing: str
    kind: str
    """The kind of the part that the arrow is kept in, by its name in addresses, and its slug: where it is changed."""
    slug: str


@dataclass(frozen=True, slots=True)
class Theory:
    """A theory of change, to be drawn and to be read."""

    priority: Entry
    chart: TheoryChart
    rows: tuple[Row, ...]

    @property
    def description(self) -> str:
        """The text alternative of the picture."""
        counts = [f"{len(stage.steps)} {stage.title.lower()}" for stage in self.chart.stages]
        return (
            f"Boxes in four columns: {', '.join(counts[:-1])} and {counts[-1]}, with {len(self.rows)} numbered arrows from left to"
            " right. The table of arrows says of each from what to what, on what evidence, and what it takes to be true."
        )

    @property
    def figure(self) -> Figure:
        """For a document: the picture, drawn from the table of its boxes."""
        caption = f"How “{self.priority['called']}” is to come about"
        rows = tuple((stage.title, step.words, step.detail) for stage in self.chart.stages for step in stage.steps)
        boxes = Table(
            f"{self.name}-boxes", caption, tuple(map(Column, ("Column", "Box", "Detail"))), rows, row_headers=2
        )
        return Figure(self.name, caption, self.description, self.chart, boxes)

    @property
    def table(self) -> Table:
        """For a document: what each arrow says."""
        rows = tuple(
            (str(n), row.start, row.end, row.evidence, row.arrow.assumption or "Not written down", row.standing)
            for n, row in enumerate(self.rows, 1)
        )
        return Table(f"{self.name}-arrows", f"Arrows: {self.priority['called']}", tuple(map(Column, HEADINGS)), rows)

    @property
    def name(self) -> str:
        """A name for the picture and, with more after it, for its tables: a sheet's name is cut after 31 letters."""
        return f"theory-{self.priority['slug']}"


def theory(strategy: Strategy, priority: Entry) -> Theory:
    """What is to follow from what, for one priority."""
    needs = strategy.of("needs", priority=priority["slug"])
    causes = [cause for need in needs for cause in strategy.of("causes", need=need["slug"])]
    acts = [act for act in strategy.actions if _belongs(strategy, act, priority, causes)]
    outcomes = list({each["slug"]: each for act in acts for each in strategy.outcomes_of(act)}.values())
    rows = [*_driven(needs, causes), *_acted_on(strategy, causes, acts), *_led_to(strategy, acts)]
    stages = (
        Stage("Needs", tuple(Step(f"need {each['slug']}", each["called"]) for each in needs)),
        Stage("Causes", tuple(_cause(each) for each in causes)),
        Stage("Actions", tuple(_action(each) for each in acts)),
        Stage("Outcomes", tuple(_outcome(each) for each in outcomes)),
    )
    return Theory(priority, TheoryChart(stages, tuple(row.arrow for row in rows)), tuple(rows))


def _belongs(strategy: Strategy, act: Entry, priority: Entry, causes: list[Entry]) -> bool:
    return act["priority"] == priority["slug"] or any(cause in causes for cause in strategy.causes_of(act))


def _cause(cause: Entry) -> Step:
    does = "raises" if cause["direction"] == "raises" else "lowers"
    return Step(f"cause {cause['slug']}", cause["called"], f"{cause['level']}; {does} the risk")


def _action(act: Entry) -> Step:
    pinned = act["evidence_copy"]
    return Step(
        f"action {act['slug']}",
        act["called"],
        f"{act['owner_name']}: {rating(pinned) if pinned else 'no evidence pinned'}",
    )


def _outcome(outcome: Entry) -> Step:
    return Step(f"outcome {outcome['slug']}", outcome["called"], f"Could we see it? {seeing(outcome).short}")


def _driven(needs: list[Entry], causes: list[Entry]) -> list[Row]:
    called = {need["slug"]: need["called"] for need in needs}
    found: list[Row] = []
    for cause in causes:
        arrow = Arrow(f"need {cause['need']}", f"cause {cause['slug']}", "unknown", cause["says"])
        grounds = GROUNDS if cause["verified"] else f"{GROUNDS}; not verified"
        found.append(Row(arrow, called[cause["need"]], cause["called"], grounds, "", "causes", cause["slug"]))
    return found


def _acted_on(strategy: Strategy, causes: list[Entry], acts: list[Entry]) -> list[Row]:
    found: list[Row] = []
    for cause in causes:
        for act in acts:
            for said in strategy.of("assumptions", action=act["slug"], cause=cause["slug"]):
                arrow = Arrow(f"cause {cause['slug']}", f"action {act['slug']}", strength(act), said["says"])
                found.append(_row(arrow, cause["called"], act["called"], act, said))
    return found


def _led_to(strategy: Strategy, acts: list[Entry]) -> list[Row]:
    found: list[Row] = []
    for act in acts:
        for said in strategy.of("assumptions", action=act["slug"], cause=None):
            outcome = strategy.find("outcomes", said["outcome"])
            if outcome:
                arrow = Arrow(f"action {act['slug']}", f"outcome {outcome['slug']}", strength(act), said["says"])
                found.append(_row(arrow, act["called"], outcome["called"], act, said))
    return found


def _row(arrow: Arrow, start: str, end: str, act: Entry, said: Entry) -> Row:
    standing = WORDS["standing", said["standing"]]
    return Row(arrow, start, end, evidence_words(act), standing, "assumptions", said["slug"])
