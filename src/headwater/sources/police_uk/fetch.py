"""Fetching police data: from the archive, which is the best there is, or from the API, which is smaller and says less."""

import re
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from shutil import copyfileobj

from headwater.sources.fetching.addresses import Address, read_addresses
from headwater.sources.fetching.asking import Wanted
from headwater.sources.fetching.courier import Courier
from headwater.sources.police_uk.fetch_api import fetch_api
from headwater.sources.police_uk.forces import forces
from headwater.vocabulary import FetchFailed, WrongRequest, did_you_mean, month_name, month_number, months_between

HELD = 36
"""Months in a release of the archive: the one it is named for, and those before it."""
_MEMBER = re.compile(r"(\d{4}-\d{2})-([a-z-]+?)-(?:street|outcomes|stop-and-search)\.csv")
Addresses = dict[str, Address]


def fetch(wanted: Wanted, courier: Courier, folder: Path) -> tuple[Path, ...]:
    """From the archive, or for 'police-api' from the API. Raises WrongRequest for a force or month there is not."""
    for force in wanted.forces:
        if force not in forces():
            raise WrongRequest(
                f"there is no police force {did_you_mean(force, forces())}. Write it as file names do: northumbria"
            )
    addresses = read_addresses(Path(__file__).with_name("contract.toml"))
    published = _published(courier, addresses)
    months = _months(wanted, published)
    if wanted.what == "police-api":
        return fetch_api(wanted.forces, months, courier, addresses, folder / "police-api")
    if not wanted.forces:
        return tuple(_whole(courier, addresses, release, folder) for release, _ in releases(months, published))
    for release, held in releases(months, published):
        _take_out(courier, addresses, release, held, wanted.forces, folder / "police")
    return (folder / "police",)


def _published(courier: Courier, addresses: Addresses) -> str:
    """The newest month published: '2025-10'."""
    said = courier.json(addresses["updated"].at())
    found = re.match(r"\d{4}-(0[1-9]|1[0-2])", str(said.get("date"))) if isinstance(said, dict) else None
    if not found:
        raise FetchFailed("data.police.uk does not say which month is its newest. Try again later.")
    return found[0]


def _months(wanted: Wanted, published: str) -> tuple[str, ...]:
    """The months asked for: by default those of the newest release."""
    last = wanted.last or published
    first = wanted.first or month_name(month_number(last) - HELD + 1)
    if month_number(last) > month_number(published):
        raise WrongRequest(f"police data for {last} is not published yet: the newest month is {published}")
    if month_number(first) > month_number(last):
        raise WrongRequest(f"--from {first} is after --to {last}")
    return months_between(first, last)


def releases(months: tuple[str, ...], published: str) -> list[tuple[str, tuple[str, ...]]]:
    """Which releases hold the months, each with those to take from it, earliest first.

    A month is taken from the newest release that has it, because releases correct the ones before.
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    release = month_number(published)
    while release >= month_number(months[0]):
        held = tuple(month for month in months if release - HELD < month_number(month) <= release)
        found += [(month_name(release), held)] if held else []
        release -= HELD
    return found[::-1]


def _whole(courier: Courier, addresses: Addresses, release: str, folder: Path) -> Path:
    """One release as it comes: every force, over a gigabyte."""
    return courier.file(addresses["archive"].at(release=release), folder / f"police-{release}.zip", "zip").path


def _take_out(
    courier: Courier, addresses: Addresses, release: str, months: Collection[str], slugs: Collection[str], folder: Path
) -> None:
    """The files of some forces and months of a release, byte for byte; the release itself stays in the cache."""
    whole = _whole(courier, addresses, release, courier.cache)
    try:
        with zipfile.ZipFile(whole) as archive:
            wanted = _members(archive, months, slugs)
            for done, (entry, month) in enumerate(wanted):
                name = PurePosixPath(entry.filename).name
                courier.tell(done, len(wanted), name)
                _extract(archive, entry, folder / month / name)
    except (zipfile.BadZipFile, zlib.error, EOFError) as problem:
        courier.forget(addresses["archive"].at(release=release), whole)
        raise FetchFailed(
            f"the archive {release} is damaged, and was deleted. Run this again to fetch it afresh."
        ) from problem


def _members(
    archive: zipfile.ZipFile, months: Collection[str], slugs: Collection[str]
) -> list[tuple[zipfile.ZipInfo, str]]:
    """The entries wanted, each with its month. Raises FetchFailed for a force of which there is nothing at all."""
    named = ((entry, _MEMBER.fullmatch(PurePosixPath(entry.filename).name)) for entry in archive.infolist())
    wanted = [
        (entry, found[1], found[2]) for entry, found in named if found and found[1] in months and found[2] in slugs
    ]
    if absent := sorted(set(slugs) - {slug for _, _, slug in wanted}):
        raise FetchFailed(
            f"the archive of data.police.uk has nothing from {', '.join(absent)} in {min(months)} to {max(months)}. Leave that force or "
            "those months out, or ask the force."
        )
    return [(entry, month) for entry, month, _ in wanted]


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = to.with_name(to.name + ".part")
    try:
        with archive.open(entry) as packed, beside.open("wb") as file:
            copyfileobj(packed, file, 1 << 20)
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)
