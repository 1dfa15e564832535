"""What a log may hold: where something went wrong, and never what somebody typed or what a row says."""

import logging
import re
import traceback
from types import TracebackType
from typing import Any, cast

SECRETS = re.compile(r"(/invitation/)[^/\s\"']+")
ADDRESSES = re.compile(r"[^\s@\"'<>()=,;:]+@[^\s@\"'<>()=,;:]+")
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Plain(logging.Formatter):
    """A line with its time; of an exception its kind and its place in our code, without its message.

    A database says in its messages which value was refused, and a value may be somebody's name.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line, in which the secret of an invitation and people's addresses are struck out."""
        record.exc_text = None  # another handler may have kept one with its message
        return ADDRESSES.sub("(address)", SECRETS.sub(r"\1(secret)", super().format(record)))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - Python's own name
        """Where it was raised and what kind it is, with the same of what it came from."""
        raised = cast("BaseException | None", ei[1])
        said: list[str] = []
        while raised is not None:
            said.append("".join(traceback.format_tb(raised.__traceback__)) + type(raised).__qualname__)
            raised = raised.__cause__ or (None if raised.__suppress_context__ else raised.__context__)
        return "\n".join(said)
