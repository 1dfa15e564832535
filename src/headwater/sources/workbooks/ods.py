"""An OpenDocument spreadsheet's own account of itself: what is hidden, counted, linked or left over in its XML."""

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping

from headwater.sources.markup import listen, plain_name
from headwater.sources.text import read_pieces
from headwater.sources.workbooks.seen import MOST_COLUMNS, MOST_ROWS, Contents, Sheet
from headwater.vocabulary import BadInput

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_ERROR = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_HIDDEN = {"collapse", "filter"}
_BESIDE = {"data-pilot-table": "pivot tables", "object": "files embedded in it", "object-ole": "files embedded in it",
           "image": "pictures", "table-source": "links to other workbooks"}  # fmt: skip


def look_into(archive: zipfile.ZipFile, name: str) -> Contents:
    """What the spreadsheet called `name` says of itself. Raises BadInput where it holds macros, is locked or not sound."""
    parts = {entry.filename for entry in archive.infolist()}
    if any(part.startswith(("Basic/", "Scripts/")) for part in parts):
        raise BadInput(f"{name} holds macros, which are never let in. Save it as an ordinary workbook, without macros.")
    if "content.xml" not in parts:
        raise BadInput(f"{name} is not a whole spreadsheet: it has no contents. Ask for it again.")

    def part(where: str) -> Iterator[bytes]:
        with archive.open(where) as file:
            yield from read_pieces(file)

    if "META-INF/manifest.xml" in parts:
        listen(part("META-INF/manifest.xml"), _Locked(name), name)
    found = _Tables()
    listen(part("content.xml"), found, name)
    return Contents(found.sheets, found.also)


class _Locked:
    """Raises BadInput on hearing that a part is encrypted."""

    def __init__(self, name: str) -> None:
        self._name = name

    def start(self, name: str, said: Mapping[str, str]) -> None:  # noqa: ARG002  a listener is told all
        if plain_name(name) == "encryption-data":
            raise BadInput(f"{self._name} is locked with a password. Ask for it without one.")


class _Tables:
    """Listens to every table. Cells and rows may stand for many that are alike."""

    def __init__(self) -> None:
        self.sheets: dict[str, Sheet] = {}
        self.also: Counter[str] = Counter()
        self._sheet = Sheet("")
        self._row = self._rows = self._column = self._defined = 0

    def start(self, name: str, said: Mapping[str, str]) -> None:
        match plain_name(name):
            case "table-cell" | "covered-table-cell":
                self._cell(said)
            case "table-row":
                self._begin_row(said)
            case "table-column":
                self._columns(said)
            case "table" if name.startswith(_TABLE):
                self._begin_table(said)
            case "p":  # text is something, whether or not its cell says of what type it is
                self._sheet.fill(self._row + self._rows - 1, self._column - 1)
            case "annotation":
                self._sheet.also["comments"] += 1
            case beside if beside in _BESIDE:
                self.also[_BESIDE[beside]] += 1
            case _:
                pass

    def _begin_table(self, said: Mapping[str, str]) -> None:
        self._sheet = Sheet(said.get(f"{_TABLE}name", ""))
        self._row = self._rows = self._defined = 0
        _ = self.sheets.setdefault(self._sheet.name, self._sheet)

    def _columns(self, said: Mapping[str, str]) -> None:
        first, self._defined = self._defined, self._defined + _repeats(said, "columns")
        if said.get(f"{_TABLE}visibility") in _HIDDEN:
            self._sheet.hidden_columns.update(range(first, min(self._defined, MOST_COLUMNS)))

    def _begin_row(self, said: Mapping[str, str]) -> None:
        self._row += self._rows
        self._rows, self._column = _repeats(said, "rows"), 0
        visibility = said.get(f"{_TABLE}visibility")
        if visibility in _HIDDEN:
            self._sheet.hidden_rows.update(range(self._row, min(self._row + self._rows, MOST_ROWS)))
        self._sheet.filtered = self._sheet.filtered or visibility == "filter"

    def _cell(self, said: Mapping[str, str]) -> None:
        many, here = _repeats(said, "columns"), self._column
        self._column += many
        if f"{_OFFICE}value-type" not in said and f"{_TABLE}formula" not in said:
            return
        self._sheet.fill(self._row + self._rows - 1, self._column - 1)
        if f"{_TABLE}formula" in said:
            self._sheet.also["formulas"] += 1
        if said.get(_ERROR) == "error":
            self._sheet.errors.add((self._row, here))
        self._merge(said, here)

    def _merge(self, said: Mapping[str, str], here: int) -> None:
        across, down = (int(said.get(f"{_TABLE}number-{way}-spanned", "1")) for way in ("columns", "rows"))
        if across > 1 or down > 1:
            self._sheet.covered.append((self._row, here, self._row + down - 1, here + across - 1))


def _repeats(said: Mapping[str, str], of: str) -> int:
    return int(said.get(f"{_TABLE}number-{of}-repeated", "1"))
