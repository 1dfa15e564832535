"""The verbs. Each opens what it needs, asks the room that knows, and shows the answer; none decides anything itself.

Rooms are imported where they are used, so that `--help` answers at once.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headwater import __version__
from headwater.cli import showing
from headwater.cli.asking import compare, due, measures
from headwater.cli.backups import backup, restore, upgrade
from headwater.cli.checking import check
from headwater.cli.clock import day
from headwater.cli.console import bars, say, say_json
from headwater.cli.figures import check_figures
from headwater.cli.governing import KeyFile, agreement, key, key_path, retain
from headwater.cli.inviting import invite
from headwater.cli.linking import link
from headwater.cli.mapping import map_file
from headwater.cli.options import HERE, AsJson, Where
from headwater.cli.serving import seat_partnership, serve, work
from headwater.cli.templates import template
from headwater.vocabulary import HeadwaterError, Level

if TYPE_CHECKING:
    from headwater.engine import Engine
    from headwater.lake import Workspace

ABOUT = """
Carry a partnership from its police files to a published needs assessment in which **every number can answer back**.

The usual order is `new`, `fetch` or a download by hand, `land`, `check`, `assess`; then `explain` any figure, and `compare` this
edition with the last. To see it all at once on a county that does not exist, run `headwater demo`.
"""
ENDINGS = """
Exit codes: 0 all well · 2 no such area, measure or edition · 3 a file is not what it should be · 4 trouble with the workspace ·
5 a sentence says what the figures do not · 6 a download did not arrive whole · 7 the disk is full or locked · 130 stopped by Ctrl-C ·
1 anything else.
"""

app = typer.Typer(
    name="headwater",
    help=ABOUT,
    epilog=ENDINGS,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

BEGIN, DATA, ANSWERS, HEALTH = "Begin", "Data in", "Answers out", "Health"
app.add_typer(agreement, name="agreement", rich_help_panel=DATA)
app.add_typer(key, name="key", rich_help_panel=DATA)


@contextmanager
def _engine(workspace: "Workspace") -> Generator["Engine"]:
    from headwater.engine import open_engine

    with open_engine(workspace.settings.engine, scratch=workspace.scratch) as engine:
        yield engine


def _open(where: Path) -> "Workspace":
    from headwater.lake import open_workspace

    return open_workspace(where)


def _version(wanted: bool) -> None:
    if wanted:
        say(f"headwater {__version__}")
        raise typer.Exit


@app.callback()
def headwater(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """The options of the command as a whole; its help is ABOUT."""


@app.command(rich_help_panel=BEGIN)
def demo(
    folder: Annotated[
        Path, typer.Argument(help="Where to build it. It may exist already, and is then built again.")
    ] = Path("aldermere"),
    published: Annotated[
        str | None, typer.Option(help="The day printed on it, as 2026-11-23. Today, if left out.")
    ] = None,
) -> None:
    """Build the needs assessment of Aldermere, a county that does not exist.

    Invents four years of police files, boundaries, populations and deprivation with the shapes of real ones, lands them,
    and writes the whole edition: web pages, PDF, Word, tables, data. Nothing is downloaded. About a minute.
    """
    from headwater.cli.demonstration import demonstrate

    with bars() as progress:
        made = demonstrate(folder, published=day(published), progress=progress)
    showing.edition(made, fictional=True)
    seat_partnership(folder)


@app.command(rich_help_panel=BEGIN)
def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make. It must be empty, or not there yet.")],
    area: Annotated[str, typer.Option("--area", help="Your area: its name, or its official code (E23000007).")],
    level: Annotated[
        Level,
        typer.Option("--level", help="What kind of area that is: `pfa` a police force area, `csp`, `utla`, `ltla` …"),
    ] = Level.FORCE,
    subareas: Annotated[
        Level, typer.Option("--subareas", help="The parts it is divided into in profiles and comparisons.")
    ] = Level.DISTRICT,
    title: Annotated[
        str, typer.Option("--title", help="The title of the assessment. Usually 'Violence in' and the area's name.")
    ] = "",
    author: Annotated[str, typer.Option("--author", help="Who publishes it.")] = "",
    policy: Annotated[
        str, typer.Option("--policy", help="The disclosure policy: a file of `definitions/disclosure`.")
    ] = "published-police-data",
) -> None:
    """Make a workspace: one folder with one settings file, `headwater.toml`.

    Everything Headwater keeps for this assessment stays inside it. Copy the folder and you have copied the assessment;
    delete it and nothing is left behind.
    """
    from headwater.cli.workspaces import make

    made = make(folder, area=area, level=level, subareas=subareas, title=title, author=author, policy=policy)
    say(f"Made {made.root}. Next: headwater land FILE… --workspace {made.root}")


@app.command(rich_help_panel=DATA)
def fetch(
    what: Annotated[
        list[str], typer.Argument(help="What to fetch: `police`, `police-api`, `places`, `populations`, `deprivation`.")
    ],
    first: Annotated[str | None, typer.Option("--from", help="The first month of police data, as 2023-01.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last month of police data.")] = None,
    force: Annotated[
        list[str] | None,
        typer.Option("--force", help="A police force, as in file names: northumbria. May be repeated."),
    ] = None,
    where: Where = HERE,
) -> None:
    """Download open data into the workspace, whole or not at all.

    Downloads resume where they stopped, are tried again when the line drops, and are checked before they are kept. What is
    already here is not fetched twice. Nothing is landed until you say `headwater land`.
    """
    from headwater.cli.fetching import fetch_all

    with bars() as progress:
        files = fetch_all(_open(where), what, first=first, last=last, forces=force or [], progress=progress)
    showing.files("Fetched", files)


@app.command(rich_help_panel=DATA)
def land(
    files: Annotated[
        list[Path], typer.Argument(help="Zips, folders, CSV, XLSX, ODS, Parquet, XML or GeoJSON files, as they came.")
    ],
    where: Where = HERE,
    key_file: KeyFile = None,
    received: Annotated[
        str | None, typer.Option("--received", help="The day they were received, as 2026-11-23. Today, if left out.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Take files in exactly as they came, read them, and freeze what they say.

    Each public file is kept byte for byte with its fingerprint. A file with personal columns needs a sharing agreement and a
    key; it is read in memory only, and what is kept is what can tell nobody who anyone is. Rows that cannot be read are set aside whole with the reason and
    counted, never dropped. Landing the same file twice changes nothing; a newer copy of a month replaces the older one, and
    both are kept. Stop it at any moment: nothing is left half-landed.
    """
    from headwater.lake import take_in

    workspace = _open(where)
    with bars() as progress, _engine(workspace) as engine:
        landed = take_in(
            workspace, files, engine, received=day(received), key_file=key_path(key_file), stage=progress.stage
        )
    say_json(landed) if json else showing.landed(landed)


