"""Rows in a form that belongs to no database: JSON, a line a row, with times in UTC and figures to the digit.

They are read and written through the tables as they were at some time (Django keeps how each change was made), so that a database of
an older Headwater is backed up and restored too.
"""

import json
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from graphlib import TopologicalSorter
from itertools import islice
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.models.options import Options

from headwater.lake.building import canonical
from headwater.vocabulary import BadInput
from headwater.web.backups.contents import LEFT_OUT

Model = type[models.Model]
TOGETHER = 500
PLAIN = (bool, int, float, str, type(None))


def tables(loader: MigrationLoader, made: Iterable[tuple[str, str]]) -> list[Model]:
    """The tables that are kept, as they are after the changes in `made`, each after those it points to."""
    apps = loader.project_state(sorted(set(made) & set(loader.graph.nodes))).apps
    named = {name_of(model): model for model in apps.get_models(include_auto_created=True) if _is_kept(model)}
    order = TopologicalSorter({name: sorted(_pointed_to(named[name]) & set(named)) for name in sorted(named)})
    return [named[name] for name in order.static_order()]


def name_of(model: Model) -> str:
    """As partnership.person."""
    return _options(model).label_lower


def _options(model: Model) -> Options[Any]:
    return model._meta  # noqa: SLF001 - Django's own name for what anybody may ask


def _is_kept(model: Model) -> bool:
    said = _options(model)
    return said.app_label not in LEFT_OUT and said.managed and not said.proxy


def _pointed_to(model: Model) -> set[str]:
    found = {name_of(field.related_model) for field in _fields(model).values() if field.remote_field}
    return found - {name_of(model)}


def _fields(model: Model) -> dict[str, Any]:
    """Its columns, by their names in a row."""
    return {field.attname: field for field in _options(model).local_concrete_fields}


def _rows(model: Model, using: str) -> models.QuerySet[Any]:
    """Every row, whatever a manager of its own would leave out."""
    return model._base_manager.using(using)  # noqa: SLF001 - as above


@contextmanager
def standing_still(connection: BaseDatabaseWrapper) -> Generator[None]:
    """Inside the block every question is answered as of one moment, whatever others write meanwhile; nobody is kept waiting.

    Inside a transaction of the caller's, what is seen is what that sees.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using=connection.alias):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")  # and not Django's own, which would take the place of whoever writes
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")


def lines_of(model: Model, using: str) -> Iterator[bytes]:
    """Every row, in the order of its key."""
    fields = _fields(model)
    for row in _rows(model, using).order_by("pk").iterator(TOGETHER):
        yield canonical({name: _plain(field, row) for name, field in fields.items()}) + b"\n"


def _plain(field: Any, row: models.Model) -> Any:
    value = field.value_from_object(row)
    if isinstance(value, PLAIN) or isinstance(field, models.JSONField):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return field.value_to_string(row)


def write_rows(model: Model, lines: Iterable[bytes], using: str) -> int:
    """Put rows into a table just as they were; how many there were. Raises BadInput where they do not fit it."""
    for field in _fields(model).values():
        for stamp in ("auto_now", "auto_now_add"):
            if hasattr(field, stamp):
                setattr(
                    field, stamp, False
                )  # a row says when it was written: the models are our own, as they were at some time
    given, count = iter(lines), 0
    try:
        while some := [_row(model, line) for line in islice(given, TOGETHER)]:
            count += len(_rows(model, using).bulk_create(some))
    except (ValueError, KeyError, TypeError, AttributeError, ValidationError, IntegrityError, DataError) as problem:
        raise BadInput(
            f"A row of {name_of(model)} in this back-up does not fit its table. Was it made by a Headwater that was never released? "
            "Restore it with that one; nothing was changed."
        ) from problem
    return count


def _row(model: Model, line: bytes) -> models.Model:
    said = cast("dict[str, Any]", json.loads(line))
    return model(**{name: _made(field, said.pop(name)) for name, field in _fields(model).items()}, **said)


def _made(field: Any, value: Any) -> Any:
    return value if isinstance(field, models.JSONField) else field.to_python(value)


def count_on(kept: list[Model], using: str) -> None:
    """Let the numbers of new rows begin after those that were restored; SQLite sees to that by itself."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for command in connection.ops.sequence_reset_sql(no_style(), kept):
            cursor.execute(command)
