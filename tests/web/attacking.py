"""What an attacker does by hand, done by a program: open every address, take every form that a page shows, fill it in and send it."""

import functools
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import connection, models, transaction
from django.forms import BaseForm
from django.test import Client

from headwater.partnership.guard import Rule
from headwater.partnership.models import POWERS, Deed, Head, Role
from headwater.strategy.forms import FORMS
from web.rows import World
from web.test_permissions import RULED, filled

DAY, CODE, RATE = "2026-01-05", "Z23000001", "violence.rate"
ONLY_ASKED = {
    "duties/<slug:slug>/show/": "?framework=serious-violence-duty&element=collaborate",
    "strategy/needs/<slug:slug>/tie/": f"?finding={RATE}",
}
"""Pages that show their form once something more is said in the address."""
SIGN_OUT, ENTER = "/account/logout/", "/account/enter/"
TAKEN = {
    "DateField": DAY,
    "DecimalField": "1",
    "MoneyField": "1",
    "EmailField": "new@police.example",
    "RegexField": CODE,
    "URLField": "https://papers.example/minutes",
}
"""What a box of each kind takes, that is not words."""


@dataclass
class Sendable:
    """A form on a page: where it is sent to, and its boxes with what stands in them."""

    action: str
    boxes: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)


class Reader(HTMLParser):
    """A page as a browser reads it: its tags with their attributes, its words, and the forms that send something."""

    def __init__(self, html: str, address: str = "") -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.forms: list[Sendable] = []
        self.words = ""
        self._address, self._select = address, ""
        self._form: Sendable | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.tags.append((tag, said))
        if tag == "form":
            self._form = Sendable(said.get("action") or self._address)
            if said.get("method", "").lower() == "post":
                self.forms.append(self._form)
        elif tag == "option" and self._form and self._select and not self._form.boxes[self._select]:
            self._form.boxes[self._select] = said.get("value", "")
        elif self._form and said.get("name"):
            self._box(self._form, tag, said)

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        self._form = None if tag == "form" else self._form

    def handle_data(self, data: str) -> None:
        self.words += data

    def _box(self, form: Sendable, tag: str, said: dict[str, str]) -> None:
        name, kind = said["name"], said.get("type", "text")
        self._select = name if tag == "select" else self._select
        if kind == "hidden":
            form.hidden.add(name)
        if kind != "radio" or not form.boxes.get(name):
            form.boxes[name] = said.get("value", "")


@dataclass
class Opened:
    """A page that somebody may open: its pattern, its address, its rule, and who may."""

    pattern: str
    address: str
    rule: Rule
    browser: Client


@dataclass
class Filled:
    """A form that was filled in: the page it is on, where it goes, and who sends it."""

    page: str
    form: Sendable
    asked: dict[str, Any]
    browser: Client

    @property
    def action(self) -> str:
        return self.form.action

    def boxes(self, text: str) -> dict[str, str]:
        """Something in every box: `text` wherever words are asked for, and otherwise what would be taken."""
        return {name: self._answer(name, value, text) for name, value in self.form.boxes.items()}

    def words(self) -> set[str]:
        """The boxes that take words."""
        return {name for name, said in self.boxes("\N{SNOWMAN}").items() if said.startswith("\N{SNOWMAN}")}

    def send(self, said: dict[str, Any]) -> Any:
        browser = copy(self.browser)
        browser.raise_request_exception = False
        cache.clear()
        return browser.post(self.action, said)

    def _answer(self, name: str, value: str, text: str) -> str:
        asked: Any = self.asked.get(name)
        if name in self.form.hidden or hasattr(asked, "choices") or (asked and not asked.required and value):
            return value
        kind = type(asked).__name__
        if kind == "CharField":
            return text[: asked.max_length]
        if kind == "IntegerField":
            return str(getattr(asked, "min_value", None) or 1)
        return value if asked is None or not asked.required else TAKEN.get(kind, value)


