"""The PDF says to a screen reader what it shows to the eye, and comes out the same every time."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from headwater.documents import Column, Document, Facts, Heading, Number, Page, Paragraph, Table, Text, write_pdf
from headwater.documents.printed import Signposts, sections_of
from headwater.documents.typesetting import set_pdf
from sample_document import MONTHS, RATE, sample_document

PLAIN = Document("Title", "", "Author", "2026-11-23", ())


def elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every structure element, in reading order."""
    under = element.get("/K")
    listed = [] if under is None else list(under) if isinstance(under, pikepdf.Array) else [under]
    for child in listed:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def tagged(pdf: pikepdf.Pdf, *kinds: str) -> list[pikepdf.Object]:
    return [e for e in elements(pdf.Root.StructTreeRoot) if str(e.S) in kinds]


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pikepdf.Pdf]:
    path = tmp_path_factory.mktemp("pdf") / "sample.pdf"
    write_pdf(sample_document(), path)
    with pikepdf.open(path) as opened:
        yield opened


def test_it_says_what_it_is(pdf: pikepdf.Pdf):
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as said:
        assert said["dc:title"] == "Violence in Aldermere: a needs assessment"
        assert said["dc:creator"] == ["Aldermere Violence Reduction Unit"]
        assert said["pdfuaid:part"] == "1"


def test_its_only_dates_are_the_day_it_was_published(pdf: pikepdf.Pdf):
    dates = [str(value) for key, value in pdf.docinfo.items() if key in ("/CreationDate", "/ModDate")]
    assert dates
    assert all(day.startswith("D:20261123") for day in dates)


def test_every_picture_has_words(pdf: pikepdf.Pdf):
    figures = tagged(pdf, "/Figure")
    assert len(figures) == 10
    assert all("drawn. The table beneath holds the same figures." in str(figure.Alt) for figure in figures)


def test_every_row_of_every_table_begins_with_its_heading(pdf: pikepdf.Pdf):
    rows = [row for row in tagged(pdf, "/TR") if str(row.P.S) != "/THead"]
    assert len(rows) == len(MONTHS) + 5 + 6 + 4  # two tables, the markers and what they mean, and the papers' facts
    for row in rows:
        first, *others = list(row.K)
        assert str(first.S) == "/TH"
        assert str(first.A.Scope) == "/Row"
        assert {str(cell.S) for cell in others} <= {"/TD"}


def test_columns_are_headed_too(pdf: pikepdf.Pdf):
    heads = [cell for head in tagged(pdf, "/THead") for cell in elements(head) if str(cell.S) == "/TH"]
    assert len(heads) == 6 + 11  # the two tables printed; those behind pictures are in the spreadsheet


def test_a_table_whose_first_two_columns_name_the_row_has_two_headings_a_row(tmp_path: Path):
    columns = (Column("District"), Column("Sex"), Column("People", numeric=True))
    table = Table("t", "People", columns, (("Carrow", "Female", 3), ("Carrow", "Male", 4)), row_headers=2)
    path = tmp_path / "two.pdf"
    write_pdf(replace(PLAIN, pages=(Page("p", "Page", (table,)),)), path)
    with pikepdf.open(path) as opened:
        rows = [row for body in tagged(opened, "/TBody") for row in elements(body) if str(row.S) == "/TR"]
        assert [[str(cell.S) for cell in row.K] for row in rows] == [["/TH", "/TH", "/TD"]] * 2


