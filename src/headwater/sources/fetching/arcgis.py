"""Layers of an ArcGIS feature service, such as the Open Geography portal: asked page by page, and counted.

Esri, *ArcGIS REST API: Query (Feature Service/Layer)*: `resultOffset` and `resultRecordCount` page through a layer in the
order of `orderByFields`; `returnCountOnly` says how many there are; errors come with status 200.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from headwater.sources.fetching.addresses import Address
from headwater.sources.fetching.courier import Courier, Page, read_json
from headwater.vocabulary import FetchFailed

PAGE = 2000
"""Rows asked for at a time; a server may send fewer."""


def features(courier: Courier, address: Address, *, where: str = "1=1") -> list[dict[str, Any]]:
    """Every feature of a layer as GeoJSON, in longitude and latitude to a tenth of a metre, in the order of its code."""
    asked = {"f": "geojson", "outSR": "4326", "geometryPrecision": "6", "returnGeometry": "true"}
    return _layer(courier, address, asked, where)


def rows(courier: Courier, address: Address) -> list[dict[str, Any]]:
    """Every row of a table, each with the address's fields."""
    found = _layer(courier, address, {"f": "json", "returnGeometry": "false"}, "1=1")
    return [feature["attributes"] for feature in found]


def write_features(found: list[dict[str, Any]], fields: tuple[str, ...], to: Path) -> Path:
    """A GeoJSON file, a feature a line, with the properties asked for and no others."""
    to.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(_plain(feature, fields), ensure_ascii=False, separators=(",", ":")) for feature in found)
    beside = to.with_name(to.name + ".part")
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    beside.write_text(text, encoding="utf-8", newline="\n")
    return beside.replace(to)


def _plain(feature: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    properties = {name: feature["properties"][name] for name in fields}
    return {"type": "Feature", "properties": properties, "geometry": feature["geometry"]}


def _layer(courier: Courier, address: Address, asked: dict[str, str], where: str) -> list[dict[str, Any]]:
    fields = ",".join(address.fields)
    query = {"where": where, "outFields": fields, "orderByFields": fields, **asked}
    wanted = _count(courier, address, where)
    with courier.pages(address.name) as page:
        found = list(_pages(page, address.url, query, wanted))
        _check(found, address, wanted)
    return found


def _count(courier: Courier, address: Address, where: str) -> int:
    answer = courier.json(f"{address.url}?{urlencode({'where': where, 'returnCountOnly': 'true', 'f': 'json'})}")
    if not isinstance(answer, dict) or not isinstance(answer.get("count"), int):
        raise FetchFailed(f"{address.url} does not say how many rows it has. Try again later, or fetch it by hand.")
    return answer["count"]


def _pages(page: Page, url: str, query: dict[str, str], wanted: int) -> Iterator[dict[str, Any]]:
    """Features, page by page, until all that were counted are here or a page comes empty."""
    here = 0
    while here < wanted:
        whole = f"{url}?{urlencode({**query, 'resultOffset': str(here), 'resultRecordCount': str(PAGE)})}"
        answer = read_json(page(whole, "json"), whole)
        found: list[dict[str, Any]] = answer.get("features") or []
        if not found:
            return
        yield from found
        here += len(found)


def _check(found: list[dict[str, Any]], address: Address, wanted: int) -> None:
    if not found or len(found) != wanted:
        raise FetchFailed(
            f"{address.name}: {len(found):,} of {wanted:,} rows came from {address.url}. Nothing was kept; try again later."
        )
    given = found[0].get("properties") or found[0].get("attributes") or {}
    if absent := [field for field in address.fields if field not in given]:
        raise FetchFailed(
            f"{address.name}: what came from {address.url} has no {', '.join(absent)}. The publisher has changed it: mend `fields` in "
            "the source's contract.toml, or fetch it by hand."
        )
