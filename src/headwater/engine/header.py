"""The header that a set of CSV files must share."""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from headwater.vocabulary import BadInput, StorageTrouble


def shared_header(paths: Sequence[Path], *, also: Sequence[str]) -> tuple[str, ...]:
    """The one header of all the files; `also` are names we shall add, so no file may use them. Raises `BadInput`."""
    if not paths:
        raise BadInput("there is no CSV file to read")
    header = _header(paths[0])
    for path in paths[1:]:
        if (other := _header(path)) != header:
            raise BadInput(_difference(paths[0].name, header, path.name, other))
    if doubled := [name for name, times in Counter([*header, *also]).items() if times > 1]:
        raise BadInput(f"{paths[0].name}: more than one column is called {', '.join(map(repr, doubled))}")
    return header


def _header(path: Path) -> tuple[str, ...]:
    try:
        with path.open("rb") as file:
            line = file.readline().decode("utf-8")
        header = tuple(next(csv.reader([line], strict=True), ()))
    except (UnicodeDecodeError, csv.Error) as problem:
        raise BadInput(f"{path.name}: the first line is not a readable header ({type(problem).__name__})") from None
    except OSError as problem:
        raise StorageTrouble(f"{path.name} cannot be opened: {problem.strerror}") from problem
    if not any(header):
        raise BadInput(f"{path.name} is empty: it has no header")
    return header


def _difference(first: str, header: tuple[str, ...], second: str, other: tuple[str, ...]) -> str:
    only_first = [name for name in header if name not in other]
    only_second = [name for name in other if name not in header]
    if not only_first and not only_second:
        return f"{second} has the columns of {first} in another order"
    parts = [
        f"{file} alone has {', '.join(names)}" for file, names in ((first, only_first), (second, only_second)) if names
    ]
    return f"{first} and {second} do not share one header: {'; '.join(parts)}"
