"""How an action becomes one: it is allowed or refused, done whole or not at all, and written in the ledger with it.

@action("invited", Power.MANAGE_PEOPLE)
def invite(*, by: Actor, organisation: Organisation, email: str, why: str = "") -> Invitation: ...
"""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from django.db import transaction
from django.utils import timezone

from headwater.ledger import FIRST, Entry
from headwater.partnership.models import NOBODYS, Deed, Head, Organisation, Power, acting
from headwater.partnership.questions import Actor, limits_of, must

P = ParamSpec("P")
T = TypeVar("T")
NAMES: dict[str, str] = {}
"""Every action by its full name, and the verb it is written in the ledger with."""


def action(did: str, needs: Power | None, *, about: str = "organisation") -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a function of keyword arguments, `by` among them, a named action.

    `did` is the ledger's verb. `about` names the argument that is the organisation it concerns, or a row that has one; an action
    without that argument concerns the partnership as a whole. Raises PermissionDenied where `by` may not, there or where any other
    row that is handed in belongs. An action that needs no power says in its docstring what it asks for instead.
    """

    def wrap(act: Callable[P, T]) -> Callable[P, T]:
        NAMES[f"{act.__module__}.{act.__name__}"] = did

        @functools.wraps(act)
        def done(*args: P.args, **kwargs: P.kwargs) -> T:
            said = cast("dict[str, Any]", kwargs)
            whose = _organisation(said.get(about))
            if needs is not None:
                _allow(needs, whose, said, about)
            with transaction.atomic(), acting():
                result = act(*args, **kwargs)
                record(
                    did,
                    said.get(about) if result is None else result,
                    by=said["by"],
                    why=_text(said, "why"),
                    whose=whose or _organisation(result),
                )
            return result

        return done

    return wrap


def _allow(needs: Power, whose: Organisation | None, said: dict[str, Any], about: str) -> None:
    """Ask for the power where the action is about, and wherever else a row that it is handed belongs."""
    must(said["by"], needs, whose, **_limits(said, about))
    for other in {found for value in said.values() if (found := _organisation(value)) and found != whose}:
        must(said["by"], needs, other)


def _limits(said: dict[str, Any], about: str) -> dict[str, str]:
    """The source and the area an action concerns: those of the row it is about, and where the row has none, those it is handed."""
    return {name: of_row or _text(said, name) for name, of_row in limits_of(said.get(about)).items()}


def record(did: str, to: object, *, by: Actor, why: str = "", whose: Organisation | None = None) -> Deed:
    """Write one line in the ledger. Whoever writes holds the last seal until the line stands, so that the chain has no fork."""
    slug = whose.slug if whose else ""
    with transaction.atomic(), acting():
        head, _ = Head.objects.select_for_update().get_or_create(pk=1, defaults={"seal": FIRST})
        entry = Entry.sealed(
            did=did,
            to=f"{slug or NOBODYS}: {_named(to)}",
            who=by.email,
            because=why,
            when=timezone.now().isoformat(timespec="milliseconds"),
            before=head.seal,
        )
        deed = Deed(number=head.number + 1, organisation=slug, **_columns(entry))
        deed.save()
        head.number, head.seal = deed.number, deed.hash
        head.save()
    return deed


def _columns(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ("did", "to", "who", "because", "when", "before", "hash")}


def _text(said: dict[str, Any], name: str) -> str:
    return str(said.get(name) or "")


def _named(thing: object) -> str:
    return str(getattr(thing, "reference", thing or "the partnership"))


def _organisation(thing: object) -> Organisation | None:
    if thing is None or isinstance(thing, Organisation):
        return thing
    found = getattr(thing, "organisation", None)
    return found if isinstance(found, Organisation) else None
