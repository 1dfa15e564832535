"""Pretend surveys of residents and of young people, two waves of each. Nobody in them exists, and nobody was asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from headwater.sources.pretend import County, draws, pick, share_out, weights, write_table

_WAVES = (2024, 2025)
_FORCE = "Z23000001"
_WHERE = ("Survey", "Wave", "Area code", "Whole area code", "Age group")
_SAFETY = ("Very safe", "Fairly safe", "A bit unsafe", "Very unsafe", "Don't know")
_AGREEMENT = (
    "Strongly agree",
    "Tend to agree",
    "Neither agree nor disagree",
    "Tend to disagree",
    "Strongly disagree",
    "Don't know",
)
_PROBLEM = (
    "A very big problem",
    "A fairly big problem",
    "Not a very big problem",
    "Not a problem at all",
    "Don't know",
)
_YES_NO = ("Yes", "No", "Prefer not to say")

Shares = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One survey."""

    name: str
    many: int
    """Respondents of a wave."""
    ages: Mapping[str, tuple[float, float]]
    """Share of the respondents, and the weight that makes up for who answers."""
    weighted: bool
    questions: Mapping[str, tuple[tuple[str, ...], Shares, Shares]]
    """The answers, and how often each is given where life is easiest and where it is hardest."""


_SURVEYS = (
    _Asked(
        "Residents",
        1_500,
        {"16 to 24": (0.07, 1.9), "25 to 44": (0.25, 1.24), "45 to 64": (0.34, 0.91), "65 and over": (0.34, 0.73)},
        True,
        {
            "safe-after-dark": (_SAFETY, (0.33, 0.45, 0.13, 0.05, 0.04), (0.12, 0.32, 0.31, 0.2, 0.05)),
            "trusts-police": (_AGREEMENT, (0.2, 0.42, 0.18, 0.1, 0.05, 0.05), (0.09, 0.3, 0.22, 0.19, 0.13, 0.07)),
            "violence-a-problem": (_PROBLEM, (0.04, 0.12, 0.45, 0.34, 0.05), (0.22, 0.34, 0.28, 0.1, 0.06)),
            "afraid-to-travel": (_YES_NO, (0.1, 0.87, 0.03), (0.3, 0.65, 0.05)),
        },
    ),
    _Asked(
        "Young people",
        600,
        {"10 to 13": (0.41, 1.0), "14 to 17": (0.48, 1.0), "18 to 24": (0.11, 1.0)},
        False,
        {
            "safe-after-dark": (_SAFETY, (0.24, 0.41, 0.2, 0.09, 0.06), (0.1, 0.27, 0.31, 0.25, 0.07)),
            "trusts-police": (_AGREEMENT, (0.13, 0.34, 0.26, 0.12, 0.07, 0.08), (0.05, 0.2, 0.28, 0.21, 0.17, 0.09)),
            "afraid-to-travel": (_YES_NO, (0.17, 0.79, 0.04), (0.41, 0.53, 0.06)),
            "knows-someone-who-carries-a-knife": (_YES_NO, (0.08, 0.83, 0.09), (0.27, 0.6, 0.13)),
            "trusted-adult": (_YES_NO, (0.81, 0.14, 0.05), (0.68, 0.26, 0.06)),
        },
    ),
)


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write a file a survey into `folder`, both its waves in each; returns the files written."""
    return tuple(_written(county, asked, folder) for asked in _SURVEYS)


def _written(county: County, asked: _Asked, folder: Path) -> Path:
    header = (*_WHERE, *(("Weight",) if asked.weighted else ()), *asked.questions)
    rows = (row for wave in _WAVES for row in _wave(county, asked, wave))
    return write_table(folder / f"pretend-survey-of-{asked.name.casefold().replace(' ', '-')}.csv", header, rows)


def _wave(county: County, asked: _Asked, wave: int) -> Iterator[tuple[str | int | float, ...]]:
    """Each district in proportion to its people; the order of respondents means nothing."""
    living = np.bincount(county.lsoa_district, weights=county.people).astype(np.int64)
    for place, many in enumerate(share_out(asked.many, living).tolist()):
        chance = draws(county.recipe.seed, "survey", asked.name, str(wave), str(place))
        hard = float(county.hardship[county.lsoa_district == place].mean())
        ages = tuple(asked.ages)
        picked = pick(chance, weights(np.array([share for share, _ in asked.ages.values()])), many)
        answers = [_answers(chance, *said, hard, many) for said in asked.questions.values()]
        for number, age in enumerate(ages[n] for n in picked.tolist()):
            weight = (_scattered(chance, asked.ages[age][1]),) if asked.weighted else ()
            yield (
                asked.name,
                wave,
                county.district.codes[place],
                _FORCE,
                age,
                *weight,
                *(each[number] for each in answers),
            )


def _answers(
    chance: np.random.Generator, words: tuple[str, ...], easy: Shares, hardest: Shares, hard: float, many: int
) -> list[str]:
    """Answers between those of the easiest lives and of the hardest; one in fifty is left blank."""
    shares = [0.98 * (low + (high - low) * hard) for low, high in zip(easy, hardest, strict=True)]
    given = (*words, "")
    return [given[n] for n in pick(chance, weights(np.array([*shares, 0.02])), many).tolist()]


def _scattered(chance: np.random.Generator, weight: float) -> float:
    return round(weight * (0.7 + 0.6 * float(chance.random())), 3)