def every_page(made: World) -> Iterator[Opened]:
    """Every page that has a rule, and a browser (or a program) of somebody who may open it."""
    for pattern, rule in RULED.items():
        who = _who(made, rule)
        asks = made.program if pattern.startswith("api/v1/") else made.browser
        address = filled(pattern, made.row(rule.of) if rule.of else {}) + ONLY_ASKED.get(pattern, "")
        yield Opened(pattern, address, rule, asks(*who))
        if "<str:kind>/add/" in pattern:
            yield from (Opened(pattern, address.replace("needs", kind), rule, asks(*who)) for kind in FORMS)


def _who(made: World, rule: Rule) -> tuple[str, str]:
    """Somebody a rule lets in: of what is one's own, whose it is."""
    if rule.own and rule.of:
        row: Any = rule.of(**made.row(rule.of))
        return next(key for key, person in made.people.items() if person.pk == row.person_id)
    return next(role for role in Role if rule.needs in POWERS[role]), "hosts"


@contextmanager
def taken_back() -> Generator[None]:
    """Whatever is done inside the block is undone after it."""
    with transaction.atomic():
        cache.clear()
        yield
        transaction.set_rollback(True)


def every_form(made: World) -> Iterator[Filled]:
    """Every form on every page, once each."""
    seen: set[tuple[str, frozenset[str]]] = {(SIGN_OUT, frozenset({"csrfmiddlewaretoken"}))}
    for page in every_page(made):
        answer = page.browser.get(page.address)
        html = answer.content.decode() if is_html(answer) else ""
        answer.close()
        for form in Reader(html, page.address).forms:
            key = form.action, frozenset(form.boxes)
            if form.action != ENTER and key not in seen:
                seen.add(key)
                yield Filled(page.address, form, _fields_of(answer), page.browser)


def is_html(answer: Any) -> bool:
    """Did a page come back, and not a file, a redirect or a refusal?"""
    return answer.status_code == HTTPStatus.OK and "text/html" in answer["Content-Type"]


def _fields_of(answer: Any) -> dict[str, Any]:
    """The fields of every form that a page was drawn from."""
    found: dict[str, Any] = {}
    for context in answer.context or ():
        for layer in getattr(context, "dicts", [context]):
            for value in layer.values():
                if isinstance(value, BaseForm):
                    found |= value.fields
    return found


# --- what stands in the database ---------------------------------------------------------------------------------------

Rows = dict[str, list[str]]
LEDGER = (Deed, Head)
MOVING = (models.DateTimeField, models.AutoField)
SEALS = frozenset({"digest", "hash", "before", "seal", "signed_in_as", "place", "saved_from", "when"})
"""What is not the same when the same thing is done twice."""


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("headwater.")]


def numbers() -> dict[type[models.Model], set[Any]]:
    """The rows that there are, by their numbers."""
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in our_models()}


def rows_now(known: dict[type[models.Model], set[Any]] | None = None, *, ledger: bool = False) -> Rows:
    """Every row, but for what moves by itself. With `known`, which are the rows of before, every newer one is called new wherever
    another names it, so that a thing done twice is said twice in the same words."""
    held: Rows = {}
    for model, (asks, fields) in _questions().items():
        if ledger or model not in LEDGER:
            with connection.cursor() as cursor:
                _ = cursor.execute(asks)
                rows = cursor.fetchall()
            said = ([_said(*pair, known) for pair in zip(fields, row, strict=True)] for row in rows)
            held[model.__name__] = sorted(map(repr, said))
    return held


@functools.cache
def _questions() -> dict[type[models.Model], tuple[str, list[Any]]]:
    """What is asked of the database for every kind of row, worked out once: it is asked some thousand times."""
    found: dict[type[models.Model], tuple[str, list[Any]]] = {}
    for model in our_models():
        fields = [one for one in model._meta.concrete_fields if not _moves(one)]
        found[model] = str(model._base_manager.order_by().values_list(*(one.attname for one in fields)).query), fields
    return found


def _moves(one: Any) -> bool:
    return isinstance(one, MOVING) or one.name in SEALS


def _said(one: Any, value: Any, known: dict[type[models.Model], set[Any]] | None) -> Any:
    if one.is_relation and known is not None and value is not None:
        return value if value in known[one.related_model] else "new"
    return re.sub(r"\d+", "n", str(value)) if one.name == "to" else value
