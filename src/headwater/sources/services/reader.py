"""Registers of services, recognised by their columns."""

from collections.abc import Sequence
from pathlib import Path

from headwater.sources.by_hand import ByHand
from headwater.sources.contract import read_contracts
from headwater.sources.published import slug
from headwater.sources.services.rows import Entry, entries

REGISTER = "the-partnership"
"""Whose a file of several providers is."""


def _series(found: Sequence[Entry]) -> str:
    """The provider whose own file it is, or the partnership's register. A newer one takes the older one's place."""
    providers = {slug(entry.provider) for entry in found}
    return providers.pop() if len(providers) == 1 else REGISTER


SOURCE = ByHand(
    "services",
    read_contracts(Path(__file__).with_name("contract.toml")),
    "Prevention level",
    entries,
    _series,
    "tells otherwise of a service that stands in an earlier row. If they are two services, give each its own name; if not, take one out.",
)
