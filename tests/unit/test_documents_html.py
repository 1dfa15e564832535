"""The site: every figure leads to its papers, everything is escaped, and nothing is asked of the network."""

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from headwater.documents import (
    Column,
    Document,
    Entry,
    Figure,
    Heading,
    Link,
    Number,
    Page,
    Paragraph,
    Quoted,
    Table,
    Text,
    tables_of,
)
from headwater.documents.charts import Bar, BarChart
from headwater.documents.html import anchor_id, write_site
from headwater.documents.html.spreadsheets import csv_of, harmless
from headwater.vocabulary import Conversion, Estimate, LowReliability, Shown, Suppressed

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Reader(HTMLParser):
    """Reads a page strictly: every element closed in order, every attribute kept."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str]]:
        return [said for found, said in self.found if found == tag]


@pytest.fixture(scope="module")
def site(sample_document: Document, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every file of the sample's site, by name."""
    folder = tmp_path_factory.mktemp("site")
    offered = replace(sample_document, downloads=(Link("The whole assessment (PDF)", "assessment.pdf"),))
    written = write_site(offered, folder)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in written}


@pytest.fixture(scope="module")
def pages(site: dict[str, str]) -> dict[str, Reader]:
    """Every page, read."""
    return {name: Reader(text) for name, text in site.items() if name.endswith(".html")}


def document(*blocks: Any, **options: Any) -> Document:
    page = Page("one", "One", blocks)
    return replace(Document("D", "", "A", "2026-11-23", (page,)), **options)


def written(given: Document, folder: Path) -> str:
    write_site(given, folder)
    return (folder / "one.html").read_text("utf-8")


# The whole


def test_documents_html_writes_a_page_for_each_page_and_a_csv_for_each_table(
    site: dict[str, str], sample_document: Document
):
    expected = {"index.html", "headwater.css", *(f"{page.slug}.html" for page in sample_document.pages)}
    expected |= {f"data/{table.name}.csv" for table in tables_of(sample_document, papers=True)}
    assert set(site) == expected


def test_documents_html_is_the_same_to_the_byte(sample_document: Document, tmp_path: Path):
    first, second = (write_site(sample_document, tmp_path / name) for name in ("a", "b"))
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_documents_html_has_no_scripts_styles_or_anything_from_elsewhere(
    site: dict[str, str], pages: dict[str, Reader]
):
    for name, page in pages.items():
        (policy,) = [said["content"] for said in page.all("meta") if said.get("http-equiv")]
        assert policy == "default-src 'none'; style-src 'self'; img-src 'self' data:"
        assert page.all("script") + page.all("style") == []
        for _, said in page.found:
            assert "style" not in said, name
            assert not any(attribute.startswith("on") for attribute in said), name
        assert [said["href"] for said in page.all("link") if said["rel"] == "stylesheet"] == ["headwater.css"]
    assert not re.search(r"url\(|@import|@font-face", site["headwater.css"])


def test_documents_html_every_link_within_the_site_leads_somewhere(pages: dict[str, Reader], site: dict[str, str]):
    ids = {name: {said["id"] for _, said in page.found if "id" in said} for name, page in pages.items()}
    for name, page in pages.items():
        for said in page.all("a"):
            href = said["href"]
            if re.match(r"https?:", href) or href == "assessment.pdf":
                continue
            target, _, anchor = href.partition("#")
            assert (target or name) in site, href
            assert not anchor or anchor in ids[target or name], href


def test_documents_html_ids_are_unique_and_headings_do_not_skip(pages: dict[str, Reader]):
    for name, page in pages.items():
        ids = Counter(said["id"] for _, said in page.found if "id" in said)
        assert [each for each, count in ids.items() if count > 1] == [], name
        levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), name


def test_documents_html_pages_are_titled_and_in_order(site: dict[str, str], pages: dict[str, Reader]):
    assert "<title>Summary – Violence in Aldermere: a needs assessment</title>" in site["summary.html"]
    turns = {
        name: {said["rel"]: said["href"] for said in page.all("a") if "rel" in said} for name, page in pages.items()
    }
    assert turns["summary.html"] == {"prev": "index.html", "next": "trends.html"}
    assert turns["trends.html"] == {"prev": "summary.html", "next": "places.html"}
    assert turns["methods.html"] == {"prev": "violence-rate.html"}
    assert all(page.all("html")[0]["lang"] == "en-GB" for page in pages.values())


