"""The tool's data dictionary, held against what we have of each measure: a year understood wrongly would move every figure."""

from collections.abc import Iterator, Mapping

from headwater.sources.contract import Contract
from headwater.sources.la_measures.measures import measures
from headwater.sources.reading import Reading, Unusable, in_our_names
from headwater.sources.source import Extract


def check_dictionary(reading: Reading, extract: Extract, contract: Contract) -> Iterator[str]:
    """Account for every row, and say in words which measures are not as `measures.toml` has them. Nothing enters `counts`."""
    matched = contract.match(extract.header)
    told: set[str] = set()
    for line, cells in reading.rows(extract):
        said = in_our_names(cells, matched)
        try:
            kind = _checked(said, contract)
            told.add(said["Measure_short"])
            if not reading.repeats((extract.name, said["Measure_short"]), kind, what="measure"):
                reading.keep(())
        except Unusable as why:
            reading.set_aside(extract, line, str(why))
    gone = len(measures().keys() - told)
    yield f"{len(told):,} measures of {extract.name} are as measures.toml has them" + (
        f"; {gone:,} of measures.toml are not in it" if gone else ""
    )


def _checked(said: Mapping[str, str], contract: Contract) -> tuple[str, str]:
    """The kind of year and the better way. Raises `Unusable` where they are not those of `measures.toml`."""
    known = measures().get(said["Measure_short"])
    if known is None:
        raise Unusable("'Measure_short' is not in measures.toml: add what its years are, and read its figures again")
    years = contract.codes["year_types"].get(said["Year_Type"].casefold())
    better = contract.codes["polarity"].get(said["Polarity"].casefold())
    if years is None or better is None:
        column = "Year_Type" if years is None else "Polarity"
        raise Unusable(f"{column!r} is not one of the words in the contract")
    if (years, better) != (known.years, known.better or ""):
        column = "Year_Type" if years != known.years else "Polarity"
        raise Unusable(f"{column!r} is not that of measures.toml: correct it there, and read the figures again")
    return years, better
