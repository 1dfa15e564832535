"""Violence in a pretend county, made once; then each partner knows of some of it, so that what they hold of one event is known.

Nobody in it exists and none of it happened. What is true of every pair of records is `true_pairs`.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from headwater.sources.pretend.chance import Whole, about_so_many, draws, pick, weights
from headwater.sources.pretend.county import County
from headwater.sources.pretend.pool import Pool, pool_of
from headwater.sources.pretend.pull import Pull, pull_of
from headwater.vocabulary import month_name, month_number

MONTHS = 24
"""The last of them is the police's last."""
SITES = {"ZZA01": "Loomgate Infirmary", "ZZB02": "Cobnut Hill Hospital"}
"""Site codes that no hospital has."""
JOINED = 9
"""Months into the series in which the second site begins to send: a rise that is coverage."""
A_MONTH = 468
VIOLENCE = "Violence and sexual offences"
POLICE, EMERGENCY, AMBULANCE = "P", "E", "A"
KNOWN = {"P": 240, "PE": 30, "PA": 56, "PEA": 24, "E": 48, "EA": 18, "A": 52}
"""Who knows of how many in a month: of 120 attendances the police know of 54."""
OFFENCES = {"105A": 0.4, "8L": 0.17, "8N": 0.17, "3B": 0.06, "8Q": 0.05, "34B": 0.045, "10D": 0.03, "20A": 0.025, "19C": 0.025,
            "5D": 0.01, "11A": 0.008, "17A": 0.003, "106": 0.003}  # fmt: skip
INJURIES = {"8N": 0.66, "5D": 0.15, "34B": 0.05, "8P": 0.03, "19C": 0.03, "105A": 0.03, "20A": 0.02, "5E": 0.01, "2": 0.006, "1": 0.003,
            "4.1": 0.001}  # fmt: skip
"""Shares of what the police alone know of, and of what needed a crew or a hospital."""
KNIFE = {"10D": 1.0, "2": 0.6, "1": 0.5, "5D": 0.4, "5E": 0.3, "34B": 0.25, "3B": 0.1, "8N": 0.04, "105A": 0.01}
FIREARM = {"2": 0.1, "1": 0.1, "5E": 0.04, "34B": 0.02, "5D": 0.02}
"""The share of each offence in which there is one."""
SEXUAL = frozenset(("19C", "20A", "17A"))
AT_HOME = frozenset(("105A", "8N", "8L", "8Q", "3B", "5D", "11A", *SEXUAL))
"""Offences that may be of a partner or family."""
SETTINGS = {
    "street": 0.42,
    "home": 0.2,
    "pub": 0.13,
    "nightclub": 0.08,
    "park": 0.06,
    "school": 0.05,
    "transport": 0.03,
    "other": 0.03,
}
_DOMESTIC, _SUSPECTED = 0.42, 0.72
_HOURS = (7, 6, 5, 3, 2, 1, 1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 6, 6, 6, 6, 7, 7, 8, 8)
_BUSY = (1.0, 0.9, 0.9, 1.0, 1.3, 1.6, 1.4)
"""Monday to Sunday."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One violent event; a partner's own number for it is empty where the partner does not know of it."""

    happened: datetime
    area: int
    """An LSOA of the county, by its place."""
    setting: str
    victim: int
    """A person of the pool."""
    suspect: int | None
    offence: str
    weapon: str
    """'knife', 'firearm' or nothing."""
    flags: frozenset[str]
    crime: str
    attendance: str
    site: str
    ambulance: str


@dataclass(frozen=True, slots=True)
class Violence:
    """Two years of it, in order of time within each month."""

    county: County
    pool: Pool
    incidents: tuple[Incident, ...]


@lru_cache(maxsize=1)
def invent_violence(county: County) -> Violence:
    """The same recipe gives the same violence, whoever asks; made once for all the partners of one county."""
    police, pull = county.recipe.police, pull_of(county)
    kind = [crime.type for crime in county.recipe.crimes].index(VIOLENCE)
    last = month_number(police.first) + police.months - 1
    months = range(last - MONTHS + 1, last + 1)
    pool = pool_of(county, pull.draw[kind], f"{month_name(months[MONTHS // 2])}-01")
    numbers: Counter[str] = Counter()
    made = [each for month in months for each in _month(pull, pool, kind, month, month - months[0] >= JOINED, numbers)]
    return Violence(county, pool, tuple(made))


def true_pairs(violence: Violence) -> tuple[tuple[str, str], ...]:
    """(attendance number, crime reference) of every attendance that is of a crime the police know of, the victim being the patient."""
    return tuple((each.attendance, each.crime) for each in violence.incidents if each.attendance and each.crime)


