"""Who is hurt, who harms, who is both, and who is hurt again? People are counted, by keys that tell nobody's name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import pyarrow as pa

from headwater import documents
from headwater.assessment.cells import rate_of, withheld
from headwater.assessment.exhibits import bar_of, table_of, value_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.questions.fairness import share_cell
from headwater.assessment.scene import Scene
from headwater.assessment.words import quote
from headwater.disclosure import Policy, protect, protect_parts
from headwater.documents.charts import BarChart
from headwater.places import AGE_BANDS, band_words, bands_within
from headwater.vocabulary import Cell, Measure, Period, Suppressed, is_shown

VICTIM, SUSPECT = "victim", "suspect"
WORDS = {VICTIM: "Victims", SUSPECT: "Suspects"}
UNDER_25 = (0, 24)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The people in the events of a period."""

    ages: Mapping[tuple[str, str], int]
    """By role and band of age ('' where it was not recorded): people in events, so somebody in two is counted twice."""
    events: Mapping[str, Counter[str]]
    """By role: person key -> in how many events. Those without a key are not in it."""
    keyless: Mapping[str, int]
    """By role: people in events who have no key."""

    @classmethod
    def of(cls, table: pa.Table) -> Self:
        """From `role, age_band, person_key, n`, as `counting.people_in` gives it."""
        ages: Counter[tuple[str, str]] = Counter()
        events: dict[str, Counter[str]] = {role: Counter() for role in WORDS}
        keyless: Counter[str] = Counter()
        columns = (table[name].to_pylist() for name in ("role", "age_band", "person_key", "n"))
        for role, band, key, many in zip(*columns, strict=True):
            ages[role, band or ""] += many
            if key is None:
                keyless[role] += many
            elif role in events:
                events[role][key] += many
        return cls(ages=ages, events=events, keyless=keyless)

    def of_role(self, role: str) -> dict[str, int]:
        """People in events by band of age."""
        return {band: many for (who, band), many in self.ages.items() if who == role}


def people(scene: Scene, measure: Measure, found: People, period: Period) -> tuple[Finding, ...]:
    """Ages, the share under 25, repeat victims, and suspects who are victims too."""
    asked = (ask(found, scene.policy) for ask in (_under_25, _repeat, _overlap))
    return (_ages(scene, measure, found, period), *(each.answered(scene, measure, period) for each in asked))


def _of(scene: Scene, measure: Measure, period: Period, group: str, cell: Cell) -> Reading:
    absent = withheld(scene, measure, scene.area, period)
    return Reading(place=scene.area, period=period, group=group, cell=cell if absent is None else absent)


def _ages(scene: Scene, measure: Measure, found: People, period: Period) -> Finding:
    residents = scene.atlas.ages(scene.area.level, scene.area).people.get(scene.area.code, {})
    readings: list[Reading] = []
    for role, words in WORDS.items():
        many = found.of_role(role)
        gone = _bands_withheld(many, scene.policy)
        for band in (band_words(*each) for each in AGE_BANDS):
            cell = rate_of(scene, measure, many.get(band, 0), residents.get(band, 0), months=period.length)
            if band in gone and is_shown(cell):
                cell = Suppressed(reason="differencing", policy=scene.policy.name)
            readings.append(_of(scene, measure, period, f"{words} aged {band}", cell))
    finding = Finding(
        measure=measure,
        analysis="ages",
        title=f"{measure.title}: ages",
        method="crude_rate",
        formula=f"{measure.counts} of an age ÷ residents of that age × {measure.per:,}",
        readings=tuple(readings),
        sentence=_ages_sentence(measure, readings[: len(AGE_BANDS)], period),
        caveats=(*measure.caveats, *_ageless(found, scene.policy)),
    )
    return finding.showing(*(_by_age(finding, role, period) for role in WORDS))


def _bands_withheld(many: Mapping[str, int], policy: Policy) -> set[str]:
    """The bands that may not be shown beside the numbers of those under 25 and of all ages, of which they are parts."""
    young = bands_within(*UNDER_25)
    old = tuple(band for each in AGE_BANDS if (band := band_words(*each)) not in young)
    verdicts = {
        band: verdict
        for part in (young, old)
        for band, verdict in zip(part, protect_parts([many.get(band, 0) for band in part], policy), strict=True)
    }
    return {band for band, verdict in verdicts.items() if verdict == "suppressed"}


def _ages_sentence(measure: Measure, victims: Sequence[Reading], period: Period) -> str:
    """Who is hurt most often, of those whose figures may be shown; nobody is, where there is no such figure or nobody was hurt."""
    told = [(value, reading) for reading in victims if (value := value_of(reading.cell)) is not None]
    if not told:
        return (
            f"In {period.words}, how often people of each age were hurt: {quote(f'{measure.name}.ages', victims[0])}."
        )
    value, top = max(told, key=lambda each: each[0])
    if not value:
        return f"In {period.words}, no age that may be shown had anybody hurt."
    among = "" if len(told) == len(victims) else "of the ages with a figure, "
    return (
        f"In {period.words}, {among}people aged {top.group.rpartition(' ')[2]} were hurt most often for their number: "
        f"{quote(f'{measure.name}.ages', top)}."
    )


