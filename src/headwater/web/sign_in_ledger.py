"""What signing in leaves in the ledger. Who failed is named only where the address is somebody's: what else was typed is not kept."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factor
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals, update_session_auth_hash
from django.dispatch import receiver
from django.http import HttpRequest

from headwater.partnership.actions import end_sessions, record
from headwater.partnership.models import Person
from headwater.partnership.questions import Bearer

NOBODY = Bearer("an address that is nobody’s")
FACTORS = {
    Authenticator.Type.TOTP: "one-time codes",
    Authenticator.Type.WEBAUTHN: "a passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


@receiver(account.user_logged_in)
def signed_in(user: Person, **_told: Any) -> None:
    _ = record("signed in", user, by=user)


@receiver(signals.user_logged_out)
def signed_out(user: Person | None, **_told: Any) -> None:
    if user is not None:
        _ = record("signed out", user, by=user)


@receiver(signals.user_login_failed)
def failed(credentials: dict[str, Any], **_told: Any) -> None:
    """The same is looked up and written for an address that is nobody's, so that no difference can be timed."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    person = Person.objects.filter(email__iexact=typed).first() or NOBODY
    _ = record("was refused at", "signing in with a password", by=person)


@receiver(factor.authentication_failed)
def failed_factor(user: Person, **_told: Any) -> None:
    _ = record("was refused at", "signing in with a one-time code", by=user)


@receiver(account.password_changed)
def changed_password(user: Person, **_told: Any) -> None:
    _ = record("changed the password of", user, by=user)


@receiver(factor.authenticator_added)
def added_factor(request: HttpRequest, user: Person, authenticator: Authenticator, **_told: Any) -> None:
    _ = record("added", _named(authenticator), by=user)
    _end_earlier(request, user, authenticator)


@receiver(factor.authenticator_removed)
def removed_factor(request: HttpRequest, user: Person, authenticator: Authenticator, **_told: Any) -> None:
    _ = record("took away", _named(authenticator), by=user)
    _end_earlier(request, user, authenticator)


def _end_earlier(request: HttpRequest, user: Person, authenticator: Authenticator) -> None:
    """Whoever got in before the second factor changed, by the password alone perhaps, is out; this sign-in goes on."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        update_session_auth_hash(request, end_sessions(by=user, person=user))


@receiver(factor.authenticator_reset)
def renewed_factor(user: Person, authenticator: Authenticator, **_told: Any) -> None:
    _ = record("renewed", _named(authenticator), by=user)


def _named(authenticator: Authenticator) -> str:
    return FACTORS[Authenticator.Type(authenticator.type)]
