"""Look-ups: each row says which areas one small area lies in, or what it became."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import numpy as np

from headwater.sources.by_column import Page, Sure, are_among, are_blank, are_codes, differ, page_of
from headwater.sources.levels import Columns, Named, columns_of, named_cells
from headwater.sources.reading import Reading, Unusable, Value, area_code
from headwater.sources.source import Account, Extract

_CHANGES = frozenset("USMX")


@dataclass(frozen=True, slots=True)
class _Found:
    """The name of each (level, code), and every link in the order it was met."""

    named: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    links: dict[tuple[Value, ...], None] = field(default_factory=dict[tuple[Value, ...], None])


def conform_lookups(dataset: str, extracts: Sequence[Extract], folder: Path) -> Account:
    """`areas` and `links` from look-up files; a parent left blank is passed over, a row with none is set aside."""
    reading = Reading(dataset, ("areas", "links"))
    found = _Found()
    for extract in sorted(extracts, key=lambda extract: extract.name):
        columns = columns_of(extract.header)
        if not _by_column(reading, extract, columns, found):
            _row_by_row(reading, extract, columns, found)
    reading.add("links", found.links)
    reading.add("areas", ((level, code, name) for (level, code), name in sorted(found.named.items()) if code))
    return reading.finish(folder)


def _row_by_row(reading: Reading, extract: Extract, columns: Columns, found: _Found) -> None:
    for line, cells in reading.rows(extract):
        try:
            codes, links = _row(cells, columns)
            if not reading.repeats((extract.name, links), ()):
                reading.keep(())
                found.links.update(dict.fromkeys(links))
                for level in columns.levels:
                    found.named.setdefault((level.level, codes[level.level]), named_cells(cells, level))
        except Unusable as why:
            reading.set_aside(extract, line, str(why))


def _by_column(reading: Reading, extract: Extract, columns: Columns, found: _Found) -> bool:
    """The same for a plain file; False, and nothing is done, where its rows must be read one by one."""
    page = page_of(extract)
    if page is None:
        return False
    sure = _sure(page, columns)
    refusals = page.refusals(sure, lambda cells: _row(cells, columns))
    kept = page.where(sure)
    codes = {level.level: kept.trimmed(level.code) for level in columns.levels}
    changes = kept.trimmed(columns.change) if columns.change else [""] * kept.rows
    if refusals is None or not differ(*codes.values(), changes):
        return False
    for line, reason in refusals:
        reading.set_aside(extract, line, reason)
    reading.keep_rows(kept.rows)
    found.links.update(dict.fromkeys(_links_by_column(codes, changes if columns.change else None, columns)))
    for level in columns.levels:
        names = kept.trimmed(level.name) if level.name else codes[level.level]
        for code, name in zip(codes[level.level], names, strict=True):
            found.named.setdefault((level.level, code), name or code)
    return True


def _sure(page: Page, columns: Columns) -> Sure:
    """The rows that `_row` would take."""
    sure, placed = np.ones(page.rows, dtype=bool), np.zeros(page.rows, dtype=bool)
    parents = {parent.level for _, parent in columns.steps}
    for level in columns.levels:
        cells, finest = page.cells[level.code], level.kind == columns.levels[0].kind
        blank = are_blank(cells)
        if level.kind == "ruc":  # a class may be any word, so what is only space must be seen to be blank
            blank = np.array([not code for code in page.trimmed(level.code)], dtype=bool)
        else:
            sure &= are_codes(cells) | (blank & (not finest))
        if level.level in parents:
            placed |= ~blank
    if columns.change and any(child.kind == parent.kind for child, parent in columns.steps):
        sure &= are_among(page.cells[columns.change], sorted(_CHANGES))
    return sure & placed


def _links_by_column(
    codes: dict[str, list[str]], changes: list[str] | None, columns: Columns
) -> Iterator[tuple[Value, ...]]:
    steps: list[Any] = [
        zip(
            repeat(child.level),
            codes[child.level],
            repeat(parent.level),
            codes[parent.level],
            changes if changes and child.kind == parent.kind else repeat(None),
        )
        for child, parent in columns.steps
    ]
    return (link for link in chain.from_iterable(zip(*steps, strict=True)) if link[3])


def _row(cells: dict[str, str], columns: Columns) -> tuple[dict[str, str], tuple[tuple[Value, ...], ...]]:
    """The code of each level, and the links. Raises `Unusable`."""
    codes = {level.level: _code(cells, level, columns) for level in columns.levels}
    return codes, tuple(_links(codes, cells, columns))


def _code(cells: dict[str, str], named: Named, columns: Columns) -> str:
    if named.kind == "ruc" or (not cells[named.code] and named.kind != columns.levels[0].kind):
        return cells[named.code]
    return area_code(cells, named.code)


def _links(codes: dict[str, str], cells: dict[str, str], columns: Columns) -> Iterator[tuple[Value, ...]]:
    found = False
    for child, parent in columns.steps:
        if codes[parent.level]:
            found = True
            change = _change(cells, columns) if child.kind == parent.kind else None
            yield child.level, codes[child.level], parent.level, codes[parent.level], change
    if not found:
        raise Unusable("the row names no area that this one lies in")


def _change(cells: dict[str, str], columns: Columns) -> str | None:
    if columns.change is None:
        return None
    if cells[columns.change] not in _CHANGES:
        raise Unusable(f"{columns.change!r} is not U, S, M or X")
    return cells[columns.change]
