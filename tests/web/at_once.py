"""Several people act in the same moment, each over a connection of their own: `python at_once.py`, with the environment of a workspace.

What it prints is the answer, in JSON. It is run apart from the tests because a test's own database is held in one transaction.
"""

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import django

TOGETHER, TIMES = 6, 8


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("migrate", verbosity=0)
    json.dump({"ledger": _ledger(), "accept": _accept(), "last": _last(), "new": _new()}, sys.stdout)


def _at_once(*acts: Callable[[], Any]) -> dict[str, int]:
    """How each ended: what it raised, or 'done'."""
    from django.db import connection

    gate, ends = threading.Barrier(len(acts)), list[str]()

    def one(act: Callable[[], Any]) -> None:
        connection.ensure_connection()
        _ = gate.wait()
        try:
            act()
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is the answer
            ends.append(type(problem).__name__)
        else:
            ends.append("done")
        connection.close()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return dict(Counter(ends))


def _ledger() -> dict[str, Any]:
    """The first line and those after it, by several at once."""
    from headwater.partnership.actions import record
    from headwater.partnership.questions import Operator, chain

    def write() -> None:
        for _ in range(TIMES):
            record("tried", "the ledger", by=Operator())

    ends = _at_once(*[write] * TOGETHER)
    found = chain()
    return {"ends": ends, "lines": found.lines, "sound": found.sound}


def _accept() -> dict[str, Any]:
    """One letter, used by many at once."""
    from headwater.partnership import actions
    from headwater.partnership.models import Membership
    from headwater.partnership.questions import Bearer, Operator

    by = Operator()
    host = actions.bring_in(by=by, name="The Unit", kind="unit", joined=date(2024, 4, 1), hosts=True)
    letter = actions.invite(by=by, organisation=host, email="one@unit.example", name="One", role="reader")
    use = lambda: actions.accept(  # noqa: E731 - said several times below
        by=Bearer("one@unit.example"), invitation=letter.invitation, password="three quiet lanterns"
    )
    take_back = lambda: actions.withdraw(by=by, invitation=letter.invitation)  # noqa: E731
    ends = _at_once(*[use] * TOGETHER, take_back)
    letter.invitation.refresh_from_db()
    both = letter.invitation.accepted is not None and letter.invitation.withdrawn is not None
    return {"ends": ends, "roles": Membership.objects.filter(person__email="one@unit.example").count(), "both": both}


def _last() -> dict[str, Any]:
    """Two administrators, and nobody besides, end each other's role."""
    from headwater.partnership import actions
    from headwater.partnership.models import Membership, Organisation
    from headwater.partnership.questions import Bearer, Operator

    by, host = Operator(), Organisation.objects.get(hosts=True)
    held = []
    for name in ("a", "b"):
        email = f"{name}@unit.example"
        letter = actions.invite(by=by, organisation=host, email=email, name=name, role="administrator")
        held.append(actions.accept(by=Bearer(email), invitation=letter.invitation, password="three quiet lanterns"))
    today = held[0].starts
    ends = _at_once(
        *(lambda one=one: actions.end_role(by=by, membership=one, on=today, why="No longer here") for one in held)
    )
    left = Membership.objects.current(today).filter(role="administrator").count()
    return {"ends": ends, "left": left}


def _new() -> dict[str, Any]:
    """Two letters to one new address, used at once: one person, and nobody is shown an error of ours."""
    from headwater.partnership import actions
    from headwater.partnership.models import Organisation, Person
    from headwater.partnership.questions import Bearer, Operator

    by, host = Operator(), Organisation.objects.get(hosts=True)
    letters = [
        actions.invite(by=by, organisation=host, email="New@unit.example", name="New", role=role)
        for role in ("reader", "contributor")
    ]
    ends = _at_once(
        *(
            lambda letter=letter: actions.accept(
                by=Bearer("New@unit.example"), invitation=letter.invitation, password="three quiet lanterns"
            )
            for letter in letters
        )
    )
    return {"ends": ends, "people": Person.objects.filter(email__iexact="new@unit.example").count()}


if __name__ == "__main__":
    main()
