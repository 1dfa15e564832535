"""Everything that the description of the API allows, and some of what it does not, asked in this process: nothing breaks, and whatever is
given is as it is described. Names and numbers in paths are made up at first, so most answers are refusals; then what there is is asked for."""

import json
from decimal import Decimal
from functools import cache as once
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import models
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from headwater.partnership.models import POWERS, Kept, Role
from headwater.web.api import ROUTES, tokens
from headwater.web.api.routes import api
from headwater.web.api.shapes import fields_told, shape_of
from web.attacking import our_models
from web.rows import World

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FEW = settings(max_examples=3, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
GIVEN = 200


@once
def _site() -> WSGIHandler:
    return WSGIHandler()


def _asked(environ: Any, start: Any) -> Any:
    """Our pages, made once a test asks: what stands before them reads the settings when it is made."""
    return _site()(environ, start)


DESCRIBED: Any = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
SCHEMA: Any = schemathesis.openapi.from_dict(DESCRIBED)
SCHEMA.app = _asked
OPERATIONS: dict[str, Any] = {
    found.ok().definition.raw["operationId"]: found.ok() for found in SCHEMA.get_all_operations()
}


@pytest.fixture(autouse=True)
def _any_number_of_times(plain_http: None, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(tokens, "ASKED", 10**6)


def _ask(made: World, case: Any) -> Any:
    """What comes back to somebody who may ask for it; no answer is a breakdown, and what is given is as it is described."""
    needs = ROUTES[case.operation.definition.raw["operationId"]].rule.needs
    role = next(role for role in Role if needs in POWERS[role])
    headers = {"Authorization": f"Bearer {made.tokens[role, 'hosts']}", "Host": "localhost"}
    answer = case.call(headers=headers)
    given = [content_type_conformance, response_schema_conformance] if answer.status_code == GIVEN else []
    case.validate_response(answer, checks=[not_a_server_error, *given])
    return answer


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=str)
@pytest.mark.parametrize("name", OPERATIONS)
def test_whatever_is_asked_nothing_breaks(name: str, mode: Any, made: World) -> None:
    @FEW
    @given(case=OPERATIONS[name].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        _ = _ask(made, case)

    ask()


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_is_given_is_as_it_is_described(name: str, made: World) -> None:
    """With the rows that there are."""
    find = ROUTES[name].rule.of
    named = made.row(find) if find else {}
    answer = _ask(made, OPERATIONS[name].Case(path_parameters=named))
    assert answer.status_code == GIVEN


SHAPES = {
    shape.__name__: (model, shape)
    for model in our_models()
    for sensitive in (False, True)
    if fields_told(model, {Kept.OPEN})
    for shape in [shape_of(model, sensitive=sensitive)]
    if shape.__name__ in DESCRIBED["components"]["schemas"]
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("full", [True, False])
def test_a_row_is_told_as_it_is_described(name: str, full: bool) -> None:
    """Of every kind, with something in every field and with as little as may be: some kinds have no row in the partnership above."""
    model, shape = SHAPES[name]
    fields = [one for one in model._meta.concrete_fields if full or _is_always_there(one)]
    row = model(**{one.attname: _example(one) for one in fields} | {"pk": 1})
    said = api.renderer.render(None, shape.from_orm(row).model_dump(), response_status=GIVEN)  # pyright: ignore[reportArgumentType]
    jsonschema_rs.validate(DESCRIBED["components"]["schemas"][name], json.loads(said))


def _is_always_there(one: Any) -> bool:
    by_itself = getattr(one, "auto_now", False) or getattr(one, "auto_now_add", False)
    return by_itself or not (one.null or one.has_default() or one.blank)


def _example(one: Any) -> Any:
    if one.choices:
        return one.choices[-1][0]
    if isinstance(one, models.JSONField):
        return ["x"] if one.default is list else {"x": 1}
    moment = timezone.now()
    taken = {"DateTimeField": moment, "DateField": moment.date(), "DecimalField": Decimal("1.50"), "BooleanField": True}
    words = isinstance(one, (models.CharField, models.TextField))
    return "x" if words else taken.get(one.get_internal_type(), 1)
