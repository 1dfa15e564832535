"""The look-ups and boundaries of the Office for National Statistics, recognised by their columns."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.levels import columns_of
from headwater.sources.ons_places.boundaries import conform_boundaries
from headwater.sources.ons_places.lookups import conform_lookups
from headwater.sources.source import Account, Extract, Recognition
from headwater.vocabulary import BadInput

LOOKUPS, BOUNDARIES = "ons_places.lookups", "ons_places.boundaries"
_FIRST_NUMBER = re.compile(rb'"coordinates"\s*:[\s\[]*(-?\d+)')


class OnsPlaces:
    """Areas of England and Wales: how they nest, and their outlines."""

    name = "ons_places"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:
        """A look-up has the codes of two levels or more; GeoJSON has the code of at least one.

        The series a file belongs to is its levels ('ons lsoa21 ward24 ltla24'), so that a newer file of the same levels
        takes the place of an older one and of no other. Raises `BadInput` for boundaries in metres.
        """
        levels = [named.level for named in columns_of(header).levels]
        if name.casefold().endswith((".geojson", ".json")):
            if levels:
                _refuse_metres(name, path)
            return Recognition(BOUNDARIES, f"ons-{levels[0]}") if levels else None
        return Recognition(LOOKUPS, f"ons-{'-'.join(levels)}") if len(levels) > 1 else None

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `areas` and `links`, or `boundaries`, and the quarantine."""
        read = conform_lookups if dataset == LOOKUPS else conform_boundaries
        return read(dataset, extracts, folder)


def _refuse_metres(name: str, path: Path) -> None:
    """The portal offers boundaries on the National Grid too; its metres would land as nonsense."""
    with path.open("rb") as file:
        first = _FIRST_NUMBER.search(file.read(1 << 16))
    if first and abs(int(first[1])) > 180:
        raise BadInput(
            f"{name} is in metres of the National Grid: download it again as GeoJSON in longitude and latitude (EPSG:4326)."
        )


SOURCE = OnsPlaces()
