"""Invent every file that the partners of a pretend county would send, from one recipe."""

import hashlib
import tempfile
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import headwater
from headwater.sources.ambulance.invented import invent as invent_ambulance
from headwater.sources.captures.invented import invent as invent_captures
from headwater.sources.deprivation.invented import invent as invent_deprivation
from headwater.sources.edge import LENGTH, Key, make_key
from headwater.sources.emergency.invented import invent as invent_emergency
from headwater.sources.gazetteer.invented import invent as invent_gazetteer
from headwater.sources.hospital.invented import invent as invent_hospital
from headwater.sources.ons_places.invented import invent as invent_places
from headwater.sources.police_records.invented import FORCE
from headwater.sources.police_records.invented import invent as invent_police_records
from headwater.sources.police_uk.invented import invent as invent_police
from headwater.sources.populations.invented import invent as invent_populations
from headwater.sources.pretend import County, Recipe, make_county
from headwater.sources.pretend.incidents import invent_violence
from headwater.sources.schools.invented import invent as invent_schools
from headwater.sources.services.invented import invent as invent_services
from headwater.sources.social_care.invented import invent as invent_social_care
from headwater.sources.surveys.invented import invent as invent_surveys
from headwater.sources.voluntary.invented import invent as invent_voluntary
from headwater.sources.youth_justice.invented import invent as invent_youth_justice
from headwater.vocabulary import WrongRequest, storage_errors

PARTNERS: tuple[Callable[[County, Path], Iterable[Path]], ...] = (
    invent_schools, invent_social_care, invent_gazetteer, invent_police_records, invent_emergency, invent_ambulance, invent_hospital,
    invent_youth_justice, invent_voluntary, invent_surveys, invent_services, invent_captures,
)  # fmt: skip
"""Everyone beside the police’s open data and the statisticians."""
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
        tell("inventing what partners know")
        for partner in PARTNERS:
            written += partner(county, folder)
    tell(f"invented {read.county}")
    return tuple(sorted(written))


def whose_records(recipe: Path, key: Key) -> dict[tuple[str, str], int]:
    """Who each record of an invented event is of, which nobody could know of a real one: by the event's key and the role."""
    violence = invent_violence(make_county(Recipe.read(recipe)))
    found: dict[tuple[str, str], int] = {}
    for one in violence.incidents:
        if one.attendance:
            found[key.numbered(one.site.casefold(), one.attendance), "patient"] = one.victim
        if one.crime:
            crime = key.numbered(FORCE.casefold().replace(" ", "-"), one.crime)
            found[crime, "victim"] = one.victim
            if one.suspect is not None:
                found[crime, "suspect"] = one.suspect
    return found


def example_recipe() -> Path:
    """The recipe of Aldermere, as installed with Headwater or as it stands in a checkout. Raises WrongRequest if gone."""
    room = Path(headwater.__file__).resolve().parent
    for home in (room, room.parents[1]):
        if (home / _EXAMPLE).is_file():
            return home / _EXAMPLE
    raise WrongRequest("this installation has no examples/aldermere/aldermere.toml: install Headwater again")


@contextmanager
def key_of_nobody() -> Generator[Path]:
    """The key that Aldermere's person keys are made with. It is no secret: nobody lives there, and the same days must give the
    same bytes."""
    with tempfile.TemporaryDirectory(prefix="headwater-key-") as folder:
        path = Path(folder) / "person.key"
        _ = make_key(path, hashlib.blake2b(b"Nobody lives in Aldermere", digest_size=LENGTH).digest())
        yield path
