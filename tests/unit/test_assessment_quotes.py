"""Figures quoted by name, and claims the figures must bear out."""

from datetime import date

import numpy as np
import pytest

from headwater import documents
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.quotes import Quotable, Quote, plain
from headwater.assessment.writing import Writer
from headwater.vocabulary import (
    BadInput,
    Cell,
    Estimate,
    Level,
    Measure,
    Missing,
    Period,
    Place,
    Shown,
    UntrueClaim,
    WrongRequest,
)

NORTH, SOUTH = Place("Z07000001", "Northam", Level.DISTRICT), Place("Z07000002", "Southam", Level.DISTRICT)
YEAR = Period.financial(2022)
MEASURE = Measure(
    name="violence", title="Violence", short="violence", shape="rate", counts="recorded crimes", source="police_uk.street",
    where={}, of={}, among="residents", per=1000, why="w", caveats=[], owner="o", agreed=date(2026, 1, 1),
    review_by=date(2027, 1, 1), version="1", source_url="",
)  # fmt: skip


def figure(value: float, lower: float, upper: float, unit: str = "times", decimals: int = 2) -> Shown:
    return Shown(
        Estimate(value=value, lower=lower, upper=upper, unit=unit, decimals=decimals, method="m", snapshots=("s",))
    )


def finding(analysis: str, *cells: tuple[Place, Cell]) -> Finding:
    readings = tuple(Reading(place=place, period=YEAR, cell=cell) for place, cell in cells)
    return Finding(
        measure=MEASURE, analysis=analysis, title="Violence", method="m", formula="f", readings=readings, sentence=""
    )


@pytest.fixture
def quotable() -> Quotable:
    return Quotable([
        finding("change", (NORTH, figure(0.9, 0.85, 0.95)), (SOUTH, figure(1.02, 0.97, 1.07))),
        finding("rate", (NORTH, figure(30.12, 29.5, 30.8, "per 1,000 residents", 1)), (SOUTH, Missing("no return for May 2022"))),
        finding("rank", (NORTH, figure(1, 1, 1, "rank", 0)), (SOUTH, figure(2, 2, 2, "rank", 0))),
    ])  # fmt: skip


def write(quotable: Quotable, text: str) -> tuple[documents.Block, ...]:
    return Writer(quotable, {}).write("scale", text).blocks


def test_a_figure_is_printed_as_rounded_and_opens_to_its_own_row(quotable: Quotable) -> None:
    (block,) = write(quotable, "It was {{ violence.rate | 2022-23 | Northam }}.")
    assert isinstance(block, documents.Paragraph)
    number = block.spans[1]
    assert isinstance(number, documents.Number)
    assert (number.text, number.opens) == ("30.1", "violence.rate/2022-23/Z07000001")


def test_a_place_may_be_named_by_code_and_left_out_parts_mean_the_first_place(quotable: Quotable) -> None:
    assert plain("{{ violence.rate | 2022-23 | Z07000001 }}", quotable) == "30.1"
    assert plain("{{ violence.rate }}", quotable) == "30.1"


def test_a_withheld_figure_says_why(quotable: Quotable) -> None:
    said = plain("{{ say: violence.rate | 2022-23 | Southam }}", quotable)
    assert said == "no figure can be given (no return for May 2022)"


def test_a_true_claim_is_printed_and_kept(quotable: Quotable) -> None:
    written = Writer(quotable, {}).write(
        "scale", "First. Violence {{ fell: violence.change | 2022-23 | Northam }}. Last."
    )
    assert [(c.claim, c.sentence) for c in written.claims] == [("fell", "Violence fell.")]


@pytest.mark.parametrize(
    ("claim", "place", "truth"), [("rose", "Northam", "fell"), ("fell", "Southam", "no clear change")]
)
def test_an_untrue_claim_stops_the_build_with_sentence_figure_and_interval(
    quotable: Quotable, claim: str, place: str, truth: str
) -> None:
    with pytest.raises(UntrueClaim) as stopped:
        write(quotable, f"Violence {{{{ {claim}: violence.change | 2022-23 | {place} }}}} last year.")
    said = str(stopped.value)
    assert f"Violence {claim} last year" in said
    assert f"the figures say “{truth}”" in said
    assert "95% interval" in said


def test_highest_needs_a_rank_that_is_sure(quotable: Quotable) -> None:
    assert write(quotable, "Northam is {{ highest: violence.rate | 2022-23 | Northam }}.")
    assert write(quotable, "Northam is {{ among the highest: violence.rate | 2022-23 | Northam }}.")
    with pytest.raises(UntrueClaim, match="lowest"):
        write(quotable, "Southam is {{ highest: violence.rank | 2022-23 | Southam }}.")


def test_no_claim_can_be_made_of_a_figure_that_is_not_there(quotable: Quotable) -> None:
    gone = Quotable([*quotable.findings.values(), finding("since", (NORTH, Missing("no return for May 2022")))])
    with pytest.raises(UntrueClaim, match="no return for May 2022"):
        write(gone, "It {{ fell: violence.since }}.")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{{ violense.rate }}", "violence.rate"),
        ("{{ violence.rate | 2022-23 | Northan }}", "Northam"),
        ("{{ feld: violence.change }}", "fell"),
        ("{{ show: nothing }}", "nothing called"),
    ],
)
def test_a_misspelling_is_answered_with_the_nearest(quotable: Quotable, text: str, hint: str) -> None:
    with pytest.raises((WrongRequest, BadInput), match=hint):
        write(quotable, text)


def test_markdown_becomes_blocks_and_html_stays_words(quotable: Quotable) -> None:
    blocks = write(quotable, "## A heading\n\nSome **bold** and <script>x</script>.\n\n- one\n- two\n\n! Mind this.\n")
    kinds = [type(block).__name__ for block in blocks]
    assert kinds == ["Heading", "Paragraph", "Bullets", "Note"]
    paragraph = blocks[1]
    assert isinstance(paragraph, documents.Paragraph)
    assert documents.Text("bold", strong=True) in paragraph.spans
    assert any("<script>" in span.text for span in paragraph.spans)


def test_what_a_chapter_cannot_hold_is_refused_by_line(quotable: Quotable) -> None:
    with pytest.raises(BadInput, match="line 3"):
        write(quotable, "Text.\n\n1. a numbered list\n")


def test_quote_reads_verb_name_and_parts() -> None:
    quote = Quote.read("no clear change: violence.change | 2022-23 | Northam")
    assert (quote.verb, quote.finding, quote.parts) == ("no clear change", "violence.change", ("2022-23", "Northam"))


def test_the_generator_is_untouched_by_quoting(quotable: Quotable) -> None:
    before = np.random.get_state()[1].copy()  # noqa: NPY002 - the global generator is what must stay still
    _ = plain("{{ violence.rate }}", quotable)
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


def test_two_headings_may_say_the_same(quotable: Quotable) -> None:
    blocks = write(quotable, "## Robbery\n\nOne.\n\n## Robbery\n\nTwo.\n\n## Robbery 2\n\nThree.\n")
    anchors = [block.anchor for block in blocks if isinstance(block, documents.Heading)]
    assert anchors[0] == "scale-robbery"
    assert len(set(anchors)) == 3
