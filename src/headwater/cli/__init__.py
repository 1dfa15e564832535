"""The `headwater` command: the verbs of the house, for a person at a keyboard and for a script."""

from headwater.cli.commands import app
from headwater.cli.running import main

__all__ = ["app", "main"]