def test_documents_html_title_page_has_headlines_contents_downloads_and_papers(site: dict[str, str]):
    index = site["index.html"]
    for said in (
        "24,310",
        "23 November 2026",
        "The short of it",
        "Where the figures come from",
        'href="assessment.pdf"',
    ):
        assert said in index


def test_documents_html_banner_and_notices_are_on_every_page(site: dict[str, str], pages: dict[str, Reader]):
    for name in pages:
        assert "Aldermere is a county that does not exist." in site[name]
        assert "Boundaries &lt;drawn&gt; by hand." in site[name]


# Figures that answer back


def test_documents_html_every_number_is_a_link_to_its_papers(pages: dict[str, Reader]):
    figures = [said for said in pages["summary.html"].all("a") if said.get("class") == "figure"]
    assert len(figures) == 6
    assert figures[-1]["href"] == "violence-rate.html#violence.rate_2024-25_X99000001_Carrow"
    assert all(said["aria-label"] for said in figures)
    assert figures[0]["aria-label"] == "24,310: crimes in the year"


def test_documents_html_quoted_cells_link_and_others_do_not(site: dict[str, str]):
    table = site["places.html"].split('id="district-table"')[1].split("</table>")[0]
    assert table.count('class="figure"') == 5
    assert '#violence.rate_2024-25_X99000001_Brack+~26~+Fenwold">22.9 [e]</a>' in table


@pytest.mark.parametrize(
    "block",
    [
        Paragraph((Number("1", "no.such/anchor", "a figure"),)),
        Paragraph((Link("there", "#no.such/anchor"),)),
        Table("t", "T", (Column("A"),), ((Quoted(Suppressed("small", "p"), "no.such/anchor"),),)),
    ],
)
def test_documents_html_an_anchor_that_stands_nowhere_stops_the_build(block: Any, tmp_path: Path):
    with pytest.raises(ValueError, match=r"no\.such/anchor"):
        write_site(document(block), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (document(Heading(2, "A", "same"), Heading(2, "B", "same")), "same"),
        (document(Heading(2, "A", "main-content")), "main-content"),
        (document(Table("../up", "T", (Column("A"),), ())), "up"),
        (document(Table("t", "T", (Column("A"),), (("a", "b"),))), "1 entries"),
        (document(Table("t", "T", (Column("A"),), (("a",),), row_anchors=("x", "y"))), "2 anchors"),
        (document(Paragraph((Link("x", "javascript:alert(1)"),))), "javascript:"),
        (replace(document(), pages=(Page("index", "I", ()),)), "index"),
        (replace(document(), pages=(Page("a", "A", ()), Page("a", "B", ()))), "'a'"),
    ],
)
def test_documents_html_refuses_what_cannot_be_told_apart_or_trusted(given: Document, said: str, tmp_path: Path):
    with pytest.raises(ValueError, match=re.escape(said)):
        write_site(given, tmp_path)


def test_documents_html_anchor_ids_are_safe_readable_and_never_shared():
    assert anchor_id("violence.rate/2022-23/E08000021") == "violence.rate_2022-23_E08000021"
    awkward = ("a/b", "a_b", "a b", "a+b", "a.b", "a-b", "a~b", "aéb", "a~e9~b", 'a"b', "a<b", "a:b")
    ids = [anchor_id(each) for each in awkward]
    assert len(set(ids)) == len(awkward)
    assert all(re.fullmatch(r"[A-Za-z0-9._+~-]+", each) for each in ids)


# Words


def test_documents_html_everything_is_escaped(tmp_path: Path):
    evil = '"><script>alert(1)</script>'
    chart = BarChart((Bar(evil, 1),), evil)
    table = Table("t", evil, (Column(evil),), ((evil,),), note=evil)
    blocks = (
        Heading(2, evil, evil),
        Paragraph((Text(evil), Number(evil, evil, evil))),
        Figure("f", evil, evil, chart, table),
    )
    page = written(document(*blocks, title=evil, banner=evil, notices=(evil,), author=evil), tmp_path)
    assert "<script" not in page
    Reader(page)


