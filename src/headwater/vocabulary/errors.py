"""What can go wrong, as a tree; each branch has its own exit code so that a script can tell them apart.

    HeadwaterError
    ├── WrongRequest        2  the command was asked for something that does not exist
    ├── BadInput            3  a file is not what it should be
    │   ├── MissingColumns
    │   └── NotAgreed
    ├── WorkspaceTrouble    4  the workspace is absent, newer than this software, or in use
    ├── UntrueClaim         5  a sentence says what the figures do not
    ├── FetchFailed         6  a download did not arrive whole
    └── StorageTrouble      7  the disk is full or may not be written to

A message says what is wrong, where, and what to do. It may hold file names, column names and counts; never a cell.
"""

import errno
from collections.abc import Collection, Generator
from contextlib import contextmanager
from difflib import get_close_matches


class HeadwaterError(Exception):
    """Anything a person can put right. Shown without a traceback."""

    exit_code = 1


class WrongRequest(HeadwaterError):
    """The command named something that does not exist: a measure, an area, an edition."""

    exit_code = 2


class BadInput(HeadwaterError):
    """A file is not what its name or its place promises."""

    exit_code = 3


class MissingColumns(BadInput):
    """An extract lacks columns that its contract promises."""

    def __init__(self, missing: Collection[str], offered: Collection[str], *, contract: str) -> None:
        hints = ", ".join(did_you_mean(name, offered) for name in sorted(missing))
        super().__init__(f"{contract} needs the column {hints}. No rows were read.")


class NotAgreed(BadInput):
    """No sharing agreement lets a file in: none names it, none is in force, or none covers all that it holds."""


class WorkspaceTrouble(HeadwaterError):
    """The workspace is absent, was made by a newer Headwater, or is in use by another run."""

    exit_code = 4


class UntrueClaim(HeadwaterError):
    """A sentence makes a claim that the figures do not support."""

    exit_code = 5


class FetchFailed(HeadwaterError):
    """A download did not arrive whole."""

    exit_code = 6


class StorageTrouble(HeadwaterError):
    """The disk is full, or the folder may not be written to."""

    exit_code = 7


_TROUBLE = {
    errno.ENOSPC: "the disk is full. Make room and run this again",
    errno.EACCES: "this account may not read or write there. Ask for access, or choose another folder",
    errno.EPERM: "this account may not read or write there. Ask for access, or choose another folder",
    errno.EROFS: "the folder can only be read. Choose a folder that can be written to",
}


@contextmanager
def storage_errors(what: str) -> Generator[None]:
    """Inside this block a full or locked disk raises StorageTrouble; `what` was being done, e.g. 'landing police.zip'."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in _TROUBLE:
            raise
        raise StorageTrouble(f"Stopped while {what}: {_TROUBLE[problem.errno]}.") from problem


def did_you_mean(name: str, offered: Collection[str]) -> str:
    """`name` in quotes, with the nearest of the `offered` names where one is near."""
    folded = {other.casefold(): other for other in offered}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return f"{name!r} (there is {folded[close[0]]!r}: is that it?)" if close else repr(name)
