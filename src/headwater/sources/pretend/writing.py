"""Files that come out the same, byte for byte, on every machine."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import shapely

from headwater.sources.pretend.land import Shapes


def write_text(path: Path, text: str) -> Path:
    """UTF-8, with '\\n' at the end of lines whatever the machine."""
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> Path:
    """A CSV as R writes it, which is how the look-ups reach us: text in quotes, numbers bare."""
    lines = [",".join(f'"{name}"' for name in header)]
    lines += [",".join(f'"{cell}"' if isinstance(cell, str) else str(cell) for cell in row) for row in rows]
    return write_text(path, "\n".join(lines) + "\n")


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """A CSV as a partner's system writes it: in quotes only where it must be."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return write_text(path, out.getvalue())


def write_boundaries(path: Path, level: str, names: Sequence[str], codes: Sequence[str], shapes: Shapes) -> Path:
    """GeoJSON in longitude and latitude, a feature a line, with properties such as `lsoa21_name` and `lsoa21_code`."""
    features = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {f"{level}_name": name, f"{level}_code": code},
                "geometry": {"type": "Polygon", "coordinates": _rings(shape)},
            },
            ensure_ascii=False,
        )
        for name, code, shape in zip(names, codes, shapes, strict=True)
    ]
    body = ",\n".join(features)
    return write_text(path, f'{{\n"type": "FeatureCollection",\n"name": "{path.stem}",\n"features": [\n{body}\n]\n}}\n')


def write_archive(path: Path, members: Mapping[str, str]) -> Path:
    """A zip in order of name, each member stamped 1 January 1980.

    Members are stored, not squeezed: two builds of zlib squeeze the same text into different bytes.
    """
    with ZipFile(path, "w", ZIP_STORED) as archive:
        for name in sorted(members):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, members[name].encode())
    return path


def _rings(shape: shapely.Polygon) -> list[list[list[float]]]:
    rings = [shape.exterior, *shape.interiors]
    return [[[round(x, 5), round(y, 5)] for x, y in ring.coords] for ring in rings]
