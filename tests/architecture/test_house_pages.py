"""Every method has a page, and the page's worked example runs."""

import doctest
import inspect
import re
from pathlib import Path

import pytest

import headwater.methods
from architecture.house import DOCS, ROOT, name

HEADINGS = ("## In words", "## Formula", "## Worked example", "## When it misleads", "## Source")
METHODS = [word for word in headwater.methods.__all__ if inspect.isfunction(getattr(headwater.methods, word))]
PAGES = sorted((DOCS / "methods").glob("*.md"))
BESIDES = {"index", "count"}
"""A plain count needs no function, but a figure must be able to name its page."""
EXAMPLES = sorted({*PAGES, *(path for path in DOCS.rglob("*.md") if ">>> " in path.read_text("utf-8"))})


def test_there_are_methods() -> None:
    assert METHODS


@pytest.mark.parametrize("method", METHODS)
def test_every_method_has_a_page_with_five_headings(method: str) -> None:
    page = (DOCS / "methods" / f"{method}.md").read_text("utf-8")
    found = [line for line in page.splitlines() if line.startswith("## ")]
    assert [heading for heading in found if heading in HEADINGS] == list(HEADINGS)
    assert ">>> " in page, f"{method}.md has no worked example that can be run"


def test_every_page_is_of_a_method() -> None:
    assert {page.stem for page in PAGES} - BESIDES - set(METHODS) == set()


@pytest.mark.parametrize("page", EXAMPLES, ids=name)
def test_a_worked_example_gives_what_the_page_says(page: Path) -> None:
    text = re.sub(r"^```.*$", "", page.read_text("utf-8"), flags=re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(text, {}, name(page), str(page.relative_to(ROOT)), 0)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples, out=said.append)
    assert not said, "".join(said)
