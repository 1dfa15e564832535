"""The chapters in their order, each as the Markdown an analyst would begin from."""

from collections.abc import Callable, Iterable, Mapping

from headwater.assessment.chapters.assets import assets
from headwater.assessment.chapters.draft import Draft, Drafting
from headwater.assessment.chapters.harmed import harmed, young
from headwater.assessment.chapters.partners import EXPLOITATION, causes, exploitation, found_in, voices
from headwater.assessment.chapters.serious import serious
from headwater.assessment.chapters.summary import MAIN, STREET, caveats, summary, without
from headwater.assessment.chapters.unseen import hidden
from headwater.assessment.words import capital
from headwater.vocabulary import Level, Place


def drafts(drafting: Drafting) -> tuple[Draft, ...]:
    """Every chapter, then a profile for each part of the area."""
    chapters = [Draft(slug, title, write(drafting)) for slug, title, write in CHAPTERS]
    profiles = [_profile(drafting, place) for place in drafting.scene.subareas]
    last = chapters.pop()
    return tuple(chapter for chapter in (*chapters, *profiles, last) if chapter.text.strip())


def _scope(d: Drafting) -> str:
    measures = "".join(f"- **{m.title}.** {m.why}\n" for m in d.measures if _found(d, m.name))
    return (
        "No law fixes which offences are serious violence: each area decides. Public police data merge violence of every seriousness "
        f"into one category, so what is counted from them is violence and not serious violence. {_defined(d)}"
        "Nothing here scores, ranks or predicts a person; places and populations are described, and people are counted.\n\n"
        f"## What is measured\n\n{measures}\n{{{{ show: definitions }}}}\n\n"
        "## How to read a figure\n\n"
        "Limits are 95% limits: were the year lived again many times by chance, about 95 in 100 such ranges would hold the "
        "underlying rate. “Rose” and “fell” are said only where the limits of the ratio leave out one. A cell with no "
        "figure says why: [c] is withheld to protect people, [x] did not all arrive, [n] nobody collects, [z] has no "
        "answer. [u] marks a figure that rests on fewer than ten events, and [e] one carried between area boundaries.\n"
    )


def _defined(d: Drafting) -> str:
    """Whether serious violence is counted apart, by what this area has chosen to call so."""
    measure = next((m for m in d.measures if m.name == "serious-violence" and _found(d, m.name)), None)
    return (
        f"Serious violence has a chapter of its own, from police records, by {measure.definition}. " if measure else ""
    )


def _found(d: Drafting, measure: str) -> bool:
    return any(name.split(".")[0] == measure for name in d.quotable.findings)


def _made_safe(d: Drafting) -> str:
    """How the sentence on what was kept begins: files about people are not kept as they came."""
    if not any(paper.terms for paper in d.snapshot.provenance):
        return "Each file"
    return (
        "Files that came under a sharing agreement were read in memory only and kept without anything that tells who somebody is. "
        "Every other file"
    )


def _method(d: Drafting) -> str:
    policy = d.scene.policy
    return (
        f"{_made_safe(d)} was kept byte for byte as it was received, typed and checked; rows that fail are set aside whole with a "
        "reason, and nothing is dropped in silence. Where the same month came twice, the newest is used and both are kept.\n\n"
        "{{ show: inventory }}\n\n{{ show: accounts }}\n\n## Which months are covered\n\n"
        f"{caveats(d)}{{{{ show: coverage }}}}\n\n## What the rows say and leave unsaid\n\n{{{{ show: quality }}}}\n\n## Areas and residents\n\n"
        f"Rates divide by residents at {d.scene.people_basis}, the same in every year, so a change in a rate is a change in "
        "events. Crimes published with 2011 small-area codes are carried to 2021 areas: exactly where an area is unchanged or "
        "was merged, by residents where it was split, and then the figure is marked [e].\n\n"
        f"{{{{ show: placing }}}}\n\n## Disclosure control\n\nEvery figure passed the policy “{policy.title}”: {policy.why}\n\n"
        f"{_rebases(d)}"
    )


def _rebases(d: Drafting) -> str:
    if not d.scene.rebases:
        return ""
    lines = "".join(f"- {r.measure}, {r.month}: {r.reason} ({r.by}).\n" for r in d.scene.rebases)
    return f"## Control charts started afresh\n\nOnly a person may rebase a chart, and only with a reason.\n\n{lines}\n"


def _population(d: Drafting) -> str:
    return (
        f"{d.scene.area.name} is a {d.scene.area.level.words}.\n\n"
        "{{ show: residents }}\n\n{{ show: ages }}\n\n{{ show: ethnicity }}\n\n{{ show: deprivation }}\n"
    )


def _scale(d: Drafting) -> str:
    parts = ("count", "rate", "change", "since", "rolling")
    return caveats(d) + "".join(d.told(f"{MAIN}.{part}") for part in parts)


def _kinds(d: Drafting) -> str:
    text = "{{ show: kinds }}\n\n"
    for measure in d.of_rate():
        if measure.name == MAIN:
            continue
        text += f"## {measure.title}\n\n" + "".join(
            d.told(f"{measure.name}.{a}") for a in ("rate", "change", "since", "rolling")
        )
    return text


