"""A file that is only in memory, for those who read files."""

import io
from pathlib import PurePosixPath
from typing import IO

from headwater.sources.text import decoded


class MemoryFile:
    """Reads like a file on a path; nothing of it is anywhere else. Text is put into UTF-8 as files on disk are."""

    def __init__(self, contents: bytes, name: str = "file.csv") -> None:
        self._contents = decoded(contents)
        self.name = PurePosixPath(name).name
        self.suffix = PurePosixPath(name).suffix

    def open(
        self, mode: str = "r", encoding: str | None = None, errors: str | None = None, newline: str | None = None
    ) -> IO[bytes] | IO[str]:
        """As `Path.open`, for reading."""
        whole = io.BytesIO(self._contents)
        return whole if "b" in mode else io.TextIOWrapper(whole, encoding=encoding, errors=errors, newline=newline)

    def read_bytes(self) -> bytes:
        """As `Path.read_bytes`."""
        return self._contents

    def read_text(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """As `Path.read_text`."""
        return self._contents.decode(encoding, errors)
