"""Names that people give to files, which may hold the name of somebody: 'J Smith statement.csv'.

They are repeated only where the name itself is that of a public file ('2022-03-northumbria-street.csv').
"""

import re
import zipfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

from headwater.sources import named_as_public
from headwater.vocabulary import HeadwaterError, MissingColumns

_KINDS = re.compile(r"\.[a-z]{2,7}(\.gz)?$", re.IGNORECASE)
_QUOTED = re.compile(r"'([^']{3,})'")
_USUAL = frozenset(
    (".csv", ".csv.gz", ".geojson", ".geojson.gz", ".txt", ".xlsx", ".xls", ".ods", ".xml", ".parquet", ".pdf", ".docx",
     ".doc", ".json", ".zip", ".md", ".html", ".htm")
)  # fmt: skip


def masked(files: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """(name, reason) pairs with the names of files that are not public by name put by."""
    return tuple(
        (name if named_as_public(name) else _mask(number, name), reason)
        for number, (name, reason) in enumerate(files, start=1)
    )


@contextmanager
def discreet(path: Path) -> Generator[None]:
    """Inside this block, what is raised repeats no name of a file in `path` that is not that of a public file."""
    try:
        yield
    except HeadwaterError as problem:
        said, plain = str(problem), _without(str(problem), path)
        if plain == said:
            raise
        kind = type(problem).__mro__[1] if isinstance(problem, MissingColumns) else type(problem)
        told: HeadwaterError = kind(plain)
    else:
        return
    raise told from None


def _without(said: str, path: Path) -> str:
    names = [name for name in _names(path) if not named_as_public(name)]
    for number, name in sorted(enumerate(names, start=1), key=lambda pair: -len(pair[1])):
        for each in (name, name.rpartition("/")[2]):
            said = re.sub(rf"(?<![\w.-]){re.escape(each)}(?![\w-])", _mask(number, name), said)
    if path.is_dir():
        said = re.sub(rf"\b(in|folder|opening) {re.escape(path.name)}(?![\w-])", r"\1 it", said)
    elif not named_as_public(path.name):
        said = re.sub(rf"(?<![\w.-]){re.escape(path.name)}(?![\w-])", "the file", said)
        names.append(path.name)
    return _QUOTED.sub(
        lambda quoted: "of that name" if any(quoted[1] in each.casefold() for each in names) else quoted[0], said
    )


def _names(path: Path) -> list[str]:
    try:
        if path.is_dir():
            return sorted(found.relative_to(path).as_posix() for found in path.rglob("*") if found.is_file())
        with zipfile.ZipFile(path) as archive:
            return sorted(
                entry.filename.replace("\\", "/") for entry in archive.infolist() if not entry.filename.endswith("/")
            )
    except (OSError, zipfile.BadZipFile, NotImplementedError):
        return []


def _mask(number: int, name: str) -> str:
    kind = _KINDS.search(name)
    usual = kind[0].casefold() if kind and kind[0].casefold() in _USUAL else ""
    return f"file {number}{f' ({usual})' if usual else ''}"
