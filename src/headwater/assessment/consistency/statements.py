"""Statements of a text: a figure, the words it is said of, the period, and the scope.

No model of language, and no guessing: a statement is the words of one clause beside one figure. What that misses is written on the
page of `check-figures`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from headwater.assessment.consistency.numerals import Numeral, numerals, wholes
from headwater.vocabulary import Period, WrongRequest
from headwater.vocabulary.periods import MONTHS

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"£\d])")
_CLAUSE = re.compile(
    r"[;:—]\s|,\s(?!\d{3})|\s–\s|\s(?:and|but|while|whereas|against|compared with|up from|down from)\s(?=[^.]*\d)"
)
_MONTH = "|".join(MONTHS)
_YEAR = r"(?:19|20)\d\d"
_PERIODS = (
    re.compile(rf"\byear\s(?:to|ending|ended)\s(?P<month>{_MONTH})\s(?P<year>{_YEAR})", re.IGNORECASE),
    re.compile(rf"\b(?P<years>{_YEAR}[-–/]\d\d)\b"),
    re.compile(rf"\b(?P<only>{_MONTH})\s(?P<year>{_YEAR})", re.IGNORECASE),
    re.compile(rf"(?<![\d,.£])(?P<plain>{_YEAR})(?![\d,]\d|%)"),
)
_SCOPE = re.compile(
    r"\b(?:excluding|including|except(?:ing)?|without|not counting|but for|excl\.|incl\.|with the exception of)\s[^.,;:()]+"
    r"|\b(?:first published|as published|revised|provisional)\b",
    re.IGNORECASE,
)
_INTERVAL = re.compile(r"\s\([^()]*\b(?:interval|CI|confidence|to)\b[^()]*\)")
_WORD = re.compile(r"[a-z][a-z'’-]*[a-z]|[a-z]", re.IGNORECASE)
_AGES = re.compile(r"\b(under|over|aged)\s(\d{1,2})(?:\sto\s(\d{1,2}))?\b", re.IGNORECASE)
_COUNTING = """a an the of in on at to for from by with as and or but that this these those it its there here which who whom was were is are be
    been being had has have having made make makes making up out all any each every total number numbers figure figures count counts
    people person recorded record reported report reports said say says stood stand counted according about around nearly almost over
    under more less than fewer some only most common again still also then now same year years ending ended month quarter police
    there’s nor not no so per cent percent percentage proportion share comprised accounted account came come equal equals
    identified referred refer them they their time times"""
NEUTRAL = frozenset(_COUNTING.split())
"""Words that say that something was counted and not what."""
BARE = frozenset({"offence", "referral", "crime", "victim", "decision", "incident", "case"})
"""What every other sentence counts. Where a sentence says more, it is the more that tells what its figure is of."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure, and what it is said of."""

    numeral: Numeral
    subject: frozenset[str]
    """The words of its clause that say what is counted."""
    context: frozenset[str]
    """Those of its whole sentence."""
    turn: tuple[int, int]
    """Which it is of how many figures of its unit in its clause: “the busiest 5% held 24.5%” says two things."""
    period: str | None
    scope: frozenset[str]
    whole: float | None
    where: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be read, and what to call it."""

    name: str
    text: str


def statements(text: Text) -> Iterator[Statement]:
    """Every statement of a text, in order. A sentence without a period takes the last one said in its paragraph."""
    for first, block in _paragraphs(text.text):
        period: str | None = None
        for offset, sentence in _sentences(block):
            where = f"{text.name}, line {first + block[:offset].count(chr(10))}"
            own = _periods(sentence)
            yield from _of_sentence(sentence, where, own, period)
            period = own[-1][1] if own else period


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Each run of lines between blank ones, with the number of its first line; tables and headings are read elsewhere."""
    lines: list[str] = []
    first = 1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        apart = not line.strip() or line.lstrip().startswith(("|", "#"))
        bullet = line.lstrip().startswith(("- ", "* "))
        if (apart or bullet) and lines:
            yield first, "\n".join(lines)
            lines = []
        if not apart:
            first = first if lines else number
            lines.append(line)


