"""What several organisations returned of one thing: added up once, and never as if all of them had sent."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.assessment.figures import Figure, together
from headwater.assessment.returned import ABOUT, AT_LEAST, DIFFER, Added, added, without
from headwater.vocabulary import Period

OVER = ("producer", "service")
QUARTERS = [("2025-04", "2025-06"), ("2025-07", "2025-09")]


def _row(who: str, value: float | None, status: str | None = None, **said: Any) -> dict[str, Any]:
    first, last = said.get("when", QUARTERS[0])
    return {"area_code": said.get("area", "Z07000001"), "first_month": first, "last_month": last, "producer": who,
            "group": said.get("group"), "value": value, "status": status}  # fmt: skip


def _one(*rows: dict[str, Any]) -> Added:
    (found,) = added(rows, OVER)
    return found


def test_organisations_and_their_services_add_up_to_one_figure() -> None:
    found = _one(_row("a", 7, group="service=x"), _row("a", 3, group="service=y"), _row("b", 20))
    assert (found.value, found.status, found.why) == (30, "", "")


def test_a_withheld_figure_makes_the_sum_a_least() -> None:
    found = _one(_row("a", 7), _row("b", None, "c"))
    assert (found.value, found.status) == (7, "")
    assert found.why == f"{AT_LEAST}1 of 2 services withheld a small figure"


def test_where_all_withhold_there_is_no_figure() -> None:
    found = _one(_row("a", None, "c"), _row("b", None, "c"))
    assert (found.value, found.status) == (None, "c")


def test_a_quarter_that_one_did_not_send_is_not_a_fall() -> None:
    first, second = added([_row("a", 7), _row("b", 9), _row("a", 8, when=QUARTERS[1])], OVER)
    assert (first.value, first.why) == (16, "")
    assert (second.value, second.why) == (8, f"{AT_LEAST}1 of 2 services that count it sent nothing for these months")


def test_round_numbers_are_said() -> None:
    assert _one(_row("a", 20, "e"), _row("b", 3)).why == ABOUT


def test_the_same_figure_sent_twice_is_counted_once_and_two_that_differ_give_none() -> None:
    assert _one(_row("a", 7), _row("a", 7)).value == 7
    differ = _one(_row("a", 7), _row("a", 8), _row("b", 1))
    assert (differ.value, differ.status, differ.why) == (None, "x", DIFFER)


@pytest.mark.parametrize(("group", "left"), [("service=x", ""), ("age=under-18;service=x", "age=under-18"), ("", "")])
def test_a_group_without_its_service(group: str, left: str) -> None:
    assert without(group, OVER) == left


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 9)), unique_by=lambda pair: pair[0], min_size=1))
def test_a_sum_is_what_a_plain_sum_says(rows: list[tuple[str, int]]) -> None:
    assert _one(*(_row(who, value) for who, value in rows)).value == sum(value for _, value in rows)


def _figure(code: str, value: float | None, who: str = "a", **said: Any) -> Figure:
    told = Figure(
        area_code=code, level="utla", period=Period.span("2025-04", "2025-06"), value=value, denominator=None, lower=None,
        upper=None, unit="disclosures", status="" if value is not None else "c", release="as returned", whose=frozenset({(who,)}),
    )  # fmt: skip
    return replace(told, **said)


def test_an_area_is_the_sum_of_its_parts_and_names_those_without_a_figure() -> None:
    found = together(
        "Aldermere", None, {"Stanmouth": _figure("1", 7), "Kelderby": _figure("2", 5, "b"), "Cawmoor": None}
    )
    assert (found.value, found.why) == (12, f"{AT_LEAST}no figure is known for Cawmoor")
    assert together("Stanmouth", _figure("1", 7), {}).why == ""


def test_what_was_known_of_a_part_is_known_of_the_whole() -> None:
    rough = _figure("1", 7, why=ABOUT)
    least = _figure("2", 5, "b", why=f"{AT_LEAST}1 of 2 services withheld a small figure")
    assert together("Aldermere", None, {"Stanmouth": rough, "Kelderby": least}).why == (
        f"{AT_LEAST}some services withheld a figure or sent none for these months; {ABOUT}"
    )


def test_a_service_that_returned_the_whole_and_its_parts_is_not_counted_twice() -> None:
    found = together("Aldermere", _figure("0", 12), {"Stanmouth": _figure("1", 7)})
    assert (found.value, found.status) == (None, "x")
    assert "a service returned figures of Aldermere and of its parts" in found.why
    other = together("Aldermere", _figure("0", 12, "county-wide"), {"Stanmouth": _figure("1", 7)})
    assert other.value == 19


def test_parts_that_cannot_be_known_or_added_up_stay_so() -> None:
    differ = _figure("1", None, status="x", why=DIFFER)
    assert together("Aldermere", None, {"Stanmouth": differ, "Kelderby": _figure("2", 5, "b")}).why == DIFFER
    withheld = together("Aldermere", None, {"Stanmouth": _figure("1", None), "Kelderby": None})
    assert (withheld.value, withheld.status) == (None, "c")
