"""The `headwater` command: the verbs of the house, for a person at a keyboard and for a script."""

from headwater.cli.starting import main

__all__ = ["main"]
