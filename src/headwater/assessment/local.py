"""What this area calls serious violence, put into the measures that count it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from headwater.places import bands_within
from headwater.vocabulary import EVERYONE, LocalDefinition, Measure, OffenceList, WrongRequest, did_you_mean

FOLDER = "serious_violence"
OFFENCES = "home-office"


SHIPPED = Path(str(files("headwater") / "definitions"))


@cache
def offences() -> OffenceList:
    """The offences that definitions are written in."""
    return OffenceList.read(SHIPPED / "offences" / f"{OFFENCES}.toml")


def local_definitions(root: Path) -> dict[str, LocalDefinition]:
    """Every definition by name: those shipped, and a workspace's own in `serious_violence/`, which stand in their place."""
    paths = {path.stem: path for home in (SHIPPED, root) for path in sorted((home / FOLDER).glob("*.toml"))}
    return {name: LocalDefinition.read(path, offences()) for name, path in sorted(paths.items())}


def chosen(root: Path, name: str) -> LocalDefinition | None:
    """The definition that a workspace names, or None where it names none."""
    if not name:
        return None
    known = local_definitions(root)
    if name not in known:
        raise WrongRequest(f"no definition of serious violence is called {did_you_mean(name, known)}")
    return known[name]


def counted_locally(measures: Iterable[Measure], local: LocalDefinition | None) -> Iterator[Measure]:
    """The measures, with what `local` includes and excludes in those that ask for it; without it those are left out."""
    for measure in measures:
        if not measure.definition:
            yield measure
        elif local is not None and _overlap(measure, local):
            yield _counted(measure, local)


def _overlap(measure: Measure, local: LocalDefinition) -> bool:
    """Is there anybody of the ages of both?"""
    if local.ages is None or measure.ages == EVERYONE:
        return True
    return max(local.ages[0], measure.ages[0]) <= min(local.ages[1], measure.ages[1])


def _counted(measure: Measure, local: LocalDefinition) -> Measure:
    read = f" {' '.join(local.reading.split())}" if local.reading else ""
    return replace(
        measure,
        where={**measure.where, "offence_code": list(local.codes(offences()))},
        without=sorted({*measure.without, *local.exclude.flags}),
        ages=_ages(measure, local),
        definition=local.identity,
        caveats=[*measure.caveats, f"Counted by “{local.title}”. {' '.join(local.words.split())}{read}"],
    )


def _ages(measure: Measure, local: LocalDefinition) -> tuple[int, int]:
    """Those that the measure asks for, within those of the definition."""
    if local.ages is None:
        return measure.ages
    try:
        _ = bands_within(*local.ages)
    except WrongRequest as problem:
        raise WrongRequest(
            f"{local.name} is of people aged {local.ages[0]} to {local.ages[1]}: {problem}. Copy it into {FOLDER}/ of the workspace, "
            "give it ages that fall on those bands and a name of its own, and choose that."
        ) from problem
    if measure.ages == EVERYONE:
        return local.ages
    return max(local.ages[0], measure.ages[0]), min(local.ages[1], measure.ages[1])
