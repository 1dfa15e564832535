"""Figures quoted by name in a writer's sentence, and claims that the figures must bear out.

    {{ violence.rate | 2022-23 | Northumbria }}         the figure
    {{ say: violence.rate | 2022-23 | Northumbria }}    with its interval and unit
    {{ between: unknown-to-police.share }}              its two ends: 'between 49% and 61%'
    {{ percent: violence.change | year to 2023-02 }}    a ratio as a percentage of change
    {{ fell: violence.change | year to 2023-02 }}       a claim: also rose, no clear change, highest, lowest,
                                                        among the highest, among the lowest
    {{ show: violence.rate }}                           alone on its line: the finding's pictures and tables

Place and period may be left out where the finding has only one. A fourth part names a group.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from headwater.assessment.exhibits import estimate_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.words import between, percent_of, say, verdict
from headwater.documents import Number
from headwater.vocabulary import UntrueClaim, WrongRequest, did_you_mean, why_not

TOKEN = re.compile(r"\{\{\s*(.+?)\s*\}\}")
DIRECTIONS = ("rose", "fell", "no clear change")
STANDINGS = ("highest", "lowest", "among the highest", "among the lowest")
CLAIMS = (*DIRECTIONS, *STANDINGS)
VERBS = ("", "say", "between", "percent", *CLAIMS)


@dataclass(frozen=True, slots=True)
class Quote:
    """One `{{ … }}` of a writer."""

    verb: str
    finding: str
    parts: tuple[str, ...]
    written: str

    @classmethod
    def read(cls, inside: str) -> "Quote":
        """Read what stands between the braces."""
        head, *parts = (part.strip() for part in inside.split("|"))
        verb, colon, name = head.rpartition(":")
        verb = " ".join(verb.split())
        if verb not in VERBS:
            raise WrongRequest(
                f"{{{{ {inside} }}}}: the verb {did_you_mean(verb, [v for v in VERBS if v])} is not known"
            )
        return cls(verb, name.strip() if colon else head, tuple(parts), inside)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that was made and borne out."""

    claim: str
    finding: str
    reading: Reading
    chapter: str
    sentence: str
    because: str


