"""Pretend crimes, month by month, and how they end."""

from dataclasses import dataclass
from hashlib import sha256
from itertools import compress

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from headwater.sources.police_uk.invented_scene import Scene, set_scene
from headwater.sources.pretend import Crime, Real, Whole, about_so_many, draws, pick, weights
from headwater.vocabulary import month_name

__all__ = ["ENDINGS", "Crimes", "Scene", "crimes_of", "outcome_rows", "set_scene", "street_rows"]

ENDINGS = (
    "",
    "Investigation complete; no suspect identified",
    "Unable to prosecute suspect",
    "Suspect charged",
    "Offender given a caution",
    "Local resolution",
)
_NEVER, _CHARGED = 0, 3
_IN_COURT = 4
"""Months from charge to a result that nobody told the publisher of."""
_WITHOUT_IDENTITY = "Anti-social behaviour"


@dataclass(frozen=True, slots=True)
class Crimes:
    """One month's crimes, in order of area."""

    month: int
    ids: list[str]
    kind: Whole
    place: Whole
    ending: Whole
    ended: Whole
    """The month of the outcome, as a month number."""
    late: NDArray[np.bool_]
    """Only the revised delivery has it."""


def crimes_of(scene: Scene, month: int) -> Crimes:
    """Every crime recorded in one month. Months do not lean on one another."""
    recipe = scene.county.recipe
    chance = draws(recipe.seed, "street", month_name(month))
    kinds = [_where(scene, n, month, chance) for n in range(len(recipe.crimes))]
    kind = np.repeat(np.arange(len(kinds)), [len(lsoa) for lsoa in kinds])
    lsoa = np.concatenate(kinds)
    near = chance.random(len(lsoa)) ** 2  # most happens at an area's first few points
    place = scene.starts[lsoa] + (near * scene.points[lsoa]).astype(np.int64)
    place = _misplace(scene, place, chance)
    ending, ended = _end(scene, kind, month, chance)
    late = chance.random(len(kind)) < _late_share(scene, month)
    order = np.lexsort((place, kind, scene.area[place]))
    name = month_name(month)
    without = recipe.crimes[0].type == _WITHOUT_IDENTITY
    ids = [_identity(recipe.seed, name, n) if k or not without else "" for n, k in enumerate(kind.tolist())]
    return Crimes(month, [ids[n] for n in order], kind[order], place[order], ending[order], ended[order], late[order])


def street_rows(scene: Scene, crimes: Crimes, as_at: int, *, late: bool) -> list[str]:
    """The street file's rows, with each crime's last outcome as known at the end of the month `as_at`."""
    recipe, month = scene.county.recipe, month_name(crimes.month)
    kinds = [crime.type for crime in recipe.crimes]
    middle = f",{month},{recipe.police.name},{recipe.police.name},"
    text = scene.text(crimes.month)
    known = zip(crimes.ids, crimes.kind.tolist(), crimes.place.tolist(), _last_outcomes(crimes, as_at), strict=True)
    rows = [f"{one}{middle}{text[place]},{kinds[kind]},{last}," for one, kind, place, last in known]
    if not late:
        rows = list(compress(rows, ~crimes.late))
    return _spoil(scene, month, rows)


def outcome_rows(scene: Scene, crimes: dict[int, Crimes], month: int, *, late: bool) -> list[str]:
    """The outcomes file's rows: every outcome reached in `month`, whenever the crime was; a few are there twice."""
    recipe, name = scene.county.recipe, month_name(month)
    middle, text = f",{name},{recipe.police.name},{recipe.police.name},", scene.text(month)
    rows: list[str] = []
    for was in crimes.values():
        reached = (was.ended == month) & (was.ending != _NEVER) & (late | ~was.late)
        ends = zip(compress(was.ids, reached), was.place[reached].tolist(), was.ending[reached].tolist(), strict=True)
        rows += [f"{one}{middle}{text[place]},{ENDINGS[ending]}" for one, place, ending in ends]
    again = draws(recipe.seed, "outcomes", name).random(len(rows)) < recipe.police.duplicated_outcomes
    return [row for row, twice in zip(rows, again.tolist(), strict=True) for row in ([row] * (2 if twice else 1))]


def _where(scene: Scene, number: int, month: int, chance: Generator) -> Whole:
    many, draw = scene.pull.expected(number, month)
    return pick(chance, draw, about_so_many(chance, many))


def _misplace(scene: Scene, place: Whole, chance: Generator) -> Whole:
    """Lose a few crimes' places, and put a few more over the border."""
    police, luck = scene.county.recipe.police, chance.random((len(place), 2))
    border = scene.border + (luck[:, 1] * (scene.nowhere - scene.border)).astype(np.int64)
    lost = luck[:, 0] < police.no_location
    astray = ~lost & (luck[:, 0] < police.no_location + police.beyond_the_border)
    return np.where(lost, scene.nowhere, np.where(astray, border, place))


def _end(scene: Scene, kind: Whole, month: int, chance: Generator) -> tuple[Whole, Whole]:
    """How each crime ends, and in which month."""
    outcomes = scene.county.recipe.outcomes
    ending = np.zeros(len(kind), dtype=np.int64)
    years = (month - scene.first) / 12
    for number, crime in enumerate(scene.county.recipe.crimes):
        mine = kind == number
        if crime.outcomes:
            ending[mine] = pick(chance, weights(_endings(scene, crime, years)), int(mine.sum()))
    lag = pick(chance, weights(np.array(outcomes.lags)), len(kind))
    lag_when_charged = pick(chance, weights(np.array(outcomes.lags_when_charged)), len(kind))
    return ending, month + np.where(ending == _CHARGED, lag_when_charged, lag)


def _endings(scene: Scene, crime: Crime, years: float) -> Real:
    """The share of a crime type's endings, in the order of ENDINGS."""
    rules, said = scene.county.recipe.outcomes, crime.outcomes
    charged = said["charged"] * (1 + rules.charged_a_year * years)
    rest = 1 - charged - said["cautioned"] - said["resolved"] - rules.still_open
    return np.array(
        [rules.still_open, rest * (1 - rules.unable), rest * rules.unable, charged, said["cautioned"], said["resolved"]]
    )


def _last_outcomes(crimes: Crimes, as_at: int) -> list[str]:
    known = np.where(crimes.ended <= as_at, crimes.ending, -1)
    last = np.array(["Status update unavailable", *ENDINGS[1:], "Under investigation"], dtype=object)[known]
    charged = known == _CHARGED
    last[charged] = "Awaiting court outcome"
    last[charged & (crimes.ended + _IN_COURT <= as_at)] = "Court result unavailable"
    last[[not one for one in crimes.ids]] = ""
    return last.tolist()


def _late_share(scene: Scene, month: int) -> float:
    police = scene.county.recipe.police
    return police.late_records if month >= scene.first + police.months - police.revised_months else 0.0


def _spoil(scene: Scene, month: str, rows: list[str]) -> list[str]:
    """Spoil one row, as a hand edit would, in the two files where the recipe says so."""
    police, middle = scene.county.recipe.police, len(rows) // 2
    cells = rows[middle].split(",") if rows else []
    if month == police.spoilt_month:
        cells[1] = month.replace("-", "/")
    elif month == police.spoilt_point:
        cells[4] = "west of the pier"
    else:
        return rows
    return [*rows[:middle], ",".join(cells), *rows[middle + 1 :]]


def _identity(seed: int, month: str, number: int) -> str:
    """64 hexadecimal characters, as the real ones have, that stand for nobody and nothing."""
    return sha256(f"{seed}/{month}/{number}".encode()).hexdigest()