def test_documents_html_markers_are_explained_beneath_the_table(site: dict[str, str]):
    table = site["places.html"].split('id="district-table"')[1].split('class="download"')[0]
    meanings = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", table)
    assert [marker for marker, _ in meanings] == ["[c]", "[e]", "[n]", "[u]", "[x]", "[z]"]
    assert dict(meanings)["[x]"] == "not available: the data for it did not all arrive. Here: March 2025 did not arrive"
    wide = site["places.html"].split('id="wide"')[1].split('class="download"')[0]
    assert "meanings" not in wide


def test_documents_html_tables_name_their_rows_and_columns(pages: dict[str, Reader], site: dict[str, str]):
    page = pages["places.html"]
    assert len(page.all("table")) == len(page.all("caption")) == 6
    regions = [said for said in page.all("div") if said.get("role") == "region"]
    assert all(said["tabindex"] == "0" for said in regions)
    assert len({said["aria-labelledby"] for said in regions}) == 6
    assert '<th scope="row">Carrow</th><td class="numeric">30,000</td>' in site["places.html"]
    assert '<th scope="col" class="numeric">Residents</th>' in site["places.html"]


def test_documents_html_bare_numbers_are_separated_but_years_are_not(tmp_path: Path):
    rows: tuple[tuple[Entry, ...], ...] = ((2022, 2022, -0.001, 1.25),)
    columns = (
        Column("Year"),
        Column("N", numeric=True),
        Column("D", numeric=True, decimals=2),
        Column("E", numeric=True, decimals=2),
    )
    page = written(document(Table("t", "T", columns, rows)), tmp_path)
    assert re.findall(r"<t[hd][^>]*>([\d.,-]+)<", page) == ["2022", "2,022", "0.00", "1.25"]


# Pictures


def test_documents_html_pictures_are_named_and_their_table_stands_behind_them(
    pages: dict[str, Reader], site: dict[str, str]
):
    svgs = pages["trends.html"].all("svg")
    assert len(svgs) == 12  # six, each drawn for a wide screen and a narrow one
    assert all(said["role"] == "img" and said["aria-labelledby"] for said in svgs)
    figure = site["trends.html"].split('id="lorenz"')[1].split("</figure>")[0]
    assert "The table behind this picture" in figure
    assert 'href="data/lorenz-table.csv"' in figure


# CSV


def rows_of(table: Table) -> list[list[str]]:
    data = csv_of(table)
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def figure(value: float, unit: str = "%", *, carried: bool = False) -> Estimate:
    conversion = Conversion(0.1, "by weights") if carried else None
    return Estimate(value=value, unit=unit, decimals=1, method="m", snapshots=("s",), conversion=conversion)


def test_documents_html_csv_keeps_numbers_as_numbers_and_markers_apart():
    columns = (Column("Place"), Column("Rate", numeric=True), Column("Count", numeric=True))
    cells = (
        Shown(figure(-1234.56)),
        LowReliability(figure(2.5, carried=True), "few"),
        Suppressed("small", "p"),
        Quoted(Shown(figure(3)), "a"),
    )
    table = Table("t", "T", columns, tuple(("£ & é", cell, -12345) for cell in cells))
    assert rows_of(table) == [
        ["Place", "Rate", "Rate: markers", "Count"],
        ["£ & é", "-1234.6", "", "-12345"],
        ["£ & é", "2.5", "[e] [u]", "-12345"],
        ["£ & é", "[c]", "", "-12345"],
        ["£ & é", "3.0", "", "-12345"],
    ]


@pytest.mark.parametrize("words", ["=1+1", "+1+1", "-1+cmd", "@sum(a)", "\t=1", " =1", "-", "=HYPERLINK(1)"])
def test_documents_html_csv_words_are_never_run_as_formulas(words: str):
    assert harmless(words) == f"'{words}"
    assert rows_of(Table("t", "T", (Column(words),), ((words,),)))[1] == [f"'{words}"]


@pytest.mark.parametrize("words", ["-3", "-3.5%", "-1,234.5", "plain", "a=b", "[c]", ""])
def test_documents_html_csv_leaves_harmless_words_alone(words: str):
    assert harmless(words) == words
