"""A level's name carries its year: 'lsoa21' is the LSOAs drawn for Census 2021, 'ltla24' the districts of 2024."""

import re

from headwater.vocabulary import Level

_VINTAGED = re.compile(r"([a-z]+)(\d{2})")


def level_of(vintaged: str) -> Level | None:
    """The kind of area in 'ltla24': `Level.DISTRICT`. None where it is not on the ladder ('sicbl24')."""
    found = _VINTAGED.fullmatch(vintaged)
    return Level(found[1]) if found and found[1] in set(Level) else None


def year_of(vintaged: str) -> int:
    """The year in 'ltla24': 2024; nought where the name carries none."""
    found = _VINTAGED.fullmatch(vintaged)
    return 2000 + int(found[2]) if found else 0


def newest_first(vintaged: str) -> tuple[int, str]:
    """A key that sorts vintages of one level with the newest first."""
    return (-year_of(vintaged), vintaged)


def vintage_words(vintaged: str) -> str:
    """'ltla24' as 'district of 2024'."""
    level = level_of(vintaged)
    return f"{level.words} of {year_of(vintaged)}" if level else vintaged
