"""A hospital's return of Information Sharing to Tackle Violence in XML, as a CSV with one row an assault.

The columns are the elements of the minimum data set (ISB 1594; NHS Data Model and Dictionary, "Information Sharing to Tackle
Violence Minimum Data Set"), by the dictionary's own names; those of the submission's header stand in every row.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from headwater.sources.lines import as_lines
from headwater.sources.markup import heard, listen, plain_name
from headwater.vocabulary import BadInput

HEADER = ("Reporting period start date", "Reporting period end date", "Site code (of treatment)")
ASSAULT = (
    "Arrival date and time at accident and emergency department",
    "Assault date and time",
    "Assault method",
    "Assault method other description",
    "Assault location type",
    "Assault location description",
)
COLUMNS = (*HEADER, *ASSAULT)
_ALSO = {
    "site code": HEADER[2],
    "site code treatment": HEADER[2],
    "arrival date time": ASSAULT[0],
    "arrival date time department": ASSAULT[0],
}
_LITTLE = {"and", "of", "at", "the"}
MOST_BYTES, DEEPEST, LONGEST = 256 << 20, 32, 10_000
"""A month of one hospital is a few hundred kilobytes, five levels deep, with a sentence at most in one element."""


def look_into_return(pieces: Iterable[bytes], name: str) -> Counter[str] | None:
    """How many there are of each element that is not of the minimum data set; None where the file is no such return.

    Raises BadInput where it is not sound XML, declares a document type or is too large or deep to be one.
    """
    found = _Return(name)
    listen(_not_vast(pieces, name), found, name)
    return found.strange if found.known else None


def return_as_csv(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    """One row an assault under COLUMNS. Raises as `look_into_return`, and where it cannot be told what belongs to which."""
    found = _Return(name)
    yield as_lines([COLUMNS])
    for _ in heard(_not_vast(pieces, name), found, name):
        if found.rows:
            yield as_lines(found.rows)
            found.rows.clear()


def _not_vast(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_BYTES:
            raise BadInput(f"{name} is too large for a return of assaults. Ask for one file a month.")
        yield piece


def _words(element: str) -> str:
    """'ArrivalDateAndTime', 'arrival_date_time' and 'ARRIVAL DATE AND TIME' alike."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", " ", element).casefold().split()
    return " ".join(word for word in apart if word not in _LITTLE)


_KNOWN = {_words(column): column for column in COLUMNS} | _ALSO


class _Return:
    """Listens to a return. An assault is whatever element holds the assault's own elements, whatever it is called."""

    def __init__(self, name: str) -> None:
        self.rows: list[list[str]] = []
        self.strange: Counter[str] = Counter()
        self.known = False
        self._name = name
        self._header: dict[str, str] = {}
        self._assault: dict[str, str] = {}
        self._group = -1
        self._path: list[tuple[str, list[str], bool]] = []
        """Of each open element: its name, its text so far, and whether another is inside it."""

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if len(self._path) == DEEPEST:
            raise BadInput(f"{self._name} is nested too deep for a return of assaults. It was not read.")
        if self._path:
            element, text, _ = self._path[-1]
            self._path[-1] = (element, text, True)
        given = next((value for key, value in said.items() if plain_name(key).casefold() in ("code", "value")), "")
        self._path.append((plain_name(name), [given] if given else [], False))

    def text(self, words: str) -> None:
        element, said, holds_others = self._path[-1]
        if holds_others:
            return
        said.append(words)
        if sum(map(len, said)) > LONGEST:
            raise BadInput(f"{self._name} has {element!r} of over {LONGEST:,} letters. It was not read.")

    def end(self, name: str) -> None:  # noqa: ARG002  a listener is told all
        element, text, holds_others = self._path.pop()
        depth = len(self._path)
        if depth == self._group:
            self._close()
        elif not holds_others:
            self._leaf(element, "".join(text).strip(), depth)

    def _leaf(self, element: str, said: str, depth: int) -> None:
        column = _KNOWN.get(_words(element))
        if column is None:
            self.strange[element] += 1
            return
        self.known = True
        if column in HEADER:
            self._header[column] = said
            return
        if column in self._assault or self._group not in (-1, depth - 1):
            raise BadInput(
                f"{self._name}: {element!r} cannot be told to belong to one assault: there is another beside it."
            )
        self._group = depth - 1
        self._assault[column] = said

    def _close(self) -> None:
        if missing := [column for column in HEADER if column not in self._header]:
            raise BadInput(f"{self._name} has an assault before its header says the {missing[0].lower()}.")
        together = self._header | self._assault
        self.rows.append([together.get(column, "") for column in COLUMNS])
        self._assault, self._group = {}, -1
