"""Chapters that rest on what others publish and partners return: causes, exploitation."""

from collections.abc import Sequence

from headwater import documents
from headwater.assessment.chapters.draft import Drafting
from headwater.assessment.counting import EXPLOITATION as FLAGS_OF_EXPLOITATION
from headwater.assessment.exhibits import estimate_of, value_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.questions.kinds import ALL, EXPLOITED, NAMES, TWICE
from headwater.assessment.questions.published import latest, standing
from headwater.assessment.words import quote
from headwater.documents.charts import SpineChart, SpineRow
from headwater.sources import contract
from headwater.vocabulary import Level, Measure, NotCollected, is_shown

LEVELS = (
    (
        "individual",
        "The individual",
        "What happens to a person: exclusion from school, distress that nobody answers, drugs.",
    ),
    ("relationship", "Relationships", "Family and friends: violence, drinking or drugs at home, being looked after."),
    ("community", "The community", "School, street and neighbourhood."),
    ("society", "Society", "Poverty, inequality and what is taken for granted."),
)
"""The ecological model of the World Health Organization, from the person outwards."""
EXPLOITATION, VOICES = "exploitation", "voices"
FLAGGED = ("police-kinds", "ed-kinds", "ambulance-kinds")
"""Where partners flag county lines, gangs and modern slavery in their own records."""
BLIND = "A flag is set where somebody thought of it. Most exploitation never comes to a record of violence."
Found = tuple[Measure, Finding]


def found_in(d: Drafting, *, factor: str = "", chapter: str = "") -> list[Found]:
    """The published measures of a factor's level, or of a chapter, that anything was found for."""
    wanted = [
        m for m in d.measures if m.shape == "published" and (m.factor == factor if factor else m.chapter == chapter)
    ]
    return [(m, finding) for m in wanted if (finding := d.find(f"{m.name}.published"))]


def told_in(d: Drafting, chapter: str) -> str:
    """Every published measure of a chapter, under its title, with where its source is blind."""
    text = ""
    for measure, finding in found_in(d, chapter=chapter):
        text += f"## {measure.title}\n\n{d.told(finding.name)}"
        text += f"Where it is blind: {measure.blind}\n\n" if measure.blind else ""
    return text


def voices(d: Drafting) -> str:
    """What residents and young people say; nothing where no survey has landed."""
    told = told_in(d, VOICES)
    return (
        "Figures say what somebody recorded. Those who live here know what was never recorded, and what they are afraid of. A survey "
        f"asks some of them, and misses those who do not answer surveys.\n\n{told}"
        if told
        else ""
    )


def causes(d: Drafting) -> str:
    """The factors at each level, widest view first; nothing where no factor was found."""
    told = [(words, why, found_in(d, factor=level)) for level, words, why in LEVELS]
    if not any(found for *_, found in told):
        return ""
    text = (
        "No single thing makes somebody violent, and no list of factors can say who will be. These are the conditions in which violence "
        "grows, for the area as a whole, beside its country. A factor that is high here is a place to begin, not a forecast, and "
        "never a reason to watch a child.\n\n{{ show: factors }}\n\n"
    )
    for words, why, found in told:
        if found:
            text += f"## {words}\n\n{why}\n\n" + "".join(d.told(finding.name) for _, finding in found)
    return text


def exploitation(d: Drafting) -> str:
    """Every source that sees exploitation, side by side, with what it cannot see; nothing where there is none."""
    found, flagged, unfound = found_in(d, chapter=EXPLOITATION), _flagged(d), _not_found(d)
    if not (found or flagged or unfound):
        return ""
    text = (
        "Exploitation is found where somebody looks for it. Each source below sees a part, counts something of its own, and is blind "
        "somewhere; they overlap, and must never be added up. **Referrals are not prevalence**: more of them may mean more harm, or more "
        "people trained to see it. A small number is not a sign of safety.\n\n"
    )
    text += "{{ show: exploitation }}\n\n" if found or flagged else ""
    return text + _on_flags(flagged) + told_in(d, EXPLOITATION) + unfound


def _not_found(d: Drafting) -> str:
    """Those whom no list has, where a capture table has landed: never without what there is to say against the estimate."""
    text = ""
    for measure in d.measures:
        finding = d.find(f"{measure.name}.estimate")
        if measure.shape == "capture" and finding:
            doubts = "".join(f"- {caveat}\n" for caveat in finding.caveats)
            text += f"## {measure.title}\n\nWhat speaks against it, before what it says:\n\n{doubts}\n"
            text += f"{d.told(finding.name)}Where it is blind: {measure.blind}\n\n"
    return text


def _on_flags(flagged: Sequence[Finding]) -> str:
    """What partners flagged in their own events, and in how many they saw several kinds at once."""
    if not flagged:
        return ""
    text = "## Flagged in records of violence\n\n"
    for finding in flagged:
        quoted = {reading.group: quote(finding.name, reading) for reading in finding.readings}
        producer = contract(finding.measure.source).producer
        text += (
            f"{producer}: of {quoted[ALL]} in {finding.readings[0].period.words}, {quoted[EXPLOITED]} were flagged as gang, county lines "
            f"or modern slavery, and {quoted[TWICE]} as two or more of these at once. {BLIND}\n\n"
        )
    return text


