"""A framework: what a partnership is held to, or agreed to use, in parts that can be ticked off, answered or chosen from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Self

from headwater.vocabulary.agreed import Sourced, agreed_entries, agreed_entry, agreed_toml
from headwater.vocabulary.errors import BadInput, WrongRequest, did_you_mean

Force = Literal["must", "should", "may"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Element(Sourced):
    """One part of a framework: a duty to be shown, a seat to be filled, a heading to be answered, a level to be chosen."""

    id: str
    title: str
    says: str
    """What must be shown, said or understood, in our words."""
    section: str = ""
    force: Force = "must"
    who: tuple[str, ...] = ()
    """Whom it binds, or who may fill the seat: ids of the framework `organisations`; empty for the partnership as a whole."""
    citation: str = ""
    """Where the law or the guidance says so."""
    proof: tuple[str, ...] = ()
    """Kinds of paper that would show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """One file of `definitions/frameworks/`, or of a workspace's own `frameworks/`. The file's name is the framework's name."""

    name: str
    title: str
    owner: str
    agreed: date
    review_by: date
    version: str
    source_url: str
    why: str
    elements: tuple[Element, ...]

    @classmethod
    def read(cls, path: Path, organisations: Collection[str] = ()) -> Self:
        """Read one file, refusing with BadInput what is missing, misspelt, of the wrong kind, or binds none of `organisations`."""
        said = agreed_toml(path)
        elements = agreed_entries(path, "elements", said, Element)
        for element in elements:
            if strange := [kind for kind in element.who if kind not in organisations]:
                raise BadInput(
                    f"{path.name}, {element.id!r}: no kind of organisation is called {did_you_mean(strange[0], organisations)}: "
                    "they are the ids of frameworks/organisations.toml"
                )
        return agreed_entry(path.name, said, cls, name=path.stem, elements=elements)

    @property
    def identity(self) -> str:
        """What makes it this framework and no other: 'serious-violence-duty version 1'."""
        return f"{self.name} version {self.version}"

    @property
    def sections(self) -> dict[str, tuple[Element, ...]]:
        """Its elements by section, in the order of the file."""
        names = dict.fromkeys(element.section for element in self.elements)
        return {name: tuple(each for each in self.elements if each.section == name) for name in names}

    def find(self, wanted: str) -> Element:
        """The element of an id, or WrongRequest with the nearest."""
        known = {element.id: element for element in self.elements}
        if wanted not in known:
            raise WrongRequest(f"nothing in the framework {self.name} is called {did_you_mean(wanted, known)}")
        return known[wanted]
