"""Invent every file that the partners of a pretend county would send, from one recipe."""

from collections.abc import Callable
from pathlib import Path

import headwater
from headwater.sources.deprivation.invented import invent as invent_deprivation
from headwater.sources.ons_places.invented import invent as invent_places
from headwater.sources.police_uk.invented import invent as invent_police
from headwater.sources.populations.invented import invent as invent_populations
from headwater.sources.pretend import Recipe, make_county
from headwater.vocabulary import StorageTrouble, WrongRequest

_EXAMPLE = Path("examples", "aldermere", "aldermere.toml")


def invent(recipe: Path, folder: Path, *, progress: Callable[[str], None] | None = None) -> tuple[Path, ...]:
    """Make the county of `recipe` and write all its files into `folder` (made if absent). Returns them, by name.

    The same recipe gives the same bytes on every machine. `progress` is told, in words, what is being made.
    Raises BadInput for a recipe that cannot be read, StorageTrouble where the folder cannot be written to.
    """
    tell = progress or _say_nothing
    read = Recipe.read(recipe)
    tell(f"{read.county}: the land")
    county = make_county(read)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tell(f"{read.county}: places, people and deprivation")
        written = [*invent_places(county, folder), *invent_populations(county, folder)]
        written += [*invent_deprivation(county, folder), *invent_police(county, folder, progress=tell)]
    except OSError as problem:
        raise StorageTrouble(f"could not write the pretend files into {folder}: {problem.strerror}") from problem
    return tuple(sorted(written))


def _say_nothing(_: str) -> None:
    pass


def example_recipe() -> Path:
    """The recipe of Aldermere, as installed with Headwater or as it stands in a checkout. Raises WrongRequest if gone."""
    room = Path(headwater.__file__).resolve().parent
    for home in (room, room.parents[1]):
        if (home / _EXAMPLE).is_file():
            return home / _EXAMPLE
    raise WrongRequest("this installation has no examples/aldermere/aldermere.toml: install Headwater again")
