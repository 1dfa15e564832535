"""The first person of a partnership, who can then invite the others in a browser."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from headwater.cli.clock import day
from headwater.cli.console import say
from headwater.cli.options import HERE, Where
from headwater.vocabulary import WrongRequest, did_you_mean

if TYPE_CHECKING:
    from headwater.partnership.models import Organisation


def invite(
    email: Annotated[str, typer.Argument(help="Their work email address.")],
    name: Annotated[str, typer.Option("--name", help="Their full name.")],
    organisation: Annotated[
        str,
        typer.Option("--organisation", help="The organisation that hosts the partnership. Made, if there is none yet."),
    ] = "",
    role: Annotated[
        str, typer.Option("--role", help="What they will be there: `administrator`, `lead`, `auditor` …")
    ] = "administrator",
    where: Where = HERE,
) -> None:
    """Invite somebody to the organisation that hosts the partnership: the first administrator, or one where nobody can get in any more.

    Prints the address of the invitation, which works once, for fourteen days. Send it by your own email: whoever has it can use it.
    """
    from headwater.lake import open_workspace
    from headwater.web.serving import set_up

    set_up(open_workspace(where, tidy=False).root)

    from django.core.exceptions import ValidationError
    from django.db import transaction

    from headwater.cli.rooms import database_errors
    from headwater.partnership.actions import invite as ask_in
    from headwater.partnership.models import Role
    from headwater.partnership.questions import Operator
    from headwater.web.upgrading import bring_up_to_date

    if role not in Role.values:
        raise WrongRequest(
            f"There is no role {did_you_mean(role, Role.values)}. Choose among {', '.join(Role.values)}."
        )
    with database_errors():
        bring_up_to_date()
    try:
        with database_errors(), transaction.atomic():
            host = _host(organisation.strip(), date.fromisoformat(day(None)))
            letter = ask_in(by=Operator(), organisation=host, email=email, name=name, role=role)
    except ValidationError as problem:
        raise WrongRequest(" ".join(problem.messages)) from problem
    say(f"{name} is invited to {host} as {role}. The address works once, for fourteen days, for whoever has it:")
    say(_address(letter.secret))


def _host(name: str, joined: date) -> "Organisation":
    """The organisation that hosts; made where there is none. Raises WrongRequest where another is named, or none can be made."""
    from headwater.partnership.actions import bring_in
    from headwater.partnership.models import Organisation
    from headwater.partnership.questions import Operator

    host = Organisation.objects.filter(hosts=True).first()
    if host is None and not name:
        raise WrongRequest("No organisation hosts the partnership yet. Say its name: --organisation 'The Unit'")
    if host is None:
        return bring_in(by=Operator(), name=name, kind=Organisation.Kind.UNIT, joined=joined, hosts=True)
    if name and name != host.name:
        raise WrongRequest(
            f"{host} hosts the partnership. Whoever is invited from here is invited there; leave --organisation out."
        )
    return host


def _address(secret: str) -> str:
    from django.conf import settings
    from django.urls import reverse

    way = "https" if settings.HTTPS else "http"
    return f"{way}://{settings.ALLOWED_HOSTS[0]}{reverse('accept', args=[secret])}"
