"""A file that was sent, as a page is handed it, and which pages take files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from headwater.partnership.actions import Parcel, parcel_of, throw_away

View = Callable[..., HttpResponse]


class Quarantined(UploadedFile):  # pyright: ignore[reportMissingTypeArgument]  (it takes one for the checker alone)
    """A file that lies in the quarantine. It is deleted when the request is over, unless an upload has been made of it."""

    def __init__(self, path: Path, size: int) -> None:
        super().__init__(path.open("rb"), path.name, size=size)
        self._path: Path | None = path

    @property
    def parcel(self) -> Parcel:
        if self._path is None:
            raise ValueError("an upload has been made of it already")
        return parcel_of(self._path)

    def keep(self) -> None:
        """An upload tells of it now, and what settles the upload deletes it."""
        self._path = None

    def close(self) -> None:
        super().close()
        if self._path is not None:
            throw_away(self._path.parent.name)


def taking_files(view: View) -> View:
    """Let a page be sent files as large as the settings allow; any other may be sent what fits a form."""
    view.takes_files = True  # pyright: ignore[reportFunctionMemberAccess]
    return view


def takes_files(view: Any) -> bool:
    """Is a page one that is sent files?"""
    return bool(getattr(view, "takes_files", False))
