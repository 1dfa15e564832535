"""People: who is hurt, who harms, who is young, and whether the measures of success have moved."""

from collections.abc import Sequence

from headwater import documents
from headwater.assessment.chapters.draft import Drafting
from headwater.assessment.chapters.partners import told_in
from headwater.assessment.exhibits import estimate_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.words import verdict
from headwater.vocabulary import Measure, Suppressed, is_shown

PEOPLE = "people-in-violence"
YOUNG = "young-people"


def harmed(d: Drafting) -> str:
    """Victims and suspects; nothing where no partner says who they were."""
    told = "".join(d.told(f"{PEOPLE}.{part}") for part in ("ages", "repeat", "overlap"))
    return (
        "People are counted here, never named, scored or foretold. The same person is known again by a key that nobody can turn back "
        f"into a name.\n\n{told}"
        if told
        else ""
    )


def young(d: Drafting) -> str:
    """The same picture of those under 25, and the three measures of success; nothing where no source says ages."""
    share = d.told(f"{PEOPLE}.under-25")
    others = told_in(d, YOUNG)
    moved = successes(d)
    if not (share or others or moved):
        return ""
    text = f"{share}## Three measures of success\n\n{_on_success(moved)}"
    for measure in _of_success(d):
        told = "".join(d.told(f"{measure.name}.{part}") for part in ("rate", "rolling"))
        text += f"### {measure.title}\n\n{told}" if told else ""
    return text + others


def _on_success(moved: Sequence[documents.Block]) -> str:
    if not moved:
        return "None of the three measures of success can be given: no partner who counts them is in this edition.\n\n"
    return (
        "The Home Office asks violence reduction units for three measures. “Cannot tell” is a verdict: the figures are too few, or "
        "do not reach back, to say whether anything changed, and it must not be read as no change.\n\n{{ show: success }}\n\n"
    )


def _of_success(d: Drafting) -> list[Measure]:
    return [measure for measure in d.measures if measure.success]


def successes(d: Drafting) -> Sequence[documents.Block]:
    """A row for each measure of success: its latest figure, its change, and what can be said of it."""
    rows = [row for measure in _of_success(d) if (row := _success(d, measure))]
    if not rows:
        return ()
    columns = (
        documents.Column("Measure"), documents.Column("Period"), documents.Column("Latest", numeric=True),
        documents.Column("Ratio to the year before", numeric=True), documents.Column("Verdict"),
    )  # fmt: skip
    return (documents.Table("success", "The Home Office's three measures of success", columns, tuple(rows)),)


def _success(d: Drafting, measure: Measure) -> tuple[documents.Entry, ...]:
    level = d.find(f"{measure.name}.rate") or d.find(f"{measure.name}.published")
    if level is None:
        return ()
    own = [reading for reading in level.readings if reading.place == d.scene.area]
    headline = d.scene.headline(measure.source) if level.analysis == "rate" else None
    now = next((reading for reading in own if reading.period == headline), own[-1])
    moved = d.find(f"{measure.name}.change")
    change = next((r for r in moved.readings if r.place == d.scene.area), None) if moved else None
    ratio = _quoted(moved, change) if moved and change else "[z]"
    return (measure.title, now.period.label, _quoted(level, now), ratio, verdict_on(change))


def verdict_on(change: Reading | None) -> str:
    """'rose', 'fell', or 'cannot tell' and why."""
    if change is None:
        return "cannot tell: there is no year before to compare with"
    estimate = estimate_of(change.cell)
    if estimate is None or not is_shown(change.cell):
        few = isinstance(change.cell, Suppressed)
        return "cannot tell: too few to show" if few else f"cannot tell: {getattr(change.cell, 'why', 'no figure')}"
    said = verdict(estimate)
    return said if said in ("rose", "fell") else "cannot tell: the difference is within what chance alone makes"


def _quoted(finding: Finding, reading: Reading) -> documents.Entry:
    return documents.Quoted(reading.cell, finding.anchor(reading))
