"""Pretend police files, in the layout and under the headers of the data.police.uk archive."""

from collections.abc import Callable
from pathlib import Path

from headwater.sources.police_uk.invented_crimes import Crimes, Scene, crimes_of, outcome_rows, set_scene, street_rows
from headwater.sources.police_uk.invented_searches import SEARCHES_HEADER, search_rows
from headwater.sources.pretend import County, write_archive
from headwater.vocabulary import month_name, month_number, month_words

STREET_HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
OUTCOMES_HEADER = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type"
_SENT_AGAIN_AFTER = 3
"""Months between the first delivery and the revised one."""


def invent(county: County, folder: Path, tell: Callable[[str], None]) -> tuple[Path, ...]:
    """Write the archive and its later revision into `folder`, telling which month is being made; returns the files."""
    police = county.recipe.police
    scene = set_scene(county)
    first = month_number(police.first)
    last = first + police.months - 1
    crimes: dict[int, Crimes] = {}
    for month in range(first - police.months_before, last + 1):
        tell(f"inventing {month_words(month_name(month))}")
        crimes[month] = crimes_of(scene, month)
    revised = range(last - police.revised_months + 1, last + 1)
    name = f"police-uk-{police.force}"
    return (
        write_archive(folder / f"{name}.zip", _delivery(scene, crimes, range(first, last + 1), last, late=False)),
        write_archive(
            folder / f"{name}-revised.zip", _delivery(scene, crimes, revised, last + _SENT_AGAIN_AFTER, late=True)
        ),
    )


def _delivery(scene: Scene, crimes: dict[int, Crimes], months: range, as_at: int, *, late: bool) -> dict[str, str]:
    """The files of one delivery by name: what was known at the end of the month `as_at`, with or without late records."""
    police, files = scene.county.recipe.police, dict[str, str]()
    for month in months:
        name = month_name(month)
        start = f"{name}/{name}-{police.force}"
        files[f"{start}-outcomes.csv"] = _text(OUTCOMES_HEADER, outcome_rows(scene, crimes, month, late=late))
        if name in police.missing:
            continue
        files[f"{start}-street.csv"] = _text(STREET_HEADER, street_rows(scene, crimes[month], as_at, late=late))
        files[f"{start}-stop-and-search.csv"] = _text(SEARCHES_HEADER, search_rows(scene, month))
    return files


def _text(header: str, rows: list[str]) -> str:
    return "\n".join([header, *rows]) + "\n"
