"""The whole site, written into a folder."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from headwater.documents.charts import draw
from headwater.documents.html.anchors import Addresses, anchor_id, file_of
from headwater.documents.html.spreadsheets import csv_of
from headwater.documents.html.tables import view
from headwater.documents.model import Block, Document, Figure, Heading, Page, Tiles, tables_of
from headwater.vocabulary.periods import MONTHS

WIDE, NARROW = 720, 360
PAPERS = "Where the figures come from"
STYLE = "headwater.css"


def write_site(document: Document, folder: Path) -> tuple[Path, ...]:
    """Write `index.html`, a page for each page of the document, the stylesheet, and a CSV for each table.

    Returns the files written, in order of name. ValueError, before anything is written, where a figure or a link
    leads to an anchor that stands nowhere.
    """
    files = dict(_files(document))
    for name, content in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tuple(folder / name for name in sorted(files))


def _files(document: Document) -> Iterator[tuple[str, bytes]]:
    """Every file's name and bytes."""
    addresses = Addresses.of(document)
    environment = _environment(document, addresses)
    pages = _in_order(document)
    yield "index.html", _render(environment, "index.html", tiles=_headlines(document), page=None)
    for i, page in enumerate(pages):
        before, after = pages[i - 1] if i else None, pages[i + 1] if i + 1 < len(pages) else None
        yield file_of(page), _render(environment, "page.html", page=page, before=before, after=after)
    yield STYLE, resources.files("headwater.documents.html").joinpath("static", STYLE).read_bytes()
    for table in tables_of(document, papers=True):
        yield f"data/{table.name}.csv", csv_of(table)


def _in_order(document: Document) -> list[Page]:
    """Chapters, then papers."""
    return sorted(document.pages, key=lambda page: page.part == "papers")


def _headlines(document: Document) -> Tiles | None:
    """The first headline figures of the document, which open the title page."""
    blocks = (block for page in document.pages for block in page.blocks)
    return next((block for block in blocks if isinstance(block, Tiles)), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that stand together in the contents."""

    title: str
    pages: tuple[Page, ...]


def groups_of(pages: Sequence[Page]) -> tuple[Group, ...]:
    """Pages by group, each group where its first page stands."""
    titles = dict.fromkeys(page.group for page in pages)
    return tuple(Group(title, tuple(page for page in pages if page.group == title)) for title in titles)


def sections_of(page: Page) -> tuple[Heading, ...]:
    """The headings worth listing at the head of a long page."""
    found = tuple(b for b in page.blocks if isinstance(b, Heading) and b.level == 2 and b.anchor)
    return found if len(found) >= 3 else ()


def day_words(day: str) -> str:
    """'2026-11-23' as '23 November 2026'; anything else as it stands."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        return day
    when = date.fromisoformat(day)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def _kind(block: Block) -> str:
    return type(block).__name__


def _picture(figure: Figure, width: int) -> Markup:
    """The figure drawn for a screen of some width. The drawing escapes every word it is given."""
    uid = f"picture-{width}-{re.sub('[^A-Za-z0-9-]', '-', figure.name)}"
    svg = draw(figure.chart, title=figure.caption, description=figure.description, uid=uid, width=width)
    return Markup(svg)  # noqa: S704 - written by our own pen, which escapes


def _environment(document: Document, addresses: Addresses) -> Environment:
    """Templates that escape everything, and what they may ask."""
    environment = Environment(
        loader=PackageLoader("headwater.documents.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filters: dict[str, Any] = {
        "id": anchor_id,
        "kind": _kind,
        "day": day_words,
        "file": file_of,
        "sections": sections_of,
    }
    environment.filters.update(filters)
    environment.globals.update(_known(document, addresses))
    return environment


def _known(document: Document, addresses: Addresses) -> dict[str, Any]:
    """What every template knows."""
    return {
        "document": document,
        "address": addresses.address,
        "link": addresses.link,
        "table_view": partial(view, addresses=addresses, symbols=document.symbols),
        "picture": _picture,
        "widths": {"wide": WIDE, "narrow": NARROW},
        "chapters": groups_of([page for page in document.pages if page.part == "chapter"]),
        "papers": groups_of([page for page in document.pages if page.part == "papers"]),
        "papers_title": PAPERS,
        "papers_id": PAPERS.lower().replace(" ", "-"),
        "style": STYLE,
    }


def _render(environment: Environment, template: str, **said: object) -> bytes:
    return environment.get_template(template).render(**said).encode("utf-8")
