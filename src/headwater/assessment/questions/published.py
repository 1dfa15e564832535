"""What others published about an area: year by year, beside its country and its own authorities."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from headwater import documents
from headwater.assessment.exhibits import estimate_of, table_of, value_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.published import Publication
from headwater.assessment.returned import is_least
from headwater.assessment.words import quote
from headwater.documents.charts import Band, LineChart, Series
from headwater.methods import rate_ratio
from headwater.sources import contract
from headwater.vocabulary import Cell, Level, NotApplicable, Period, Place, Shown, is_shown

MOST = 12
"""Periods shown: further back is in the data and not in the picture."""
Standing = Literal["higher", "lower", "similar", ""]
PARTS = (Level.COUNTY, Level.DISTRICT, Level.FORCE)


def published(publication: Publication) -> Finding | None:
    """The area, its authorities and its country, in each period that was published; None where nothing was."""
    measure, scene = publication.measure, publication.scene
    places = _places(publication)
    periods = _periods(publication, places)
    if not periods:
        return None
    parts = [place for place in places if place.level != Level.COUNTRY and place.code != scene.area.code]
    readings = tuple(
        Reading(place=place, period=period, cell=publication.cell(place, period, parts if place == scene.area else ()))
        for period in periods
        for place in places
    )
    finding = Finding(
        measure=measure,
        analysis="published",
        title=measure.title,
        method={"poisson": "crude_rate", "wilson": "wilson"}.get(
            measure.limits if publication.worked_out else "", "count"
        ),
        formula=_formula(publication),
        readings=readings,
        sentence=_sentence(publication, readings),
        caveats=(*measure.caveats, *(f"{told.why} (from {told.month})." for told in contract(measure.source).breaks)),
        comparators=tuple(place.name for place in places if place != scene.area),
        spread=publication.spread(now.period) if measure.factor and (now := latest(readings, scene.area)) else (),
    )
    newest = [reading for reading in readings if reading.period == periods[-1]]
    caption = f"{measure.title}, {periods[-1].words}"
    table = table_of(
        finding, newest, "place", name=f"{measure.name}-by-area", caption=caption, value=_value(publication)
    )
    return finding.showing(_over_time(finding, publication, places, periods), table)


def change(publication: Publication, told: Finding) -> Finding | None:
    """The latest figure of a measure of success over the one before, for the area; None where there are not both.

    At least so many over at least so many is no ratio at all.
    """
    measure, area = publication.measure, publication.scene.area
    own = [reading for reading in told.readings if reading.place == area]
    if len(own) < 2:
        return None
    then, now = own[-2:]
    if then.period != now.period.earlier():
        return None
    reading = Reading(place=area, period=now.period, cell=_ratio(now, then))
    said = quote(f"{measure.name}.change", reading)
    return Finding(
        measure=measure,
        analysis="change",
        title=f"{measure.title}: change on the year before",
        method="rate_ratio",
        formula=f"Rate in {now.period.words} ÷ rate in {then.period.words}",
        readings=(reading,),
        sentence=f"From {then.period.words} to {now.period.words}, the rate of {measure.short} came to {said} what it was.",
        caveats=told.caveats,
        comparators=(then.period.words,),
    )


def _ratio(now: Reading, then: Reading) -> Cell:
    """A ratio of two rates whose counts are known; where a count may not be shown, no ratio may."""
    for reading in (now, then):
        if not is_shown(reading.cell):
            return reading.cell
        if is_least(reading.cell):
            return NotApplicable(f"only the least that there can have been is known of {reading.period.words}")
    mine, before = (estimate for reading in (now, then) if (estimate := estimate_of(reading.cell)))
    counts = (mine.numerator, mine.denominator, before.numerator, before.denominator)
    if None in counts:
        return NotApplicable("the figures were published without the counts they are made of")
    if not before.numerator:
        return NotApplicable(f"there were none in {then.period.words}")
    ratio = rate_ratio(*(float(each or 0) for each in counts))
    value, lower, upper = (float(end) for end in (ratio.value, ratio.lower, ratio.upper))
    return Shown(
        replace(mine, value=value, lower=lower, upper=upper, unit="times", decimals=2, method="rate_ratio", per=None)
    )


def latest(readings: Sequence[Reading], area: Place) -> Reading | None:
    """The area's latest reading that has a figure, or the latest of all; None where it has none."""
    own = [reading for reading in readings if reading.place == area]
    return next((reading for reading in reversed(own) if is_shown(reading.cell)), own[-1] if own else None)


def _places(publication: Publication) -> list[Place]:
    """The area, those of its parts that figures are of, and the country."""
    scene = publication.scene
    parts = _parts(publication)
    country = publication.country()
    own = any(area == scene.area.code for area, _ in publication.figures)
    return [*([scene.area] if own or parts else []), *parts, *([country] if country else [])]


def _parts(publication: Publication) -> Sequence[Place]:
    """All the area's authorities of the first kind that figures were published of."""
    scene, codes = publication.scene, {area for area, _ in publication.figures}
    for level in PARTS:
        if level in scene.atlas.levels and level != scene.area.level:
            parts = scene.atlas.within(scene.area, level)
            if any(place.code in codes for place in parts):
                return parts
    return ()


