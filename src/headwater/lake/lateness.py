"""Which returns came late: only where a delivery that should have held them did not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from headwater.lake.provenance import Provenance
from headwater.sources import contract
from headwater.vocabulary import month_number

Key = tuple[str, str, str]
"""(dataset, producer, month)."""


def late_returns(provenance: Sequence[Provenance]) -> dict[Key, str]:
    """The returns that came late, each with why in words.

    The day a file landed does not tell when it was sent: an archive of old months lands whole years after. So a return is
    late where an earlier delivery, received after the return was due, reached over its month, held its producer, and did
    not hold it. Where the contract does not say when returns are due, or nobody said when they were received, nothing is
    called late.
    """
    deliveries = _deliveries(provenance)
    came = _came(deliveries.values())
    return {
        key: f"not in what came on {short}, when it was due; it came on {day}"
        for key, day in sorted(came.items())
        if day and (short := min(_fell_short(key, day, deliveries.values()), default=""))
    }


Delivery = tuple[str, frozenset[Key]]
"""The day it was received, empty where nobody said; and what it held."""


def _deliveries(provenance: Iterable[Provenance]) -> dict[str, Delivery]:
    """What each package held."""
    held: dict[str, tuple[str, set[Key]]] = {}
    for entry in provenance:
        months = [month for month, _ in entry.months] or ([entry.month] if entry.month else [])
        found = held.setdefault(entry.package, (entry.received, set()))[1]
        found |= {(entry.dataset, entry.producer, month) for month in months}
    return {package: (day, frozenset(keys)) for package, (day, keys) in held.items()}


def _came(deliveries: Iterable[Delivery]) -> Mapping[Key, str]:
    """The day each return first came; empty where it was in something that came on no known day."""
    came: dict[Key, str] = {}
    for day, keys in deliveries:
        for key in keys:
            came[key] = min(came.get(key, day), day)
    return came


def _fell_short(key: Key, came: str, deliveries: Iterable[Delivery]) -> Iterator[str]:
    """The days of the deliveries that should have held a return and did not."""
    dataset, producer, month = key
    due = contract(dataset).due_months
    for day, keys in deliveries:
        months = [m for name, _, m in keys if name == dataset]
        theirs = any((name, who) == (dataset, producer) for name, who, _ in keys)
        if due is None or not theirs or not min(months) <= month <= max(months):
            continue
        if day and day < came and month_number(day[:7]) - month_number(month) > due:
            yield day
