"""Ages as tables write them, written one way."""

import re

from headwater.sources.reading import Unusable

_EVERYONE = ("all", "all ages", "total")
_UNDER = re.compile(r"(?:under|<) ?(\d{1,3})|(?:aged )?0 ?(?:-|–|to) ?(\d{1,3})")
_BAND = re.compile(r"(?:aged )?(\d{1,3}) ?(?:-|–|to) ?(\d{1,3})")
_OVER = re.compile(r"(?:aged )?(\d{1,3}) ?(?:\+|and over|or over)")


def ages_of(said: str, column: str) -> str | None:
    """'under-25' for 'Under 25', '<25' and '0 to 24' alike; '18-24'; '85-and-over'; None for all ages.

    Raises `Unusable` where it is none of these.
    """
    words = " ".join(said.casefold().split())
    if words in _EVERYONE:
        return None
    if under := _UNDER.fullmatch(words):
        return f"under-{int(under[1]) if under[1] else int(under[2]) + 1}"
    if (band := _BAND.fullmatch(words)) and int(band[1]) <= int(band[2]):
        return f"{int(band[1])}-{int(band[2])}"
    if over := _OVER.fullmatch(words):
        return f"{int(over[1])}-and-over"
    raise Unusable(
        f"{column!r} is not ages such as under 25, 18 to 24 or 85 and over" if words else f"{column!r} is empty"
    )
