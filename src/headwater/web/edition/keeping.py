"""What was made once and may be asked for again, kept in memory within a bound."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """Something that says how much room it takes."""

    def __len__(self) -> int: ...


T = TypeVar("T", bound=Sized)


class Keeping(Generic[T]):
    """The things that were asked for last, as many as have room."""

    def __init__(self, room: int) -> None:
        """`room`: the lengths of everything kept add up to no more than this."""
        self._room = room
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._turn = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under `key`, made now where nothing is. Two who ask at once may both make it."""
        with self._turn:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._turn:
            self._kept[key] = made
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > self._room:
                _ = self._kept.popitem(last=False)
        return made
