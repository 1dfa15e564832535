"""The long table, by the column: every different year, area and figure is read once, however many rows say it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from headwater.sources.reading import Reading, Unusable
from headwater.sources.source import Extract

LINE = "line of the file"
Whole = np.ndarray[Any, np.dtype[np.int64]]


def as_text(path: Path, wanted: Mapping[str, str]) -> pa.Table | None:
    """The wanted columns (our name -> the file's) as trimmed text; None where the file is not plain enough for Arrow."""
    kept = list(wanted.values())
    options = csv.ConvertOptions(
        include_columns=kept, column_types=dict.fromkeys(kept, pa.string()), strings_can_be_null=False
    )
    try:
        with path.open("rb") as file:
            rows = csv.read_csv(file, convert_options=options)
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        return None
    return pa.table({name: pc.call_function("utf8_trim_whitespace", [rows[given]]) for name, given in wanted.items()})


def lines_of(extract: Extract, wanted: Mapping[str, str], reading: Reading) -> pa.Table:
    """The same with each row's line. What is not plain is read with care, and rows that cannot be used are set aside."""
    rows = as_text(extract.path, wanted) if extract.sound else None
    if rows is not None and rows.num_rows == extract.rows:
        return rows.append_column(LINE, pa.array(np.arange(2, rows.num_rows + 2)))
    careful = [(line, *(cells[given] for given in wanted.values())) for line, cells in reading.rows(extract)]
    columns = list(zip(*careful, strict=True)) or [()] * (len(wanted) + 1)
    told = {name: pa.array(column, pa.string()) for name, column in zip(wanted, columns[1:], strict=True)}
    return pa.table(told | {LINE: pa.array(columns[0], pa.int64())})


@dataclass(frozen=True, slots=True)
class Read:
    """What a column, or several together, became: the answers to everything it says, and which answer each row has."""

    answers: Sequence[Any]
    """None where there is a reason why not."""
    reasons: Sequence[str]
    place: Whole

    @property
    def refused(self) -> Whole:
        """By row, whether there is a reason why not."""
        return np.array([bool(reason) for reason in self.reasons], dtype=bool)[self.place]

    def column(self, part: Callable[[Any], Any], kind: pa.DataType) -> pa.Array:
        """A part of each row's answer; nothing where there is none."""
        said = pa.array([None if answer is None else part(answer) for answer in self.answers], kind)
        return said.take(pa.array(self.place))

    def reason(self, row: int) -> str:
        """Why the row has no answer."""
        return self.reasons[int(self.place[row])]


def read_column(column: pa.ChunkedArray, read: Callable[[str], Any]) -> Read:
    """Read each different text once."""
    packed = column.combine_chunks().dictionary_encode()
    return _read(packed.dictionary.to_pylist(), packed.indices.to_numpy().astype(np.int64), read)


def read_together(first: Read, second: Read, read: Callable[[Any, Any], Any]) -> Read:
    """Read each different pair of answers once; where either has none, there is no reason to add to theirs."""
    codes = first.place * max(len(second.answers), 1) + second.place
    different, place = np.unique(codes, return_inverse=True)
    pairs = [divmod(int(code), max(len(second.answers), 1)) for code in different]
    told = [(first.answers[a], second.answers[b]) for a, b in pairs]
    return _read(told, place.astype(np.int64), lambda pair: None if None in pair else read(*pair))


def _read(said: Sequence[Any], place: Whole, read: Callable[[Any], Any]) -> Read:
    answers, reasons = list[Any](), list[str]()
    for answer, reason in (_tried(read, one) for one in said):
        answers.append(answer)
        reasons.append(reason)
    return Read(answers, reasons, place)


def _tried(read: Callable[[Any], Any], said: Any) -> tuple[Any, str]:
    try:
        return read(said), ""
    except Unusable as why:
        return None, str(why)


def first_of_each(*columns: Whole) -> Whole:
    """By row, the first row that is alike in these columns."""
    code = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        code = code * (int(column.max(initial=0)) + 1) + column
    _, first, place = np.unique(code, return_index=True, return_inverse=True)
    return first[place]
