"""What is delivered: who speaks for a provider, where a service reaches, what ends soon, and where need has no service."""

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from headwater import documents
from headwater.assessment.chapters.assets import assets, need_beside, services_alike, services_funding, services_listed
from headwater.assessment.chapters.exhibits import standing_exhibits
from headwater.assessment.findings import Reading
from headwater.assessment.services import Service, alike, services_of
from headwater.vocabulary import Estimate, Level, Period, Place, Shown, WrongRequest

AREA = Place("Z23000001", "Aldermere", Level.FORCE)
NORTH, SOUTH = Place("Z07000001", "Northtown", Level.DISTRICT), Place("Z07000002", "Southtown", Level.DISTRICT)
SMALL = {NORTH.code: "Z01000001", SOUTH.code: "Z01000002"}
YEAR = Period.year_to("2026-03")
LAMPS = Service(
    name="Street Lamps", provider="Cobnut Youth Trust", aim="safe-places", activity="youth-work", prevention="primary",
    cohort="young-people", ages=(10, 18), where=frozenset([NORTH.code]), whole=False, referral="open", funder="The council",
    funding="until", until="2026-09", money=12_000, places=400, evaluated="own",
)  # fmt: skip
BELL = replace(
    LAMPS, name="Second Bell", provider="Boxing Club", ages=(8, 16), until="2027-03", places=None, money=None
)


class Book:
    """Two districts of one small area each."""

    def find(self, code: str) -> Place:
        known = {p.code: p for p in (AREA, NORTH, SOUTH)} | {c: Place(c, c, Level.LSOA) for c in SMALL.values()}
        if code not in known:
            raise WrongRequest("no such place")
        return known[code]

    def within(self, place: Place, _level: Level) -> list[Place]:
        wanted = SMALL.values() if place == AREA else [SMALL[place.code]]
        return [Place(code, code, Level.LSOA) for code in wanted]


SCENE: Any = SimpleNamespace(
    area=AREA, subareas=(NORTH, SOUTH), atlas=Book(), months=lambda _dataset: ("2026-02", "2026-03"),
    headline=lambda _dataset: YEAR,
)  # fmt: skip


def _row(**said: Any) -> dict[str, Any]:
    usual = {
        "dataset": "services.register", "producer": "the-partnership", "service": "Street Lamps", "provider": "Cobnut Youth Trust",
        "aim": "safe-places", "activity": "youth-work", "prevention": "primary", "cohort": "young-people", "age_from": 10,
        "age_to": 18, "area_code": NORTH.code, "level": "ltla24", "referral": "open", "funder": None, "funding": "not-said",
        "funded_until": None, "money": None, "places": None, "evaluated": "none",
    }  # fmt: skip
    return usual | said


def _found(*rows: dict[str, Any]) -> tuple[Service, ...]:
    snapshot: Any = SimpleNamespace(has=lambda _name: bool(rows), table=lambda _name, _engine: rows)
    engine: Any = SimpleNamespace(collect=lambda table: SimpleNamespace(to_pylist=lambda: list(table)))
    return services_of(snapshot, engine, SCENE)


def test_a_service_in_two_areas_is_one_service() -> None:
    (service,) = _found(_row(), _row(area_code=SOUTH.code))
    assert (service.where, service.whole, service.funder) == (frozenset([NORTH.code, SOUTH.code]), True, "not said")


def test_a_providers_own_file_speaks_for_it_and_the_register_for_the_others() -> None:
    own = _row(producer="cobnut-youth-trust", service="Night Lamps")
    services = _found(_row(), own, _row(provider="Harbour Voices", service="Drop-in"))
    assert [service.name for service in services] == ["Drop-in", "Night Lamps"]


@pytest.mark.parametrize(
    ("code", "where"),
    [(AREA.code, {NORTH.code, SOUTH.code}), (SMALL[SOUTH.code], {SOUTH.code}), (NORTH.code, {NORTH.code}), ("E06000001", set())],
)  # fmt: skip
def test_where_a_service_reaches(code: str, where: set[str]) -> None:
    found = _found(_row(area_code=code))
    assert {part for service in found for part in service.where} == where


def test_nothing_has_landed() -> None:
    assert _found() == ()


def test_services_are_alike_that_share_aim_cohort_place_and_an_age() -> None:
    older = replace(LAMPS, name="Late Lamps", ages=(19, None))
    elsewhere = replace(LAMPS, name="Far Lamps", where=frozenset([SOUTH.code]))
    other = replace(LAMPS, name="Refuge", aim="domestic-abuse")
    assert alike([LAMPS, BELL, older, elsewhere, other], NORTH.code) == ((LAMPS, BELL),)
    assert alike([LAMPS, replace(LAMPS, name="Any Age", ages=(None, None))], NORTH.code)
    assert alike([LAMPS, other], NORTH.code) == ()


