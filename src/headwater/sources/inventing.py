"""Invent every file that the partners of a pretend county would send, from one recipe."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import headwater
from headwater.sources.deprivation.invented import invent as invent_deprivation
from headwater.sources.ons_places.invented import invent as invent_places
from headwater.sources.police_uk.invented import invent as invent_police
from headwater.sources.populations.invented import invent as invent_populations
from headwater.sources.pretend import Recipe, make_county
from headwater.sources.schools.invented import invent as invent_schools
from headwater.sources.social_care.invented import invent as invent_social_care
from headwater.vocabulary import WrongRequest, storage_errors

Progress = Callable[[int, int, str], object]
_EXAMPLE = Path("examples", "aldermere", "aldermere.toml")


def invent(recipe: Path, folder: Path, *, progress: Progress | None = None) -> tuple[Path, ...]:
    """Make the county of `recipe` and write all its files into `folder` (made if absent). Returns them, by name.

    The same recipe gives the same bytes on every machine. `progress` is told how much is done, out of how much, and what.
    Raises BadInput for a recipe that cannot be read, WrongRequest where `folder` is a file, StorageTrouble where it cannot
    be written to.
    """
    read = Recipe.read(recipe)
    if folder.exists() and not folder.is_dir():
        raise WrongRequest(f"{folder} is a file: name a folder for the pretend files to go into")
    steps = 3 + read.police.months_before + read.police.months
    done = count()

    def tell(words: str) -> None:
        if progress is not None:
            progress(next(done), steps, words)

    tell(f"drawing {read.county}")
    county = make_county(read)
    with storage_errors(f"writing the pretend files into {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        tell("inventing places, people and deprivation")
        written = [*invent_places(county, folder), *invent_populations(county, folder)]
        written += [*invent_deprivation(county, folder), *invent_police(county, folder, tell)]
        tell("inventing schools and social care")
        written += [*invent_schools(county, folder), *invent_social_care(county, folder)]
    tell(f"invented {read.county}")
    return tuple(sorted(written))


def example_recipe() -> Path:
    """The recipe of Aldermere, as installed with Headwater or as it stands in a checkout. Raises WrongRequest if gone."""
    room = Path(headwater.__file__).resolve().parent
    for home in (room, room.parents[1]):
        if (home / _EXAMPLE).is_file():
            return home / _EXAMPLE
    raise WrongRequest("this installation has no examples/aldermere/aldermere.toml: install Headwater again")
