"""A form: a spreadsheet for somebody to fill in, with what may stand in each column and a sheet that explains it."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from headwater.documents.ods_parts import MIMETYPE, Sheet, Styled, content, manifest, styles
from headwater.documents.xlsx import Choice, Page, workbook
from headwater.documents.zips import write_zip
from headwater.vocabulary import WrongRequest, storage_errors

FORM, GUIDE, LISTS = "Return", "How to fill it in", "Lists"
LANGUAGE = "en-GB"


@dataclass(frozen=True, slots=True)
class Field:
    """One column to fill in."""

    title: str
    meaning: str
    needed: bool
    choices: tuple[str, ...] = ()
    """What may stand in it; empty where that is not a list."""
    only: bool = False
    """May nothing else stand in it?"""


@dataclass(frozen=True, slots=True)
class Form:
    """A table to fill in: one row a thing."""

    title: str
    fields: tuple[Field, ...]
    guide: tuple[str, ...]
    """Sentences for whoever fills it in, before what is said of each column."""

    @property
    def listed(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.choices)


def write_form(form: Form, path: Path) -> None:
    """Write the form as .xlsx (with drop-down lists), .ods or .csv (a header alone), by the ending of `path`.

    The same form gives the same bytes. Raises WrongRequest for another ending, StorageTrouble where it cannot be written.
    """
    ending = path.suffix.casefold()
    if ending not in _WRITERS:
        raise WrongRequest(
            f"{path.name}: a template is written as {', '.join(_WRITERS)}. Give the file one of these endings."
        )
    with storage_errors(f"writing {path.name}"):
        _WRITERS[ending](form, path)


def _said(field: Field) -> str:
    rest = f" Choose from the list “{_list(field)}”." if field.choices and field.only else ""
    return f"{field.meaning[:1].upper()}{field.meaning[1:]}.{rest}{'' if field.needed else ' May be left blank.'}"


def _list(field: Field) -> str:
    """The heading of a list: not the column's own name, so that nobody takes the lists for a return."""
    return f"List: {field.title}"


def _lists(form: Form) -> tuple[tuple[str, ...], ...]:
    """The lists side by side, as rows; a list that has ended leaves its cells empty."""
    longest = max((len(field.choices) for field in form.listed), default=0)
    return tuple(
        tuple(field.choices[row] if row < len(field.choices) else "" for field in form.listed) for row in range(longest)
    )


def _xlsx(form: Form, path: Path) -> None:
    heads = tuple(map(_list, form.listed))
    places = {field.title: number for number, field in enumerate(form.listed)}
    choices = tuple(
        Choice(column, LISTS, places[field.title], len(field.choices), only=field.only)
        for column, field in enumerate(form.fields)
        if field.choices
    )
    notes = ((f"{number}.", line) for number, line in enumerate(form.guide, start=1))
    about = ((form.title,), *notes, *((field.title, _said(field)) for field in form.fields))
    pages = [
        Page(
            FORM,
            (tuple(field.title for field in form.fields),),
            tuple(_width(field) for field in form.fields),
            choices,
            True,
        ),
        Page(GUIDE, about, (30.0, 100.0)),
    ]
    if heads:
        pages.append(Page(LISTS, (heads, *_lists(form)), tuple(40.0 for _ in heads)))
    write_zip(path, workbook(pages).items())


def _width(field: Field) -> float:
    return min(40.0, max(14.0, 1.3 * max(map(len, (field.title, *field.choices)))))


def _ods(form: Form, path: Path) -> None:
    heads = tuple(field.title for field in form.fields)
    lines = (Styled(form.title, "Title"), *map(Styled, form.guide))
    about = tuple((field.title, _said(field)) for field in form.fields)
    sheets = [
        Sheet(FORM, (), tuple(round(_width(field) / 5, 1) for field in form.fields), heads),
        Sheet(GUIDE, lines, (6.0, 20.0), ("Column", "What to write"), about),
    ]
    if form.listed:
        sheets.append(Sheet(LISTS, (), tuple(8.0 for _ in form.listed), tuple(map(_list, form.listed)), _lists(form)))
    parts = {"content.xml": content(sheets), "styles.xml": styles(LANGUAGE)}
    members = [("mimetype", MIMETYPE.encode()), ("META-INF/manifest.xml", manifest(parts)), *parts.items()]
    write_zip(path, members, stored=frozenset({"mimetype"}))


def _csv(form: Form, path: Path) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow([field.title for field in form.fields])
    path.write_text(f"\ufeff{text.getvalue()}", encoding="utf-8", newline="")


_WRITERS: dict[str, Callable[[Form, Path], None]] = {".xlsx": _xlsx, ".ods": _ods, ".csv": _csv}
