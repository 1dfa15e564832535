"""Reading what finds places."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.edge import plain_words
from headwater.sources.edge.identifiers import postcode
from headwater.sources.reading import Reading, Unusable, Value, area_code
from headwater.sources.source import Account, Extract, Recognition

POSTCODES, PLACES = "gazetteer.postcodes", "gazetteer.places"
KINDS = ("venue", "street", "area")


class Gazetteer:
    """Postcodes, and the names of venues, streets and areas, each with its small area."""

    name = "gazetteer"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """By its columns. A newer file takes the place of the older, whoever made it."""
        for dataset, producer in ((PLACES, "the-partnership"), (POSTCODES, "ons")):
            if self.contracts[dataset].likeness(header) == 1:
                return Recognition(dataset, producer)
        return None

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `gazetteer` and the quarantine."""
        reading = Reading(dataset, ("gazetteer",))
        read = _postcode if dataset == POSTCODES else _place
        for extract in sorted(extracts, key=lambda extract: extract.name):
            matched = self.contracts[dataset].match(extract.header)
            for line, cells in reading.rows(extract):
                try:
                    row = read(cells, matched)
                    if not reading.repeats((extract.name, row), row, what="name"):
                        reading.keep([("gazetteer", row)])
                except Unusable as why:
                    reading.set_aside(extract, line, str(why))
        return reading.finish(folder)


def _postcode(cells: Mapping[str, str], matched: Mapping[str, str]) -> tuple[Value, ...]:
    found = postcode(cells[matched["pcds"]])
    if found is None:
        raise Unusable("'pcds' is not a whole postcode")
    return found, "postcode", area_code(dict(cells), matched["lsoa21cd"])


def _place(cells: Mapping[str, str], matched: Mapping[str, str]) -> tuple[Value, ...]:
    name, kind = plain_words(cells[matched["place_name"]]), cells[matched["place_kind"]].casefold()
    if not name:
        raise Unusable("'place_name' is empty")
    if kind not in KINDS:
        raise Unusable(f"'place_kind' is none of {', '.join(KINDS)}")
    return name, kind, area_code(dict(cells), matched["lsoa21cd"])


SOURCE = Gazetteer()
