"""A database of one's own, apart from the tests' own: a file in a new workspace, and, where the tests run on PostgreSQL, one there."""

import os
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

ON_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
KIND = "postgresql" if ON_POSTGRESQL else "sqlite"


@contextmanager
def new_database(kind: str, workspace: Path) -> Generator[dict[str, str]]:
    """The environment in which `workspace` has an empty database of that kind, gone at the end of the block."""
    plain = os.environ | {"HEADWATER_WORKSPACE": str(workspace), "HEADWATER_HTTPS": "0", "HEADWATER_DATABASE": ""}
    plain |= {"DJANGO_SETTINGS_MODULE": "headwater.web.settings", "PYTHONWARNINGS": "error"}
    workspace.mkdir(parents=True, exist_ok=True)
    if kind == "sqlite":
        yield plain
        return
    address, name = os.environ["HEADWATER_DATABASE"], f"own_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as server:
        _ = server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        try:
            yield plain | {"HEADWATER_DATABASE": f"{address.rpartition('/')[0]}/{name}"}
        finally:
            _ = server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
