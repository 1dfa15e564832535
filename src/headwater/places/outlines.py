"""The boundaries that have landed, decoded only for the areas asked about."""

from collections.abc import Iterable, Mapping

import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from headwater.places.tables import distinct, rows_among, rows_where
from headwater.places.vintages import level_of, newest_first
from headwater.vocabulary import Level


class Outlines:
    """Boundaries by level and code; the newest vintage that has the code."""

    def __init__(self, boundaries: pa.Table) -> None:
        """`boundaries`: the conformed table, any order."""
        self._by_vintage = {
            vintage: rows_where(boundaries, level=vintage)
            for vintage in sorted(distinct(boundaries, "level"), key=newest_first)
        }

    def names(self) -> dict[str, dict[str, str]]:
        """By vintaged level, the name of each code that has a boundary."""
        return {
            vintage: dict(zip(rows["area_code"].to_pylist(), rows["name"].to_pylist(), strict=True))
            for vintage, rows in self._by_vintage.items()
        }

    def of(self, level: Level, codes: Iterable[str], used: str | None) -> Mapping[str, BaseGeometry]:
        """Outlines in EPSG:4326 of the codes that have one, in order of code.

        The vintage `used` on the ladder comes first, then the newest; an earlier year's outline stands in only for the
        same code.
        """
        wanted = set(codes)
        found: dict[str, BaseGeometry] = {}
        vintages = [vintage for vintage in self._by_vintage if level_of(vintage) is level]
        for vintage in sorted(vintages, key=lambda seen: seen != used):
            rows = rows_among(self._by_vintage[vintage], "area_code", wanted - set(found))
            decoded = shapely.from_wkb(rows["wkb"].to_pylist())
            found.update(zip(rows["area_code"].to_pylist(), decoded, strict=True))
        return {code: found[code] for code in sorted(found)}
