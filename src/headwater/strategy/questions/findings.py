"""What the editions of the assessment say, for the needs that are tied to them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from headwater.strategy.models import Need
from headwater.vocabulary import did_you_mean

Reading = Mapping[str, Any]
"""One cell of a finding, as an edition's record has it."""


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> dict[str, Any]:
    record = json.loads(path.read_text(encoding="utf-8"))
    return {finding["name"]: finding for finding in record["findings"]}


def edition_names() -> list[str]:
    """The names of the editions there are, the earliest first; none where there is no workspace yet."""
    shelf = Path(settings.WORKSPACE) / "editions"
    found = sorted(path.parent.parent.name for path in shelf.glob("*/package/assessment.json"))
    return [name for name in found if not name.startswith(".")]


def newest_edition() -> str | None:
    """The edition that the workspace calls its latest, or None."""
    names = edition_names()
    latest = Path(settings.WORKSPACE) / "editions" / "latest"
    said = latest.read_text(encoding="utf-8").strip() if latest.is_file() else ""
    return said if said in names else next(reversed(names), None)


def findings(edition: str) -> dict[str, Any]:
    """The findings of an edition by name. Read once, and again when the edition is made anew."""
    path = Path(settings.WORKSPACE) / "editions" / edition / "package" / "assessment.json"
    return _read(path, path.stat().st_mtime_ns)


def place_of(reading: Reading) -> tuple[str, str, str]:
    """What tells one reading of a finding from another: its period, its place and its group."""
    return reading["period"]["label"], reading["place"]["code"], reading["group"] or ""


def reading_of(edition: str, finding: str, period: str, place: str, group: str = "") -> Reading:
    """One reading. Raises ValidationError where the edition has no such finding, or the finding no such reading."""
    known = findings(edition)
    if finding not in known:
        raise ValidationError(f"No finding of the edition {edition} is called {did_you_mean(finding, known)}.")
    wanted = (period, place, group)
    for cell in known[finding]["cells"]:
        if place_of(cell) == wanted:
            return cell
    raise ValidationError(f"{finding} has no figure for {period} there, in the edition {edition}.")


def in_words(reading: Reading) -> str:
    """A reading in words: the figure with its unit and its interval, or why there is none."""
    where = f"{reading['place']['name']}, {reading['period']['label']}"
    of = f" ({reading['group']})" if reading["group"] else ""
    if "value" not in reading:
        return f"no figure for {where}{of}: {reading['why']}"
    unit = "" if reading["unit"] in ("%", "index") else f" {reading['unit']}"
    return f"{reading['text']}{unit}{_interval(reading)} in {where}{of}"


def _interval(reading: Reading) -> str:
    if "lower" not in reading or "upper" not in reading:
        return ""
    sign, places = "%" if reading["unit"] == "%" else "", int(reading["decimals"])
    lower, upper = (f"{reading[end]:,.{places}f}" for end in ("lower", "upper"))
    return f" (interval {lower}{sign} to {upper}{sign})"


@dataclass(frozen=True, slots=True)
class Since:
    """What has become of a figure that a need was tied to."""

    edition: str
    """The newest edition."""
    now: str
    """The same figure there, in words; empty where there is none any more."""
    moved: bool
    later: str
    """The figure of the latest period of its place and group, where that is later than the one tied to; else empty."""


def since(need: Need) -> Since | None:
    """Has the figure moved since the need was tied to it? None for a need that is not tied, or where there is no edition."""
    newest = newest_edition()
    if not need.is_tied or newest is None:
        return None
    cells = findings(newest).get(need.finding, {"cells": []})["cells"]
    same = next((cell for cell in cells if place_of(cell) == place_of(need.reading)), None)
    now = in_words(same) if same else ""
    return Since(newest, now, now != need.figure, _later(cells, need.reading))


@dataclass(frozen=True, slots=True)
class Newest:
    """What the newest edition says of what a need is tied to."""

    edition: str
    reading: Reading


def newest_reading(need: Need) -> Newest | None:
    """The reading that a need would be tied to today: of the same place, group and length of time, and the latest of these; where
    one ends as late as the one it is tied to, that one. None for a need that is not tied, or where there is no such figure."""
    newest = newest_edition()
    if not need.is_tied or newest is None:
        return None
    cells = findings(newest).get(need.finding, {"cells": []})["cells"]
    tied = place_of(need.reading)
    by_end = ((cell["period"]["end"], place_of(cell) == tied, cell) for cell in _like(cells, need.reading))
    latest = max(by_end, key=lambda found: found[:2], default=None)
    return None if latest is None else Newest(newest, latest[2])


def _later(cells: list[Reading], tied: Reading) -> str:
    latest = max(_like(cells, tied), key=lambda cell: cell["period"]["end"], default=tied)
    return in_words(latest) if latest["period"]["end"] > tied["period"]["end"] else ""


def _like(cells: list[Reading], tied: Reading) -> list[Reading]:
    """Those of the same place, group and length of time: a year is not overtaken by a month."""
    return [cell for cell in cells if place_of(cell)[1:] == place_of(tied)[1:] and _length(cell) == _length(tied)]


def _length(reading: Reading) -> int:
    """Months."""
    (first_year, first_month), (year, month) = (
        map(int, reading["period"][end].split("-")[:2]) for end in ("start", "end")
    )
    return (year - first_year) * 12 + month - first_month
