"""Pretend tables of the interactive tool: a few of its measures, in several forms of year, and who is like whom."""

from collections.abc import Iterator
from pathlib import Path

from headwater.sources.pretend import County, about_so_many, draws, write_table

_YEARS = range(2016, 2025)
_MEASURES = (
    ("HospAd0-14", "{end}", 90.0),
    ("TotPermEx", "{start}/{short}", 0.1),
    ("YJS_Caution-Sentence10-17_YO", "{start}-{short}", 35.0),
    ("LAC", "{end}", 67.0),
    ("APSE_Tech", "{end} (Rev)", 28.0),
)
_CLOSE = ("Extremely Close", "Very Close", "Close", "Somewhat Close", "Not Close", "Not Close")


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write a long table of figures and a table of neighbours into `folder`; returns the files written."""
    figures = ("Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region")
    many = len(county.district) - 1
    neighbours = (
        "LA num",
        "LA Name",
        "LA number",
        "GOInd",
        "GOReg",
        *(cell for n in range(1, many + 1) for cell in (f"SN{n}", "SNP")),
    )
    return (
        write_table(folder / "pretend-measures-long.csv", figures, _figures(county)),
        write_table(folder / "pretend_sn_may_2025.csv", neighbours, _neighbours(county)),
    )


def _figures(county: County) -> Iterator[tuple[str, ...]]:
    for short, form, usual in _MEASURES:
        for end in _YEARS:
            year = form.format(start=end - 1, end=end, short=f"{end % 100:02d}")
            for place, name in enumerate(county.district.names):
                chance = draws(county.recipe.seed, "measures", short, year, name)
                said = f"{usual * about_so_many(chance, 200) / 200:.2f}" if place or end > 2017 else "-"
                yield short, "", year, name, said, f"{9901 + place}.0", county.recipe.region


def _neighbours(county: County) -> Iterator[tuple[str | int, ...]]:
    """Districts that are as hard to live in as each other, nearest first."""
    hard = [float(county.hardship[county.lsoa_district == place].mean()) for place in range(len(county.district))]
    for place, name in enumerate(county.district.names):
        others = sorted((n for n in range(len(hard)) if n != place), key=lambda n: (abs(hard[n] - hard[place]), n))
        pairs = (cell for n, close in zip(others, _CLOSE, strict=True) for cell in (9901 + n, close))
        yield 9901 + place, name, 9901 + place, 1, county.recipe.region, *pairs