_ = app.command(rich_help_panel=DATA)(check)
_ = app.command("map", rich_help_panel=DATA)(map_file)
_ = app.command(rich_help_panel=DATA)(template)
_ = app.command(rich_help_panel=DATA)(link)
_ = app.command(rich_help_panel=DATA)(retain)
_ = app.command(rich_help_panel=ANSWERS)(check_figures)


@app.command(rich_help_panel=ANSWERS)
def assess(
    where: Where = HERE,
    name: Annotated[
        str | None, typer.Option("--name", help="What to call this edition. The day it is published, if left out.")
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="The day printed on it, as 2026-11-23. Today, if left out.")
    ] = None,
) -> None:
    """Build an edition of the needs assessment from the frozen data.

    The same data, the same words and the same day give the same bytes. A sentence that claims what the figures do not support
    stops the build, with the sentence, the figure and its interval.
    """
    from headwater.assessment import assess as build

    workspace = _open(where)
    on = day(published or workspace.settings.published)
    with bars() as progress, _engine(workspace) as engine:
        made = build(workspace, engine, name=name, published=on, progress=progress.stage("Assessing"))
    showing.edition(made)


@app.command(rich_help_panel=ANSWERS)
def explain(
    finding: Annotated[
        str,
        typer.Argument(help="A finding or one of its figures, as its page in the edition names it: `violence.rate`."),
    ],
    where: Where = HERE,
    edition: Annotated[str | None, typer.Option("--edition", help="Which edition. The newest, if left out.")] = None,
    json: AsJson = False,
) -> None:
    """Ask a number where it came from.

    Prints its definition, formula, inputs, interval, denominator, source files with their fingerprints, coverage, suppression,
    conversion between areas, and the version of the software that worked it out.
    """
    from headwater.assessment import explain as ask

    answer = ask(_open(where), finding, edition=edition)
    say_json(answer) if json else showing.explanation(answer)


_ = app.command(rich_help_panel=ANSWERS)(compare)
_ = app.command(rich_help_panel=ANSWERS)(measures)
_ = app.command(rich_help_panel=ANSWERS)(due)
_ = app.command(rich_help_panel=ANSWERS)(serve)
_ = app.command(rich_help_panel=ANSWERS)(invite)
_ = app.command(rich_help_panel=ANSWERS)(work)
_ = app.command(rich_help_panel=HEALTH)(backup)
_ = app.command(rich_help_panel=HEALTH)(restore)
_ = app.command(rich_help_panel=HEALTH)(upgrade)


@app.command(rich_help_panel=HEALTH)
def doctor(where: Where = HERE, json: AsJson = False) -> None:
    """Check that this machine and this workspace are well, and say what to do where they are not."""
    from headwater.cli.doctor import examine

    found = examine(where)
    say_json(found) if json else showing.health(found)
    if any(check.state == "wrong" for check in found):
        raise typer.Exit(HeadwaterError.exit_code)
