"""The one place in the house that knows what day it is. Everywhere else the day is handed in."""

import os
import re
from datetime import UTC, datetime

from headwater.vocabulary import WrongRequest


def now() -> datetime:
    """The moment, in UTC; or the one `SOURCE_DATE_EPOCH` holds still, so that a build can be repeated byte for byte."""
    held = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not held:
        return datetime.now(UTC)
    if not re.fullmatch(r"\d{1,11}", held):
        raise WrongRequest("SOURCE_DATE_EPOCH must be a whole number of seconds since 1 January 1970")
    return datetime.fromtimestamp(int(held), UTC)


def day(said: str | None) -> str:
    """`said` if it is a day written 2026-11-23, today where nothing was said. Raises WrongRequest for anything else."""
    if said is None:
        return now().date().isoformat()
    try:
        return datetime.strptime(said, "%Y-%m-%d").replace(tzinfo=UTC).date().isoformat()
    except ValueError as problem:
        raise WrongRequest(f"{said!r} is not a day: write it as 2026-11-23") from problem
