"""Who asks: whose token is shown, and whether they ask too often."""

from allauth.core.internal.httpkit import get_client_ip
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import Throttled
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from headwater.partnership.models import Token
from headwater.partnership.questions import token_of

MINUTE = 60
ASKED, WRONG = 120, 30
"""Requests of one token in a minute, and wrong tokens of one machine."""


class Bearer(HttpBearer):
    """A token in the header `Authorization: Bearer …`. Cookies open nothing here, so that no other site can make a browser ask."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token that is shown, or None. Raises Throttled for a machine that shows too many wrong ones."""
        found = token_of(token)
        if found is None:
            if wait := _too_many(f"wrong:{get_client_ip(request)}", WRONG):
                raise Throttled(wait)
            return None
        request.user = found.person
        return found


class Pace(BaseThrottle):
    """So many requests of one token in a minute."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Is it within the limit?"""
        token: Token = request.auth  # pyright: ignore[reportAttributeAccessIssue] - put there by Bearer
        return not _too_many(f"asked:{token.pk}", ASKED)

    def wait(self) -> float:
        """Seconds until the minute is over."""
        return _left()


def _too_many(who: str, limit: int) -> int:
    """Count one more in this minute; the seconds that are left of it where that is more than `limit`, else nought.

    Counted in the cache that all processes share, without a lock: two at the very same moment may count as one.
    """
    key = f"pace:{who}:{int(timezone.now().timestamp()) // MINUTE}"
    _ = cache.add(key, 0, MINUTE * 2)
    try:
        count = cache.incr(key)
    except ValueError:  # it was cleared between the two
        count = 1
    return _left() if count > limit else 0


def _left() -> int:
    return MINUTE - int(timezone.now().timestamp()) % MINUTE
