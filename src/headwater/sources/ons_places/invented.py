"""Pretend look-ups and boundaries, under the names and headers of the real ones."""

from collections.abc import Iterable
from pathlib import Path

from headwater.sources.pretend import County, write_boundaries, write_table

Row = tuple[str, ...]


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write the county's look-ups and boundaries into `folder`; returns the files written."""
    tables: tuple[tuple[str, str, Iterable[Row]], ...] = (
        ("lookup_lsoa21_ward24_ltla24", "lsoa21 ward24 ltla24", _wards(county)),
        ("lookup_lsoa21_msoa21", "lsoa21 msoa21", _msoas(county)),
        ("lookup_ltla24_region24", "ltla24 region24", _regions(county)),
    )
    written = [write_table(folder / f"{name}.csv", _header(levels), rows) for name, levels, rows in tables]
    changes = ("lsoa11_name", "lsoa11_code", "change_code", *_header("lsoa21 ltla22"))
    written.append(write_table(folder / "lookup_lsoa11_lsoa21_ltla22.csv", changes, _changes(county)))
    forces = ("ltla24_code", "ltla24_name", "csp24_code", "csp24_name", "pfa24_code", "pfa24_name")
    written.append(write_table(folder / "lookup_ltla24_csp24_pfa24.csv", forces, _forces(county)))
    return (*written, *_boundaries(county, folder))


def force_code(county: County) -> tuple[str, str]:
    """The code and name of the police force area, which is the whole county."""
    return "Z23000001", county.recipe.county


def _header(levels: str) -> Row:
    return tuple(f"{level}_{part}" for level in levels.split() for part in ("name", "code"))


def _wards(county: County) -> list[Row]:
    lsoa, ward, district = county.lsoa, county.ward, county.district
    return [
        (lsoa.names[n], code, ward.names[w], ward.codes[w], district.names[d], district.codes[d])
        for n, (code, w, d) in enumerate(zip(lsoa.codes, county.lsoa_ward, county.lsoa_district, strict=True))
    ]


def _msoas(county: County) -> list[Row]:
    lsoa, msoa = county.lsoa, county.msoa
    return [(lsoa.names[n], lsoa.codes[n], msoa.names[m], msoa.codes[m]) for n, m in enumerate(county.lsoa_msoa)]


def _regions(county: County) -> list[Row]:
    named = zip(county.district.names, county.district.codes, strict=True)
    return [(name, code, county.recipe.region, "Z12000001") for name, code in named]


def _changes(county: County) -> list[Row]:
    lsoa, district = county.lsoa, county.district
    return [
        (one.name, one.code, one.kind, lsoa.names[one.lsoa], lsoa.codes[one.lsoa], district.names[d], district.codes[d])
        for one, d in ((change, county.lsoa_district[change.lsoa]) for change in county.changes)
    ]


def _forces(county: County) -> list[Row]:
    named = enumerate(zip(county.district.codes, county.district.names, strict=True), start=1)
    return [(code, name, f"Z22{n:06d}", name, *force_code(county)) for n, (code, name) in named]


def _boundaries(county: County, folder: Path) -> list[Path]:
    code, name = force_code(county)
    levels = (
        ("lsoa21", county.lsoa.names, county.lsoa.codes, county.shapes("lsoa")),
        ("msoa21", county.msoa.names, county.msoa.codes, county.shapes("msoa")),
        ("ward24", county.ward.names, county.ward.codes, county.shapes("ward")),
        ("ltla24", county.district.names, county.district.codes, county.shapes("district")),
        ("pfa24", (name,), (code,), county.shapes("force")),
    )
    return [
        write_boundaries(folder / f"boundaries_{level}.geojson", level, names, codes, shapes)
        for level, names, codes, shapes in levels
    ]
