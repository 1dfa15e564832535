"""Figures as they are printed in a sentence: their value, how many decimals, and what they are of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_PERCENT = r"\s?(?:%|per\s?cent\b)"
FIGURE = re.compile(
    rf"(?<![\w.,/£–-])(?P<pounds>£\s?)?(?P<minus>[-\u2212](?=\d))?(?P<number>{_NUMBER})(?![\w/]|[-–]\d|,\d|\.\d)"
    rf"(?P<percent>{_PERCENT})?(?P<scale>\s?(?:million|billion|m|bn)\b)?"
    rf"(?P<per>\s(?:per|in\severy)\s(?P<base>{_NUMBER})\b)?"
    rf"(?P<aside>\s\((?P<share>{_NUMBER}){_PERCENT}\))?"
)
_OF = re.compile(
    rf"\b(?:out\s)?of\s(?:the\s|all\s|a\stotal\sof\s)?(?P<whole>{_NUMBER})(?!\s?(?:%|per\s?cent))(?![\w/]|[-–]\d|,\d|\.\d)",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"(?:about|around|nearly|almost|over|under|more than|fewer than|less than|at least|up to|roughly|some|approximately|~|>|<)\s*£?$",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"^\s?(?:(?:and|or) (?:over|under)|years?\b|to \d|days?\b|weeks?\b|months?\b|hours?\b|areas\b)", re.IGNORECASE
)
_AGED = re.compile(r"(?:aged?|under|over|section|table|figure|chapter|page|part|annex|step|no\.|to)\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Numeral:
    """One figure in a piece of text."""

    text: str
    value: float
    decimals: int
    unit: str
    """'count', 'percent', 'pounds', 'per 100,000', or 'count, million'."""
    start: int
    end: int
    share: tuple[float, int] | None = None
    """A percentage in brackets straight after it, and its decimals."""
    loose: bool = False
    """'about', 'over', 'nearly': not said as exact."""


def numerals(text: str) -> Iterator[Numeral]:
    """The figures of a text, in order. Years, ages, ranges, durations and the numbers of sections are none."""
    for found in FIGURE.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        plain = not (found["percent"] or found["pounds"] or found["per"] or found["share"] or found["scale"])
        if plain and _is_something_else(found["number"], before, after):
            continue
        yield Numeral(
            text=found[0].removesuffix(found["aside"] or "").strip(),
            value=_value(found["number"]) * (-1 if found["minus"] else 1),
            decimals=decimals_of(found["number"]),
            unit=_unit(found),
            start=found.start(),
            end=found.end(),
            share=(_value(found["share"]), decimals_of(found["share"])) if found["share"] else None,
            loose=bool(_LOOSE.search(before)),
        )


def _is_something_else(number: str, before: str, after: str) -> bool:
    return bool(_YEAR.fullmatch(number) or _AGE.match(after) or _AGED.search(before)) and "," not in number


def wholes(text: str) -> Iterator[tuple[int, float]]:
    """Every figure that stands after 'of' or 'out of', by where it stands: the whole that something is a part of."""
    for found in _OF.finditer(text):
        if not _YEAR.fullmatch(found["whole"]):
            yield found.start("whole"), _value(found["whole"])


def _unit(found: re.Match[str]) -> str:
    kind = "percent" if found["percent"] else "pounds" if found["pounds"] else "count"
    scale = f", {found['scale'].strip()}" if found["scale"] else ""
    return f"per {found['base']}" if found["per"] else kind + scale


def _value(said: str) -> float:
    return float(said.replace(",", ""))


def decimals_of(said: str) -> int:
    """How many places a figure is printed to."""
    return len(said.partition(".")[2])


def rounds_to(one: Numeral, other: Numeral) -> bool:
    """Could either be the other, rounded: 17,000 and 17,004, or 23% and 23.2%?"""
    return any(abs(one.value - other.value) <= _grain(rough) / 2 + 1e-9 for rough in (one, other))


def _grain(numeral: Numeral) -> float:
    """The unit a figure looks rounded to: 1,000 for 17,000; 0.1 for 23.2; 1 for 4,411."""
    if numeral.decimals:
        return 10.0**-numeral.decimals
    digits = str(int(abs(numeral.value)))
    return 10.0 ** (len(digits) - len(digits.rstrip("0"))) if digits != "0" else 1.0


def one_slip_apart(one: Numeral, other: Numeral) -> bool:
    """Do they differ by one digit, or by two neighbours changed about: what a hand does to a figure it copies?"""
    a, b = (re.sub(r"\D", "", said.text) for said in (one, other))
    if len(a) != len(b) or len(a) < 3:
        return False
    off = [place for place, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(off) == 1 or (
        len(off) == 2 and off[1] == off[0] + 1 and (a[off[0]], a[off[1]]) == (b[off[1]], b[off[0]])
    )
