"""The words around figures: what a reader is told, and in what order."""

from headwater.assessment.exhibits import table_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.questions.trend import gap_bands
from headwater.assessment.scene import years_in_words
from headwater.assessment.setting import measures
from headwater.assessment.words import in_full, in_list, percent_of, say
from headwater.vocabulary import Estimate, Level, Missing, Period, Place, Shown, Suppressed

NORTH, SOUTH = Place("Z07000001", "Northam", Level.DISTRICT), Place("Z07000002", "Southam", Level.DISTRICT)
YEAR = Period.financial(2022)
MEASURE = next(m for m in measures() if m.name == "violence")


def figure(value: float, lower: float, upper: float, unit: str = "times", decimals: int = 2) -> Shown:
    return Shown(
        Estimate(value=value, lower=lower, upper=upper, unit=unit, decimals=decimals, method="m", snapshots=("s",))
    )


def share(many: int | None, whole: int) -> Shown:
    return Shown(
        Estimate(value=7.0, lower=6.6, upper=7.3, unit="%", decimals=1, method="m", snapshots=("s",),
                 numerator=many, denominator=whole)
    )  # fmt: skip


def columns_of(*cells: Shown) -> tuple[list[str], list[tuple[object, ...]]]:
    readings = tuple(Reading(place=p, period=YEAR, cell=c) for p, c in zip((NORTH, SOUTH), cells, strict=False))
    finding = Finding(
        measure=MEASURE, analysis="share", title="Violence", method="m", formula="f", readings=readings, sentence=""
    )
    table = table_of(finding, readings, "place", name="t", caption="c", value="%")
    return [column.title for column in table.columns], [row[4:] for row in table.rows]


def test_a_share_shows_its_part_and_its_whole_so_that_neither_passes_for_the_other() -> None:
    titles, made_of = columns_of(share(1_443, 20_724))
    assert titles[4:] == ["Number", "Out of (recorded crimes)"]
    assert made_of == [(1_443, 20_724)]


def test_a_share_without_a_part_shows_the_whole_alone() -> None:
    titles, made_of = columns_of(share(None, 20_724))
    assert (titles[4:], made_of) == (["Out of (recorded crimes)"], [(20_724,)])


def test_a_figure_without_limits_beside_figures_with_them_leaves_no_blank() -> None:
    bare = Shown(Estimate(value=7.8, unit="%", decimals=1, method="m", snapshots=("s",)))
    readings = tuple(Reading(place=p, period=YEAR, cell=c) for p, c in ((NORTH, bare), (SOUTH, figure(6.9, 6.7, 7.2))))
    finding = Finding(
        measure=MEASURE, analysis="concentration", title="V", method="m", formula="f", readings=readings, sentence=""
    )
    first, _ = table_of(finding, readings, "place", name="t", caption="c", value="Share").rows
    assert first[2:] == ("[z]", "[z]")


def test_a_rank_is_said_before_its_interval() -> None:
    assert say(figure(3, 2, 4, "of 7", 0)) == "3 of 7 (95% interval 2 to 4)"


def test_a_change_is_no_finer_than_can_be_known() -> None:
    said = [percent_of(figure(value, value, value).estimate) for value in (2.606, 1.256, 1.0233, 0.9)]
    assert said == ["161%", "26%", "2.3%", "10%"]


def test_lists_and_letters_are_written_out() -> None:
    assert [in_list(names) for names in (["A"], ["A", "B"], ["A", "B", "C"])] == ["A", "A and B", "A, B and C"]
    assert in_full("IMD 2025") == "Index of Multiple Deprivation 2025"
    assert in_full("WIMD 2019") == "Welsh Index of Multiple Deprivation 2019"


def test_years_in_a_row_are_said_once() -> None:
    years = [*(Period.financial(y) for y in (2021, 2022, 2023)), Period.calendar(2022), Period.calendar(2024)]
    assert years_in_words(years) == (
        "the financial years 2021-22 to 2023-24, the calendar year 2022 and the calendar year 2024"
    )
    assert years_in_words([Period.calendar(2024)]) == "the calendar year 2024"


def test_only_what_is_held_back_is_called_withheld() -> None:
    cells = (figure(1, 1, 1), Missing("no file"), Missing("no file"), Suppressed("small", "p"), figure(1, 1, 1))
    assert [(b.first, b.last, b.label) for b in gap_bands(cells)] == [(1, 2, "no return"), (3, 3, "withheld")]
