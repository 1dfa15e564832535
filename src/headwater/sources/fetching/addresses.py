"""Where things are published: the `[fetch]` section of each source's `contract.toml`. Data, so that an analyst may mend it."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from headwater.vocabulary import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One thing that can be fetched."""

    name: str
    what: str
    """The word after `headwater fetch` that asks for it; '' where it is only asked on the way to something else."""
    url: str
    """With {blanks} to be filled in."""
    arrives: str
    """What comes, in words."""
    licence: str
    checked_on: date
    verified: bool
    """Was the address found in the publisher's documentation, or in use by others, on that day? None was tried from here."""
    file: str = ""
    """What the file is called once here."""
    fields: tuple[str, ...] = ()
    """Columns asked for, where the server lets us choose; the first identifies a row."""

    def at(self, **blanks: str) -> str:
        """The address with its blanks filled in and made safe for a URL."""
        return self.url.format_map({name: quote(said, safe=",:.-") for name, said in blanks.items()})


def read_addresses(path: Path) -> dict[str, Address]:
    """The addresses of one `contract.toml`, in its order, by name. Raises BadInput where one is not as it should be."""
    said = tomllib.loads(path.read_text("utf-8"))
    try:
        return {name: _address(name, about, said) for name, about in said.get("fetch", {}).items()}
    except (KeyError, TypeError) as problem:
        raise BadInput(
            f"the [fetch] section of {path.name} of {path.parent.name} is not understood: {problem}"
        ) from problem


def _address(name: str, about: dict[str, Any], said: dict[str, Any]) -> Address:
    given: dict[str, Any] = {"what": "", "licence": said["licence"], **about, "name": name}
    given["fields"] = tuple(given.get("fields", ()))
    return Address(**given)


def mirrored(url: str, mirror: str) -> str:
    """`url`, or the same path under a mirror: 'https://data.police.uk/data/x.zip' at '<mirror>/data.police.uk/data/x.zip'."""
    if not mirror:
        return url
    parts = urlsplit(url)
    return f"{mirror.rstrip('/')}/{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")
