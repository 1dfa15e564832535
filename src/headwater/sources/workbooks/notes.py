"""What is said about the parts of a workbook that are not read."""

from collections.abc import Sequence

from headwater.sources.workbooks.seen import Contents, Sheet

_THEN = {
    "formulas": "the values they had when it was saved were read",
    "formulas without a stored value": "their cells are empty; open it in a spreadsheet program, save it and send that",
    "comments": "not read",
    "cells in error": "read as #ERROR!, and not as empty",
    "blocks of merged cells": "each is read as its first cell, the others as empty, unless it is said that they were filled down",
    "hidden columns": "not read; where they belong to the return, show them and send it again",
    "hidden rows": "not read; where they belong to the return, show them and send it again",
    "rows hidden by a filter": "not read; where they belong to the return, clear the filter and send it again",
}
"""What became of each thing, in the order they are told."""


def notes_of(name: str, contents: Contents, seen: Sequence[str]) -> tuple[str, ...]:
    """One sentence for each kind of thing, with how many there are in which sheet. Hidden sheets are told elsewhere."""
    counted = {called: _counts(contents.sheets[called]) for called in seen}
    said: list[str] = []
    for what, then in _THEN.items():
        where = [f"{counts[what]:,} in {called!r}" for called, counts in counted.items() if counts.get(what)]
        said += [f"{name}: {what}: {', '.join(where)}: {then}"] if where else []
    beside = [f"{name}: {what}: {count:,}: not read" for what, count in sorted(contents.also.items())]
    return (*said, *beside)


def nameless_notes_of(contents: Contents, seen: Sequence[str]) -> tuple[str, ...]:
    """The same for a workbook about people: the names of files and sheets, which may be somebody's, are left out."""
    every = [_counts(contents.sheets[called]) for called in seen]
    totals = {what: sum(counts.get(what, 0) for counts in every) for what in _THEN}
    said = [f"{what}: {totals[what]:,}: {then}" for what, then in _THEN.items() if totals[what]]
    return (*said, *(f"{what}: {count:,}: not read" for what, count in sorted(contents.also.items())))


def _counts(sheet: Sheet) -> dict[str, int]:
    rows = sum(row < sheet.rows for row in sheet.hidden_rows)
    return {
        **sheet.also,
        "cells in error": len(sheet.errors),
        "blocks of merged cells": len(sheet.covered),
        "hidden columns": sum(column < sheet.columns for column in sheet.hidden_columns),
        "rows hidden by a filter" if sheet.filtered else "hidden rows": rows,
    }
