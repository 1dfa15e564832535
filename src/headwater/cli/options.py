"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

Where = Annotated[
    Path,
    typer.Option(
        "--workspace",
        "-w",
        help="The workspace: the folder that holds `headwater.toml`.",
        envvar="HEADWATER_WORKSPACE",
        show_default="the current folder",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a script.")]
HERE = Path()
