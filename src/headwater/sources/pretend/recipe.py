"""The recipe of a pretend county: one TOML file that a person can read and change."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self, TypeVar, get_origin, get_type_hints

from headwater.vocabulary import BadInput, did_you_mean

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Land:
    """How much land there is, how it is drawn, and what became of it between 2011 and 2021."""

    west: float
    south: float
    people: int
    people_in_lsoa: int
    people_in_msoa: int
    grains: int
    in_open_country: float
    splits: int
    merges: int
    outline: list[list[float]]


@dataclass(frozen=True, slots=True)
class District:
    """A district around its town; distances in kilometres."""

    name: str
    town: list[float]
    share: float
    spread: float
    reach: float
    ages: str
    ethnicity: dict[str, float]
    wards: list[str]


@dataclass(frozen=True, slots=True)
class Hardship:
    """A place where life is harder (or, below nought, easier)."""

    place: str
    at: list[float]
    reach: float
    depth: float


@dataclass(frozen=True, slots=True)
class Police:
    """The force, its months, and what is wrong with its files."""

    force: str
    name: str
    first: str
    months: int
    months_before: int
    months_in_2011_areas: int
    missing: list[str]
    spoilt_month: str
    spoilt_point: str
    no_location: float
    beyond_the_border: float
    duplicated_outcomes: float
    revised_months: int
    late_records: float
    step: dict[str, Any]
    emerging: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Crime:
    """One crime type and its shape."""

    type: str
    a_month: float
    a_year: float
    summer: float
    hardship: float
    uneven: float
    centre: float
    outcomes: dict[str, float]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How crimes end, and how long it takes."""

    charged_a_year: float
    still_open: float
    unable: float
    lags: list[float]
    lags_when_charged: list[float]


@dataclass(frozen=True, slots=True)
class Searches:
    """Stop and search."""

    a_month: float
    not_stated: float
    no_location: float
    male: float
    times_as_often: dict[str, float]
    ages: dict[str, float]
    objects: dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Streets:
    """Words that street names are made of."""

    first: list[str]
    second: list[str]
    landmarks: list[str]
    in_a_centre: list[str]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a pretend county is made from."""

    seed: int
    county: str
    region: str
    police: Police
    land: Land
    hardship: list[Hardship]
    districts: list[District]
    ages: dict[str, list[float]]
    crimes: list[Crime]
    outcomes: Outcomes
    searches: Searches
    streets: Streets

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a recipe. Raises BadInput for what is absent, not understood or of the wrong kind."""
        try:
            said: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        except FileNotFoundError as absent:
            raise BadInput(f"there is no recipe at {path}") from absent
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise BadInput(f"{path.name} is not a readable TOML file: {problem}") from problem
        for name, kind in (("police", Police), ("land", Land), ("outcomes", Outcomes), ("searches", Searches),
                           ("streets", Streets)):  # fmt: skip
            if name in said:
                said[name] = _understood(kind, said[name], f"{path.name} [{name}]")
        for name, kind in (("hardship", Hardship), ("districts", District), ("crimes", Crime)):
            entries = enumerate(said.get(name, ()), start=1)
            said[name] = [_understood(kind, entry, f"{path.name} [[{name}]] {n}") for n, entry in entries]
        return _understood(cls, said, path.name)


def _understood(kind: type[T], said: Any, where: str) -> T:
    """One table of the recipe as its dataclass."""
    if not isinstance(said, dict):
        raise BadInput(f"{where} should be a table of names and values")
    known = [field.name for field in fields(kind)]  # pyright: ignore[reportArgumentType]
    if strange := sorted(set(said) - set(known)):
        raise BadInput(f"{where}: not understood: {', '.join(did_you_mean(name, known) for name in strange)}")
    if absent := sorted(set(known) - set(said)):
        raise BadInput(f"{where}: missing: {', '.join(absent)}")
    hints = get_type_hints(kind)
    for name in known:
        wanted = get_origin(hints[name]) or hints[name]
        if not isinstance(said[name], (int, float) if wanted is float else wanted):
            raise BadInput(f"{where}: {name} should be a {wanted.__name__}, not a {type(said[name]).__name__}")
    return kind(**said)
