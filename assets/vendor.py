"""Copy what the pages are dressed with out of npm's folder into the package, without what may be used on GOV.UK only.

    npm ci --prefix assets
    python assets/vendor.py

GDS Transport, the crown and the royal arms are not under the licence of the Design System and stay behind. Where the Design System
no longer has them in the place that is known, nothing is copied: somebody must look. Needs the standard library alone.
"""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parent / "src" / "headwater" / "web" / "static" / "vendor"

FONT_NOTICE = re.compile(r"/\*![^*]*exclusive use on gov\.uk[^*]*\*/")
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
FONT_NAME = re.compile(r"GDS Transport,\s*")
ARMS = re.compile(r"url\(/assets/images/govuk-crest\.svg\)")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*")
LEFT_BEHIND = re.compile(r"GDS Transport|/assets/|crest|@font-face|Calvert", re.IGNORECASE)
MAP_FILES = ("maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css")


class Changed(Exception):
    """A package is not as it was when this was written."""


def main(given: list[str]) -> int:
    """Copy from the folder given, or from the one beside this file; a sentence and 1 where that cannot be done."""
    modules = Path(given[0]) if given else HERE / "node_modules"
    HOME.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=HOME.parent) as folder:
            made = Path(folder) / "vendor"
            copied = [*govuk(modules / "govuk-frontend", made / "govuk"), *maplibre(modules, made / "maplibre")]
            shutil.rmtree(HOME, ignore_errors=True)
            _ = made.rename(HOME)
    except Changed as problem:
        print(f"Nothing was copied. {problem}", file=sys.stderr)
        return 1
    print(f"{' and '.join(copied)} are in place.")
    return 0


def govuk(package: Path, out: Path) -> Iterator[str]:
    """The style sheet and the script of the Design System, with its licence."""
    yield f"govuk-frontend {_version(package)}"
    dist = package / "dist" / "govuk"
    out.mkdir(parents=True)
    _write(out / "govuk-frontend.min.css", without_govuk(_read(dist / "govuk-frontend.min.css")))
    _write(out / "govuk-frontend.min.js", SOURCE_MAP.sub("", _read(dist / "govuk-frontend.min.js")))
    _write(out / "LICENCE.txt", _read(HERE / "govuk-frontend-licence.txt"))


def without_govuk(css: str) -> str:
    """The style sheet without the font and the royal arms. Raises Changed where they are not where they were."""
    css = _strip(FONT_NOTICE, "", css, 1, "the notice of GDS Transport")
    css = _strip(FONT_FACE, "", css, 2, "the two faces of GDS Transport")
    css = _strip(FONT_NAME, "", css, None, "the name of GDS Transport")
    css = _strip(ARMS, "none", css, 3, "the royal arms")
    css = SOURCE_MAP.sub("", css)
    if left := LEFT_BEHIND.search(css):
        raise Changed(f"The style sheet of govuk-frontend still has {left[0]!r}, for which we have no licence.")
    return css


def _strip(what: re.Pattern[str], instead: str, css: str, expected: int | None, called: str) -> str:
    css, found = what.subn(instead, css)
    if not found or expected not in (None, found):
        raise Changed(
            f"Looked in the style sheet of govuk-frontend for {called}, to leave it out: found {found} times, "
            f"expected {expected or 'some'}. See how it is written now, and say so in assets/vendor.py."
        )
    return css


def maplibre(modules: Path, out: Path) -> Iterator[str]:
    """The map's module, its worker and its style sheet, with the licences of all that is inside them."""
    package = modules / "maplibre-gl"
    yield f"maplibre-gl {_version(package)}"
    out.mkdir(parents=True)
    for name in MAP_FILES:
        _write(out / name, SOURCE_MAP.sub("", _read(package / "dist" / name)))
    _write(out / "LICENCES.txt", "\n".join(licences(modules)))


def licences(modules: Path) -> Iterator[str]:
    """The licence of every package that was fetched for the map, or its name where a package holds no text of it."""
    for described in sorted([*modules.glob("*/package.json"), *modules.glob("@*/*/package.json")]):
        package = described.parent
        if package.name == "govuk-frontend":
            continue
        texts = sorted(path for path in package.iterdir() if path.name.lower().startswith(("licen", "copying")))
        said = json.loads(_read(described))
        yield f"{'=' * 80}\n{said['name']} {said['version']}: {said.get('license', 'see below')}\n"
        yield from (_read(text) for text in texts)


def _version(package: Path) -> str:
    if not (package / "package.json").is_file():
        raise Changed(f"{package.name} is not among the packages. Fetch them first: npm ci --prefix assets")
    return str(json.loads(_read(package / "package.json"))["version"])


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError as problem:
        raise Changed(
            f"{path.name} is no longer in {path.parent}. See where it is now, and say so in assets/vendor.py."
        ) from problem


def _write(path: Path, text: str) -> None:
    _ = path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
