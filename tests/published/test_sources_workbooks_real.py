"""A workbook as the Department for Education publishes it: every cell as its own XML says, read here in another way."""

import csv
import io
import re
import zipfile
from pathlib import Path

from lxml import etree

from headwater.sources.workbooks import open_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def by_hand(path: Path) -> dict[tuple[int, int], str]:
    """Row and column -> what the cell says, for a workbook of words and whole numbers."""
    with zipfile.ZipFile(path) as archive:
        words = etree.fromstring(archive.read("xl/sharedStrings.xml"))
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    shared = ["".join(text.text or "" for text in said.iter(f"{MAIN}t")) for said in words.findall(f"{MAIN}si")]
    found: dict[tuple[int, int], str] = {}
    for cell in sheet.iter(f"{MAIN}c"):
        value = cell.findtext(f"{MAIN}v")
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()
        column = sum((ord(letter) - 64) * 26**place for place, letter in enumerate(reversed(letters)))
        if value:
            found[int(row), column] = shared[int(value)] if cell.get("t") == "s" else f"{float(value):.15g}"
    return found


def test_the_statistical_neighbours_are_read_cell_by_cell(real_data: Path) -> None:
    path = real_data / "children" / "sn_may_2025.xlsx"
    with path.open("rb") as file:
        book = open_workbook(file, path.name)
    ((name, pieces),) = book.sheets
    assert name == "LA SN Groups"
    known = by_hand(path)
    columns = sorted({column for _, column in known})
    lines = list(csv.reader(io.StringIO(b"".join(pieces()).decode(), newline="")))
    read = {
        (row, columns[place]): re.sub(r"\r\n|\r|\n", " ", cell)
        for row, cells in enumerate(lines, start=1)
        for place, cell in enumerate(cells)
        if cell
    }
    assert len(known) > 3_000
    assert read == {where: re.sub(r"\r\n|\r|\n", " ", said) for where, said in known.items()}
