"""The police forces whose files data.police.uk publishes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Force:
    """One force: its name in file names, its own name, and the ONS code of its area where it has one."""

    slug: str
    name: str
    area_code: str | None = None
    fictional: bool = False


@cache
def forces() -> Mapping[str, Force]:
    """Every force by its slug: `forces()["northumbria"].area_code` is 'E23000007'."""
    said = tomllib.loads(Path(__file__).with_name("forces.toml").read_text("utf-8"))
    return MappingProxyType({slug: Force(slug, **about) for slug, about in said.items()})
