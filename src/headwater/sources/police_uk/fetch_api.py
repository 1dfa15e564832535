"""Police data from the API of data.police.uk, as files of the archive's shape.

The API gives street crimes in a polygon, not of a force, and at most 10,000 of them: so the force's outline is covered with
boxes, each cut in four where it holds too many (the API then answers 503), and crimes whose map point lies outside the outline
are left out. Crimes without a place, and searches, it gives by force. It says nothing of LSOAs: that column stays empty.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from headwater.sources.contract import Contract, read_contracts
from headwater.sources.fetching import arcgis
from headwater.sources.fetching.addresses import Address
from headwater.sources.fetching.courier import Courier
from headwater.sources.fetching.download import Unanswered
from headwater.sources.fetching.tables import write_table
from headwater.sources.police_uk.api_rows import crime_row, search_row
from headwater.sources.police_uk.forces import Force, forces
from headwater.vocabulary import FetchFailed, WrongRequest

WIDEST, NARROWEST = 0.5, 0.002
"""Degrees: a box wider than the first is cut before it is asked for; one narrower than the second is cut no more."""
Addresses = dict[str, Address]
Crime = dict[str, Any]


def fetch_api(
    slugs: Collection[str], months: Collection[str], courier: Courier, addresses: Addresses, folder: Path
) -> tuple[Path, ...]:
    """Street crimes, and searches where the force sent any, a file a month. Raises WrongRequest where a force has no area."""
    named = [forces()[slug] for slug in slugs]
    if not named or any(force.area_code is None for force in named):
        raise WrongRequest(
            "the API is asked force by force, inside the force's area: name forces that have one with --force"
        )
    searched = _searched(courier, addresses)
    if early := sorted(set(months) - searched.keys()):
        raise WrongRequest(
            f"the API no longer has {early[0]}: begin at {min(searched, default='a later month')}, or fetch `police`"
        )
    contracts = read_contracts(Path(__file__).with_name("contract.toml"))
    return tuple(
        path
        for force in named
        for path in _files(force, sorted(months), courier, addresses, folder, contracts, searched)
    )


def _searched(courier: Courier, addresses: Addresses) -> dict[str, list[str]]:
    """The forces that sent searches, month by month, for every month the API has."""
    said = courier.json(addresses["months"].at())
    return {month["date"]: month.get("stop-and-search") or [] for month in said}


def _files(
    force: Force,
    months: list[str],
    courier: Courier,
    addresses: Addresses,
    folder: Path,
    contracts: dict[str, Contract],
    searched: dict[str, list[str]],
) -> Iterator[Path]:
    street, searches = contracts["police_uk.street"], contracts["police_uk.stop_and_search"]
    outline = _outline(force, courier, addresses["outline"])
    for done, month in enumerate(months):
        courier.tell(done, len(months), f"{force.name}, {month}")
        crimes = _crimes(force, month, outline, courier, addresses)
        rows = [crime_row(crime, month, force.name, street) for crime in crimes]
        if rows:
            yield _write(folder, month, force.slug, "street", street, rows)
        if force.slug in searched[month]:
            found = courier.json(addresses["searches"].at(force=force.slug, month=month))
            rows = [search_row(search) for search in sorted(found, key=_when)]
            yield _write(folder, month, force.slug, "stop-and-search", searches, rows)


def _write(folder: Path, month: str, slug: str, kind: str, contract: Contract, rows: list[dict[str, str]]) -> Path:
    header = [column.name for column in contract.columns]
    lines = (tuple(row.get(name, "") for name in header) for row in rows)
    return write_table(folder / month / f"{month}-{slug}-{kind}.csv", header, lines)


def _when(search: dict[str, Any]) -> tuple[str, str]:
    return str(search.get("datetime")), repr(sorted(search.items()))


def _outline(force: Force, courier: Courier, address: Address) -> BaseGeometry:
    """The force's area in longitude and latitude."""
    found = arcgis.features(courier, address, where=f"{address.fields[0]}='{force.area_code}'")
    outline = shapely.make_valid(shapely.geometry.shape(found[0]["geometry"]))
    shapely.prepare(outline)
    return outline


def _crimes(force: Force, month: str, outline: BaseGeometry, courier: Courier, addresses: Addresses) -> list[Crime]:
    """Every crime of a month once, by the API's own number: those inside the outline, and those without a place."""
    placed = list(_inside(shapely.box(*outline.bounds), outline, month, courier, addresses["street"]))
    unplaced = courier.json(addresses["unplaced"].at(force=force.slug, month=month))
    known = {int(crime["id"]): crime for crime in (*placed, *unplaced)}
    return [known[number] for number in sorted(known)]


def _inside(box: BaseGeometry, outline: BaseGeometry, month: str, courier: Courier, street: Address) -> Iterator[Crime]:
    if not outline.intersects(box):
        return
    west, south, east, north = box.bounds
    wide = max(east - west, north - south)
    found = None if wide > WIDEST else _ask(box, month, courier, street)
    if found is not None:
        yield from (crime for crime in found if outline.intersects(_point(crime)))
    elif wide < NARROWEST:
        raise FetchFailed(
            f"data.police.uk goes on refusing {month}, however small the area asked for. Try again later."
        )
    else:
        middle, centre = (west + east) / 2, (south + north) / 2
        for left, right in ((west, middle), (middle, east)):
            for bottom, top in ((south, centre), (centre, north)):
                yield from _inside(shapely.box(left, bottom, right, top), outline, month, courier, street)


def _point(crime: Crime) -> BaseGeometry:
    return shapely.Point(float(crime["location"]["longitude"]), float(crime["location"]["latitude"]))


def _ask(box: BaseGeometry, month: str, courier: Courier, street: Address) -> list[Crime] | None:
    """The crimes in a box; None where there are too many to say."""
    west, south, east, north = (f"{degrees:.6f}" for degrees in box.bounds)
    corners = f"{south},{west}:{north},{west}:{north},{east}:{south},{east}"
    courier.pause()
    try:
        return courier.json(street.at(poly=corners, month=month), retries=1)
    except Unanswered as refused:
        if refused.status != 503:
            raise
        return None
