"""How people come in: by invitation only, with a second factor where their role sees what is not released."""

from typing import Any, NoReturn, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import RATE_LIMITS
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import parse_rates
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from headwater.web.errors import come_back

LOCKED = frozenset({"too_many_login_attempts", "rate_limited"})
"""What allauth calls it when there were too many wrong passwords or codes."""
SAID = {
    "email_password_mismatch": "That email address and password do not go together. Check both, and try again.",
    "incorrect_code": "That code is not right, or was used before. Wait for the next one, and type it before it changes.",
    "incorrect_password": "That is not your password. Check it, and try again.",
    "enter_current_password": "That is not your password now. Check it, and try again.",
}


class Adapter(DefaultAccountAdapter):
    """Nobody signs up; the addresses that a sign-in may go on to are our own; whoever guesses has to wait."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the same for everybody
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Is it an address of this very server? A name that we would also answer to is another server for whoever holds it."""
        asked = cast("HttpRequest", self.request)
        return url_has_allowed_host_and_scheme(url, allowed_hosts={asked.get_host()}, require_https=asked.is_secure())

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """What is wrong, in our words. Raises the page that says when to come back where there were too many tries."""
        if code in LOCKED:
            self._lock_out()
        return ValidationError(SAID[code], code=code) if code in SAID else super().validation_error(code, *args)

    def _lock_out(self) -> NoReturn:
        raise ImmediateHttpResponse(come_back(cast("HttpRequest", self.request), "errors/locked.html", lock_seconds()))


class FactorAdapter(DefaultMFAAdapter):
    """What is wrong with a second factor, in our words."""

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        return ValidationError(SAID[code], code=code) if code in SAID else super().validation_error(code, *args)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        held = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {held + 1}" if held else "Passkey"


def lock_seconds() -> int:
    """How long nobody may try, after too many wrong tries for one address: the longest that the settings say."""
    return int(max(rate.duration for rate in parse_rates(RATE_LIMITS["login_failed"])))
