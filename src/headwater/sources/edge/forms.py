"""The only forms in which a cell of a personal file may be kept. What has none of them does not pass, whatever it is."""

import re
from collections.abc import Mapping

from headwater.sources.contract import folded
from headwater.sources.edge.identifiers import moment

_YES = frozenset(("y", "yes", "true", "t", "1"))
_NO = frozenset(("n", "no", "false", "f", "0"))
YES, NO = "true", "false"
_OFFENCE = re.compile(r"0{0,2}([1-9]\d{0,2})(?:([A-Z])|[./]0?([1-9]\d?))?", re.ASCII)
"""'5D', '105A', '1', '4.1' or '4/1', with or without leading noughts."""
_AREA = re.compile(r"[EWZ]01\d{6}", re.ASCII)
"""A small area of England, of Wales, or of a county that does not exist."""


Codes = Mapping[str, Mapping[str, str]]


def codes_as_read(codes: Codes) -> Codes:
    """The lists of a contract with what a file may say folded, once for all the cells of a file."""
    return {name: {folded(given): word for given, word in listed.items()} for name, listed in codes.items()}


def formed(said: str, form: str, codes: Codes) -> str | None:
    """A cell in the form its contract gives it, by lists that `codes_as_read` has folded; None where it is not of that form."""
    if form.startswith("codes:"):
        return codes[form.removeprefix("codes:")].get(folded(said))
    match form:
        case "time":
            found = moment(said)
            return found.isoformat() if found else None
        case "yes-no":
            plain = folded(said)
            return YES if plain in _YES else NO if plain in _NO else None
        case "offence":
            return _offence(said)
        case "area":
            code = said.upper()
            return code if _AREA.fullmatch(code) else None
        case _:
            raise ValueError(f"a contract gives a column the form {form!r}, which nobody knows")


def _offence(said: str) -> str | None:
    """A code of the Counting Rules as the agreed list writes it; whether the list has it is the reader's business."""
    if not (found := _OFFENCE.fullmatch(said.upper())):
        return None
    number, letter, part = found.groups()
    return f"{number}.{part}" if part else f"{number}{letter or ''}"


def age(said: str) -> int | None:
    """A whole age in years; None for anything else."""
    return int(said) if said.isascii() and said.isdigit() and int(said) <= 120 else None


def band(years: int, lowest: tuple[int, ...]) -> str:
    """'10-17', or '65+' for the last."""
    at = max(place for place, first in enumerate(lowest) if first <= years)
    return f"{lowest[at]}-{lowest[at + 1] - 1}" if at + 1 < len(lowest) else f"{lowest[at]}+"