def _month(
    pull: Pull, pool: Pool, kind: int, month: int, both_sites: bool, numbers: Counter[str]
) -> Iterator[Incident]:
    chance, name = draws(pull.county.recipe.seed, "violence", month_name(month)), month_name(month)
    many = about_so_many(chance, A_MONTH * pull.season(kind, month))
    known = [list(KNOWN)[n] for n in pick(chance, weights(np.array(list(KNOWN.values()), float)), many)]
    who = _People(pool, chance, many)
    areas = pick(chance, pull.expected(kind, month)[1], many)
    places = pick(chance, weights(np.array(list(SETTINGS.values()))), many)
    luck = chance.random((many, 10))
    for n, happened in enumerate(_times(chance, month, many)):
        mine = luck[n].tolist()
        offence = _one(OFFENCES if known[n] == POLICE else INJURIES, mine[0])
        domestic = offence in AT_HOME and mine[1] < (_DOMESTIC if known[n] == POLICE else _DOMESTIC / 2)
        victim = who.victim(n, at_home=domestic or offence in SEXUAL)
        setting = "home" if domestic and mine[2] < 0.8 else list(SETTINGS)[int(places[n])]
        site = list(SITES)[mine[3] < 0.4] if EMERGENCY in known[n] else ""
        sent = bool(site) and (both_sites or site == next(iter(SITES)))
        yield Incident(
            happened=happened,
            area=int(pool.home[victim] if setting == "home" else areas[n]),
            setting=setting,
            victim=victim,
            suspect=who.suspect(n, victim) if mine[4] < _SUSPECTED else None,
            offence=offence,
            weapon=_weapon(offence, mine[5]),
            flags=frozenset(_flags(offence, domestic, setting, mine[6:])),
            crime=_numbered(numbers, f"ZZ/{{:06d}}/{name[2:4]}", "crime") if POLICE in known[n] else "",
            attendance=_numbered(numbers, f"{site}-{name}-{{:04d}}", f"{site} {name}") if sent else "",
            site=site if sent else "",
            ambulance=_numbered(numbers, f"ZZI-{name[2:]}-{{:05d}}", "ambulance") if AMBULANCE in known[n] else "",
        )


class _People:
    """Who is hurt and who is suspected, in one month."""

    def __init__(self, pool: Pool, chance: np.random.Generator, many: int) -> None:
        self._hurt, self._hurt_at_home = pick(chance, pool.hurt, many), pick(chance, pool.hurt_at_home, many)
        self._harms = pick(chance, pool.harms, many)

    def victim(self, n: int, *, at_home: bool) -> int:
        return int((self._hurt_at_home if at_home else self._hurt)[n])

    def suspect(self, n: int, victim: int) -> int | None:
        """Nobody is suspected of hurting themselves."""
        return None if int(self._harms[n]) == victim else int(self._harms[n])


def _times(chance: np.random.Generator, month: int, many: int) -> list[datetime]:
    """Moments of a month in order; more at night and at weekends."""
    first = datetime.fromisoformat(f"{month_name(month)}-01")
    days = [_BUSY[(first + timedelta(days=n)).weekday()] for n in range(monthrange(first.year, first.month)[1])]
    day: Whole = pick(chance, weights(np.array(days)), many)
    hour = pick(chance, weights(np.array(_HOURS, float)), many)
    minutes = day * 1440 + hour * 60 + (chance.random(many) * 60).astype(np.int64)
    return [first + timedelta(minutes=n) for n in np.sort(minutes).tolist()]


def _weapon(offence: str, luck: float) -> str:
    knife, firearm = KNIFE.get(offence, 0.0), FIREARM.get(offence, 0.0)
    return "knife" if luck < knife else "firearm" if luck < knife + firearm else ""


def _flags(offence: str, domestic: bool, setting: str, luck: list[float]) -> Iterator[str]:
    if domestic:
        yield "domestic"
    if luck[0] < (0.6 if setting in ("pub", "nightclub") else 0.18):
        yield "alcohol"
    if luck[1] < 0.02 and not domestic:
        yield "gang"
    if luck[2] < 0.01 and not domestic:
        yield "county_lines"
    if offence == "106" or luck[3] < 0.001:
        yield "modern_slavery"


def _one(shares: Mapping[str, float], luck: float) -> str:
    """One of the words, each as often as its share says."""
    running = np.cumsum(weights(np.array(list(shares.values()))))
    return list(shares)[int(np.searchsorted(running, int(luck * running[-1]), side="right"))]


def _numbered(numbers: Counter[str], form: str, series: str) -> str:
    numbers[series] += 1
    return form.format(numbers[series])