class Quotable:
    """All findings of an edition, to be quoted from."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: Mapping[str, Finding] = {finding.name: finding for finding in findings}

    @cached_property
    def _readings(self) -> dict[str, dict[tuple[str, str, str], Reading]]:
        index: dict[str, dict[tuple[str, str, str], Reading]] = {}
        for name, finding in self.findings.items():
            for r in finding.readings:
                for place in (r.place.code, r.place.name):
                    index.setdefault(name, {})[r.period.label, place, r.group] = r
        return index

    def finding(self, name: str) -> Finding:
        """The finding of that name, or `WrongRequest` with the nearest."""
        if name not in self.findings:
            raise WrongRequest(f"no finding is called {did_you_mean(name, self.findings)}")
        return self.findings[name]

    def reading(self, quote: Quote) -> Reading:
        """The one figure a quote means."""
        finding = self.finding(quote.finding)
        found = self._exact(quote) or self._only(finding, quote.parts)
        if found is None:
            raise WrongRequest(f"{{{{ {quote.written} }}}} {self._choices(finding, quote)}")
        return found

    def _exact(self, quote: Quote) -> Reading | None:
        label, place, group = (*quote.parts, "", "", "")[:3]
        return self._readings[quote.finding].get((label, place, group))

    def _only(self, finding: Finding, parts: tuple[str, ...]) -> Reading | None:
        """Where parts are left out: the reading they could only mean, if there is one."""
        fits = [r for r in finding.readings if all(p in _names(r) for p in parts)]
        plain = [r for r in fits if not r.group] or fits
        first = [r for r in plain if r.place == finding.readings[0].place] if len(plain) > 1 else plain
        return first[0] if len(first) == 1 else None

    def _choices(self, finding: Finding, quote: Quote) -> str:
        for said, offered in zip(quote.parts, _offered(finding), strict=False):
            if said and said not in offered:
                return f"names {did_you_mean(said, offered)}; {finding.name} has {', '.join(sorted(offered)[:12])}"
        return "could mean more than one figure: say the period, the place and the group"

    def number(self, quote: Quote) -> Number:
        """The quote as a figure that opens. Claims are checked by `check`, not here."""
        reading = self.reading(quote)
        label = f"{self.finding(quote.finding).title}, {reading.period.label}, {reading.place.name} {reading.group}"
        return Number(_text(quote, reading), self.finding(quote.finding).anchor(reading), label.strip())

    def check(self, quote: Quote, chapter: str, sentence: str) -> Claim:
        """Bear a claim out, or refuse the build with the sentence, the figure and its interval."""
        reading = self.reading(quote)
        truth = self.truth(quote, reading)
        because = f"{quote.finding} for {reading.place.name}, {reading.period.label}, is {say(reading.cell)}"
        if not bears_out(truth, quote.verb):
            raise UntrueClaim(
                f"{chapter}: “{sentence}” says “{quote.verb}”, but {because}: the figures say “{truth}”. "
                "Change the sentence, or the claim."
            )
        return Claim(quote.verb, quote.finding, reading, chapter, sentence, because)

    def truth(self, quote: Quote, reading: Reading) -> str:
        """The claim of that kind that the figures do bear out."""
        estimate = estimate_of(reading.cell)
        if estimate is None:
            return f"nothing: {why_not(reading.cell)}"
        return verdict(estimate) if quote.verb in DIRECTIONS else self._standing(quote, reading)

    def _standing(self, quote: Quote, reading: Reading) -> str:
        """Where a place stands among its siblings, by its rank and the interval of that rank."""
        name = f"{quote.finding.split('.')[0]}.rank"
        ranks = [r for r in self.finding(name).readings if r.period == reading.period]
        own = next((estimate_of(r.cell) for r in ranks if r.place == reading.place), None)
        if own is None or own.lower is None or own.upper is None:
            return "nothing: the place has no rank in that period"
        last = float(sum(estimate_of(r.cell) is not None for r in ranks))
        standings = (
            ("highest", own.upper == 1),
            ("lowest", own.lower == last),
            ("among the highest", own.lower == 1),
            ("among the lowest", own.upper == last),
        )
        return next((words for words, holds in standings if holds), "neither highest nor lowest")


def bears_out(truth: str, claim: str) -> bool:
    """Does what the figures say make the claim true? What is highest is among the highest."""
    return truth == claim or (truth in STANDINGS and claim == f"among the {truth}")


def _names(reading: Reading) -> tuple[str, ...]:
    return (reading.place.code, reading.place.name, reading.period.label, reading.group)


def _offered(finding: Finding) -> tuple[set[str], set[str], set[str]]:
    return (
        {r.period.label for r in finding.readings},
        {r.place.name for r in finding.readings} | {r.place.code for r in finding.readings},
        {r.group for r in finding.readings if r.group},
    )


def _text(quote: Quote, reading: Reading) -> str:
    estimate = estimate_of(reading.cell)
    if quote.verb in CLAIMS:
        return quote.verb
    if quote.verb == "between":
        return between(reading.cell)
    if quote.verb == "say" or estimate is None:
        return say(reading.cell) if quote.verb else reading.cell.text
    if quote.verb == "percent":
        return percent_of(estimate)
    return estimate.text


def split(text: str) -> Iterator[str | Quote]:
    """A writer's text as plain pieces and quotes, in order."""
    end = 0
    for found in TOKEN.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        yield Quote.read(found[1])
        end = found.end()
    if end < len(text):
        yield text[end:]


def plain(text: str, quotable: Quotable) -> str:
    """A writer's text with every figure in words: for text alternatives, the command line and other machines."""
    return "".join(piece if isinstance(piece, str) else quotable.number(piece).text for piece in split(text))