def _sentences(block: str) -> Iterator[tuple[int, str]]:
    start = 0
    for found in [*_SENTENCE.finditer(block), None]:
        end = found.start() if found else len(block)
        yield (
            start,
            _INTERVAL.sub(
                "", " ".join(block[start:end].replace("**", "").removeprefix("- ").removeprefix("* ").split())
            ),
        )
        start = found.end() if found else end


def _of_sentence(sentence: str, where: str, own: list[tuple[int, str]], inherited: str | None) -> Iterator[Statement]:
    scope = frozenset(" ".join(found[0].casefold().split()) for found in _SCOPE.finditer(sentence))
    given, context = dict(wholes(sentence)), _subject(sentence)
    for start, clause in _clauses(sentence):
        subject = _subject(clause) - BARE or context - BARE or context
        said = [numeral for numeral in numerals(clause) if subject and start + numeral.start not in given]
        for numeral in said:
            yield Statement(
                numeral=numeral,
                subject=subject,
                context=context - BARE,
                turn=_turn(numeral, said),
                period=_period_at(start + numeral.start, own) or inherited,
                scope=scope,
                whole=next((whole for whole in given.values() if whole != numeral.value), None),
                where=where,
                sentence=sentence,
            )


def _turn(numeral: Numeral, said: list[Numeral]) -> tuple[int, int]:
    alike = [other for other in said if other.unit == numeral.unit]
    return alike.index(numeral), len(alike)


def _clauses(sentence: str) -> Iterator[tuple[int, str]]:
    start = 0
    for found in [*_CLAUSE.finditer(sentence), None]:
        yield start, sentence[start : found.start() if found else len(sentence)]
        start = found.end() if found else start


def _period_at(place: int, own: list[tuple[int, str]]) -> str | None:
    """The period said last before a figure, else the first said after it."""
    before = [period for at, period in own if at <= place]
    return before[-1] if before else own[0][1] if own else None


def _periods(sentence: str) -> list[tuple[int, str]]:
    """Where each period of a sentence stands, and its label."""
    found: list[tuple[int, str]] = []
    left = sentence
    for pattern in _PERIODS:
        labelled = ((said.start(), _label(said)) for said in pattern.finditer(left))
        found.extend((at, label) for at, label in labelled if label)
        left = pattern.sub(lambda said: "\0" * len(said[0]), left)
    return sorted(found)


def _label(said: re.Match[str]) -> str | None:
    parts = said.groupdict()
    try:
        if parts.get("years"):
            return Period.parse(parts["years"].replace("/", "-").replace("–", "-")).label
        if parts.get("plain"):
            return parts["plain"]
        month = f"{parts['year']}-{MONTHS.index((parts.get('month') or parts['only']).capitalize()) + 1:02d}"
        return Period.year_to(month).label if parts.get("month") else month
    except WrongRequest:
        return None


def _subject(clause: str) -> frozenset[str]:
    """The words of a clause that say what is counted: the ages of whom among them, without periods, scope and the words
    of counting."""
    bare = _SCOPE.sub(" ", clause)
    for pattern in _PERIODS:
        bare = pattern.sub(" ", bare)
    ages = {"-".join(filter(None, found.groups())).casefold() for found in _AGES.finditer(bare)}
    words = (_stem(word) for word in _WORD.findall(bare))
    return frozenset(ages) | frozenset(
        word for word in words if word not in NEUTRAL and f"{word}s" not in NEUTRAL and len(word) > 1
    )


def _stem(word: str) -> str:
    """A word without its capital, its possessive and its plural s."""
    plain = word.casefold().replace("’", "'").removesuffix("'s").strip("'-")
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")) else plain
