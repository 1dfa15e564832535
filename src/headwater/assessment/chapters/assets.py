"""What is delivered, to whom, where, funded until when; and need beside it, place by place."""

from collections.abc import Iterable, Sequence

from headwater import documents
from headwater.assessment.chapters.draft import Drafting
from headwater.assessment.exhibits import estimate_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.services import NOT_SAID, PREVENTION, Service, a_year_after, alike, words_of
from headwater.assessment.words import capital
from headwater.vocabulary import Place, month_words

STREET, NEED = "police_uk.street", "violence.rate"
Blocks = Sequence[documents.Block]


def assets(d: Drafting) -> str:
    """The services of the area, what ends soon, and what is needed beside what is there; nothing where no register has landed."""
    if not d.services:
        return ""
    need = "## Need beside service\n\n{{ show: need-and-services }}\n\n" if need_beside(d) else ""
    same = "## Services that may do the same\n\n{{ show: services-alike }}\n\n" if services_alike(d) else ""
    return (
        "This is what providers and the partnership say is delivered. Nobody has looked here whether it is, how well, or whether those whom "
        f"it is for come to it. A blank in what was sent is not a nought, and stands as “{NOT_SAID}”.\n\n"
        f"{_totals(d)}{_ending(d)}{{{{ show: services }}}}\n\n{{{{ show: services-funding }}}}\n\n{need}{same}"
    )


def _totals(d: Drafting) -> str:
    providers = len({service.provider.casefold() for service in d.services})
    evaluated = sum(service.evaluated == "independent" for service in d.services)
    kinds = ", ".join(f"{_many(d.services, level)} {level}" for level in PREVENTION)
    return (
        f"{_services(len(d.services))} of {providers:,} {'provider' if providers == 1 else 'providers'} are listed for "
        f"{d.scene.area.name}: {kinds}. {_services(evaluated)} had an independent evaluation.\n\n"
    ).replace("1 service of 1 provider are", "1 service of 1 provider is")


def _many(services: Iterable[Service], level: str) -> int:
    return sum(service.prevention == level for service in services)


def _services(many: int) -> str:
    return f"{many:,} service" if many == 1 else f"{many:,} services"


def _ending(d: Drafting) -> str:
    """Whose funding ends within a year of the last month of police data: the edition has no clock."""
    months = d.scene.months(STREET)
    if not months:
        return ""
    last = months[-1]
    over = [service for service in d.services if service.ends_by(last)]
    soon = [service for service in d.services if service.ends_by(a_year_after(last)) and service not in over]
    text = f"Counted from {month_words(last)}, the last month of police data, the funding of {_services(len(soon))} ends within twelve months"
    text += f": {_named(soon)}.\n\n" if soon else ".\n\n"
    text += f"! The funding of {_services(len(over))} had ended by then: {_named(over)}.\n\n" if over else ""
    unsaid = sum(service.funding == "not-said" for service in d.services)
    return f"{text}Of {_services(unsaid)}, nobody said until when.\n\n" if unsaid else text


def _named(services: Sequence[Service]) -> str:
    return ", ".join(
        f"{service.name} ({service.until})" for service in sorted(services, key=lambda s: (s.until or "", s.name))
    )


def services_listed(d: Drafting) -> Blocks:
    """A row for each service, and a row for how each is paid for."""
    if not d.services:
        return ()
    area = d.scene.area.name
    titles = ("Service", "Provider", "What for", "What is done", "Prevention", "For whom", "Ages", "Where")
    what = documents.Table(
        "services", f"Services listed for {area}", _columns(titles), tuple(_what(d, s) for s in d.services)
    )
    return (what,)


def services_funding(d: Drafting) -> Blocks:
    """How each service is paid for, how many it can take, how people come to it, and who has evaluated it."""
    if not d.services:
        return ()
    titles = ("Service", "Funder", "Funded until", "Pounds a year", "Places a year", "How people come", "Evaluated")
    rows = tuple(_funding(service) for service in d.services)
    note = "Money and places are those of the whole service, wherever it is delivered."
    return (
        documents.Table(
            "services-funding", f"How services of {d.scene.area.name} are funded", _columns(titles), rows, note=note
        ),
    )


def _columns(titles: Iterable[str]) -> tuple[documents.Column, ...]:
    return tuple(documents.Column(title) for title in titles)


def _what(d: Drafting, service: Service) -> tuple[documents.Entry, ...]:
    named = [place.name for place in d.scene.subareas if place.code in service.where]
    where = d.scene.area.name if service.whole else ", ".join(named)
    coded = (words_of("aim", service.aim), words_of("activity", service.activity))
    return (service.name, service.provider, *map(capital, coded), capital(service.prevention),
            capital(words_of("cohort", service.cohort)), _ages(service), where)  # fmt: skip


