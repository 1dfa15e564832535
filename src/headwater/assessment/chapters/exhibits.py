"""Tables and pictures that stand in chapters and belong to no one finding: headlines, files, residents, gaps."""

from collections.abc import Mapping, Sequence

from headwater import documents
from headwater.assessment.chapters.assets import need_beside, services_alike, services_funding, services_listed
from headwater.assessment.chapters.draft import Drafting
from headwater.assessment.chapters.harmed import successes
from headwater.assessment.chapters.inventory import accounts, coverage, gaps, inventory, placing, quality
from headwater.assessment.chapters.partners import factors, side_by_side
from headwater.assessment.chapters.people import ages, deprivation, ethnicity, residents
from headwater.assessment.chapters.serious import offences_counted
from headwater.assessment.chapters.unseen import kinds_by_partner
from headwater.assessment.counting import Counts
from headwater.assessment.exhibits import estimate_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.quotes import Quotable
from headwater.assessment.scene import Scene
from headwater.assessment.words import capital, verdict
from headwater.vocabulary import Period, Place, is_shown

MAIN = "violence"
Exhibits = dict[str, Sequence[documents.Block]]


def standing_exhibits(d: Drafting, counts: Mapping[str, Counts]) -> Exhibits:
    """Everything a chapter may `{{ show: … }}`: the findings' own exhibits, and those made here."""
    found: Exhibits = {name: f.exhibits for name, f in d.quotable.findings.items()}
    found |= {block.name: (block,) for f in d.quotable.findings.values() for block in f.exhibits}
    found |= {
        "headlines": _headlines(d),
        "definitions": (_definitions(d),),
        "kinds": _kinds(d),
        "inventory": (inventory(d.snapshot),),
        "accounts": (accounts(d.snapshot),),
        "coverage": coverage(d),
        "quality": quality(d),
        "placing": placing(d, counts),
        "gaps": gaps(d),
        "residents": residents(d.scene),
        "ages": ages(d.scene),
        "ethnicity": ethnicity(d.scene),
        "deprivation": deprivation(d.scene),
        "factors": factors(d),
        "exploitation": side_by_side(d),
        "kinds-by-partner": kinds_by_partner(d),
        "success": successes(d),
        "services": services_listed(d),
        "services-funding": services_funding(d),
        "need-and-services": need_beside(d),
        "services-alike": services_alike(d),
        "serious-violence-offences": offences_counted(d),
    }
    found |= {f"profile-{place.code.lower()}": _profile(d, place) for place in d.scene.subareas}
    return found


def headline_readings(scene: Scene, quotable: Quotable) -> list[tuple[Finding, Reading]]:
    """The handful of figures that lead: rates in the headline period, and the change that can be given."""
    wanted = (
        "violence.rate",
        "violence.change",
        "violence.since",
        "serious-violence.rate",
        "robbery.rate",
        "weapons.rate",
        "stop-and-search.rate",
    )
    found: list[tuple[Finding, Reading]] = []
    for name in wanted:
        finding = quotable.findings.get(name)
        period = scene.headline(finding.measure.source) if finding else None
        reading = finding.at(scene.area, period) if finding and period else None
        if finding and reading and (is_shown(reading.cell) or finding.analysis == "rate"):
            found.append((finding, reading))
    return found


def _headlines(d: Drafting) -> Sequence[documents.Block]:
    tiles = tuple(_tile(finding, reading) for finding, reading in headline_readings(d.scene, d.quotable))
    return (documents.Tiles(tiles),) if tiles else ()


def label_of(finding: Finding) -> str:
    """A finding in a few words: 'Robbery: rate'."""
    return capital(f"{finding.measure.short}: {finding.title.removeprefix(finding.measure.title + ': ')}")


def _tile(finding: Finding, reading: Reading) -> documents.Tile:
    label = label_of(finding)
    number = documents.Number(
        reading.cell.text, finding.anchor(reading), f"{label}, {reading.place.name}, {reading.period.label}"
    )
    return documents.Tile(label, number, _detail(finding, reading))


