"""The partnership's rooms, opened in a browser."""

import os
from pathlib import Path
from typing import Annotated

import typer

from headwater.cli.console import say
from headwater.cli.governing import KEY_FILE, key_path
from headwater.cli.options import HERE, Where

PORT = 8000


def serve(
    where: Where = HERE,
    port: Annotated[int, typer.Option(help="The port to listen at.")] = PORT,
    host: Annotated[str, typer.Option(help="The address to listen at. This machine alone, if left out.")] = "127.0.0.1",
) -> None:
    """Open the partnership's rooms in a browser: http://localhost:8000, until Ctrl-C.

    For one machine. To serve a partnership over a network, read the production guide.
    """
    from headwater.lake import open_workspace
    from headwater.vocabulary import WrongRequest
    from headwater.web.assets import WHAT_TO_DO, missing_assets
    from headwater.web.serving import prepare
    from headwater.web.serving import serve as begin

    if missing_assets():
        raise WrongRequest(WHAT_TO_DO)
    workspace = open_workspace(where)
    if (key := key_path(None)).is_file():
        _ = os.environ.setdefault(KEY_FILE, str(key))
    prepare(workspace.root, host)
    say(
        f"{workspace.settings.author or workspace.settings.title}: open http://localhost:{port} in a browser. Ctrl-C ends it."
    )
    _tell_sign_in(workspace.root)
    begin(host, port)


def work(where: Where = HERE) -> None:
    """Do what people ask for in the rooms and pages cannot wait for: check, land and build, one thing at a time, until Ctrl-C.

    `headwater serve` does it by itself. A server that something else starts needs this beside it, once, on the same machine.
    """
    from headwater.lake import open_workspace
    from headwater.web.serving import set_up
    from headwater.web.working import work as begin

    set_up(open_workspace(where).root)
    begin()


def seat_partnership(folder: Path) -> None:
    """Give the demonstration its partnership."""
    from headwater.web.serving import seed_demonstration

    _ = seed_demonstration(folder)
    say(f"Its partnership has its own rooms. Next: headwater serve --workspace {folder}")


def _tell_sign_in(root: Path) -> None:
    from headwater.web.environment import DEMONSTRATION

    if not (root / DEMONSTRATION).is_file():
        return
    from headwater.web.demonstration.people import example

    said = example("partnership.toml")
    say(
        "Nobody here exists: the sign-in page lets you enter as any of them. Or sign in, with the password "
        f"{said['password']}, as"
    )
    for organisation in said["organisations"]:
        for person in organisation.get("people", ()):
            say(f"  {person['email']}  {', '.join(person['roles'])} at {organisation['name']}")
