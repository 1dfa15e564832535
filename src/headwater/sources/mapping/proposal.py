"""Which of a partner's columns is which of a contract's: a proposal, for a person to agree or change."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from headwater.sources.contract import Column, Contract, folded
from headwater.sources.mapping.shapes import Kind, Look

LEAST = 0.6
"""Below this likeness nothing is proposed."""
SAME, LIKE, LOOKS = "the same name", "a name like it", "its cells look like it"
_OF_FORM: dict[str, tuple[Kind, ...]] = {"time": ("date",), "yes-no": ("yes or no",), "age": ("age", "number")}
_OF_PERSON: dict[str, tuple[Kind, ...]] = {
    "date_of_birth": ("date",),
    "nhs_number": ("nhs number",),
    "postcode": ("postcode",),
}
_SHORT = {"no": "number", "num": "number", "dob": "date birth", "dt": "date", "addr": "address", "desc": "description",
          "org": "organisation", "loc": "location", "ref": "reference", "id": "number", "pt": "patient", "datetime": "date time"}  # fmt: skip
_LITTLE = {"of", "the", "and", "at", "in", "a", "to", "for"}


@dataclass(frozen=True, slots=True)
class Pair:
    """One column of the contract and one of the partner's."""

    column: str
    theirs: str
    likeness: float
    """0 to 1."""
    because: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping to agree."""

    dataset: str
    header: tuple[str, ...]
    pairs: tuple[Pair, ...]
    """In the contract's order."""
    missing: tuple[str, ...]
    """Columns that the contract requires and nothing was found for."""
    unread: tuple[str, ...]
    """The partner's columns that would not be read."""
    looks: tuple[Look, ...]
    """What each of the partner's columns looks like."""

    @property
    def score(self) -> float:
        """How well it fits, 0 to 1: the required columns that were found, by their likeness."""
        found = sum(pair.likeness for pair in self.pairs)
        return found / (len(self.pairs) + len(self.missing)) if self.pairs else 0.0


def propose(contract: Contract, header: Sequence[str], looks: Sequence[Look]) -> Proposal:
    """Pair the likest columns first; each is used once."""
    possible = [
        pair
        for column in contract.columns
        for look in looks
        if look.name and (pair := _pair(column, look)).likeness >= LEAST
    ]
    taken: dict[str, Pair] = {}
    used: set[str] = set()
    for pair in sorted(possible, key=lambda pair: (-pair.likeness, header.index(pair.theirs))):
        if pair.column not in taken and pair.theirs not in used:
            taken[pair.column] = pair
            used.add(pair.theirs)
    pairs = tuple(taken[column.name] for column in contract.columns if column.name in taken)
    missing = tuple(column.name for column in contract.columns if column.required and column.name not in taken)
    unread = tuple(name for name in header if name not in used)
    return Proposal(contract.dataset, tuple(header), pairs, missing, unread, tuple(looks))


def _pair(column: Column, look: Look) -> Pair:
    names = (column.name, *column.accepted)
    if folded(look.name) in map(folded, names):
        return Pair(column.name, look.name, 1.0, SAME)
    by_name = max(_likeness(name, look.name) for name in names)
    wanted = _OF_FORM.get(column.form, ()) or _OF_PERSON.get(column.holds or "", ())
    if not wanted or look.kind == "empty":
        return Pair(column.name, look.name, round(by_name, 3), LIKE)
    if look.kind not in wanted:
        return Pair(column.name, look.name, round(by_name * 0.5, 3), LIKE)
    telling = column.holds in ("nhs_number", "postcode")  # few things look like these by chance
    by_cells = max(min(by_name + 0.15, 0.99), LEAST if telling else 0.0)
    return Pair(column.name, look.name, round(by_cells, 3), LIKE if by_name >= LEAST - 0.15 else LOOKS)


def _likeness(ours: str, theirs: str) -> float:
    """How alike two names are: by the words they share, or failing that by their letters."""
    one, other = _words(ours), _words(theirs)
    if not one or not other:
        return 0.0
    shared = 2 * len(one & other) / (len(one) + len(other))
    letters = SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other))).ratio()
    return min(0.98, max(shared, letters if letters > 0.8 else 0.0))


def _words(name: str) -> set[str]:
    spelt_out = re.sub(r"(?<=\b[A-Za-z])\.", "", name)  # D.O.B. is DOB
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z0-9]+", " ", spelt_out).casefold().split()
    spelt: Iterable[str] = " ".join(_SHORT.get(word, word) for word in apart).split()
    return {word for word in spelt if word not in _LITTLE}
