"""A pretend return, collated for five organisations that do not exist: a year of quarters, small numbers, and one quarter unsent."""

from collections.abc import Iterator
from pathlib import Path

from headwater.sources.pretend import County, about_so_many, draws, write_table
from headwater.sources.voluntary.rows import COLUMNS
from headwater.vocabulary import month_name, month_number

_HELPED, _REFERRED, _SESSIONS = "People helped", "Referrals received", "Sessions delivered"
_VIOLENCE, _UNREPORTED = "Disclosures of violence", "Disclosures of violence not reported to the police"
_EXPLOITED, _KNIFE = "Disclosures of exploitation", "People who said they carry a knife"
_OFTEN = {
    _HELPED: 60.0,
    _REFERRED: 45.0,
    _SESSIONS: 150.0,
    _VIOLENCE: 14.0,
    _UNREPORTED: 9.0,
    _EXPLOITED: 6.0,
    _KNIFE: 4.0,
}
"""In a quarter and a district of a hundred thousand."""
_WORK = (
    ("Cobnut Youth Trust (invented)", "Detached youth work", "Under 18", (_HELPED, _SESSIONS, _KNIFE, _EXPLOITED)),
    ("Cobnut Youth Trust (invented)", "Mentoring", "Under 18", (_HELPED, _REFERRED, _EXPLOITED)),
    ("Aldermere Refuge (invented)", "Outreach", "", (_HELPED, _REFERRED, _VIOLENCE, _UNREPORTED)),
    ("Harbour Voices (invented)", "", "", (_HELPED, _VIOLENCE, _UNREPORTED, _EXPLOITED)),
    ("Weir Street Boxing Club (invented)", "", "Under 18", (_HELPED, _SESSIONS, _KNIFE)),
    ("The Lantern Project (invented)", "Drop-in", "", (_HELPED, _VIOLENCE, _UNREPORTED, _EXPLOITED)),
)
_UNSENT = ("The Lantern Project (invented)", 3)
"""Who sent nothing for the last quarter."""
_QUARTERS = 4

Row = tuple[str, ...]


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write the return into `folder`; returns the file."""
    return (write_table(folder / "pretend-voluntary-return.csv", COLUMNS, _rows(county)),)


def _rows(county: County) -> Iterator[Row]:
    last = month_number(county.recipe.police.first) + county.recipe.police.months
    for number in range(_QUARTERS):
        first = last - 3 * (_QUARTERS - number)
        for organisation, service, who, counted in _WORK:
            if (organisation, number) != _UNSENT:
                yield from _quarter(county, (organisation, service, who), counted, first)


def _quarter(county: County, whose: tuple[str, str, str], counted: tuple[str, ...], first: int) -> Iterator[Row]:
    organisation, service, who = whose
    for place, (code, name) in enumerate(zip(county.district.codes, county.district.names, strict=True)):
        people = int(county.people[county.lsoa_district == place].sum())
        chance = draws(county.recipe.seed, "voluntary", organisation, service, month_name(first), code)
        for what in counted:
            many = about_so_many(chance, _OFTEN[what] * people / 100_000)
            yield (
                organisation,
                service,
                month_name(first),
                month_name(first + 2),
                f"{code} {name}",
                what,
                who,
                _written(many),
            )


def _written(many: int) -> str:
    """As organisations write it: a few are withheld."""
    return "<5" if 0 < many < 5 else str(many)
