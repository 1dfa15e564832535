"""The pages of the reference that are written by what they describe are as they would be written today."""

from architecture.house import DOCS
from headwater.cli.commands import app
from headwater.cli.manual import manual, measures_page

AGAIN = "run: python -m headwater.cli.manual docs/reference"


def test_every_command_is_in_the_reference_as_its_help_says() -> None:
    assert (DOCS / "reference" / "commands.md").read_text("utf-8") == manual(), AGAIN


def test_every_measure_is_in_the_reference() -> None:
    assert (DOCS / "reference" / "measures.md").read_text("utf-8") == measures_page(), AGAIN


def test_every_command_and_option_says_what_it_does() -> None:
    import typer

    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    silent = [name for name, command in commands.items() if len((command.help or "").split()) < 8]
    silent += [
        f"{name} {param.name}" for name, command in commands.items() for param in command.params if not param.help
    ]
    assert silent == []
