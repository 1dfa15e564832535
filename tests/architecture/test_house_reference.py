"""The pages of the reference that are written by what they describe are as they would be written today."""

import pytest

from architecture.house import DOCS
from headwater.cli.commands import app
from headwater.cli.manual import PAGES

AGAIN = "run: python -m headwater.cli.manual docs/reference"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_writes_itself_is_as_it_would_be_written_today(name: str) -> None:
    assert (DOCS / "reference" / name).read_text("utf-8") == PAGES[name](), AGAIN


def test_every_command_and_option_says_what_it_does() -> None:
    import typer

    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    silent = [name for name, command in commands.items() if len((command.help or "").split()) < 8]
    silent += [
        f"{name} {param.name}" for name, command in commands.items() for param in command.params if not param.help
    ]
    assert silent == []