def _periods(publication: Publication, places: Sequence[Place]) -> tuple[Period, ...]:
    codes = {place.code for place in places}
    held = {figure.period for (area, _), figure in publication.figures.items() if area in codes}
    lengths = [period.length for period in held]
    several = [length for length in lengths if lengths.count(length) > 1] or lengths
    longest = max(several, default=0)  # where quarters and their years are both published, the years
    return tuple(sorted(period for period in held if period.length == longest))[-MOST:]


def _formula(publication: Publication) -> str:
    measure = publication.measure
    if publication.worked_out:
        return (
            f"{measure.counts} ÷ {measure.among} × {measure.per:,}, both as published; the area's authorities added up"
        )
    return "The figure as it was published"


def _value(publication: Publication) -> str:
    measure = publication.measure
    if not publication.worked_out:
        return next(iter(publication.figures.values())).unit.capitalize()
    share = measure.limits == "wilson" and measure.per == 100
    return "%" if share else f"Per {measure.per:,} {measure.among}"


def _sentence(publication: Publication, readings: Sequence[Reading]) -> str:
    """The latest period in which the area has a figure, beside its country; failing that, the country alone."""
    scene, measure, name = publication.scene, publication.measure, f"{publication.measure.name}.published"
    now = latest(readings, scene.area)
    if now is None or not is_shown(now.cell):
        return _of_country(publication, readings)
    other = next(
        (r for r in readings if r.period == now.period and r.place.level == Level.COUNTRY and is_shown(r.cell)), None
    )
    least = "at least " if is_least(now.cell) else ""
    said = f"In {now.period.words}, the figure for {measure.short} in {scene.area.name} was {least}{quote(name, now)}"
    if other is None or other.place == scene.area:
        return f"{said}."
    return f"{said}, {WORDS[standing(now, other)]} that of {other.place.name}, {quote(name, other)}."


WORDS = {
    "higher": "higher than",
    "lower": "lower than",
    "similar": "not clearly different from",
    "": "beside",
}


def _of_country(publication: Publication, readings: Sequence[Reading]) -> str:
    shown = [reading for reading in readings if is_shown(reading.cell) and reading.place.level == Level.COUNTRY]
    if not shown:
        return f"No figure for {publication.measure.short} can be given."
    now = shown[-1]
    return (
        f"In {now.period.words}, the figure for {publication.measure.short} in {now.place.name} was "
        f"{quote(f'{publication.measure.name}.published', now)}; none is published for {publication.scene.area.name}."
    )


def standing(own: Reading, country: Reading) -> Standing:
    """Higher, lower or similar by whether the area's limits leave out the country's value; '' where it has no limits."""
    mine, theirs = estimate_of(own.cell), value_of(country.cell)
    if mine is None or theirs is None or mine.lower is None or mine.upper is None:
        return ""
    return "higher" if mine.lower > theirs else "lower" if mine.upper < theirs else "similar"


def _over_time(
    finding: Finding, publication: Publication, places: Sequence[Place], periods: Sequence[Period]
) -> documents.Figure | documents.Table | None:
    """The area and its country, a line each, where there are three periods or more; the breaks of the series drawn.

    What is known only to be the least is in the table and in no line: it would look like a fall.
    """
    area = publication.scene.area
    drawn = [place for place in places if place == area or place.level == Level.COUNTRY]
    series = [(place, [finding.at(place, period) for period in periods]) for place in drawn]
    lines = [_line(place.name, row) for place, row in series]
    caption = f"{publication.measure.title}, {periods[0].label} to {periods[-1].label}"
    rows = [reading for _, row in series for reading in row if reading]
    shown = [reading for reading in rows if reading.place == drawn[0]]
    if len(periods) < 3 or not any(is_shown(reading.cell) for reading in rows):
        return None
    table = table_of(
        finding, shown, "period", name=f"{publication.measure.name}-over-time", caption=f"{caption}: {drawn[0].name}",
        value=_value(publication),
    )  # fmt: skip
    if not any(value is not None for line in lines for value in line.values):
        return table
    return documents.Figure(
        name=f"{publication.measure.name}-over-time",
        caption=caption,
        description=f"A line for {' and one for '.join(place.name for place in drawn)}. {finding.sentence}",
        chart=LineChart(
            tuple(period.label.removeprefix("school year ") for period in periods), tuple(lines), _axis(periods[0]),
            _value(publication), _bands(publication, periods),
        ),
        table=table,
    )  # fmt: skip


def _line(name: str, row: Sequence[Reading | None]) -> Series:
    held = [estimate_of(reading.cell) if reading and not is_least(reading.cell) else None for reading in row]
    values = tuple(estimate.value if estimate else None for estimate in held)
    if any(estimate and (estimate.lower is None or estimate.upper is None) for estimate in held):
        return Series(name, values)
    lower, upper = (
        tuple(getattr(estimate, end) if estimate else None for estimate in held) for end in ("lower", "upper")
    )
    return Series(name, values, lower, upper)


def _axis(period: Period) -> str:
    return {"academic": "School year", "financial": "Financial year", "calendar": "Year", "quarter": "Quarter"}.get(
        period.kind, "Period"
    )


def _bands(publication: Publication, periods: Sequence[Period]) -> tuple[Band, ...]:
    """Where the owner of the data says that the counting changed: at the first period that is counted in the new way."""
    bands: list[Band] = []
    for told in contract(publication.measure.source).breaks:
        after = next((place for place, period in enumerate(periods) if period.end >= told.month), None)
        if after and not any(band.first == after for band in bands):
            bands.append(Band(after, after, "break", "counting changed"))
    return tuple(bands)