def test_headings_step_down_one_at_a_time(pdf: pikepdf.Pdf):
    levels = [
        int(str(e.S)[2:]) for e in elements(pdf.Root.StructTreeRoot) if str(e.S)[:2] == "/H" and str(e.S)[2:].isdigit()
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_bookmarks_are_the_contents(pdf: pikepdf.Pdf):
    with pdf.open_outline() as outline:
        tree = {item.title: [child.title for child in item.children] for item in outline.root}
    assert tree["What the figures say"] == ["Trends & concentration", "Places"]
    assert tree["The papers of each figure"] == ["Violence", "Methods"]


def test_only_the_house_typeface_is_used_and_it_travels_with_the_file(pdf: pikepdf.Pdf):
    faces = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
    assert faces
    assert {str(face.FontName).split("+")[1].split("-")[0] for face in faces} == {"SourceSansPro"}
    assert all("/FontFile2" in face for face in faces)


def test_a_figure_in_a_sentence_leads_to_its_papers(tmp_path: Path):
    papers = Page("papers", "Papers", (Heading(2, "The rate", RATE), Facts((("Method", (Text("Crude"),)),))), "papers")
    chapter = Page("c", "Chapter", (Paragraph((Number("31.4", RATE, "rate"), Number("9", "nowhere", "lost"))),))
    path = tmp_path / "links.pdf"
    write_pdf(replace(PLAIN, pages=(chapter, papers)), path)
    with pikepdf.open(path) as opened:
        chapter_page = opened.pages[2]  # after the cover and the contents
        assert [str(note.Subtype) for note in chapter_page.Annots] == ["/Link"]  # the lost one is plain words


def test_a_long_table_runs_over_the_page_under_its_heading_again(tmp_path: Path):
    rows = tuple((f"Area {i}", i) for i in range(200))
    table = Table("t", "Areas", (Column("Area"), Column("People", numeric=True)), rows)
    path = tmp_path / "long.pdf"
    write_pdf(replace(PLAIN, pages=(Page("p", "Page", (table,)),)), path)
    with pikepdf.open(path) as opened:
        assert len(opened.pages) >= 5
        assert len(tagged(opened, "/Table")) == 1
        assert len([e for body in tagged(opened, "/TBody") for e in elements(body) if str(e.S) == "/TR"]) == 200


def test_a_letter_the_typeface_lacks_fails_the_build(tmp_path: Path):
    page = Page("p", "Page", (Paragraph((Text("中"),)),))
    with pytest.raises(ValueError, match="could not be displayed"):
        write_pdf(replace(PLAIN, pages=(page,)), tmp_path / "x.pdf")


def test_a_typeface_that_is_not_there_fails_the_build():
    template = '#set document(title: "x")\n#set text(font: "No Such Sans")\n#title()'
    with pytest.raises(ValueError, match="no such sans"):
        set_pdf(template, {})


def test_two_runs_give_the_same_bytes(tmp_path: Path):
    for name in ("one.pdf", "two.pdf"):
        write_pdf(sample_document(), tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_table_says_where_the_papers_of_its_figures_are():
    quoted = sample_document().pages[2].blocks[1]
    assert isinstance(quoted, Table)
    posts = Signposts(sections_of(sample_document()))
    assert [span.text for span in posts.papers_line(quoted)] == [
        "The papers of these figures: ", "Violence per 1,000 residents", "."
    ]  # fmt: skip
    assert posts.target(posts.papers_line(quoted)[1]) == (posts.leads_to("violence-rate"), "")
    assert Signposts(()).papers_line(quoted) == ()


def test_what_the_short_form_leaves_out_leads_to_its_page():
    table = Table("cells", "Cells", (Column("District"),), (("Carrow",),), row_anchors=("r/Carrow",))
    page = Page(
        "rate",
        "The rate",
        (Heading(2, "Cells", "bare"), table, Heading(2, "How", "how"), Paragraph((Text("So."),))),
        "papers",
    )
    sections = sections_of(replace(PLAIN, pages=(page,)))
    posts = Signposts(sections)
    assert [type(block).__name__ for block in sections[-1].blocks] == ["Heading", "Paragraph"]
    assert posts.leads_to("r/Carrow") == posts.leads_to("bare") == posts.leads_to("rate") != ""
    assert posts.leads_to("how") not in ("", posts.leads_to("rate"))
    assert posts.leads_to("nowhere") == ""
    assert (posts.stand("rate") != "", posts.stand("rate")) == (True, "")
