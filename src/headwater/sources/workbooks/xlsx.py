"""An Excel workbook's own account of itself: what is hidden, counted, linked or left over in its XML."""

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from headwater.sources.markup import listen, plain_name
from headwater.sources.text import read_pieces
from headwater.sources.workbooks.seen import MOST_COLUMNS, Contents, Sheet
from headwater.vocabulary import BadInput

_BESIDE = (
    (r"xl/pivotCache/pivotCacheDefinition\d*\.xml", "pivot tables' hidden copies of their data"),
    (r"xl/externalLinks/externalLink\d+\.xml", "links to other workbooks"),
    (r"xl/embeddings/.+", "files embedded in it"),
    (r"xl/connections\.xml", "lists of connections to other data"),
    (r"xl/media/.+", "pictures"),
)
_COMMENTS = {"comments": "comment", "threadedComment": "threadedComment"}
"""Kinds of part that hold comments, with the element that is one comment."""
_TRUE = {"1", "true"}

Part = Callable[[str], Iterator[bytes]]


def look_into(archive: zipfile.ZipFile, name: str) -> Contents:
    """What the workbook called `name` says of itself. Raises BadInput where it holds macros or is not sound."""
    parts = {entry.filename for entry in archive.infolist()}
    if any(part.casefold().endswith("vbaproject.bin") for part in parts):
        raise BadInput(f"{name} holds macros, which are never let in. Save it as an ordinary workbook, without macros.")

    def part(where: str) -> Iterator[bytes]:
        with archive.open(where) as file:
            yield from read_pieces(file)

    sheets = {}
    for called, where in _worksheets(part, parts, name):
        sheets[called] = _sheet(part, called, where, name)
        sheets[called].also.update(_comments(part, parts, where, name))
    beside = (words for pattern, words in _BESIDE for each in parts if re.fullmatch(pattern, each))
    return Contents(sheets, Counter(beside))


def _worksheets(part: Part, parts: set[str], name: str) -> list[tuple[str, str]]:
    """Each worksheet's name and the part it is written in; charts and the like have none."""
    book = next((where for _, kind, where in _links(part, parts, "", name) if kind == "officeDocument"), "")
    if book not in parts:
        raise BadInput(f"{name} is not a whole Excel workbook: it has no list of worksheets. Ask for it again.")
    found = _Sheets()
    listen(part(book), found, name)
    where_of = {number: where for number, kind, where in _links(part, parts, book, name) if kind == "worksheet"}
    return [(called, where_of[number]) for called, number in found.named if where_of.get(number) in parts]


class _Sheets:
    """The names of a workbook's sheets, each with the number of its link."""

    def __init__(self) -> None:
        self.named: list[tuple[str, str]] = []

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if plain_name(name) == "sheet":
            link = next((value for key, value in said.items() if plain_name(key) == "id"), "")
            self.named.append((said.get("name", ""), link))


class _Links:
    """What a part says it belongs together with."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, str]] = []

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if plain_name(name) == "Relationship" and said.get("TargetMode") != "External":
            self.said.append((said.get("Id", ""), said.get("Type", "").rpartition("/")[2], said.get("Target", "")))


def _links(part: Part, parts: set[str], of: str, name: str) -> list[tuple[str, str, str]]:
    """(number, kind, part) for everything the part `of` belongs together with."""
    folder, own = posixpath.split(of)
    beside = posixpath.join(folder, "_rels", f"{own}.rels")
    if beside not in parts:
        return []
    found = _Links()
    listen(part(beside), found, name)
    return [(number, kind, _part(folder, target)) for number, kind, target in found.said]


def _part(folder: str, target: str) -> str:
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))


def _comments(part: Part, parts: set[str], of: str, name: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for _, kind, where in _links(part, parts, of, name):
        if kind in _COMMENTS and where in parts:
            found = _Tally(_COMMENTS[kind])
            listen(part(where), found, name)
            counted["comments"] += found.count
    return counted


class _Tally:
    def __init__(self, wanted: str) -> None:
        self.wanted, self.count = wanted, 0

    def start(self, name: str, said: Mapping[str, str]) -> None:  # noqa: ARG002  a listener is told all
        self.count += plain_name(name) == self.wanted


def _sheet(part: Part, called: str, where: str, name: str) -> Sheet:
    found = _Cells(called)
    listen(part(where), found, name)
    found.finish()
    return found.sheet


class _Cells:
    """Listens to a worksheet. Cells come by the million, so what is asked of each is little."""

    def __init__(self, called: str) -> None:
        self.sheet = Sheet(called)
        self._heard: dict[str, Callable[[Mapping[str, str]], None]] = {}
        self._row = self._column = -1
        self._formulas = self._valued = 0
        self._of_formula = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        heard = (self._heard or self._listen_for(name)).get(name)
        if heard:
            heard(said)

    def _listen_for(self, root: str) -> dict[str, Callable[[Mapping[str, str]], None]]:
        """Only what is in the worksheet's own namespace: others have formulas and values that are no cell's."""
        space = root[: root.rfind(" ") + 1]
        heard = {"c": self._cell, "v": self._value, "is": self._value, "f": self._formula, "row": self._begin_row,
                 "col": self._columns, "mergeCell": self._merge, "filterColumn": self._filter}  # fmt: skip
        self._heard = {f"{space}{name}": hear for name, hear in heard.items()}
        return self._heard

    def finish(self) -> None:
        """Once all is heard."""
        counts = {"formulas": self._formulas, "formulas without a stored value": self._formulas - self._valued}
        self.sheet.also.update({words: count for words, count in counts.items() if count})

    def _cell(self, said: Mapping[str, str]) -> None:
        self._of_formula = False
        if where := said.get("r"):
            self._row, self._column = _place(where)
        else:
            self._column += 1
        if said.get("t") == "e":
            self.sheet.errors.add((self._row, self._column))

    def _value(self, said: Mapping[str, str]) -> None:  # noqa: ARG002  a listener is told all
        self.sheet.fill(self._row, self._column)
        self._valued += self._of_formula

    def _merge(self, said: Mapping[str, str]) -> None:
        self.sheet.covered.append(_block(said.get("ref", "")))

    def _filter(self, said: Mapping[str, str]) -> None:  # noqa: ARG002
        self.sheet.filtered = True

    def _formula(self, said: Mapping[str, str]) -> None:  # noqa: ARG002
        self._formulas += 1
        self._of_formula = True
        self.sheet.fill(self._row, self._column)

    def _begin_row(self, said: Mapping[str, str]) -> None:
        self._row = int(said["r"]) - 1 if "r" in said else self._row + 1
        self._column = -1
        if said.get("hidden") in _TRUE or said.get("ht") in ("0", "0.0"):
            self.sheet.hidden_rows.add(self._row)

    def _columns(self, said: Mapping[str, str]) -> None:
        if said.get("hidden") in _TRUE or said.get("width") in ("0", "0.0"):
            first, last = int(said["min"]), min(int(said["max"]), MOST_COLUMNS)
            self.sheet.hidden_columns.update(range(first - 1, last))


def _place(where: str) -> tuple[int, int]:
    letters = where.rstrip("0123456789")
    return int(where[len(letters) :]) - 1, _column_number(letters)


@cache
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter.upper()) - 64
    return number - 1


def _block(where: str) -> tuple[int, int, int, int]:
    first, _, last = where.replace("$", "").partition(":")
    return (*_place(first), *_place(last or first))
