"""Pretend NRM tables, with the names, columns and faults of the Home Office's: none of the figures is anybody's."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np

from headwater.sources.nrm.responders import LABELS
from headwater.sources.pretend import County, about_so_many, draws, pick, share_out, weights, write_table, write_text

_AGES = ("Adult (18 or over)", "Child (17 or under)", "Age not specified or unknown")
_YEARS = range(2019, 2024)
_KINDS = (
    "Criminal",
    "Labour",
    "Sexual",
    "Domestic",
    "Labour & Criminal",
    "Sexual, Labour, Domestic & Criminal",
    "Not specified",
)
_NATIONS = ("UK", "Albanian", "Vietnamese", "Albanian UK", "Not specified")
_OTHERS = (("Government agency", "Border Agency of Aldermere"), ("Local Authority", "Local Authority"),
           ("NGO and third sector", "The Cobnut Trust"))  # fmt: skip
_QUARTER = "Q4 2023"

Row = tuple[str, ...]


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write the four long series and one quarterly table into `folder`; returns the files written."""
    return (
        _decisions(county, folder, "reasonable", 900, (0.9, 0.55)),
        _decisions(county, folder, "conclusive", 500, (0.8, 0.7)),
        _reports(county, folder),
        _by_age(county, folder),
        _responders(county, folder),
    )


def _decisions(county: County, folder: Path, test: str, a_quarter: int, positive: tuple[float, float]) -> Path:
    """Fewer are positive from 2023 on: the break that the real series has."""
    header = ["Year", "Quarter"]
    header += [
        f"{age} - {word}" for age in _AGES for word in (f"Negative {test} grounds", f"Positive {test} grounds", "Total")
    ]
    chance = draws(county.recipe.seed, "nrm", test)
    lines: list[tuple[str | int, ...]] = []
    for year in _YEARS:
        share = positive[year >= 2023]
        quarters = [_quarter(chance, a_quarter, share) for _ in range(4)]
        yearly = np.sum(quarters, axis=0).tolist()
        lines += [(year, part, *_with_totals(figures)) for part, figures in zip(("Total", "Q1", "Q2", "Q3", "Q4"), (yearly, *quarters), strict=True)]  # fmt: skip
    return write_table(folder / f"nrm_{test}_grounds.csv", (*header, "Total"), lines)


def _quarter(chance: np.random.Generator, many: int, positive: float) -> list[int]:
    """Negative and positive decisions of each age, side by side."""
    found: list[int] = []
    for share in (0.52, 0.42, 0.06):
        total = about_so_many(chance, many * share)
        good = round(total * positive)
        found += [total - good, good]
    return found


def _with_totals(figures: Sequence[int]) -> list[int]:
    pairs = [figures[n : n + 2] for n in range(0, len(figures), 2)]
    return [*(number for pair in pairs for number in (*pair, sum(pair))), sum(figures)]


def _reports(county: County, folder: Path) -> Path:
    chance = draws(county.recipe.seed, "nrm", "duty to notify")
    lines: list[tuple[str | int, ...]] = []
    for year in _YEARS:
        quarters = [about_so_many(chance, 120) for _ in range(4)]
        lines += [(year, "Total", sum(quarters)), *((year, f"Q{n}", many) for n, many in enumerate(quarters, start=1))]
    return write_table(folder / "nrm_duty_to_notify_longitudinal.csv", ("Year", "Quarter", "Total"), lines)


def _by_age(county: County, folder: Path) -> Path:
    chance = draws(county.recipe.seed, "nrm", "referrals")
    lines: list[tuple[int, ...]] = []
    for year in _YEARS:
        figures = [about_so_many(chance, 4_000 * share) for share in (0.52, 0.06, 0.42)]
        lines.append((year, *figures, sum(figures)))
    header = ("Year", _AGES[0], _AGES[2], _AGES[1], "Total")
    return write_table(folder / f"nrm_referrals_by_age_{_YEARS[0]}_{_YEARS[-1]}.csv", header, lines)


def _responders(county: County, folder: Path) -> Path:
    """A worksheet as a CSV: titles above the header, labels left blank below themselves, totals among the rows."""
    header = (*LABELS, "Total")
    wide = "," * (len(header) - 1)
    lines = [
        f"Pretend table: referrals by first responder {_QUARTER}{wide}",
        f"Source: nobody. Aldermere does not exist{wide}",
    ]
    body = (_blanked(row, before) for row, before in _with_row_before(_table(county)))
    lines += [",".join(_quoted(cell) for cell in row) for row in (header, *body)]
    return write_text(folder / "pretend-nrm-2023-q4-first-responders.csv", "\n".join(lines) + "\n")


def _quoted(cell: str) -> str:
    return f'"{cell}"' if "," in cell else cell


def _table(county: County) -> Iterator[Row]:
    """Every row written out, with a total after each first responder and one at the end."""
    chance = draws(county.recipe.seed, "nrm", "first responders")
    everyone = 0
    for kind, name in (("Police", county.recipe.police.name), *_OTHERS):
        rows = list(_of(chance, kind, name, about_so_many(chance, 60)))
        many = sum(int(row[-1]) for row in rows)
        everyone += many
        yield from rows
        yield kind, f"{name} Total", "", "", "", "", str(many)
    yield "Total", "", "", "", "", "", str(everyone)


def _of(chance: np.random.Generator, kind: str, name: str, many: int) -> Iterator[Row]:
    kinds = pick(chance, weights(np.array([0.4, 0.2, 0.15, 0.1, 0.08, 0.02, 0.05])), many)
    ages = pick(chance, weights(np.array([0.5, 0.44, 0.06])), many)
    nations = pick(chance, share_out(1_000, weights(np.array([0.5, 0.2, 0.15, 0.05, 0.1]))), many)
    girls = chance.random(many) < 0.3
    people = sorted(zip(kinds.tolist(), ages.tolist(), girls.tolist(), nations.tolist(), strict=True))
    for (exploited, age, girl, nation), alike in groupby(people):
        age_words = _AGES[age] if age < 2 else "Not specified or unknown"
        yield (
            kind,
            name,
            _KINDS[exploited],
            age_words,
            "Female" if girl else "Male",
            _NATIONS[nation],
            str(len(list(alike))),
        )


def _with_row_before(rows: Iterator[Row]) -> Iterator[tuple[Row, Row]]:
    before: Row = ("",) * (len(LABELS) + 1)
    for row in rows:
        yield row, before
        before = row


def _blanked(row: Row, before: Row) -> Row:
    """Leave a label blank where it and every label to its left are as in the row before."""
    same = 0
    while same < len(LABELS) - 1 and row[same] == before[same]:
        same += 1
    return ("",) * same + row[same:]
