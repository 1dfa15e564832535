"""An edition read back from disk says what it said when it was made; a chapter's slips are all found, each at its line."""

import json
from pathlib import Path

import pytest

from headwater.assessment.proofing import as_html, proof
from headwater.assessment.quotes import TOKEN, Quotable, plain
from headwater.assessment.recalled import quotable_of
from headwater.assessment.writing import without_exhibits


def read(root: Path) -> tuple[dict, Path]:
    latest = root / "editions" / (root / "editions" / "latest").read_text("utf-8").strip()
    return json.loads((latest / "package" / "assessment.json").read_text("utf-8")), latest


@pytest.fixture(scope="module")
def record(aldermere: Path) -> dict:
    return read(aldermere)[0]


@pytest.fixture(scope="module")
def chapters(aldermere: Path) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in sorted((read(aldermere)[1] / "chapters").glob("*.md"))}


@pytest.fixture(scope="module")
def recalled(record: dict) -> Quotable:
    return quotable_of(record)


def test_every_figure_of_an_edition_reads_as_it_was_printed(record: dict, recalled: Quotable) -> None:
    printed = [(cell["text"], cell["period"]["label"]) for finding in record["findings"] for cell in finding["cells"]]
    read_back = [(r.cell.text, r.period.label) for f in recalled.findings.values() for r in f.readings]
    assert printed
    assert read_back == printed


def test_every_figure_still_says_why_it_is_not_there(record: dict, recalled: Quotable) -> None:
    from headwater.vocabulary import why_not

    said = [cell.get("why", "") for finding in record["findings"] for cell in finding["cells"] if "value" not in cell]
    assert said
    assert [why_not(r.cell) for f in recalled.findings.values() for r in f.readings if why_not(r.cell)] == said


def test_every_sentence_that_was_claimed_reads_the_same_again(
    record: dict, chapters: dict[str, str], recalled: Quotable
) -> None:
    whole = {slug: plain(without_exhibits(text), recalled).replace("\n", " ") for slug, text in chapters.items()}
    assert record["claims"]
    assert [claim for claim in record["claims"] if claim["sentence"] not in whole[claim["chapter"]]] == []


def shown_in(chapters: dict[str, str]) -> set[str]:
    found = (token[1] for text in chapters.values() for token in TOKEN.finditer(text))
    return {inside.removeprefix("show:").strip() for inside in found if inside.startswith("show:")}


def test_the_chapters_as_built_have_no_slip(chapters: dict[str, str], recalled: Quotable) -> None:
    shown = shown_in(chapters)
    assert {slug: slips for slug, text in chapters.items() if (slips := proof(text, recalled, shown, slug))} == {}


def test_every_slip_is_told_with_its_line(record: dict, recalled: Quotable) -> None:
    claim = next(claim for claim in record["claims"] if claim["claim"] == "rose")
    quoted = f"{claim['finding']} | {claim['period']['label']} | {claim['place']['code']}"
    text = f"It {{{{ fell: {quoted} }}}}.\n\nA figure: {{{{ no-such.rate }}}}.\n\n{{{{ show: nothing }}}}\n"
    slips = proof(text, recalled, ())
    assert [(slip.line, slip.kind) for slip in slips] == [(1, "untrue"), (3, "unknown"), (5, "unknown")]
    assert "the word would be “rose”" in slips[0].says


def test_a_chapter_that_cannot_be_set_is_a_slip(recalled: Quotable) -> None:
    (slip,) = proof("> A quotation\n", recalled, ())
    assert (slip.line, slip.kind) == (0, "form")
    assert "headings, paragraphs and bullet lists" in slip.says


def test_what_is_typed_as_html_is_shown_as_text(recalled: Quotable) -> None:
    page = as_html("<script>alert(1)</script>\n\n[here](javascript:alert(1)) {{ <b>x</b> }}\n", recalled)
    assert "<script" not in page
    assert "<b>" not in page
    assert 'href="javascript' not in page
