"""The one door to the typesetter. Data goes in as JSON, never as markup; a warning is a failure."""

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Literal

import font_source_sans_pro
import typst

FAMILY = "Source Sans Pro"
FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")


def set_pdf(template: str, data: Mapping[str, object]) -> bytes:
    """A tagged PDF (PDF/UA-1) of `template`, which reads `data` from `sys.inputs.data`.

    Raises ValueError where a letter or a font is missing, or a picture has no words for it.
    """
    made = _typeset(template, data, "pdf", None)
    return b"".join(made)


def set_pictures(template: str, data: Mapping[str, object], *, ppi: float) -> list[bytes]:
    """Each page of `template` as a PNG."""
    return _typeset(template, data, "png", ppi)


def _typeset(template: str, data: Mapping[str, object], form: Literal["pdf", "png"], ppi: float | None) -> list[bytes]:
    inputs = {"data": json.dumps(data, ensure_ascii=False, allow_nan=False)}
    with _fonts() as fonts:
        try:
            made, warnings = typst.compile_with_warnings(
                template.encode(), format=form, ppi=ppi, sys_inputs=inputs, font_paths=fonts, ignore_system_fonts=True,
                pdf_standards="ua-1" if form == "pdf" else None,
            )  # fmt: skip
        except typst.TypstError as problem:
            raise ValueError(f"the typesetter refused the document: {problem}") from problem
    if warnings:
        raise ValueError(f"the typesetter was not content: {'; '.join(sorted({w.message for w in warnings}))}")
    return made if isinstance(made, list) else [made or b""]


@contextmanager
def _fonts() -> Generator[typst.Fonts]:
    """Only the faces in use, from a folder of their own: the package holds each twice, and which is met first is chance."""
    files = Path(font_source_sans_pro.font_directory)
    with TemporaryDirectory() as folder:
        for face in FACES:
            name = f"SourceSansPro-{face}.ttf"
            _ = copyfile(files / name, Path(folder) / name)
        yield typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
