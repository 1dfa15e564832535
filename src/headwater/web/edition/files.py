"""What of an edition can be taken away: its documents, its tables, and its package as one archive."""

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.http import Http404

from headwater.web.edition.parts import area_of
from headwater.web.edition.shelf import OnShelf

PACKAGE = "package.zip"
MEDIA = {
    ".csv": "text/csv; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".zip": "application/zip",
}
WORDS = {
    "assessment.pdf": "The whole assessment, to read or print (PDF)",
    "assessment.docx": "The same words, to edit (Word)",
    "tables.ods": "Every table, as an accessible spreadsheet (ODS)",
    PACKAGE: "The open data: every finding and table, with what they mean (ZIP)",
}
"""What can be taken away whole."""
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The hour of everything in an archive, so that the same edition gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Download:
    """One file of an edition, found and named."""

    edition: OnShelf
    path: Path
    """Of the file, or of the folder that is handed over as an archive."""

    @property
    def organisation(self) -> None:
        return

    @property
    def area(self) -> str:
        """The code of the part of the area it is the local edition's of; empty for every other."""
        return area_of(self.path.stem)

    @property
    def name(self) -> str:
        """What it is saved as, which says which edition it is of."""
        name = PACKAGE if self.path.is_dir() else self.path.name
        return f"{self.edition.name}-{name}"

    @property
    def media(self) -> str:
        return MEDIA[Path(self.name).suffix]

    def stream(self) -> IO[bytes]:
        """Its bytes. Whoever reads them closes it."""
        return _archive(self.path) if self.path.is_dir() else self.path.open("rb")


def file_named(edition: OnShelf, name: str) -> Download:
    """A document of the edition, or its package."""
    path = edition.folder / ("package" if name == PACKAGE else name)
    if name not in WORDS or not path.exists():
        raise Http404
    return Download(edition, path)


def table_named(edition: OnShelf, name: str) -> Download:
    """A table of the edition: one that lies in its own site, whatever an address says."""
    for path in (edition.site / "data").glob("*.csv"):
        if path.name == name:
            return Download(edition, path)
    raise Http404


def downloads_of(edition: OnShelf) -> Iterator[tuple[str, str, int]]:
    """Name, what it is, and its bytes, of what can be taken away whole."""
    for name, words in WORDS.items():
        path = edition.folder / name
        if name == PACKAGE:
            yield name, words, 0
        elif path.is_file():
            yield name, words, path.stat().st_size


def _archive(folder: Path) -> IO[bytes]:
    """A folder as an archive, on disk and not in memory."""
    made = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the answer that hands it over
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    _ = made.seek(0)
    return made
