"""A pretend capture table of four lists, of a population whose size is known because it was made up."""

from pathlib import Path

import numpy as np

from headwater.sources.pretend import County, draws, write_table
from headwater.vocabulary import month_name, month_number

TRUTH = 640
"""How many there are in all, on lists or not."""
LISTS = {"Police": 0.16, "Council": 0.22, "Charities": 0.12, "Health": 0.09}
"""The chance of being on each."""
REFERRED = 0.35
"""The chance that the council is told of somebody whom the police know: these two lists are not independent."""
_FORCE = "Z23000001"
_YEAR = 12


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write the table of the county's last year into `folder`; returns the file."""
    chance = draws(county.recipe.seed, "captures")
    on = chance.random((TRUTH, len(LISTS))) < list(LISTS.values())
    on[:, 1] |= on[:, 0] & (chance.random(TRUTH) < REFERRED)
    histories, counts = np.unique(on[on.any(axis=1)], axis=0, return_counts=True)
    last = month_number(county.recipe.police.first) + county.recipe.police.months - 1
    about = (f"{_FORCE} {county.recipe.county} (invented)", month_name(last - _YEAR + 1), month_name(last))
    rows = [
        (*about, *map(int, history), many) for history, many in zip(histories.tolist(), counts.tolist(), strict=True)
    ]
    return (write_table(folder / "pretend-capture-table.csv", ("Area", "From", "To", *LISTS, "Count"), rows),)
