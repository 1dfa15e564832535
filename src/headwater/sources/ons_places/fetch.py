"""Fetching look-ups and boundaries from the Open Geography portal, for the whole of England and Wales."""

from pathlib import Path

from headwater.sources.fetching import arcgis
from headwater.sources.fetching.addresses import Address, read_addresses
from headwater.sources.fetching.asking import Wanted
from headwater.sources.fetching.courier import Courier
from headwater.sources.fetching.tables import write_table


def fetch(wanted: Wanted, courier: Courier, folder: Path) -> tuple[Path, ...]:
    """Every layer and table of the contract's `[fetch]` section, into `folder/places`: GeoJSON and CSV."""
    addresses = read_addresses(Path(__file__).with_name("contract.toml")).values()
    return tuple(
        _one(courier, address, folder / "places" / address.file) for address in addresses if address.what == wanted.what
    )


def _one(courier: Courier, address: Address, to: Path) -> Path:
    courier.tell(0, 1, to.name)
    if to.suffix == ".geojson":
        return arcgis.write_features(arcgis.features(courier, address), address.fields, to)
    found = arcgis.rows(courier, address)
    rows = (tuple(str(row[field] or "").strip() for field in address.fields) for row in found)
    return write_table(to, address.fields, rows)
