"""What is remembered about each address between runs: a small JSON file each, in the cache folder.

The bytes themselves lie where they were asked for; the record says which version they are. A download that is not finished
has a `.part` beside its place and a record of its own, so that it can go on only with the same version.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

PART = ".part"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of what an address gives: its marks, and, once whole, its fingerprint."""

    url: str
    file: str
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    size: int = 0

    @property
    def mark(self) -> str:
        """What tells this version from others byte for byte: the strong ETag, else the day; '' where there is neither."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


class Records:
    """The records of one address and one place to put it."""

    __slots__ = ("_part", "_whole", "part", "to", "url")

    def __init__(self, url: str, to: Path, cache: Path) -> None:
        key = hashlib.sha256(f"{url}\n{to.name}".encode()).hexdigest()[:32]
        self.url, self.to = url, to
        self.part = to.with_name(to.name + PART)
        self._whole, self._part = cache / f"{key}.json", cache / f"{key}{PART}.json"

    def whole(self) -> Version | None:
        """The version that lies at its place untouched, or None."""
        version = self._read(self._whole)
        if version is None or not self.to.is_file() or self.to.stat().st_size != version.size:
            return None
        return version if fingerprint(self.to) == version.sha256 else None

    def begun(self) -> tuple[Version, int] | None:
        """The version a part is of and how many bytes are here, where going on is safe."""
        version = self._read(self._part)
        if version is None or not version.mark or not self.held():
            return None
        return version, self.held()

    def held(self) -> int:
        """Bytes of the part."""
        return self.part.stat().st_size if self.part.is_file() else 0

    def begin(self, version: Version) -> None:
        """A download of this version begins; nothing of an earlier one is left."""
        self.part.unlink(missing_ok=True)
        _write(self._part, version)

    def finish(self, version: Version) -> None:
        """The part is whole and sound: put it in its place."""
        self._whole.unlink(missing_ok=True)
        self.part.replace(self.to)
        _write(self._whole, version)
        self._part.unlink(missing_ok=True)

    def drop(self) -> None:
        """Forget the part."""
        self.part.unlink(missing_ok=True)
        self._part.unlink(missing_ok=True)

    def forget(self) -> None:
        """Forget all of it, and delete the file."""
        self.drop()
        self._whole.unlink(missing_ok=True)
        self.to.unlink(missing_ok=True)

    def _read(self, path: Path) -> Version | None:
        try:
            version = Version(**json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return version if (version.url, version.file) == (self.url, self.to.name) else None


def fingerprint(path: Path, algorithm: str = "sha256") -> str:
    """The digest of a file in hexadecimal. MD5 only tells whether a file came whole, as its publisher counts it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.new(algorithm, usedforsecurity=False)).hexdigest()


def _write(path: Path, version: Version) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_text(json.dumps(asdict(version), indent=1) + "\n", encoding="utf-8", newline="\n")
    beside.replace(path)