def _detail(finding: Finding, reading: Reading) -> str:
    """What stands under a headline figure: its unit, its period, which way it went, and its interval."""
    estimate = estimate_of(reading.cell)
    if estimate is None:
        return reading.period.words
    unit = estimate.unit
    if finding.analysis in ("change", "since"):
        unit = f"times what it was ({verdict(estimate)})"
    interval = f"; 95% interval {estimate.interval_text}" if estimate.interval_text else ""
    return f"{unit}, {reading.period.words}{interval}"


def _definitions(d: Drafting) -> documents.Table:
    columns = ("Measure", "Counts", "Per", "Version", "Owner", "Agreed", "Review by")
    rows = tuple(
        (m.title, m.counts, m.per, m.version, m.owner, m.agreed.isoformat(), m.review_by.isoformat())
        for m in d.measures
    )
    titles = tuple(documents.Column(title, title == "Per") for title in columns)
    return documents.Table("definitions", "The measures of this edition", titles, rows)


def _kinds(d: Drafting) -> Sequence[documents.Block]:
    """Every kind side by side, for the area in the headline period."""
    rows = [_kind_row(d, m.name, m.title, d.scene.area) for m in d.of_rate()]
    kept = tuple(row for row in rows if row)
    if not kept:
        return ()
    _, changed = _change(d)
    columns = (documents.Column("Kind"), *(documents.Column(c, True) for c in ("Number", _rate_title(d), changed)))
    return (documents.Table("kinds", f"Kinds of harm in {d.scene.area.name}", columns, kept),)


def _rate_title(d: Drafting) -> str:
    """The unit of a column of rates, where all of them have the same."""
    per = {m.per for m in d.of_rate()}
    return f"Rate per {per.pop():,} residents" if len(per) == 1 else "Rate a year"


def _kind_row(d: Drafting, measure: str, title: str, place: Place) -> tuple[documents.Entry, ...]:
    finding = d.find(f"{measure}.rate")
    period = d.scene.headline(finding.measure.source) if finding else None
    if period is None:
        return ()
    return (title, *(_quoted(d.find(f"{measure}.{a}"), place, period) for a in ("count", "rate", _change(d)[0])))


def _change(d: Drafting) -> tuple[str, str]:
    """Which change can be given: on the year before, or since the latest earlier year that is covered."""
    since = d.find(f"{MAIN}.since")
    return ("since", f"Ratio to {since.comparators[0]}") if since else ("change", "Ratio to the year before")


def _quoted(finding: Finding | None, place: Place, period: Period) -> documents.Entry:
    reading = finding.at(place, period) if finding else None
    return documents.Quoted(reading.cell, finding.anchor(reading)) if finding and reading else "[z]"


def _profile(d: Drafting, place: Place) -> Sequence[documents.Block]:
    analysis, changed = _change(d)
    titles = ("Number", _rate_title(d), f"Rate, {d.scene.area.name}", changed, "Rank (1 is highest)")
    columns = (documents.Column("Kind"), *(documents.Column(title, True) for title in titles))
    rows: list[tuple[documents.Entry, ...]] = []
    for measure in d.of_rate():
        period = d.scene.headline(measure.source)
        if period is None:
            continue
        own = [_quoted(d.find(f"{measure.name}.{a}"), place, period) for a in ("count", "rate", analysis, "rank")]
        whole = _quoted(d.find(f"{measure.name}.rate"), d.scene.area, period)
        rows.append((measure.title, own[0], own[1], whole, own[2], own[3]))
    name = f"profile-{place.code.lower()}"
    table = documents.Table(name, f"{place.name} beside {d.scene.area.name}", columns, tuple(rows))
    picture = d.parts.get(place.code)
    return (table, picture) if picture else (table,)
