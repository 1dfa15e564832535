"""An edition's own stylesheet, held to the part of the page that is the edition's, so that the frame is left as it is."""

import re
from functools import lru_cache

from headwater.web.edition.shelf import OnShelf

INSIDE = ".hw-edition"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PIECE = re.compile(r"([^{}]*)([{}])")
MAIN = re.compile(r"(:root|html|body|main)(?![-\w])")


@lru_cache(maxsize=4)
def style_of(edition: OnShelf) -> str:
    """The stylesheet of an edition's site, every rule of it held to `.hw-edition`."""
    return scoped((edition.site / "headwater.css").read_text(encoding="utf-8"))


def scoped(css: str) -> str:
    """A stylesheet of plain rules and `@media`, every selector of it inside `.hw-edition`. What else begins with `@` goes."""
    out: list[str] = []
    left_out = 0
    for before, brace in PIECE.findall(COMMENT.sub("", css)):
        said = before.strip()
        if left_out or (brace == "{" and said.startswith("@") and not said.startswith("@media")):
            left_out += 1 if brace == "{" else -1
        elif brace == "}" or said.startswith("@"):
            out.append(f"{said}{brace}")
        else:
            out.append(f"{', '.join(map(_inside, _apart(said)))}{brace}")
    return "\n".join(out) + "\n"


def _apart(selectors: str) -> list[str]:
    """Selectors between commas that are in no brackets."""
    return [each.strip() for each in re.split(r",(?![^()]*\))", selectors)]


def _inside(selector: str) -> str:
    """What the edition says of the whole page, or of its `main`, it says of its own part instead."""
    whole = MAIN.match(selector)
    if whole is None:
        return f"{INSIDE} {selector}"
    return f"{INSIDE}{selector[whole.end() :]}"