def _ageless(found: People, policy: Policy) -> list[str]:
    """For how many nobody recorded an age, where that is anybody."""
    said = []
    for role, words in WORDS.items():
        many = found.of_role(role)
        if many.get("") and (whole := sum(many.values())):
            said.append(f"{words} of no recorded age are in no band: {_percent(many[''], whole, policy)} of them.")
    return said


def _percent(part: int, whole: int, policy: Policy) -> str:
    """A share in whole percents; in words where the part or the rest may not be shown."""
    return "some" if "suppressed" in protect([part, whole - part], policy) else f"{100 * part / whole:.0f}%"


def _by_age(finding: Finding, role: str, period: Period) -> documents.Figure:
    readings = [r for r in finding.readings if r.group.startswith(WORDS[role])]
    name, measure = f"{finding.measure.name}-{role}-ages", finding.measure
    caption = f"{WORDS[role]} of {measure.short} by age, {period.words}"
    value = f"Per {measure.per:,} residents of that age"
    return documents.Figure(
        name=name,
        caption=caption,
        description=f"One bar for each band of age, youngest first, with 95% limits. {finding.sentence}",
        chart=BarChart(tuple(bar_of(r, "group") for r in readings), f"{value}, with 95% limits"),
        table=table_of(finding, readings, "group", name=name, caption=caption, value=value),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question whose answers are shares."""

    analysis: str
    title: str
    formula: str
    shares: tuple[tuple[str, int, int], ...]
    """Each a group, the part of the whole, and the whole."""
    words: str
    """A sentence in which the shares stand as {0}, {1} …"""
    caveats: Sequence[str]

    def answered(self, scene: Scene, measure: Measure, period: Period) -> Finding:
        """Each share with its limits, in a table and a sentence."""
        readings = tuple(
            _of(scene, measure, period, group, share_cell(scene, part, whole)) for group, part, whole in self.shares
        )
        name = f"{measure.name}.{self.analysis}"
        finding = Finding(
            measure=measure,
            analysis=self.analysis,
            title=f"{measure.title}: {self.title}",
            method="wilson",
            formula=self.formula,
            readings=readings,
            sentence=self._sentence(measure, readings, name),
            caveats=(*measure.caveats, *self.caveats),
        )
        caption = f"{finding.title}, {period.words}"
        table = table_of(finding, readings, "group", name=f"{measure.name}-{self.analysis}", caption=caption, value="%")
        return finding.showing(table)

    def _sentence(self, measure: Measure, readings: Sequence[Reading], name: str) -> str:
        """Its words; where a share may not be shown, that and why, since no words fit round it."""
        when = readings[0].period.words
        absent = next((reading for reading in readings if not is_shown(reading.cell)), None)
        if absent is not None:
            return f"For {measure.short} in {when} ({self.title}), {quote(name, absent)}."
        return f"In {when}, " + self.words.format(*(quote(name, reading) for reading in readings))


def _under_25(found: People, policy: Policy) -> _Asked:
    young = bands_within(*UNDER_25)
    shares = tuple(
        (f"{words} under 25", sum(many.get(band, 0) for band in young), sum(many.values()) - many.get("", 0))
        for role, words in WORDS.items()
        for many in [found.of_role(role)]
    )
    return _Asked(
        analysis="under-25",
        title="under 25",
        formula="People under 25 in events ÷ people of a recorded age in events",
        shares=shares,
        words="{0} of victims and {1} of suspects whose age was recorded were under 25.",
        caveats=_ageless(found, policy),
    )


def _repeat(found: People, policy: Policy) -> _Asked:
    times = found.events[VICTIM]
    again = [many for many in times.values() if many > 1]
    further = sum(again) - 2 * len(again)  # a few third times, told by both shares, are of a few people
    their_share = (
        () if "suppressed" in protect([further], policy) else (("Their share of all", sum(again), sum(times.values())),)
    )
    words = "{0} of the people hurt were hurt more than once"
    return _Asked(
        analysis="repeat",
        title="hurt again",
        formula="People who were victims of two or more ÷ people who were victims; and their times ÷ all times",
        shares=(
            ("Victims of more than one", len(again), len(times)),
            *their_share,
        ),
        words=words + (", and theirs were {1} of all the times that anybody was." if their_share else "."),
        caveats=_unkeyed(found, VICTIM, policy),
    )


def _overlap(found: People, policy: Policy) -> _Asked:
    suspects, victims = found.events[SUSPECT].keys(), found.events[VICTIM].keys()
    both = len(suspects & victims)
    return _Asked(
        analysis="overlap",
        title="victims and suspects",
        formula="People who were both within the period ÷ people who were the one",
        shares=(
            ("Suspects who were victims too", both, len(suspects)),
            ("Victims who were suspects too", both, len(victims)),
        ),
        words="{0} of the people suspected had been hurt too, and {1} of the people hurt were suspected too.",
        caveats=(*_unkeyed(found, VICTIM, policy), *_unkeyed(found, SUSPECT, policy)),
    )


def _unkeyed(found: People, role: str, policy: Policy) -> list[str]:
    lost = found.keyless.get(role, 0)
    whole = lost + sum(found.events[role].values())
    words = WORDS[role].lower()
    if not lost:
        return []
    return [f"Of {words}, {_percent(lost, whole, policy)} cannot be known again and are left out."]
