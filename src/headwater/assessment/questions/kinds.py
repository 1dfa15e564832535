"""What was there beside the violence? Knives, firearms, drink, home, gangs and exploitation, as one partner wrote them down."""

from headwater import documents
from headwater.assessment.cells import withheld
from headwater.assessment.counting import EXPLOITATION, Flagged
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.questions.fairness import share_cell
from headwater.assessment.scene import Scene
from headwater.assessment.words import quote
from headwater.disclosure import Policy, protect, protect_cell
from headwater.vocabulary import FLAGS, Cell, Estimate, Measure, NotCollected, Period, Shown, Suppressed, is_shown

NAMES = {
    "knife": "Knife or sharp object",
    "firearm": "Firearm",
    "domestic": "Domestic",
    "alcohol": "Alcohol",
    "gang": "Gang",
    "county_lines": "County lines",
    "modern_slavery": "Modern slavery",
}
ALL = "All"
SHARE = "share with "
EXPLOITED, TWICE = "Gang or county lines or modern slavery", "Two or more of these"


def kinds(scene: Scene, measure: Measure, found: Flagged, period: Period) -> Finding:
    """How many events bear each flag, and their share of those of which it was said whether they do."""
    absent = withheld(scene, measure, scene.area, period)

    def reading(group: str, cell: Cell) -> Reading:
        return Reading(place=scene.area, period=period, group=group, cell=cell if absent is None else absent)

    said = found.flags
    counts = [reading(ALL, _number(scene, measure, found.whole))]
    counts += [reading(NAMES[flag], _flagged(scene, measure, *said[flag], found.whole)) for flag in FLAGS]
    known = sum(said[flag][1] for flag in EXPLOITATION)
    telling = _telling(found, scene.policy)
    counts += [
        reading(group, _together(_flagged(scene, measure, many, known, found.whole), scene.policy if telling else None))
        for group, many in ((EXPLOITED, found.exploited), (TWICE, found.twice))
    ]
    shares = [reading(_share_of(NAMES[flag]), _share(scene, *said[flag])) for flag in FLAGS]
    finding = Finding(
        measure=measure,
        analysis="kinds",
        title=measure.title,
        method="wilson",
        formula="Events that bear the flag ÷ events of which it was recorded either way; one event may bear several flags",
        readings=(*counts, *shares),
        sentence=_sentence(measure, counts, shares),
        caveats=(*measure.caveats, *_unsaid(found)),
    )
    return finding.showing(_table(finding, counts, shares))


def _share_of(name: str) -> str:
    return f"{SHARE}{name[:1].lower()}{name[1:]}"


def _flagged(scene: Scene, measure: Measure, many: int, known: int, whole: int) -> Cell:
    """How many bear a flag; withheld too where those that do not are few, for the number of all is beside it."""
    if not known:
        return NotCollected("nobody recorded whether they do")
    if "suppressed" in protect([many, whole - many], scene.policy):
        return Suppressed(reason="small", policy=scene.policy.name)
    return _number(scene, measure, many)


def _together(cell: Cell, policy: Policy | None) -> Cell:
    return Suppressed(reason="differencing", policy=policy.name) if policy and is_shown(cell) else cell


def _telling(found: Flagged, policy: Policy) -> bool:
    """Would what is said of the flags of exploitation together, less what is said of each, tell of a few events?"""
    parts = [many for flag in EXPLOITATION for many, known in [found.flags[flag]] if known]
    over = (sum(parts) - found.exploited, found.exploited - found.twice)
    less = [whole - part for part in parts for whole in (found.exploited, found.twice)] + [
        part - found.twice for part in parts
    ]
    counts = [found.twice, *parts, *over, *less]
    return "suppressed" in protect([count for count in counts if count >= 0], policy)


def _number(scene: Scene, measure: Measure, many: int) -> Cell:
    estimate = Estimate(value=many, unit=measure.counts, decimals=0, method="count", snapshots=(scene.snapshot,), numerator=many)  # fmt: skip
    return protect_cell(Shown(estimate), many, scene.policy)


def _share(scene: Scene, many: int, known: int) -> Cell:
    return share_cell(scene, many, known) if known else NotCollected("nobody recorded whether they do")


def _sentence(measure: Measure, counts: list[Reading], shares: list[Reading]) -> str:
    name = f"{measure.name}.kinds"
    knife = next(reading for reading in shares if reading.group == _share_of(NAMES["knife"]))
    first = f"In {counts[0].period.words} there were {quote(name, counts[0])}"
    if not is_shown(counts[0].cell):
        return f"For {measure.counts} in {counts[0].period.words}, {quote(name, counts[0])}."
    if not is_shown(knife.cell):
        return f"{first}; for the share of them that involved a knife or sharp object, {quote(name, knife)}."
    return f"{first}; of those of which it was recorded, {quote(name, knife)} involved a knife or sharp object."


def _unsaid(found: Flagged) -> list[str]:
    """For which flags most events say nothing: their numbers are least numbers."""
    silent = [NAMES[flag].lower() for flag, (_, known) in found.flags.items() if known and known < found.whole / 2]
    return (
        [f"For most events nobody recorded: {', '.join(silent)}. Their numbers are the least there can be."]
        if silent
        else []
    )


def _table(finding: Finding, counts: list[Reading], shares: list[Reading]) -> documents.Table:
    by_group = {reading.group: reading for reading in shares}
    rows = tuple(
        (r.group, _quoted(finding, r), _quoted(finding, s) if (s := by_group.get(_share_of(r.group))) else "")
        for r in counts
    )
    columns = (
        documents.Column("Kind"),
        documents.Column("Number", True),
        documents.Column("% of those recorded", True),
    )
    return documents.Table(finding.measure.name, f"{finding.title}, {counts[0].period.words}", columns, rows)


def _quoted(finding: Finding, reading: Reading) -> documents.Entry:
    return documents.Quoted(reading.cell, finding.anchor(reading))
