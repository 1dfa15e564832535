"""What the terminal is shown: words and tables on one stream, progress and complaints on the other."""

import json
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from io import TextIOWrapper
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


class ReaderLeft(Exception):
    """Whoever was reading our output (`head`, a pager) has seen enough."""


class _Terminal(Console):
    def on_broken_pipe(self) -> None:
        raise ReaderLeft


WORDS = _Terminal(highlight=False)
ASIDE = _Terminal(stderr=True, highlight=False)


def use_utf8() -> None:
    """A Windows console, or a file on Windows, may expect another code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def say(text: str = "", *, style: str | None = None) -> None:
    """One line of plain words. Brackets stay brackets."""
    WORDS.print(escape(text), style=style, soft_wrap=not WORDS.is_terminal)


def complain(text: str) -> None:
    """A sentence for a person, where it cannot be mistaken for output."""
    ASIDE.print(f"[bold red]headwater:[/] {escape(text)}", soft_wrap=not ASIDE.is_terminal)


def say_json(thing: object) -> None:
    """The same answer for a script: JSON in UTF-8, keys in order of meaning, one trailing newline."""
    with _reader():
        sys.stdout.write(json.dumps(_plain(thing), ensure_ascii=False, indent=2) + "\n")


def finish() -> None:
    """See the last words out of the door. Raises ReaderLeft where nobody waits for them."""
    with _reader():
        sys.stdout.flush()


@contextmanager
def _reader() -> Generator[None]:
    try:
        yield
    except BrokenPipeError as left:
        raise ReaderLeft from left


def _plain(thing: object) -> Any:
    if is_dataclass(thing) and not isinstance(thing, type):
        return _plain(asdict(thing))
    if isinstance(thing, Mapping):
        return {str(key): _plain(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_plain(value) for value in thing]
    return thing if isinstance(thing, str | int | float | bool | None) else str(thing)


class Bars:
    """Progress, a bar for each kind of work: called with what is being done, how much is done, out of how much."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._bars: dict[str, TaskID] = {}

    def __call__(self, doing: str, done: int = 0, out_of: int | None = None) -> None:
        if doing not in self._bars:
            self._bars[doing] = self._shown.add_task(escape(doing), total=out_of)
        self._shown.update(self._bars[doing], completed=done, total=out_of)

    def finish(self, doing: str) -> None:
        """Fill the bar of work that has no count of its own."""
        self(doing, 1, 1)


@contextmanager
def bars() -> Generator[Bars]:
    """Progress bars on the terminal; where there is none, one line as each kind of work begins."""
    if not ASIDE.is_terminal:
        yield _Lines(Progress(console=ASIDE, disable=True))
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=ASIDE) as shown:
        yield Bars(shown)


class _Lines(Bars):
    """Progress where nobody watches: a line for each kind of work, once."""

    def __call__(self, doing: str, done: int = 0, out_of: int | None = None) -> None:
        if doing not in self._bars:
            ASIDE.print(escape(f"{doing} …"), soft_wrap=True)
        super().__call__(doing, done, out_of)
