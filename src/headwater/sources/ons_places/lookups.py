"""Look-ups: each row says which areas one small area lies in, or what it became."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from headwater.sources.levels import Columns, Named, columns_of, named_cells
from headwater.sources.reading import Reading, Unusable, Value, area_code
from headwater.sources.source import Account, Extract

_CHANGES = frozenset("USMX")


def conform_lookups(dataset: str, extracts: Sequence[Extract], folder: Path) -> Account:
    """`areas` and `links` from look-up files; a parent left blank is passed over, a row with none is set aside."""
    reading = Reading(dataset, ("areas", "links"))
    named = dict[tuple[str, str], str]()
    known = dict[tuple[Value, ...], None]()
    for extract in sorted(extracts, key=lambda extract: extract.name):
        columns = columns_of(extract.header)
        for line, cells in reading.rows(extract):
            try:
                codes = {level.level: _code(cells, level, columns) for level in columns.levels}
                links = tuple(_links(codes, cells, columns))
                if not reading.repeats((extract.name, links), ()):
                    reading.keep(())
                    known.update(dict.fromkeys(links))
                    for level in columns.levels:
                        named.setdefault((level.level, codes[level.level]), named_cells(cells, level))
            except Unusable as why:
                reading.set_aside(extract, line, str(why))
    reading.add("links", known)
    reading.add("areas", ((level, code, name) for (level, code), name in sorted(named.items()) if code))
    return reading.finish(folder)


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
