"""What a program is told of the rooms: all that is shown of a row, under the rule of its page, and nothing that is personal."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import models

from headwater.partnership.models import POWERS, Deed, Kept, Organisation, Role
from headwater.web.api import ROUTES
from headwater.web.api.routes import api
from headwater.web.api.shapes import fields_told, shape_of
from web.attacking import every_page, our_models, taken_back
from web.rows import World

pytestmark = pytest.mark.django_db
SHORT = 6
"""Words shorter than this are not looked for: they stand in other words."""


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_no_shape_of_a_row_has_a_personal_field(model: Any) -> None:
    personal = {name for name, kept in model.kept.items() if kept == Kept.PERSONAL}
    for told in ({Kept.OPEN}, {Kept.OPEN, Kept.SENSITIVE}):
        assert not personal & set(fields_told(model, told))
    if fields_told(model, {Kept.OPEN}):
        assert not personal & set(shape_of(model).model_fields)


def test_no_answer_is_described_with_anybodys_particulars() -> None:
    """A name of a field is enough here: what a holder of a public office is called is the one exception."""
    shapes = api.get_openapi_schema(path_prefix="/api/v1/")["components"]["schemas"]
    particulars = {
        "email",
        "password",
        "person",
        "who",
        "by",
        "by_name",
        "sent_by",
        "asked_by",
        "decided_by",
        "story",
        "digest",
    }
    assert not {name for name, shape in shapes.items() if set(shape.get("properties", ())) & particulars}


def test_no_answer_holds_a_value_that_is_personal(made: World) -> None:
    """Every route is asked by whoever may, and every personal value that stands in the database is looked for in what it says."""
    personal, others = _values(Kept.PERSONAL), _values(Kept.OPEN) | _values(Kept.SENSITIVE)
    looked_for = {value for value in personal if len(value) > SHORT and not any(value in other for other in others)}
    assert len(looked_for) > 20
    asked = 0
    for page in every_page(made):
        if page.address.startswith("/api/v1/"):
            cache.clear()
            answer = page.browser.get(page.address)
            assert answer.status_code == 200, page.address
            said = answer.content.decode()
            assert not [value for value in looked_for if value in said], page.address
            asked += 1
    assert asked == len(ROUTES)


def _values(kept: Kept) -> set[str]:
    held: set[str] = set()
    for model in our_models():
        names = [name for name, how in model.kept.items() if how == kept and _words(model._meta.get_field(name))]  # pyright: ignore[reportAttributeAccessIssue]
        held |= (
            {str(value) for row in model._base_manager.values_list(*names) for value in row if value}
            if names
            else set()
        )
    return held


def _words(field: Any) -> bool:
    return isinstance(field, (models.CharField, models.TextField)) and not field.choices


def test_what_a_page_writes_in_the_ledger_a_route_writes_too(made: World) -> None:
    number = made.row(next(route.rule.of for route in ROUTES.values() if route.path == "/delivery/returns/{number}"))[
        "number"
    ]
    program = made.program(Role.CONTRIBUTOR, "own")
    with taken_back():
        assert program.get(f"/api/v1/delivery/returns/{number}").json()["state"] == "draft"
        line = Deed.objects.latest("number")
        assert (line.did, line.organisation) == ("read by token", "the-police")
        assert made.program(Role.CONTRIBUTOR, "other").get(f"/api/v1/delivery/returns/{number}").status_code == 404


def test_a_figure_is_told_with_its_need_to_those_who_may_see_figures(made: World) -> None:
    reads, sees = made.program(Role.CONTRIBUTOR, "other"), made.program(Role.READER, "other")
    needs = reads.get("/api/v1/strategy/needs").json()
    assert needs
    assert not [need for need in needs if "figure" in need or "reading" in need]
    address = f"/api/v1/strategy/needs/{needs[0]['slug']}"
    assert reads.get(address).status_code == 403
    assert "figure" in sees.get(address).json()


def test_every_room_has_routes() -> None:
    rooms = {route.path.split("/")[1] for route in ROUTES.values()}
    assert rooms >= {
        "organisations",
        "strategy",
        "delivery",
        "uploads",
        "builds",
        "duties",
        "offices",
        "writing",
        "refresh",
        "editions",
    }
    assert Organisation in our_models()
    assert POWERS
