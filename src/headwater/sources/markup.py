"""XML read as it streams past: no tree is built, nothing outside the file is asked for, and no entity is ever expanded."""

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, Protocol
from xml.parsers import expat

from headwater.vocabulary import BadInput


class Listener(Protocol):
    """Whoever wants to know what an XML file says. Names are 'namespace name', or the name alone where there is none."""

    def start(self, name: str, said: Mapping[str, str]) -> object:
        """An element begins, with its attributes."""
        ...


def listen(pieces: Iterable[bytes], listener: Listener, name: str) -> None:
    """Tell `listener` of every element in order; of `end(name)` and `text(words)` too, where it has them.

    Raises BadInput where the file `name` is not XML, or declares a document type: that is where entities hide.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse(name)
    parser.StartElementHandler = listener.start
    if end := getattr(listener, "end", None):
        parser.EndElementHandler = end
    if text := getattr(listener, "text", None):
        parser.CharacterDataHandler = text
    try:
        for piece in pieces:
            _ = parser.Parse(piece, False)
        _ = parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise BadInput(f"{name} is cut short or is not sound XML. Ask for it again.") from problem


def plain_name(name: str) -> str:
    """An element's or attribute's name without its namespace."""
    return name[name.rfind(" ") + 1 :]


def _refuse(name: str) -> Any:
    def refuse(*_: object) -> NoReturn:
        raise BadInput(f"{name} declares a document type, as no return of data needs to. It was not read.")

    return refuse
