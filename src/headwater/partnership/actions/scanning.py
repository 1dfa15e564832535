"""A virus scanner, where the server has one: Headwater is none."""

import shlex
import subprocess
from pathlib import Path

from django.conf import settings

from headwater.vocabulary import BadInput, StorageTrouble

LONGEST = 600
"""Seconds that a scanner may take."""


def scan(file: Path) -> None:
    """Ask the scanner that HEADWATER_SCANNER names, such as `clamdscan --no-summary --fdpass`: 0 is clean, 1 is not.

    Raises BadInput where it finds something, StorageTrouble where it could not be asked: what nobody looked at is not let in.
    """
    if not settings.SCANNER:
        return
    try:
        asked = subprocess.run(  # noqa: S603 - the words of whoever set up the server, and a path of our own
            [*shlex.split(settings.SCANNER), str(file)], check=False, capture_output=True, timeout=LONGEST
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise StorageTrouble("The virus scanner could not be asked. Tell whoever looks after the server.") from problem
    if asked.returncode == 1:
        raise BadInput("The virus scanner found something in it. It was refused and deleted.")
    if asked.returncode:
        raise StorageTrouble("The virus scanner could not look at it. Tell whoever looks after the server.")
