"""A file on its way in: refused before it is read where it is too large or nobody knows who sends it, and put nowhere but in the
quarantine."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from headwater.partnership.actions import new_place
from headwater.partnership.views.receiving import Quarantined, takes_files

MARGIN = 64 << 10
"""Bytes of a request beside the file itself."""


class Limit:
    """Looks at how long a request says it is, and at who sends it, before anything reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            for handler in getattr(request, "_upload_handlers", ()):
                handler.end()

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """The answer where the request is refused; None where it may go on."""
        if request.content_type != "multipart/form-data":
            return None
        if takes_files(view) and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        most = settings.LARGEST_UPLOAD if takes_files(view) else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if _length(request) <= most + MARGIN:
            request.upload_handlers = [Handler(request) if takes_files(view) else NoFile(request)]
            return None
        shown = {"most": most, "back": request.path}
        return render(request, "errors/too_large.html", shown, status=413)


class NoFile(FileUploadHandler):
    """Leaves a file where nobody asked for one, unread by anybody and written nowhere."""

    def new_file(self, *_args: Any, **_kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - nothing ever comes
        return None

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        return None

    def end(self) -> None:
        """Nothing was begun."""


class Handler(FileUploadHandler):
    """Writes a file into the quarantine as it comes."""

    _path: Path | None = None
    """Where a file is arriving; None where none is."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.end()
        self._path = new_place(self.file_name or "file")
        self._file = self._path.open("wb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django says where it starts
        _ = self._file.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        self._file.close()
        arrived, self._path = self._path, None
        assert arrived is not None  # noqa: S101  what is complete was begun
        return Quarantined(arrived, file_size)

    def end(self) -> None:
        """Nothing stays of a file that did not arrive whole: whoever sent it went away, or broke off."""
        if self._path is not None:
            self._file.close()
            shutil.rmtree(self._path.parent, ignore_errors=True)
            self._path = None


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdigit() else 0
