"""The help is the manual, and asking for it costs little."""

import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

import headwater
from headwater.cli.commands import app

VERBS = ("demo", "new", "fetch", "land", "check", "map", "template", "link", "retain", "check-figures", "assess", "explain", "compare", "measures", "due", "serve", "invite", "work", "backup", "restore", "upgrade", "doctor",
         "agreement", "key")  # fmt: skip
JSON = (
    "check",
    "check-figures",
    "link",
    "retain",
    "explain",
    "compare",
    "measures",
    "due",
    "doctor",
    "land",
    "map",
    "backup",
)
RUN = CliRunner()


def test_the_verbs_are_those_of_the_house() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert tuple(commands) == VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str) -> None:
    said = RUN.invoke(app, [verb, "--help"])
    assert said.exit_code == 0
    assert "Usage" in said.output


@pytest.mark.parametrize("verb", JSON)
def test_a_script_may_ask_these_for_json(verb: str) -> None:
    assert "--json" in RUN.invoke(app, [verb, "--help"]).output


def test_version() -> None:
    assert RUN.invoke(app, ["--version"]).output == f"headwater {headwater.__version__}\n"


def test_no_command_is_help_and_an_unknown_one_is_2() -> None:
    assert "Usage" in RUN.invoke(app, []).output
    assert RUN.invoke(app, ["asses"]).exit_code == 2


def test_help_loads_none_of_the_heavy_rooms() -> None:
    script = (
        "import sys; from headwater.cli.commands import app\n"
        "print([heavy for heavy in ('numpy', 'scipy', 'pyarrow', 'duckdb', 'typst', 'narwhals') if heavy in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    assert said.stdout == "[]\n"


def test_importing_headwater_loads_no_room() -> None:
    script = "import sys, headwater; print([name for name in sys.modules if name.startswith('headwater.')])"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    assert said.stdout == "[]\n"


def test_a_word_that_is_not_offered_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="asses"):
        headwater.asses  # noqa: B018
    assert "assess" in dir(headwater)
