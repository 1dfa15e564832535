"""What the environment and the workspace say about the database and the secret key."""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from headwater.vocabulary import WrongRequest

FILE, SECRET = "partnership.sqlite3", "web-secret.key"
DEMONSTRATION = "demonstration.toml"
"""The file that marks a workspace as one of a county that does not exist."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"


def database(address: str, workspace: Path) -> dict[str, Any]:
    """Django's description of the database at `address`, or of a file in the workspace where there is none.

    Raises WrongRequest for an address that is not PostgreSQL's; the message does not hold the address, which has a password.
    """
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": workspace / FILE,
            # IMMEDIATE: who is going to write waits at the beginning, not half-way
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
        }
    said = urlsplit(address)
    if said.scheme not in ("postgresql", "postgres") or not said.path.strip("/"):
        raise WrongRequest("HEADWATER_DATABASE must be written postgresql://user:password@host:port/name")
    given = {
        "NAME": unquote(said.path.strip("/")),
        "USER": unquote(said.username or ""),
        "PASSWORD": unquote(said.password or ""),
        "HOST": unquote(said.hostname or ""),
        "PORT": str(said.port or ""),
    }
    return {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | given


def secret_key(given: str, workspace: Path) -> str:
    """The key that was given, the one the workspace keeps, or, where there is neither, one that lasts as long as the process."""
    if given:
        return given
    kept = workspace / SECRET
    return kept.read_text("utf-8").strip() if kept.is_file() else secrets.token_urlsafe(64)


def keep_secret_key(workspace: Path) -> Path:
    """Make the workspace's secret key where it has none; only its owner may read it."""
    kept = workspace / SECRET
    if not kept.exists():
        kept.touch(mode=0o600)
        _ = kept.write_text(secrets.token_urlsafe(64), encoding="utf-8", newline="\n")
    return kept


def is_demonstration(workspace: Path, hosts: list[str]) -> bool:
    """May anybody enter as anybody? Only where the county does not exist, and only on the machine itself."""
    return (workspace / DEMONSTRATION).is_file() and set(hosts) <= LOOPBACK
