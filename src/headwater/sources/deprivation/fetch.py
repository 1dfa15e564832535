"""Fetching the indices of deprivation: one file each, as the government publishes it."""

from pathlib import Path

from headwater.sources.fetching.addresses import read_addresses
from headwater.sources.fetching.asking import Wanted
from headwater.sources.fetching.courier import Courier


def fetch(wanted: Wanted, courier: Courier, folder: Path) -> tuple[Path, ...]:
    """Every file of the contract's `[fetch]` section, into `folder/deprivation`."""
    addresses = read_addresses(Path(__file__).with_name("contract.toml")).values()
    return tuple(
        courier.file(address.at(), folder / "deprivation" / address.file, "csv").path
        for address in addresses
        if address.what == wanted.what
    )
