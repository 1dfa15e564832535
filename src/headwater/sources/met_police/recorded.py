"""Recorded crime: a row a borough and kind of offence, a column a month."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from headwater.sources.contract import Contract
from headwater.sources.met_police.areas import by_name, coded
from headwater.sources.met_police.figures import Key
from headwater.sources.reading import whole_number

_MONTH = re.compile(r"(20\d\d)(0[1-9]|1[0-2])")
OF = ("majortext", "minortext", "boroughname")


def months_of(header: tuple[str, ...]) -> dict[str, str]:
    """By column, its month: '202403' is '2024-03'."""
    return {column: f"{found[1]}-{found[2]}" for column in header if (found := _MONTH.fullmatch(column))}


def release_of(header: tuple[str, ...]) -> str:
    """The files bear no date of release: the last month they hold stands for one."""
    return f"months to {max(months_of(header).values())}"


@dataclass(frozen=True, slots=True)
class Wide:
    """The columns of one file."""

    contract: Contract
    release: str
    months: Mapping[str, str]
    major: str
    minor: str
    borough: str

    @classmethod
    def of(cls, header: tuple[str, ...], contract: Contract) -> Self:
        """Read a header."""
        matched = contract.match(header)
        return cls(contract, release_of(header), months_of(header), *(matched[column] for column in OF))

    def read(self, cells: dict[str, str]) -> Iterator[tuple[Key, int]]:
        """The months of one row. Raises `Unusable` at once where any of it cannot be read."""
        codes = self.contract.codes
        offence = coded(cells, self.minor, codes["offences"])
        words = (("offence", offence), ("offence_group", coded(cells, self.major, codes["offence_groups"])))
        where = by_name(cells[self.borough], codes, self.borough)
        found = [(month, whole_number(cells, column)) for column, month in self.months.items()]
        return (
            (Key(self.release, "recorded-offences", where, (month, month, month), words, "offences"), value)
            for month, value in found
        )
