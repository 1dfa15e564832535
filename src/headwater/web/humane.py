"""How numbers, months and lists are written in a page."""

from collections.abc import Iterable

from django import template

from headwater.vocabulary import month_words

register = template.Library()


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
