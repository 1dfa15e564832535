"""A database of one's own, apart from the tests' own: a file in a new workspace, and, where the tests run on PostgreSQL, one there."""

import os
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import sql

from headwater.web.environment import database

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


@contextmanager
def another(kind: str, folder: Path, alias: str = "elsewhere") -> Generator[str]:
    """The name of an empty database of that kind beside the tests' own, in this process, for the length of the block."""
    with new_database(kind, folder) as environment:
        said = database(environment["HEADWATER_DATABASE"], folder)
        with connected(alias, connections.configure_settings({DEFAULT_DB_ALIAS: {}, alias: said})[alias]):
            yield alias


@contextmanager
def connected(alias: str, said: dict[str, Any]) -> Generator[str]:
    """A connection that Django knows by that name, and takes for one made while it runs, which a test may use."""
    connections.databases[alias] = said
    opened = connections[alias]
    del connections.databases[alias]
    try:
        yield alias
    finally:
        opened.close()
        del connections[alias]


@contextmanager
def as_default(alias: str) -> Generator[None]:
    """Pages and questions are answered from that database inside the block."""
    own = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[alias]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = own
