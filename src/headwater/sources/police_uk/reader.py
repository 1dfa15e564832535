"""Recognising and reading the files of data.police.uk."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from headwater.engine import Engine
from headwater.sources.conforming import Rules, conform_rows
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.police_uk.forces import forces
from headwater.sources.police_uk.rows import Codes, outcomes, stop_and_search, street
from headwater.sources.source import Account, Extract, Recognition
from headwater.sources.text import records
from headwater.vocabulary import BadInput, did_you_mean

_NAME = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))-(.+)-(street|outcomes|stop-and-search)\.csv")
_KINDS = {"street": "street", "outcomes": "outcomes", "stop-and-search": "stop_and_search"}
_NEARLY = 0.7
_RULES: dict[str, Callable[[Codes], Rules]] = {
    "police_uk.street": street,
    "police_uk.outcomes": outcomes,
    "police_uk.stop_and_search": stop_and_search,
}


class PoliceUK:
    """Street-level crime, outcomes, and stop and search, as published each month for every force."""

    name = "police_uk"

    def __init__(self) -> None:
        self.contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:
        """By name ('2022-03-northumbria-street.csv'); failing that by columns, with month and force from the rows."""
        base = PurePosixPath(name).name.casefold()
        if named := _NAME.fullmatch(base):
            dataset = f"police_uk.{_KINDS[named[3]]}"
            _ = self.contracts[dataset].match(header)
            return Recognition(dataset, _force(named[2], name), named[1])
        if not base.endswith(".csv"):
            return None
        return self._by_columns(name, header, path)

    def _by_columns(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:
        near = {contract.likeness(header): contract for contract in self.contracts.values()}
        likeness, contract = max(near.items())
        if likeness < _NEARLY:
            return None
        _ = contract.match(header)
        return Recognition(contract.dataset, *_from_rows(contract, name, header, path))

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:
        """Write the events (and, for stop and search, the people) of `dataset`, and its quarantine."""
        contract = self.contracts[dataset]
        return conform_rows(contract, _RULES[dataset](contract.codes), extracts, engine, folder)


def _force(slug: str, name: str) -> str:
    if slug not in forces():
        raise BadInput(f"{name}: there is no police force {did_you_mean(slug, forces())}. Check the file's name.")
    return slug


def _from_rows(contract: Contract, name: str, header: tuple[str, ...], path: Path) -> tuple[str, str]:
    """The force and the month that every row of a file agrees on. Raises BadInput where they do not."""
    ask = f"Name the file as it was published, like {contract.expects.split(',', 1)[0]}"
    matched = contract.match(header)
    if "Reported by" not in matched or "Month" not in matched:
        raise BadInput(f"{name} does not say whose it is. {ask}.")
    force_at, month_at = header.index(matched["Reported by"]), header.index(matched["Month"])
    said = {
        (record.fields[force_at].strip().casefold(), record.fields[month_at].strip())
        for place, record in enumerate(records(path))
        if place and len(record.fields) == len(header)
    }
    slugs = {force.name.casefold(): force.slug for force in forces().values()}
    if len(said) != 1:
        raise BadInput(f"{name} holds rows of {len(said)} forces and months, not one. {ask}, one file for each.")
    force, month = said.pop()
    if force not in slugs or not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise BadInput(f"{name}: its force or its month is not one Headwater knows. {ask}.")
    return slugs[force], month


SOURCE = PoliceUK()
