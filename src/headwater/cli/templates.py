"""Writing a form for those who send figures in a spreadsheet of their own making."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headwater.cli.console import say
from headwater.vocabulary import WrongRequest

if TYPE_CHECKING:
    from headwater.lake import Workspace

SETTINGS = "headwater.toml"


def template(
    source: Annotated[str, typer.Argument(help="Whose return it is: `voluntary`, `services`.")],
    file: Annotated[Path, typer.Argument(help="The file to write: .xlsx with drop-down lists, .ods, or .csv.")],
    where: Annotated[
        Path | None,
        typer.Option(
            "--workspace", "-w", help="Offer the areas of this workspace, with their codes. The current folder, if it is one.",
            envvar="HEADWATER_WORKSPACE",
        ),
    ] = None,
) -> None:  # fmt: skip
    """Write an empty return for an organisation to fill in: its columns, what may stand in each, and how to fill it in.

    A file filled in from it lands as it is. Where the look-ups of places have landed, the areas of the workspace stand in a list,
    each with its code.
    """
    from headwater.documents import Field, Form, write_form
    from headwater.sources import blank_return

    if file.exists():
        raise WrongRequest(
            f"there is a file {file.name} already: give the template another name, or move that one away"
        )
    areas = _areas(where)
    asked = blank_return(source, areas)
    fields = tuple(Field(each.name, each.meaning, each.needed, each.choices, each.only) for each in asked.columns)
    write_form(Form(asked.title, fields, asked.guide), file)
    offered = (
        f"{len(areas):,} areas to choose from"
        if areas
        else "no list of areas, for no look-ups of places have landed here"
    )
    say(f"Wrote {file}: {len(fields)} columns, {offered}. Send it to whoever fills it in; then headwater land.")


def _areas(where: Path | None) -> tuple[str, ...]:
    """The area of the workspace and its parts, each as 'Z07000001 Stanmouth'; none without a workspace or its places."""
    from headwater.lake import open_workspace

    if where is None and not Path(SETTINGS).is_file():
        return ()
    return _known_areas(open_workspace(where or Path()))


def _known_areas(workspace: "Workspace") -> tuple[str, ...]:
    from headwater.engine import open_engine
    from headwater.lake import atlas, open_snapshot

    settings = workspace.settings
    try:
        snapshot = open_snapshot(workspace)
    except WrongRequest:  # nothing is frozen yet
        return ()
    if not snapshot.has("links"):
        return ()
    with open_engine(settings.engine, scratch=workspace.scratch) as engine:
        book = atlas(snapshot, engine)
    area = book.find(settings.area_code or settings.area_name, settings.area_level)
    parts = book.within(area, settings.subareas) if settings.subareas in book.levels else ()
    return tuple(f"{place.code} {place.name}" for place in (*parts, area))
