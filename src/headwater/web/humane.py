"""How numbers, months and lists are written in a page."""

import re
from collections.abc import Iterable
from datetime import date

from django import template

from headwater.vocabulary import month_words

register = template.Library()
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
MONTH = re.compile(r"(?<![\d-])\d{4}-(?:0[1-9]|1[0-2])(?![\d-])")


@register.filter
def thousands(number: int | None) -> str:
    """4812 as '4,812'; nothing as nothing."""
    return "" if number is None else f"{number:,}"


@register.filter
def counted(number: int, what: str) -> str:
    """'1 row', '4,812 rows'."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


@register.filter
def in_order(words: Iterable[str]) -> list[str]:
    """Sorted, whatever they came in."""
    return sorted(words)


register.filter("month_words", month_words)


@register.filter
def said(words: str) -> str:
    """Days and months as people say them: 'year to 2026-03' as 'year to March 2026', '2026-11-01' as '1 November 2026'.

    '2011-12' may be a year that spans two, and stays as it is.
    """
    return MONTH.sub(_month, DAY.sub(_day, str(words)))


def _day(found: re.Match[str]) -> str:
    try:
        when = date.fromisoformat(found[0])
    except ValueError:
        return found[0]
    return f"{when.day} {when:%B} {when.year}"


def _month(found: re.Match[str]) -> str:
    year, month = found[0].split("-")
    spans_two = int(month) == (int(year) + 1) % 100
    return found[0] if spans_two else month_words(found[0])
