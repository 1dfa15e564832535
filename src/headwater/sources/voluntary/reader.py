"""Returns of voluntary and community organisations, recognised by their columns."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from headwater.sources.by_hand import ByHand
from headwater.sources.contract import read_contracts
from headwater.sources.voluntary.rows import Entry, entries


def _series(found: Sequence[Entry]) -> str:
    """Whose figures, of which months: 'cobnut-youth-trust-2025-04-to-2025-06-1a2b3c'.

    A return takes the place of an earlier one of the same organisations, services, areas and months, and of no other.
    """
    organisations = sorted({entry.organisation for entry in found})
    first, last = min(entry.span.first for entry in found), max(entry.span.last for entry in found)
    said = sorted({(e.organisation, e.service, e.area.code, e.span.first, e.span.last) for e in found})
    whose = organisations[0] if len(organisations) == 1 else f"{len(organisations)}-organisations"
    return f"{whose}-{first}-to-{last}-{hashlib.sha256(repr(said).encode()).hexdigest()[:6]}"


SOURCE = ByHand(
    "voluntary",
    read_contracts(Path(__file__).with_name("contract.toml")),
    "What is counted",
    entries,
    _series,
    "counts the same as an earlier row, and has another number. If they are two services, name each under 'Service'; if not, take "
    "one of them out.",
)