def _flagged(d: Drafting) -> list[Finding]:
    """What partners flagged of exploitation in their own events; those who record no such flag are left out."""
    found = [finding for name in FLAGGED if (finding := d.find(f"{name}.kinds"))]
    return [finding for finding in found if _exploited(finding)]


def factors(d: Drafting) -> Sequence[documents.Block]:
    """The spine chart of every factor, with its table; the table alone where no country was published beside the area."""
    rows = [
        (finding, *pair)
        for level, *_ in LEVELS
        for _, finding in found_in(d, factor=level)
        for pair in _latest(d, finding)
    ]
    if not rows:
        return ()
    area = d.scene.area.name
    country = next((other.place.name for *_, other in rows if other), "")
    if not country:
        return (_table(d, rows, f"Risk and protective factors in {area}", country),)
    caption = f"Risk and protective factors in {area}, beside {country}"
    return (
        documents.Figure(
            name="factors",
            caption=caption,
            description=f"One row for each factor: {area} against the line of {country}, over the spread of its authorities.",
            chart=SpineChart(tuple(_row(*row) for row in rows), area, country, f"authorities in {country}"),
            table=_table(d, rows, caption, country),
        ),
    )


def _latest(d: Drafting, finding: Finding) -> list[tuple[Reading, Reading | None]]:
    """The area's latest reading that has a figure (or the latest of all), with its country's of the same period."""
    now = latest(finding.readings, d.scene.area)
    if now is None:
        return []
    countries = [r for r in finding.readings if r.place.level == Level.COUNTRY and r.period == now.period]
    return [(now, countries[0] if countries else None)]


def _row(finding: Finding, now: Reading, country: Reading | None) -> SpineRow:
    mine = estimate_of(now.cell)
    return SpineRow(
        label=f"{finding.measure.title}, {now.period.label}",
        value=value_of(now.cell),
        text=mine.text if mine else "",
        reference=value_of(country.cell) if country else None,
        reference_text=country.cell.text if country else "",
        standing=standing(now, country) if country else "",
        spread=_quarters(finding.spread),
        lower=mine.lower if mine else None,
        upper=mine.upper if mine else None,
        marker="" if mine else now.cell.marker,
    )


def _quarters(values: Sequence[float]) -> tuple[float, ...]:
    """The least, the two quarters and the most; nothing of fewer than eight areas, which would tell single ones."""
    if len(values) < 8:
        return ()
    last = len(values) - 1
    return tuple(values[round(last * part)] for part in (0, 0.25, 0.75, 1))


def _table(
    d: Drafting, rows: Sequence[tuple[Finding, Reading, Reading | None]], caption: str, country: str
) -> documents.Table:
    own = [documents.Column("Factor"), documents.Column("Period"), documents.Column(d.scene.area.name, numeric=True)]
    beside = [documents.Column(country, numeric=True), documents.Column("Standing")] if country else []
    body: list[tuple[documents.Entry, ...]] = []
    for finding, now, other in rows:
        there = _quoted(finding, other) if other else "[z]"
        standing_words = _WORDS[standing(now, other)] if other else "nothing to compare with"
        mine = (finding.measure.title, now.period.label, _quoted(finding, now))
        body.append((*mine, there, standing_words) if country else mine)
    return documents.Table("factors", caption, (*own, *beside), tuple(body))


_WORDS = {
    "higher": "higher",
    "lower": "lower",
    "similar": "no clear difference",
    "": "not compared: no limits were published",
}


def _quoted(finding: Finding, reading: Reading) -> documents.Entry:
    return documents.Quoted(reading.cell, finding.anchor(reading))


def side_by_side(d: Drafting) -> Sequence[documents.Block]:
    """What each source of exploitation counts, its latest figures, and where it is blind."""
    told = [
        (finding, now, country)
        for _, finding in found_in(d, chapter=EXPLOITATION)
        for now, country in _latest(d, finding) or [(_of_country(finding), None)]
    ]
    flags = [(finding, reading, None) for finding in _flagged(d) for reading in _exploited(finding)]
    told += flags
    if not told:
        return ()
    beside = any(country for *_, country in told)
    rows: list[tuple[documents.Entry, ...]] = []
    for finding, now, country in told:
        figures = (_quoted(finding, now), *([_quoted(finding, country) if country else "[z]"] if beside else []))
        source = finding.measure.title if not now.group else f"{contract(finding.measure.source).producer}: {now.group}"
        rows.append((source, now.place.name, now.period.label, *figures, finding.measure.blind or BLIND))
    titles = ("Source", "Of", "Period", "Figure", *(["Its country"] if beside else []), "Where it is blind")
    columns = tuple(documents.Column(title, title in ("Figure", "Its country")) for title in titles)
    return (documents.Table("exploitation", "What each source sees of exploitation", columns, tuple(rows)),)


def _exploited(finding: Finding) -> list[Reading]:
    """The numbers of events that bear a flag of exploitation."""
    wanted = [
        reading for reading in finding.readings if reading.group in {NAMES[flag] for flag in FLAGS_OF_EXPLOITATION}
    ]
    return [reading for reading in wanted if not isinstance(reading.cell, NotCollected)]


def _of_country(finding: Finding) -> Reading:
    shown = [reading for reading in finding.readings if is_shown(reading.cell)]
    return (shown or list(finding.readings))[-1]
