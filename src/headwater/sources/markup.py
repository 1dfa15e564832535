"""XML read as it streams past: no tree is built, nothing outside the file is asked for, and no entity is ever expanded."""

from collections.abc import Iterable, Iterator, Mapping
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
    for _ in heard(pieces, listener, name):
        pass


def heard(pieces: Iterable[bytes], listener: Listener, name: str) -> Iterator[None]:
    """The same, stopping after each piece, so that what has been learnt can be passed on before all is heard."""
    parser = _parser(listener, name)
    try:
        for piece in pieces:
            _ = parser.Parse(piece, False)
            yield
        _ = parser.Parse(b"", True)
        yield
    except expat.ExpatError as problem:
        raise BadInput(f"{name} is cut short or is not sound XML. Ask for it again.") from problem


def plain_name(name: str) -> str:
    """An element's or attribute's name without its namespace."""
    return name[name.rfind(" ") + 1 :]


def _parser(listener: Listener, name: str) -> Any:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse(name)
    parser.StartElementHandler = listener.start
    if end := getattr(listener, "end", None):
        parser.EndElementHandler = end
    if text := getattr(listener, "text", None):
        parser.CharacterDataHandler = text
    return parser


def _refuse(name: str) -> Any:
    def refuse(*_: object) -> NoReturn:
        raise BadInput(f"{name} declares a document type, as no return of data needs to. It was not read.")

    return refuse
