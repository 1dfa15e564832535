"""The monthly dashboard: a row an area, month, kind of knife crime and measure; none where there were none."""

import re
from collections.abc import Mapping

from headwater.sources.contract import Contract
from headwater.sources.met_police.areas import by_code, coded, month_of
from headwater.sources.met_police.figures import Key
from headwater.sources.reading import whole_number

UNDATED = "undated"


def release_of(said: str) -> str:
    """The day of the release, as the file says in every row."""
    found = re.match(r"\d{4}-\d{2}-\d{2}", said)
    return found[0] if found else UNDATED


def read_dashboard(cells: dict[str, str], matched: Mapping[str, str], contract: Contract) -> tuple[Key, int]:
    """One row as a figure. Raises `Unusable` where any of it cannot be read."""
    codes = contract.codes
    level = coded(cells, matched["area_type"], codes["area_types"])
    where = by_code(cells[matched["area_code"]], level, codes, matched["area_code"])
    month = month_of(cells[matched["month_year"]], matched["month_year"])
    _ = coded(cells, matched["crime_type"], codes["crimes"])
    crime = coded(cells, matched["crime_subtype"], codes["crimes"])
    measure = coded(cells, matched["measure"], codes["measures"])
    if measure == "offences" and cells[matched["crime_subtype"]].casefold() in codes["victims"]:
        measure = "victims"
    unit = {"positive-outcomes": "outcomes"}.get(measure, measure)
    release = release_of(cells[matched["refresh_date"]]) if "refresh_date" in matched else UNDATED
    value = whole_number(cells, matched["count"])
    return Key(release, measure, where, (month, month, month), (("crime", crime),), unit), value
