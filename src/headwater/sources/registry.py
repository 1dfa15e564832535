"""The partners we know: those built in, and those installed beside Headwater as `headwater.sources` entry points.

A partner's package offers `SOURCE`. It is imported when first asked for, never at the door.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import cast

from headwater.engine import Engine
from headwater.sources.contract import Contract
from headwater.sources.source import Account, Extract, Source
from headwater.vocabulary import WrongRequest, did_you_mean

BUILT_IN = (
    "police_uk",
    "ons_places",
    "populations",
    "deprivation",
    "nrm",
    "met_police",
    "schools",
    "social_care",
    "fingertips",
    "gazetteer",
    "emergency",
    "police_records",
    "ambulance",
    "la_measures",
    "hospital",
    "voluntary",
    "services",
    "youth_justice",
    "surveys",
    "captures",
)


def sources() -> Iterator[Source]:
    """Every source: the built-in ones in order, then the installed ones by name."""
    yield from map(_built_in, BUILT_IN)
    yield from _installed()


@cache
def _built_in(name: str) -> Source:
    return cast("Source", import_module(f"headwater.sources.{name}").SOURCE)


@cache
def _installed() -> tuple[Source, ...]:
    points = sorted(entry_points(group="headwater.sources"), key=lambda point: point.name)
    return tuple(cast("Source", point.load()) for point in points)


def source_of(dataset: str) -> Source:
    """The source that reads `dataset`. Raises WrongRequest, with did-you-mean, for a dataset nobody reads."""
    known: list[str] = []
    for source in sources():
        if dataset in source.contracts:
            return source
        known.extend(source.contracts)
    raise WrongRequest(f"there is no dataset {did_you_mean(dataset, known)}")


def contract(dataset: str) -> Contract:
    """The contract of `dataset`, e.g. 'police_uk.street'."""
    return source_of(dataset).contracts[dataset]


def conform(dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:
    """Write the conformed tables of `dataset` and its quarantine into `folder`, and account for every row."""
    return source_of(dataset).conform(dataset, extracts, engine, folder)
