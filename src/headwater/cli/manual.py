"""Pages of the reference that are written by what they describe, so that they cannot fall behind.

python -m headwater.cli.manual docs/reference
"""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from headwater.cli.agreed_pages import evidence_page, frameworks_page
from headwater.cli.commands import app
from headwater.vocabulary import Measure


def manual() -> str:
    """Every command in the order of `headwater --help`, with its words, its arguments and its options, as Markdown."""
    whole: Any = typer.main.get_command(app)
    pages = (line for name, command in _commands(whole) for line in _page(name, command))
    return "\n".join(["# Commands", "", *_paragraphs(whole.help), *pages, *_paragraphs(whole.epilog), ""])


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by its whole name: 'key new' is one."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _page(name: str, command: Any) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    yield f"`{_usage(name, command)}`"
    yield ""
    yield from _paragraphs(command.help)
    described = [(_spelt(param), _described(param)) for param in command.params if param.name != "help"]
    if described:
        yield "| | |"
        yield "|---|---|"
        yield from (f"| {spelt} | {said} |" for spelt, said in described)
        yield ""


def _paragraphs(text: str | None) -> Iterator[str]:
    for paragraph in inspect.cleandoc(text or "").split("\n\n"):
        yield " ".join(paragraph.split())
        yield ""


def _usage(name: str, command: Any) -> str:
    needed = [_argument(param) for param in command.params if param.param_type_name == "argument"]
    options = "[OPTIONS] " if len(needed) < len(command.params) else ""
    return f"headwater {name} {options}{' '.join(needed)}".rstrip()


def _argument(param: Any) -> str:
    word = param.name.upper() + ("…" if param.nargs == -1 else "")
    return word if param.required else f"[{word}]"


def _spelt(param: Any) -> str:
    if param.param_type_name == "argument":
        return f"`{_argument(param)}`"
    return ", ".join(f"`{spelling}`" for spelling in param.opts)


def _described(param: Any) -> str:
    said = " ".join((param.help or "").split())
    if param.param_type_name == "option" and param.required:
        return f"{said} **Needed.**"
    usual = getattr(param.default, "value", param.default)
    told = param.show_default if isinstance(param.show_default, str) else usual
    if told in (None, "", False) or callable(told):
        return said
    return f"{said} Usually `{told}`." if told is usual else f"{said} Usually {told}."


def measures_page() -> str:
    """Every measure that comes with Headwater, with what was agreed about it, as Markdown."""
    home = Path(__file__).parents[1] / "definitions" / "measures"
    pages = (line for path in sorted(home.glob("*.toml")) for line in _measure(Measure.read(path)))
    return "\n".join(["# Measures", "", _ABOUT_MEASURES, "", *pages, ""])


_ABOUT_MEASURES = (
    "What is counted, among whom, and who agreed it. Each is a file of `src/headwater/definitions/measures`; "
    "[to add one](../how-to/add-a-measure.md) needs no Python."
)


def _measure(measure: Measure) -> Iterator[str]:
    yield f"## {measure.name}"
    yield ""
    yield f"**{measure.title}.** {measure.why}"
    yield ""
    per = f" per {measure.per:,}" if measure.shape == "rate" else ""
    yield f"- A {measure.shape} of {measure.counts}, among {measure.among}{per}, from `{measure.source}`"
    yield f"- Counts: {_rows(measure.where)}"
    if measure.of:
        yield f"- Out of: {_rows(measure.of)}"
    yield from (f"- Mind: {caveat}" for caveat in measure.caveats)
    yield f"- Version {measure.version}, agreed by {measure.owner} on {measure.agreed}; look again by {measure.review_by}"
    yield ""


def _rows(where: dict[str, list[str]]) -> str:
    said = (f"{column} is {' or '.join(f'`{value}`' for value in values)}" for column, values in where.items())
    return "; ".join(said) or "every row"


def write(folder: Path) -> None:
    """Write every page that writes itself into `folder`."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8", newline="\n")


PAGES = {
    "commands.md": manual,
    "measures.md": measures_page,
    "frameworks.md": frameworks_page,
    "evidence.md": evidence_page,
}


if __name__ == "__main__":
    write(Path(sys.argv[1]))
