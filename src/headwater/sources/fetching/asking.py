"""The front of the room: a word such as 'police', and the files that answer it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from numpy.random import Generator

from headwater.sources.fetching.courier import Courier, open_client
from headwater.sources.fetching.download import Tell, silence
from headwater.sources.fetching.patience import backoff
from headwater.vocabulary import WrongRequest, did_you_mean, storage_errors

WHAT = {
    "police": "police_uk",
    "police-api": "police_uk",
    "places": "ons_places",
    "populations": "populations",
    "deprivation": "deprivation",
}
"""What may be asked for, and whose it is."""
BETWEEN_PAGES = 0.1
"""Seconds: at most ten questions a second, under the fifteen that data.police.uk allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for."""

    what: str
    first: str | None = None
    """The first month, as 2023-01."""
    last: str | None = None
    forces: tuple[str, ...] = ()


def fetch(
    wanted: Wanted,
    folder: Path,
    *,
    cache: Path,
    chance: Generator,
    sleep: Callable[[float], object],
    mirror: str = "",
    progress: Tell = silence,
) -> tuple[Path, ...]:
    """Fetch what is `wanted` into `folder`; returns the files or folders to land, in the order to land them.

    Raises WrongRequest where there is no such thing to fetch, FetchFailed where it did not arrive whole, StorageTrouble where
    there is no room. What had arrived by then stays, and is not fetched again.
    """
    what = wanted.what
    if what not in WHAT:
        raise WrongRequest(f"there is nothing called {did_you_mean(what, WHAT)} to fetch: there is {', '.join(WHAT)}")
    with open_client() as client, storage_errors(f"fetching {what}"):
        courier = Courier(
            client=client,
            cache=cache,
            wait=backoff(sleep, chance),
            pause=lambda: sleep(BETWEEN_PAGES),
            mirror=mirror,
            tell=progress,
        )
        return import_module(f"headwater.sources.{WHAT[what]}.fetch").fetch(wanted, courier, folder)
