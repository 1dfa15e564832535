"""What a program is told of a row: its fields that are open, and those that are official-sensitive where the route's rule is as strict as
the page that shows them. A field that is personal is told to no program, whoever asks."""

from collections.abc import Collection
from typing import Any

from django.db.models import JSONField, Model
from ninja import Schema
from ninja.orm import create_schema

from headwater.partnership.models import Kept

INSIDE = frozenset({"place", "worker", "saved_from"})
"""Fields by which our own code finds its way, and nobody else's."""


def shape_of(model: type[Model], *, sensitive: bool = False) -> type[Schema]:
    """The shape of a row of that kind. `sensitive` tells official-sensitive fields too; another row is told by its number."""
    told = {Kept.OPEN, Kept.SENSITIVE} if sensitive else {Kept.OPEN}
    name = f"{model._meta.app_label}{model.__name__}{'Whole' if sensitive else ''}"  # noqa: SLF001 - Django's documented way
    names = fields_told(model, told)
    return create_schema(model, name=name.title(), fields=names, custom_fields=_lists(model, names))


def fields_told(model: Any, told: Collection[Kept]) -> list[str]:
    """The fields of a row that are kept in one of these ways."""
    return [name for name, kept in model.kept.items() if kept in told and name not in INSIDE]


def _lists(model: Any, names: Collection[str]) -> list[tuple[str, Any, Any]]:
    """Those of the fields that hold a list as JSON, which would be described as an object otherwise."""
    fields = [model._meta.get_field(name) for name in names]  # noqa: SLF001 - Django's documented way
    return [(one.name, list[Any], ...) for one in fields if isinstance(one, JSONField) and one.default is list]
