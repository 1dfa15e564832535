"""Calendar years and quarters, and the release a series comes from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from headwater.sources.reading import Unusable

_QUARTER = re.compile(r"q([1-4])", re.IGNORECASE)
_YEAR = re.compile(r"20\d\d")
_NAMED = (
    re.compile(r"(?<!\d)(?P<year>20\d\d)\W*_?(?:q|quarter\W)(?P<quarter>[1-4])(?!\d)", re.IGNORECASE),
    re.compile(r"(?<![a-z])(?:q|quarter\W)(?P<quarter>[1-4])\W*_?(?P<year>20\d\d)(?!\d)", re.IGNORECASE),
)
_WHOLE = "total"


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A year or a quarter as it is published, and the months it covers."""

    last: str
    first: str
    label: str

    @property
    def whole_year(self) -> bool:
        return len(self.label) == 4


def quarter(year: int, number: int) -> Stretch:
    """'2023-Q4'."""
    return Stretch(f"{year}-{number * 3:02d}", f"{year}-{number * 3 - 2:02d}", f"{year}-Q{number}")


def stretch(year: str, part: str, begins: Mapping[str, str]) -> Stretch:
    """The period of a row. `begins` gives the first month of a year whose beginning the series does not hold."""
    if not _YEAR.fullmatch(year):
        raise Unusable("'Year' is not a year")
    if part.casefold() == _WHOLE:
        return Stretch(f"{year}-12", begins.get(year, f"{year}-01"), year)
    if not (found := _QUARTER.fullmatch(part)):
        raise Unusable("'Quarter' is neither Q1 to Q4 nor Total")
    return quarter(int(year), int(found[1]))


def quarter_named(said: str) -> Stretch | None:
    """The quarter that a file's name or a table's title gives: 'nrm-2023-q4.csv', 'Quarter 4 2023 (October to December)'."""
    plain = said.replace("\\", "/")
    for text in (PurePosixPath(plain).name, plain):
        for pattern in _NAMED:
            if found := pattern.search(text):
                return quarter(int(found["year"]), int(found["quarter"]))
    return None


def release_of(name: str, latest: Stretch | None) -> str:
    """The release a series comes from: the quarter in its file's name, else the last period that it holds.

    Figures are revised in every release, so none may be kept without it.
    """
    named = quarter_named(name)
    return named.label if named else f"series to {latest.label}" if latest else "unknown"
