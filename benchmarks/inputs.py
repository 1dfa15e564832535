"""Police files to measure on: a real force's where they lie beside the checkout, Aldermere's where they do not, and either
many times over.

As a module: `python -m benchmarks.inputs TIMES FOLDER [MONTHS]` makes FOLDER/police.zip and FOLDER/csv from the same files.
"""

import json
import re
import sys
import zipfile
from pathlib import Path

from benchmarks.measuring import ROOT

REAL = ROOT.parent / "shared" / "data"
NORTHUMBRIA = REAL / "police-uk" / "police-uk-2020-2023-northumbria.zip"
_NAME = re.compile(r"(\d{4}-\d{2})/\d{4}-\d{2}-(.+)-(street|outcomes|stop-and-search)\.csv")
_CRIME_ID = re.compile(rb"(?m)^[0-9a-f]{64}(?=,)")
_DIGITS = b"0123456789abcdef"
MOST = len(_DIGITS)


def source(folder: Path) -> Path:
    """The zip everything is made from: the real one, or Aldermere's, invented in `folder`."""
    if NORTHUMBRIA.is_file():
        return NORTHUMBRIA
    from headwater.sources.inventing import example_recipe, invent

    return min(invent(example_recipe(), folder), key=lambda path: (not path.name.startswith("police"), path.stem))


def multiply(zipped: Path, times: int, folder: Path, *, months: int | None = None) -> int:
    """Write the files of `zipped` `times` over, as a zip and as a folder; returns the data rows of one.

    The copies are given out as other forces' files, and every crime ID is changed: rows that repeat would pack and group
    more easily than a country's. At most 16 times.
    """
    from headwater.sources.police_uk.forces import forces

    assert 1 <= times <= MOST, f"from 1 to {MOST} times"
    rows = 0
    others = sorted(forces())
    with zipfile.ZipFile(zipped) as before, _packed(folder / "police.zip") as after:
        found = [match for name in sorted(before.namelist()) if (match := _NAME.fullmatch(name))]
        kept = sorted({match[1] for match in found})[:months]
        for month, own, kind in (match.groups() for match in found if match[1] in kept):
            text = before.read(f"{month}/{month}-{own}-{kind}.csv")
            names = [own, *(slug for slug in others if slug != own)]
            for copy in range(times):
                name = f"{month}/{month}-{names[copy]}-{kind}.csv"
                _put(after, folder / "csv" / name, name, _other_crimes(text, copy))
            rows += times * (text.count(b"\n") - 1)
    return rows


def _packed(path: Path) -> zipfile.ZipFile:
    path.parent.mkdir(parents=True, exist_ok=True)
    return zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3)


def _put(archive: zipfile.ZipFile, path: Path, name: str, text: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _ = path.write_bytes(text)
    archive.writestr(name, text)


def _other_crimes(text: bytes, copy: int) -> bytes:
    """The same file with every digit of every crime ID moved on by `copy`."""
    moved = bytes.maketrans(_DIGITS, _DIGITS[copy:] + _DIGITS[:copy])
    return _CRIME_ID.sub(lambda found: found[0].translate(moved), text) if copy else text


if __name__ == "__main__":
    number, home, *fewer = sys.argv[1:]
    origin = source(Path(home) / "invented")
    made = multiply(origin, int(number), Path(home), months=int(fewer[0]) if fewer else None)
    print(json.dumps({"rows": made, "source": "Northumbria 2020–2023" if origin == NORTHUMBRIA else "Aldermere"}))