def _ages(service: Service) -> str:
    match service.ages:
        case None, None:
            return NOT_SAID
        case first, None:
            return f"{first} and over"
        case None, last:
            return f"up to {last}"
        case first, last:
            return f"{first} to {last}"


def _funding(service: Service) -> tuple[documents.Entry, ...]:
    until = service.until or {"open-ended": "open-ended"}.get(service.funding, NOT_SAID)
    money = NOT_SAID if service.money is None else f"{service.money:,.0f}"
    places = NOT_SAID if service.places is None else f"{service.places:,}"
    ways = (words_of("referral", service.referral), words_of("evaluated", service.evaluated))
    return (service.name, service.funder, until, money, places, *map(capital, ways))


def need_beside(d: Drafting) -> Blocks:
    """For each part of the area its rate of violence beside its services, and the question that the two together ask."""
    finding = d.find(NEED)
    period = d.scene.headline(finding.measure.source) if finding else None
    if finding is None or period is None or not d.services:
        return ()
    whole = finding.at(d.scene.area, period)
    readings = [reading for place in d.scene.subareas if (reading := finding.at(place, period))]
    if whole is None or not readings:
        return ()
    titles = (
        "Area",
        f"Rate of {finding.measure.short}, {period.label}",
        *map(capital, PREVENTION),
        "Services",
        "Places a year",
        "Question",
    )
    columns = tuple(documents.Column(title, numeric=0 < n < 6) for n, title in enumerate(titles))
    rows = tuple(_beside(d, finding, reading, whole) for reading in readings)
    note = (
        f"Above means that the lower 95% limit of the rate is above the rate of {d.scene.area.name}. A service of several areas is counted in "
        "each, with all its places. A question is where to look, not a finding: what an area needs is more than a rate of recorded violence."
    )
    return (
        documents.Table("need-and-services", "Recorded violence beside what is delivered", columns, rows, note=note),
    )


def _beside(d: Drafting, finding: Finding, reading: Reading, whole: Reading) -> tuple[documents.Entry, ...]:
    here = [service for service in d.services if reading.place.code in service.where]
    counts = [_many(here, level) for level in PREVENTION]
    question = _question(reading, whole, counts, bool(alike(d.services, reading.place.code)))
    return (
        reading.place.name,
        documents.Quoted(reading.cell, finding.anchor(reading)),
        *counts,
        len(here),
        _places(here),
        question,
    )


def _question(reading: Reading, whole: Reading, counts: Sequence[int], same: bool) -> str:
    lacking = [level for level, many in zip(PREVENTION, counts, strict=True) if not many]
    asked: list[str] = []
    if _above(reading, whole) and lacking:
        what = (
            "no service is listed"
            if len(lacking) == len(PREVENTION)
            else f"no {' or '.join(lacking)} prevention is listed"
        )
        asked.append(f"Above the whole area, and {what}: a gap?")
    if same:
        asked.append("Several services are alike: do they do the same?")
    return " ".join(asked)


def _above(reading: Reading, whole: Reading) -> bool:
    mine, area = estimate_of(reading.cell), estimate_of(whole.cell)
    if mine is None or area is None:
        return False
    return (mine.value if mine.lower is None else mine.lower) > area.value


def _places(services: Sequence[Service]) -> str:
    known = [service.places for service in services if service.places is not None]
    if len(known) == len(services):
        return f"{sum(known):,}"
    return f"at least {sum(known):,}" if known else NOT_SAID


def services_alike(d: Drafting) -> Blocks:
    """Services with one aim and cohort, ages in common and a part of the area in common."""
    places = d.scene.subareas or (d.scene.area,)
    rows = tuple(_alike(place, found) for place in places for found in alike(d.services, place.code))
    if not rows:
        return ()
    note = "They share what they are for and for whom, and may still do different things: ask before one of them ends."
    titles = ("Area", "What for", "For whom", "Services")
    return (
        documents.Table(
            "services-alike",
            "Services with one aim, for the same people, in one place",
            _columns(titles),
            rows,
            note=note,
        ),
    )


def _alike(place: Place, found: Sequence[Service]) -> tuple[documents.Entry, ...]:
    first = found[0]
    named = ", ".join(f"{service.name} ({service.provider})" for service in found)
    return (place.name, capital(words_of("aim", first.aim)), capital(words_of("cohort", first.cohort)), named)
