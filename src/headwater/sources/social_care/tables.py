"""The two tables: the figures of a row, and the months they are of."""

from collections.abc import Iterator, Mapping

from headwater.sources.authorities import Placed, by_code
from headwater.sources.contract import Contract
from headwater.sources.published import Figure, Span, figure, group_of, slug
from headwater.sources.reading import Unusable

FACTORS, LOOKED_AFTER = "social_care.assessment_factors", "social_care.looked_after"
_MARCH = 3
_AREAS = {"national": "country_code", "regional": "region_code", "local authority": "new_la_code"}
_NOT_FACTORS = {"time_period", "geographic_level", *_AREAS.values(), "category"}
_EPISODES = "Episodes_with_assessment_factor"

Matched = Mapping[str, str]


def year_of(said: str) -> Span:
    """'2025' as the year that ends in March 2025."""
    return Span.to_march(said, "time_period")


def area_of(cells: Mapping[str, str], matched: Matched, span: Span) -> Placed:
    """The area of a row, by the code of its level."""
    column = _AREAS.get(cells[matched["geographic_level"]].casefold())
    if column is None:
        raise Unusable("'geographic_level' is not national, regional or local authority")
    return by_code(cells[matched[column]], span.last, column)


def factors(cells: Mapping[str, str], matched: Matched, contract: Contract) -> Iterator[tuple[Span, Figure]]:
    """A figure for each factor, of all episodes with any. An episode may have several: they add up to more."""
    span, marks = year_of(cells[matched["time_period"]]), contract.codes["marks"]
    episodes, status = figure(cells, matched[_EPISODES], marks)
    yield span, Figure(measure="assessments-with-factors", unit="episodes", value=episodes, status=status)
    for column, given in matched.items():
        if column not in {*_NOT_FACTORS, _EPISODES}:
            value, status = figure(cells, given, marks)
            yield span, Figure(measure="assessment-factors", unit="episodes", value=value, status=status, denominator=episodes,
                               group=group_of(factor=slug(column)))  # fmt: skip


def looked_after(cells: Mapping[str, str], matched: Matched, contract: Contract) -> Iterator[tuple[Span, Figure]]:
    """How many children, and for every 10,000: on a day in March, or in the year that ends then."""
    year, marks = cells[matched["time_period"]], contract.codes["marks"]
    measure = contract.codes["populations"].get(cells[matched["population_type"]].casefold())
    if measure is None:
        raise Unusable("'population_type' is not one of those in the contract")
    span = Span.at(year, _MARCH, "time_period") if measure == "looked-after" else year_of(year)
    living, _ = figure(cells, matched["population_estimate"], marks)
    for column, ending, unit in (
        ("children_count", "", "children"),
        ("rate_per_10000", "-rate", "per 10,000 under 18"),
    ):
        value, status = figure(cells, matched[column], marks)
        yield span, Figure(measure=f"{measure}{ending}", unit=unit, value=value, status=status, denominator=living)


FIGURES = {FACTORS: factors, LOOKED_AFTER: looked_after}
