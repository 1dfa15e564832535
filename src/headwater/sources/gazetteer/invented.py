"""A pretend postcode look-up and a pretend gazetteer of the county, with the columns of real ones."""

from pathlib import Path

from headwater.sources.pretend import County, draws, write_table
from headwater.sources.pretend.persons import PER_AREA, postcode

_STREETS = ("Tanner's Row", "Mill Street", "Chapel Lane", "Station Road", "Weir Street", "High Street", "Orchard Close")
_VENUES = ("The Otter", "The Anchor", "The Wheatsheaf", "Club Meridian", "The Old Forge", "Riverside Taproom")


def postcodes(county: County) -> tuple[tuple[str, str], ...]:
    """(postcode, LSOA): a dozen an area. They begin with ZZ, which no postcode does."""
    return tuple(
        (postcode(n * PER_AREA + m), code) for n, code in enumerate(county.lsoa.codes) for m in range(PER_AREA)
    )


def places(county: County) -> tuple[tuple[str, str, str], ...]:
    """(name, kind, LSOA). High Street is in every town, so that by itself it points nowhere, as in life."""
    chance = draws(county.recipe.seed, "gazetteer")
    rows: list[tuple[str, str, str]] = []
    for n, code in enumerate(county.lsoa.codes):
        area = county.lsoa.names[n]
        rows.append((area, "area", code))
        if chance.random() < 0.3:
            rows.append((f"{_VENUES[int(chance.random() * len(_VENUES))]}, {area}", "venue", code))
        street = _STREETS[int(chance.random() * len(_STREETS))]
        rows += [(f"{street}, {area}", "street", code), (street, "street", code)]
    return tuple(rows)


def names_in(county: County) -> dict[str, tuple[str, ...]]:
    """Of each LSOA, the names of places in it, as people describe them."""
    named: dict[str, list[str]] = {code: [] for code in county.lsoa.codes}
    for name, _, code in places(county):
        named[code].append(name)
    return {code: tuple(names) for code, names in named.items()}


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write both files into `folder`; returns them."""
    known = [(code, area, "") for code, area in postcodes(county)]
    return (
        write_table(folder / "pretend_postcodes.csv", ("pcds", "lsoa21cd", "doterm"), known),
        write_table(folder / "pretend_gazetteer.csv", ("place_name", "place_kind", "lsoa21cd"), places(county)),
    )
