"""The secret that person keys are made with. It never enters a workspace; only its mark does."""

import hashlib
import os
import re
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from headwater.vocabulary import BadInput, WrongRequest, storage_errors

LENGTH = 32
"""Bytes of secret."""
_WRITTEN = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A secret, and what may be made with it. It is never printed, and has no form in which it could be."""

    _secret: bytes

    def __repr__(self) -> str:
        return f"Key of mark {self.mark}"

    @property
    def mark(self) -> str:
        """What tells one key from another and tells nothing of either; it may be recorded anywhere."""
        return self._keyed(b"mark", b"", 8)

    def person(self, identity: str) -> str:
        """The same for the same identity, and nothing to anybody without the secret."""
        return self._keyed(b"person", identity.encode(), 16)

    def event(self, number: str) -> str:
        """A partner's own number for an event, so that it cannot be looked up in the partner's system."""
        return self._keyed(b"event", number.encode(), 16)

    def numbered(self, producer: str, number: str) -> str:
        """The event that a producer knows by a number of its own, whichever of its files tells of it."""
        return self.event(f"number:{producer}:{number}")

    def fingerprint(self, contents: bytes) -> str:
        """Of a file as it was sent. A plain hash would let anyone who guesses the contents of a short file prove it."""
        return self._keyed(b"file", contents, 32)

    def _keyed(self, use: bytes, said: bytes, size: int) -> str:
        return hashlib.blake2b(said, digest_size=size, key=self._secret, person=b"headwater-" + use[:6]).hexdigest()


def make_key(path: Path, secret: bytes) -> Key:
    """Write a new key to `path`, readable by its owner alone. `secret` is chance, handed in.

    Raises WrongRequest where a file is there already: a key that is lost cannot be made again.
    """
    if len(secret) != LENGTH:
        raise ValueError(f"a key is {LENGTH} bytes")
    if path.exists():
        raise WrongRequest(
            f"{path} exists already. Keep it, or name another place: keys made with it need it for ever."
        )
    with storage_errors("making a key"):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            _ = file.write(secret.hex() + "\n")
    return Key(secret)


def read_key(path: Path, workspace: Path) -> Key:
    """The key in the file `path`.

    Raises WrongRequest where there is none or it lies inside the workspace (whoever is given a copy of the workspace would
    be given the key), BadInput where others may read it or it is not a key.
    """
    if not path.is_file():
        raise WrongRequest(
            f"there is no key at {path}. Make one with `headwater key new`, or say where yours is with --key-file."
        )
    if path.resolve().is_relative_to(workspace.resolve()):
        raise WrongRequest(
            f"the key {path.name} lies inside the workspace, where a copy of the one is a copy of the other. "
            "Move it out and say where it is with --key-file."
        )
    if sys.platform != "win32" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise BadInput(
            f"others may read the key {path.name}. Make it yours alone: chmod 600, and ask if it was copied."
        )
    with storage_errors("reading the key"):
        said = path.read_bytes().strip().decode("ascii", errors="replace")
    if not _WRITTEN.fullmatch(said):
        raise BadInput(f"{path.name} is not a key that `headwater key new` made.")
    return Key(bytes.fromhex(said))
