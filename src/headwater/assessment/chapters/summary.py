"""What leads an edition: the few things a leader must know, whose data they rest on, and what must be said beside them."""

from collections.abc import Iterable, Sequence

from headwater.assessment.chapters.draft import Drafting
from headwater.assessment.record import force_words
from headwater.assessment.scene import years_in_words
from headwater.assessment.words import capital, in_list
from headwater.vocabulary import words_of_months

MAIN = "violence"
"""The measure that leads."""
STREET = "police_uk.street"
PARTNERS = (
    ("police_records", "police record systems"),
    ("emergency", "emergency departments"),
    ("ambulance", "ambulances"),
    ("hospital", "hospitals"),
    ("schools", "schools"),
    ("social_care", "social care"),
    ("youth_justice", "youth justice"),
    ("voluntary", "the voluntary sector"),
    ("surveys", "residents who were asked"),
)
"""Who holds what the police do not, by the source that would read it."""
FROM_PARTNERS = (
    "serious-violence.rate",
    "unknown-to-police.share",
    "people-in-violence.under-25",
    "people-in-violence.repeat",
)
"""What partners' own records add to the summary, where they have landed."""


def summary(d: Drafting) -> str:
    area = d.scene.area.name
    text = f"This is the strategic needs assessment of {area}, made from {_made_from(d)}. "
    text += "Every figure is a link: follow it to see how it was made, from which files, and how sure it is.\n\n"
    text += "{{ show: headlines }}\n\n"
    text += _bullets(d.quotable.findings[name].sentence for name in _leading(d))
    return text + "\n" + caveats(d)


def _made_from(d: Drafting) -> str:
    """Whose data it rests on, in words: what is published, and what partners send."""
    partners = [words for source, words in PARTNERS if source in _sources(d)]
    published = "what the police and national statisticians publish"
    return f"{published} and what is known to {in_list(partners)}" if partners else published


def _sources(d: Drafting) -> set[str]:
    return {entry.dataset.partition(".")[0] for entry in d.snapshot.provenance}


def _leading(d: Drafting) -> list[str]:
    """How much and whether it changed, for each kind; then where, among whom and when. No change is told twice."""
    changed = [f"{m}.since" if d.find(f"{m}.since") else f"{m}.change" for m in (MAIN, "robbery", "weapons")]
    names = [f"{MAIN}.rate", *changed, *(f"{MAIN}.{a}" for a in ("gradient", "concentration", "control"))]
    return [name for name in (*names, "stop-and-search-by-ethnicity.disparity", *FROM_PARTNERS) if d.find(name)]


def caveats(d: Drafting) -> str:
    """What must be said beside the area's figures as a whole; each sentence writes itself, or is not there."""
    scene = d.scene
    doubts = (*scene.doubts.of_places((scene.area,)), *scene.doubts.of_forces(STREET, scene.forces(scene.area)))
    return _gap_caveat(d) + "".join(f"! {doubt}\n\n" for doubt in doubts)


def _gap_caveat(d: Drafting) -> str:
    """The sentence about what is missing writes itself."""
    months = d.scene.months(STREET)
    gaps = d.scene.missing(STREET, d.scene.area, months) if months else ()
    if not gaps:
        return ""
    lost = [p for p in d.scene.years(STREET) if set(p.months) & set(gaps) and set(p.months) <= set(months)]
    years = (
        f" So there is no figure for {years_in_words(lost)}, nor for any other twelve months that hold one of them."
        if lost
        else " So no twelve months that hold one of them have a figure."
    )
    return f"! {_what_is_lacking(d, months)}{years} Less than a whole year is never shown as a year.\n\n"


def _what_is_lacking(d: Drafting, months: Sequence[str]) -> str:
    """Which months, and by name whose where several forces police the area."""
    area, forces = d.scene.area, d.scene.forces(d.scene.area)
    gaps = {force: d.scene.coverage.missing(STREET, force, months) for force in forces}
    if len(forces) == 1:
        return f"Police crime records for {area.name} lack {words_of_months(gaps[forces[0]])}."
    short = "; ".join(f"{force_words(force)}: {words_of_months(lost)}" for force, lost in gaps.items() if lost)
    return f"Police crime records for {area.name} are not whole. What did not arrive in full: {short}."


def _bullets(sentences: Iterable[str]) -> str:
    return "".join(f"- {sentence}\n" for sentence in sentences)


def without(d: Drafting) -> str:
    """Whose records are not in the edition, though they hold some of the rest."""
    absent = [words for source, words in PARTNERS if source not in _sources(d)]
    if not absent:
        return ""
    return f" {capital(in_list(absent))} hold some of the rest, and are not in this edition."
