"""Pages of the reference that the agreed files write themselves: frameworks and clocks, risk factors and what works."""

from collections.abc import Iterable, Iterator

from headwater.assessment import bank_holidays, clocks, frameworks, interventions, risk_factors
from headwater.vocabulary import BankHolidays, Clock, Element, Evidence, Framework, RiskFactor

_FRAMEWORKS = """What a partnership is held to, or has agreed to use. Each is a file of `src/headwater/definitions/frameworks`, `…/clocks` or
`…/holidays`; copy one into the folder of that name in the workspace and change it, and yours is used instead. **Not verified** means that it was
not read in the source named, or comes from working knowledge: check it before you rely on it. None of it is legal advice."""
_EVIDENCE = """What makes violence likelier or less likely, and what is known of what is done about it. Each is a file of
`src/headwater/definitions/risk_factors` or `…/interventions`; copy one into `risk_factors/` or `interventions/` of the workspace and change
it, and yours is used instead. **Not verified** means that it was not read in the source named, or comes from working knowledge. Factors
are of groups and places: no person may be scored by them. Ratings change: look at the rater's own page before you choose."""


def frameworks_page() -> str:
    """Every framework and clock that comes with Headwater, as Markdown."""
    framed = (line for framework in frameworks().values() for line in _framework(framework))
    return _page(
        "Frameworks and clocks", _FRAMEWORKS, framed, _clocks(clocks().values()), _holidays(bank_holidays().values())
    )


def evidence_page() -> str:
    """Every risk factor and intervention that comes with Headwater, as Markdown."""
    rated = (line for evidence in interventions().values() for line in _evidence(evidence))
    return _page(
        "Risk factors and evidence", _EVIDENCE, _factors(risk_factors().values()), ["## Interventions", ""], rated
    )


def _page(title: str, about: str, *parts: Iterable[str]) -> str:
    return "\n".join([f"# {title}", "", about, "", *(line for part in parts for line in part)])


def _framework(framework: Framework) -> Iterator[str]:
    yield f"## {framework.title}"
    yield ""
    yield f"`{framework.name}`, version {framework.version}. {_one_line(framework.why)}"
    yield ""
    yield f"{framework.owner}; agreed on {framework.agreed}, look again by {framework.review_by}."
    yield ""
    for section, elements in framework.sections.items():
        if section:
            yield f"### {section}"
            yield ""
        yield from (line for element in elements for line in _element(element))
        yield ""


def _element(element: Element) -> Iterator[str]:
    cited = f" ({element.citation})" if element.citation else ""
    force = "" if element.force == "must" else f" *{element.force.title()}.*"
    yield f"- `{element.id}` **{element.title}.**{force} {element.says}{cited}"
    if element.who:
        yield f"    - Who: {', '.join(f'`{kind}`' for kind in element.who)}"
    if element.proof:
        yield f"    - Shown by: {'; '.join(element.proof)}"
    yield f"    - {_source(element)}"


def _clocks(known: Iterable[Clock]) -> Iterator[str]:
    yield "## Clocks"
    yield ""
    for clock in known:
        cited = f" ({clock.citation})" if clock.citation else ""
        yield f"- `{clock.name}` **{clock.title}.** {clock.who}: {clock.must}{cited}"
        yield f"    - {_length(clock)}"
        yield f"    - {_source(clock)}"
    yield ""


def _holidays(known: Iterable[BankHolidays]) -> Iterator[str]:
    yield "## Bank holidays"
    yield ""
    for each in known:
        yield f"- `{each.name}` **{each.title}**, known from {each.since} to {each.until}: {len(each.days)} weekdays"
        yield f"    - {_source(each)}"
    yield ""


def _length(clock: Clock) -> str:
    if clock.count is None:
        return f"How long is not said in public. From: {clock.starts}."
    first = {"same": ", that day being the first", "next": ", the next day being the first"}[clock.first_day]
    counted = "" if clock.unit == "months" else first
    closed = f"; no day of {', '.join(f'`{name}`' for name in clock.holidays)}" if clock.holidays else ""
    return f"{clock.count} {clock.unit.replace('-', ' ')} from: {clock.starts}{counted}{closed}."


def _factors(known: Iterable[RiskFactor]) -> Iterator[str]:
    level = ""
    for factor in known:
        if factor.level != level:
            yield from ([""] if level else [])
            level = factor.level
            yield f"## Factors: {level}"
            yield ""
        yield f"- `{factor.id}` **{factor.title}** {factor.direction} the likelihood. {factor.among}. {factor.strength}"
        if factor.measures:
            yield f"    - Measures: {', '.join(f'[`{name}`](measures.md#{name})' for name in factor.measures)}"
        yield f"    - {_source(factor)}"
    yield ""


def _evidence(evidence: Evidence) -> Iterator[str]:
    yield f"### {evidence.title}"
    yield ""
    yield f"`{evidence.name}`, version {evidence.version}. {evidence.what}"
    yield ""
    yield f"- Impact: **{_words(evidence.impact)}**; evidence: **{_words(evidence.security)}**; cost: **{_words(evidence.cost)}**"
    yield f"- {evidence.says}"
    yield f"- Prevention (our reading): {', '.join(evidence.prevention)}"
    yield f"- {_source(evidence)}"
    yield f"- {evidence.owner}; agreed on {evidence.agreed}, look again by {evidence.review_by}"
    yield ""


def _words(rating: str) -> str:
    return rating.replace("-", " ")


def _source(said: Element | RiskFactor | Evidence | Clock | BankHolidays) -> str:
    named = f"[{said.source}]({said.source_url})" if said.source_url else said.source
    checked = "" if said.verified else ". **Not verified**"
    note = f". {said.note.rstrip('.')}" if said.note else ""
    return f"Source: {named}, {said.looked_at}{checked}{note}."


def _one_line(text: str) -> str:
    return " ".join(text.split())
