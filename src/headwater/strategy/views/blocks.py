"""A document's blocks on a page of the web: words, lists, tables, and pictures drawn for a desk and for a phone."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from headwater.documents import Block, Document, Figure, Table
from headwater.documents.charts import draw

WIDE, NARROW = 960, 340


def picture(drawing: Callable[..., str], figure: Figure, uid: str, width: float) -> SafeString:
    """A figure's picture at a width. Our own pen escapes every word that it is given."""
    svg = drawing(figure.chart, title=figure.caption, description=figure.description, uid=uid, width=width)
    return mark_safe(svg)  # noqa: S308 - written by our own pen, which escapes


def web_pages(document: Document) -> list[dict[str, Any]]:
    """Pages with their blocks, each under the name of its kind."""
    return [{"page": each, "blocks": list(_blocks(each.slug, each.blocks))} for each in document.pages]


def _blocks(slug: str, blocks: tuple[Block, ...]) -> Iterator[dict[str, Any]]:
    for n, block in enumerate(blocks):
        said: dict[str, Any] = {"kind": type(block).__name__.lower(), "block": block}
        if isinstance(block, Figure):
            said["wide"] = picture(draw, block, f"{slug}-{n}-wide", WIDE)
            said["narrow"] = picture(draw, block, f"{slug}-{n}-narrow", NARROW)
        if isinstance(block, Table):
            said["folded"] = block.name.startswith("theory-")  # the picture above it says the same
            said["rows"] = [list(zip(block.columns, row, strict=True)) for row in block.rows]
        yield said