def _time(d: Drafting) -> str:
    text = (
        "A control chart tells a signal from noise: months inside the limits differ only as months always do. "
        "A filled mark is a month that the rules of “making data count” pick out.\n\n"
    )
    for measure in d.of_rate():
        told = d.told(f"{measure.name}.control") + d.told(f"{measure.name}.seasonality")
        text += f"## {measure.title}\n\n{told}" if told else ""
    return text


def _place(d: Drafting) -> str:
    text = "Small areas are places, not people: a town centre has few residents and many visitors.\n\n"
    for measure in d.of_rate():
        parts = ("places", "concentration", "stability", "gradient", "funnel", "rank")
        told = "".join(d.told(f"{measure.name}.{part}") for part in parts)
        text += f"## {measure.title}\n\n{told}" if told else ""
    return text


def _search(d: Drafting) -> str:
    names = [f"stop-and-search.{a}" for a in ("count", "rate", "change", "since", "control")]
    names += ["stop-and-search-by-ethnicity.disparity", "search-outcomes.share"]
    told = "".join(d.told(name) for name in names)
    return f"Searches are counted where the police recorded them, for the whole force.\n\n{told}" if told else ""


def _answers(d: Drafting) -> str:
    return d.told("violence-charged.share") + d.told("violence-time-to-outcome.curve")


def _gaps(d: Drafting) -> str:
    return (
        "What this edition cannot say matters as much as what it can.\n\n{{ show: gaps }}\n\n"
        f"- Most violence is never recorded by the police.{without(d)}\n"
        "- Public police data cannot tell serious violence from the rest, nor who was hurt, their age, or whether a knife was "
        f"used.\n- {_unseen(d)}\n"
    )


def _unseen(d: Drafting) -> str:
    if found_in(d, chapter=EXPLOITATION):
        return "What is seen of exploitation is what somebody looked for and wrote down. How much there is, nobody has counted."
    return "Exploitation and modern slavery are not visible in it at all. That silence is not an absence."


def _profile(d: Drafting, place: Place) -> Draft:
    name = f"profile-{place.code.lower()}"
    measures = d.of_rate()
    said = "".join(f"- {_standing(d, m.name, place)}\n" for m in measures if _standing(d, m.name, place))
    forces = (
        " What one force records may differ from another for reasons of practice." if place.level == Level.FORCE else ""
    )
    doubts = "".join(f"! {doubt}\n\n" for doubt in _profile_doubts(d, place))
    text = (
        f"{place.name} is one of {len(d.scene.subareas)} areas of {d.scene.area.name} compared in this edition.{forces}\n\n"
        f"{doubts}{{{{ show: {name} }}}}\n\n{said}\n"
    )
    return Draft(name, place.name, text, group="Area profiles")


def _profile_doubts(d: Drafting, place: Place) -> Iterable[str]:
    """A district's police are the whole area's, whose chapters say it already."""
    yield from d.scene.doubts.of_places((place,))
    if place.level == Level.FORCE:
        yield from d.scene.doubts.of_forces(STREET, d.scene.forces(place))


def _standing(d: Drafting, measure: str, place: Place) -> str:
    ranks = d.find(f"{measure}.rank")
    reading = next((r for r in ranks.readings if r.place == place), None) if ranks else None
    if ranks is None or reading is None:
        return ""
    quoted = f"{{{{ say: {measure}.rank | {reading.period.label} | {place.code} }}}}"
    average = f"{{{{ say: {measure}.funnel | {reading.period.label} | {place.code} }}}}"
    return f"{capital(ranks.measure.short)}: {average}; ranked {quoted}, where 1 is the highest rate."


CHAPTERS: tuple[tuple[str, str, Callable[[Drafting], str]], ...] = (
    ("summary", "Summary", summary),
    ("scope", "Scope and definition", _scope),
    ("method", "Method and data", _method),
    ("population", "The area and its people", _population),
    ("scale", "Scale and trend", _scale),
    ("serious-violence", "Serious violence, as this area defines it", serious),
    ("kinds", "Kinds of harm", _kinds),
    ("time", "Time", _time),
    ("place", "Place", _place),
    ("stop-and-search", "Stop and search", _search),
    ("answers", "How harm was answered", _answers),
    ("hidden", "What the police do not see", hidden),
    ("harmed", "Who is hurt and who harms", harmed),
    ("young-people", "Children and young people", young),
    ("causes", "Causes: risk and protective factors", causes),
    ("exploitation", "Exploitation and modern slavery", exploitation),
    ("assets", "What is delivered", assets),
    ("voices", "What people say", voices),
    ("gaps", "What we cannot see", _gaps),
)


def titles_of(slugs: Iterable[str], places: Mapping[str, str]) -> dict[str, str]:
    """The chapters of those slugs in the order of an edition, each with its title; `places` has the names of its parts by code."""
    known = {slug: title for slug, title, _ in CHAPTERS}
    profiles = {f"profile-{code.lower()}": name for code, name in sorted(places.items())}
    *first, last = known
    titles = {slug: known[slug] for slug in first} | profiles | {last: known[last]}
    asked = set(slugs)
    return {slug: title for slug, title in titles.items() if slug in asked}
