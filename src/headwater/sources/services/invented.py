"""A pretend register of services: some end soon, two are alike in one place, and not every place has any."""

from collections.abc import Iterator
from pathlib import Path

from headwater.sources.pretend import County, draws, write_table
from headwater.vocabulary import month_name, month_number

HEADER = ("Service", "Provider", "Aim", "Activity", "Prevention level", "Cohort", "Ages from", "Ages to", "Area", "Referral route",
          "Funder", "Funded until", "Money a year", "Places a year", "Evaluated")  # fmt: skip
_SAFE, _YOUNG, _SCHOOL = "Safe places and things to do", "Children and young people", "Keep children in school"
_PCC, _COUNCIL = "Aldermere Police and Crime Commissioner (invented)", "Aldermere County Council (invented)"
# Service, provider, what and for whom, ages, in which districts (by their place in the recipe), by what way, funder, months it is
# still funded after the last of the police's (or not a number), places, evaluated.
_SERVICES = (
    ("Street Lamps", "Cobnut Youth Trust", (_SAFE, "Detached youth work", "Primary", _YOUNG), (10, 18), (0, 1), "Anybody may come", _COUNCIL, 6, 400, "By itself"),
    ("Second Bell", "Weir Street Boxing Club", (_SAFE, "Sport", "Primary", _YOUNG), (8, 18), (0,), "Anybody may come", "", 12, 250, "Not evaluated"),
    ("Evening Harbour", "Harbour Voices", (_SAFE, "Detached youth work", "Primary", _YOUNG), (11, 19), (0,), "Anybody may come", _PCC, 18, 180, ""),
    ("Turning Tide", "Cobnut Youth Trust", ("Prevent exploitation", "Mentoring", "Secondary", "Children at risk of exploitation"), (11, 17), (0, 1, 4), "Social care", _PCC, 3, 60, "Independently"),
    ("Bedside", "Loomgate Infirmary", ("Prevent violence", "Navigators in hospital or custody", "Tertiary", "People who were hurt"), (11, 25), (0,), "Health", _PCC, 24, 300, "Independently"),
    ("Kept Places", "Aldermere Refuge", ("Prevent domestic abuse", "Refuge or housing", "Tertiary", "Women and girls"), (16, ""), tuple(range(7)), "Any professional", _COUNCIL, "Open-ended", 120, "By itself"),
    ("Steady Lessons", "Pellingham Schools Together", (_SCHOOL, "Lessons in school", "Primary", _YOUNG), (9, 14), (4,), "School", _COUNCIL, 16, 900, "Not evaluated"),
    ("Parents' Table", "The Lantern Project", ("Prevent violence", "Family support", "Secondary", "Families"), ("", ""), (1, 5), "Any professional", "", "", "", "Not evaluated"),
    ("Other Ways", "Aldermere Police", ("Stop people hurting others again", "Focused deterrence", "Tertiary", "People who have hurt others"), (16, 30), (0, 1), "Police", _PCC, 9, 40, "By itself"),
)  # fmt: skip

Row = tuple[str | int, ...]


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write the register into `folder`; returns the file."""
    return (write_table(folder / "pretend-services.csv", HEADER, _rows(county)),)


def _rows(county: County) -> Iterator[Row]:
    last = month_number(county.recipe.police.first) + county.recipe.police.months - 1
    districts = [f"{code} {name}" for code, name in zip(county.district.codes, county.district.names, strict=True)]
    for service, provider, what, ages, where, way, funder, funded, places, evaluated in _SERVICES:
        chance = draws(county.recipe.seed, "services", service)
        money = int(places * (300 + 900 * chance.random())) // 100 * 100 if isinstance(places, int) else ""
        until = month_name(last + funded) if isinstance(funded, int) else funded
        areas = "; ".join(districts[place] for place in where if place < len(districts))
        yield (service, f"{provider} (invented)", *what, *ages, areas, way, funder, until, money, places, evaluated)
