"""What the terminal is shown: words and tables on one stream, progress and complaints on the other."""

import json
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from io import TextIOWrapper
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Column


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


Tell = Callable[[int, int, str], None]
"""Told how much is done, out of how much, and what is being done."""


class Bars:
    """Progress on the terminal: a bar for each stage of the work, with words for what it is at."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown

    def stage(self, name: str) -> Tell:
        """A new bar, and how to move it."""
        bar = self._shown.add_task(escape(name), total=None, doing="")

        def tell(done: int, out_of: int, doing: str) -> None:
            over = done >= out_of
            self._shown.update(bar, completed=done, total=out_of or 1, doing="" if over else escape(doing))

        return tell


class _Lines(Bars):
    """Progress where nobody watches, or into a file: a line as each stage begins."""

    def stage(self, name: str) -> Tell:
        ASIDE.print(escape(f"{name} …"), soft_wrap=True)
        return super().stage(name)


@contextmanager
def bars() -> Generator[Bars]:
    """Progress for the length of the block."""
    if not ASIDE.is_terminal:
        yield _Lines(Progress(console=ASIDE, disable=True))
        return
    doing = TextColumn("[dim]{task.fields[doing]}", table_column=Column(overflow="ellipsis", no_wrap=True, ratio=1))
    columns = (TextColumn("{task.description}"), BarColumn(24), TaskProgressColumn(), TimeElapsedColumn(), doing)
    with Progress(*columns, console=ASIDE, expand=True) as shown:
        yield Bars(shown)
