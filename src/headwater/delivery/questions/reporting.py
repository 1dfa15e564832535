"""A quarterly return to the Home Office, and an annual report, under the headings that the framework `quarterly-return` lists."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings

from headwater.delivery.models import Intervention, Quarter, Return
from headwater.delivery.questions.headings import ANSWERS, Reported, list_of, words_of
from headwater.documents import Document, Heading, Note, Page, Text
from headwater.documents.model import Block
from headwater.partnership.models import Organisation
from headwater.vocabulary import Element

FRAMEWORK = "quarterly-return"
UNVERIFIED = (
    "No public copy of the Home Office’s form was found. These headings are drawn together from what units published of theirs; those marked "
    "“not verified” were not read in a source. Hold this against the form that came with your grant before you send it."
)


def report_of(quarter: Quarter, *, whole_year: bool, on: date) -> Document:
    """The report of a quarter, or of the year that it ends, as a document. Small groups are withheld."""
    from headwater.assessment import frameworks

    reported = _gathered(quarter, whole_year=whole_year)
    framework = frameworks(Path(settings.WORKSPACE))[FRAMEWORK]
    pages = [_front(reported, framework.identity)]
    for section, elements in framework.sections.items():
        if section != "Annual report" or whole_year:
            blocks = [block for element in elements for block in _element(element, reported)]
            pages.append(Page(section.lower().replace(" ", "-").replace("-off", ""), section, tuple(blocks)))
    host = Organisation.objects.get(hosts=True)
    return Document(
        title=reported.title,
        subtitle=f"{host}, {quarter.financial_year}",
        author=host.name,
        published=on.isoformat(),
        pages=tuple(pages),
        banner=_banner(),
        software="Headwater",
    )


def _banner() -> str:
    from headwater.lake import open_workspace
    from headwater.vocabulary import HeadwaterError

    try:
        return open_workspace(Path(settings.WORKSPACE)).settings.banner
    except HeadwaterError:
        return ""


def _gathered(quarter: Quarter, *, whole_year: bool) -> Reported:
    quarters = [quarter]
    if whole_year:
        quarters = list(Quarter.objects.filter(year=quarter.year, number__lte=quarter.number))
    rows = Return.objects.filter(quarter__in=quarters).select_related("intervention__organisation", "quarter")
    parts = ("reach", "spends", "progress", "risks", "intervention__lines", "intervention__milestones")
    every = list(rows.prefetch_related(*parts))
    stands = {(each.intervention_id, each.quarter_id) for each in every if each.stands}
    absent = [
        f"{one}, {q}"
        for one in Intervention.objects.all()
        for q in quarters
        if one.runs_in(q) and (one.pk, q.pk) not in stands
    ]
    title = f"Annual report {quarter.financial_year}" if whole_year else f"Quarterly return: {quarter}"
    return Reported(title, quarter, tuple(each for each in every if each.stands), tuple(absent), whole_year)


def _front(reported: Reported, identity: str) -> Page:
    said: list[Block] = [
        Note("warning", "Not a form of the Home Office’s", (Text(UNVERIFIED),)),
        words_of(f"Made from {len(reported.returns)} approved returns, under the headings of {identity}."),
    ]
    if reported.absent:
        said += [
            words_of("These returns were due and are not approved, so nothing of them is in the figures:"),
            list_of(reported.absent),
        ]
    return Page("front", "What this is", tuple(said))


def _element(element: Element, reported: Reported) -> Iterator[Block]:
    yield Heading(2, element.title + ("" if element.verified else " (not verified)"))
    yield words_of(element.says)
    answered = ANSWERS.get(element.id)
    blocks = list(answered(reported)) if answered else []
    yield from blocks or [words_of("Headwater keeps nothing that answers this: write it by hand.")]