class Need:
    """The rate of violence: Southtown's is above the whole area's, Northtown's below."""

    measure: Any = SimpleNamespace(source="police_uk.street", short="violence")

    def __init__(self, south: float = 50.0) -> None:
        self._rates = {AREA.code: 30.0, NORTH.code: 20.0, SOUTH.code: south}

    def at(self, place: Place, period: Period) -> Reading:
        rate = self._rates[place.code]
        cell = Shown(
            Estimate(
                value=rate,
                lower=rate - 2,
                upper=rate + 2,
                unit="per 1,000",
                decimals=1,
                method="crude_rate",
                snapshots=("s",),
            )
        )
        return Reading(place=place, period=period, cell=cell)

    def anchor(self, reading: Reading) -> str:
        return f"violence.rate/{reading.place.code}"


def _drafting(services: Sequence[Service], need: Need | None) -> Any:
    return SimpleNamespace(scene=SCENE, services=services, find=lambda name: need if name == "violence.rate" else None)


def _table(blocks: Sequence[documents.Block]) -> documents.Table:
    (block,) = blocks
    assert isinstance(block, documents.Table)
    return block


def test_a_place_with_more_need_and_no_service_is_a_question() -> None:
    table = _table(need_beside(_drafting([LAMPS], Need())))
    north, south = table.rows
    assert north[2:] == (1, 0, 0, 1, "400", "")
    assert south[2:] == (0, 0, 0, 0, "0", "Above the whole area, and no service is listed: a gap?")
    assert isinstance(south[1], documents.Quoted)
    assert south[1].opens == f"violence.rate/{SOUTH.code}"


def test_a_rate_that_may_be_no_higher_asks_nothing() -> None:
    table = _table(need_beside(_drafting([LAMPS], Need(south=31.0))))
    assert [row[-1] for row in table.rows] == ["", ""]


def test_a_level_of_prevention_that_is_lacking_is_named_and_places_nobody_said_are_not_nought() -> None:
    service = replace(BELL, where=frozenset([NORTH.code, SOUTH.code]))
    table = _table(need_beside(_drafting([LAMPS, service], Need())))
    north, south = table.rows
    assert north[-2:] == ("at least 400", "Several services are alike: do they do the same?")
    assert south[-2:] == ("not said", "Above the whole area, and no secondary or tertiary prevention is listed: a gap?")


def test_the_chapter_says_whose_funding_ends_within_a_year_of_the_data_and_whose_has_ended() -> None:
    ended, later = replace(LAMPS, name="Old Lamps", until="2026-03"), replace(LAMPS, name="Long Lamps", until="2027-04")
    text = assets(
        _drafting([LAMPS, BELL, ended, later, replace(LAMPS, name="Any", until=None, funding="not-said")], Need())
    )
    assert "from March 2026, the last month of police data, the funding of 2 services ends within twelve months" in text
    assert "Street Lamps (2026-09), Second Bell (2027-03)" in text
    assert "! The funding of 1 service had ended by then: Old Lamps (2026-03)" in text
    assert "Of 1 service, nobody said until when" in text
    assert "{{ show: need-and-services }}" in text


def test_without_services_there_is_no_chapter_and_without_a_rate_no_comparison() -> None:
    assert assets(_drafting([], Need())) == ""
    assert (
        services_listed(_drafting([], None)),
        services_funding(_drafting([], None)),
        services_alike(_drafting([], None)),
    ) == ((), (), ())
    assert need_beside(_drafting([LAMPS], None)) == ()
    assert "need-and-services" not in assets(_drafting([LAMPS], None))


def test_the_tables_say_in_words_what_is_coded_and_what_was_not_said() -> None:
    d = _drafting([LAMPS, BELL], None)
    first, second = _table(services_listed(d)).rows
    assert first == ("Street Lamps", "Cobnut Youth Trust", "Safe places and things to do", "Detached youth work", "Primary",
                     "Children and young people", "10 to 18", "Northtown")  # fmt: skip
    assert second[6:] == ("8 to 16", "Northtown")
    paid = _table(services_funding(d)).rows
    assert paid[0] == ("Street Lamps", "The council", "2026-09", "12,000", "400", "Anybody may come", "By itself")
    assert paid[1][3:5] == ("not said", "not said")
    assert _table(services_alike(d)).rows == (
        ("Northtown", "Safe places and things to do", "Children and young people", "Street Lamps (Cobnut Youth Trust), Second Bell (Boxing Club)"),
    )  # fmt: skip


def test_every_table_that_the_chapter_shows_stands_among_the_exhibits() -> None:
    import inspect
    import re

    shown = set(re.findall(r"show: ([a-z-]+)", inspect.getsource(assets)))
    assert all(f'"{name}":' in inspect.getsource(standing_exhibits) for name in shown)
