"""Which places and which returns are doubted, and in what words."""

from pathlib import Path

import pytest

from headwater.assessment.doubts import NONE, Doubts, doubts_of
from headwater.assessment.setting import definitions
from headwater.lake import Coverage, CoverageRow
from headwater.vocabulary import BadInput, Level, Place

CITY, WESTMINSTER, CAMDEN = (
    Place(code, name, Level.DISTRICT)
    for code, name in (("E09000001", "City of London"), ("E09000033", "Westminster"), ("E09000007", "Camden"))
)
SHIPPED = {path.stem: path for path in definitions("doubts").glob("*.toml")}


class Book:
    """An atlas that knows which districts an area has."""

    levels = tuple(Level)

    def __init__(self, *districts: Place) -> None:
        self._districts = districts

    def within(self, _place: Place, level: Level) -> tuple[Place, ...]:
        assert level == Level.DISTRICT
        return self._districts


def _doubts(*places: Place, book: Book | None = None, rows: tuple[CoverageRow, ...] = (), people: int = 0) -> Doubts:
    return doubts_of(SHIPPED, book or Book(), places, {"E23000007": people}, Coverage(rows))  # pyright: ignore[reportArgumentType]


def _sent(month: str, rows: int, dataset: str = "police_uk.street", force: str = "northumbria") -> CoverageRow:
    return CoverageRow(dataset, force, month, "complete" if rows else "absent", rows, None)


def test_a_district_is_doubted_where_it_is_listed_and_nowhere_else() -> None:
    assert sorted(_doubts(CITY, WESTMINSTER, CAMDEN).visited) == [CITY.code, WESTMINSTER.code]


@pytest.mark.parametrize("level", [Level.FORCE, Level.CSP, Level.COUNTY])
def test_a_wider_area_is_doubted_where_every_district_of_it_is_listed(level: Level) -> None:
    area = Place("X", "Somewhere", level)
    assert "X" in _doubts(area, book=Book(CITY)).visited
    assert "X" in _doubts(area, book=Book(CITY, WESTMINSTER)).visited
    assert "X" not in _doubts(area, book=Book(CITY, CAMDEN)).visited
    assert "X" not in _doubts(area, book=Book()).visited


def test_an_area_smaller_than_a_district_is_not_doubted_for_its_district() -> None:
    assert _doubts(Place("X", "A ward", Level.WARD), book=Book(CITY)) == NONE


def test_all_places_are_named_in_one_sentence_in_order() -> None:
    (said,) = _doubts(WESTMINSTER, CITY).of_places((WESTMINSTER, CAMDEN, CITY, CITY))
    assert said.startswith(
        "Few live and many come in City of London (it grew 56-fold on a working day at Census 2011); Westm"
    )
    assert _doubts(WESTMINSTER, CITY).of_places((CAMDEN,)) == ()


@pytest.mark.parametrize(("rows", "doubted"), [(1_483, True), (1_484, False), (7_417, False)])
def test_under_a_fifth_of_what_is_usual_is_doubted_and_a_fifth_is_not(rows: int, doubted: bool) -> None:
    """Of a million residents, 89 per 1,000 a year are 7,417 a month, and a fifth of that is 1,483.3."""
    found = _doubts(rows=(_sent("2024-01", 9_000), _sent("2024-02", rows)), people=1_000_000)
    assert found.thin == ({("police_uk.street", "northumbria"): ("2024-02",)} if doubted else {})


def test_months_that_did_not_come_are_not_called_thin_and_nothing_is_guessed_without_residents() -> None:
    sent = (_sent("2024-01", 0), _sent("2024-02", 5, dataset="police_uk.outcomes"), _sent("2024-03", 5, force="btp"))
    assert _doubts(rows=sent, people=1_000_000) == NONE
    assert _doubts(rows=(_sent("2024-01", 5),), people=0) == NONE


def test_the_force_and_its_months_are_named() -> None:
    sent = tuple(_sent(month, 5) for month in ("2024-01", "2024-02", "2024-04"))
    (said,) = _doubts(rows=sent, people=1_000_000).of_forces("police_uk.street", ("durham", "northumbria"))
    assert said.startswith("Northumbria Police sent less than a fifth of what is usual for so many residents for ")
    assert "January 2024 to February 2024 and April 2024. Before reading" in said


def test_a_file_without_its_table_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "usual-returns.toml"
    own.write_text('title = "nothing"\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"usual-returns\.toml: the table \[a_year_per_1000\] is missing"):
        doubts_of(SHIPPED | {own.stem: own}, Book(), (), {}, Coverage(()))  # pyright: ignore[reportArgumentType]
