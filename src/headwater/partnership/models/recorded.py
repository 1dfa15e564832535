"""The kind of row that cannot be written outside an action, and says of each of its fields how carefully it is to be kept."""

from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, ClassVar, NoReturn

from django.db import models

from headwater.vocabulary import holdable

NEVER = "a line of the ledger is never changed and never taken out"
_ACTING: ContextVar[bool] = ContextVar("acting", default=False)


class Kept(StrEnum):
    """How a field is to be kept: the classes of the government's scheme that a partnership uses, and people's own particulars."""

    OPEN = "open"
    SENSITIVE = "official-sensitive"
    PERSONAL = "personal"


class NotAnAction(RuntimeError):
    """A row was about to be written by something that is not a named action, and so would not have stood in the ledger."""


@contextmanager
def acting() -> Generator[None]:
    """Let rows be written inside the block. Only the recording of actions, and restoring a back-up, open one."""
    token = _ACTING.set(True)
    try:
        yield
    finally:
        _ACTING.reset(token)


def is_acting() -> bool:
    """Is an action at work?"""
    return _ACTING.get()


def _only_in_an_action(what: str) -> None:
    if not is_acting():
        raise NotAnAction(f"{what} is written by a named action in an `actions` module, and by nothing else")


class RecordedRows(models.QuerySet[Any]):
    """Rows that are written by actions only."""

    def update(self, **kwargs: Any) -> int:
        _only_in_an_action(self.model.__name__)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        _only_in_an_action(self.model.__name__)
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        _only_in_an_action(self.model.__name__)
        return super().bulk_create(*args, **kwargs)


class Recorded(models.Model):
    """A row that is written by actions only. `kept` says of every field how it is to be kept."""

    kept: ClassVar[Mapping[str, Kept]] = {}
    objects = RecordedRows.as_manager()

    class Meta:
        abstract = True

    @property
    def reference(self) -> str:
        """How the ledger names it: what it is and its number, without its contents."""
        return f"{self._meta.verbose_name} {self.pk}"

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """What no document can hold, and nobody can see, becomes a space: it comes with what is pasted out of slides and letters."""
        for field in self._meta.concrete_fields:
            if isinstance(value := getattr(self, field.attname), str):
                setattr(self, field.attname, holdable(value))
        super().clean_fields(exclude)

    def save(self, *args: Any, **kwargs: Any) -> None:
        _only_in_an_action(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _only_in_an_action(type(self).__name__)
        return super().delete(*args, **kwargs)


class AppendedRows(models.QuerySet[Any]):
    """Rows that are added one by one, and otherwise let be."""

    def update(self, **_kwargs: Any) -> NoReturn:
        raise NotAnAction(NEVER)

    def delete(self) -> NoReturn:
        raise NotAnAction(NEVER)

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        _only_in_an_action(self.model.__name__)
        return super().bulk_create(*args, **kwargs)


class AppendOnly(models.Model):
    """A row that is written once and never changed."""

    objects = AppendedRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *_args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            self.delete()
        _only_in_an_action(type(self).__name__)
        super().save(
            force_insert=True, using=kwargs.get("using")
        )  # a number that is taken is refused, never overwritten

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise NotAnAction(NEVER)
