"""Returns of voluntary and community organisations, recognised by their columns."""

import hashlib
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.asides import BLANK, FOOTNOTE, TOTAL
from headwater.sources.contract import Contract, folded, read_contracts
from headwater.sources.reading import Reading, Unusable
from headwater.sources.source import Account, Extract, Recognition
from headwater.sources.text import records
from headwater.sources.voluntary.rows import Entry, rows_of

RETURNS = "voluntary.returns"
_NEARLY = 0.75
"""The share of the return's required columns from which a file is one, though a column is misspelt."""
_OWN = "what is counted"
"""The column that no other file has: what nearly is a return must have it."""
_AGAIN = (
    "counts the same as an earlier row, and has another number. If they are two services, name each under 'Service'; if not, take "
    "one of them out."
)


class Voluntary:
    """Figures that organisations return about their own work."""

    name = "voluntary"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """By its columns. A return takes the place of an earlier one of the same organisations, services, areas and months.

        Raises MissingColumns where it is one but for a column, BadInput where a column of dates is written in two ways.
        """
        promised = self.contracts[RETURNS]
        likeness = promised.likeness(header)
        if likeness < 1:
            if likeness >= _NEARLY and _OWN in map(folded, header):
                _ = promised.match(header)
            return None
        cells = [
            dict(zip(header, map(str.strip, record.fields), strict=True))
            for record in islice(records(path), 1, None)
            if not record.trouble and len(record.fields) == len(header)
        ]
        return Recognition(
            RETURNS, _series([one for one in rows_of(header, cells, promised) if isinstance(one, Entry)])
        )

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `counts` and the quarantine."""
        reading = Reading(dataset, ("counts",))
        for extract in sorted(extracts, key=lambda extract: extract.name):
            self._read(reading, extract)
        return reading.finish(folder)

    def _read(self, reading: Reading, extract: Extract) -> None:
        promised = self.contracts[extract.dataset]
        lines = list(reading.rows(extract))
        for (line, _), found in zip(
            lines, rows_of(extract.header, [cells for _, cells in lines], promised), strict=True
        ):
            if isinstance(found, str):
                reading.set_aside(extract, line, found if found in (BLANK, TOTAL, FOOTNOTE) else f"Row {line}: {found}")
                continue
            try:
                if not reading.repeats((extract.name, *found.key), found.content):
                    reading.keep([("counts", found.row(promised))])
            except Unusable:
                reading.set_aside(extract, line, f"Row {line}: it {_AGAIN}")


def _series(entries: Sequence[Entry]) -> str:
    """Whose figures, of which months: 'cobnut-youth-trust-2025-04-to-2025-06-1a2b3c'."""
    if not entries:
        return "nobody-that-could-be-read"
    organisations = sorted({entry.organisation for entry in entries})
    first, last = min(entry.span.first for entry in entries), max(entry.span.last for entry in entries)
    said = sorted({(e.organisation, e.service, e.area.code, e.span.first, e.span.last) for e in entries})
    whose = organisations[0] if len(organisations) == 1 else f"{len(organisations)}-organisations"
    return f"{whose}-{first}-to-{last}-{hashlib.sha256(repr(said).encode()).hexdigest()[:6]}"


SOURCE = Voluntary()
