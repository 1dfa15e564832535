"""What a partner promised to send: the datasets of a source, read from its `contract.toml`.

A contract is data an analyst may edit. One file holds what is true of the whole source, then a `[datasets.<name>]` table
for each dataset and, where the source has lists of codes, `[codes.<list>]` tables of 'what the file says' -> 'our slug';
`codes_in_common` names the lists it takes from `codes.toml`, which several partners share.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from headwater.vocabulary import BadInput, MissingColumns, WrongRequest, did_you_mean, month_number

Personal = Literal[
    "name", "date_of_birth", "nhs_number", "person_number", "postcode", "address", "place_words", "free_text"
]
"""What can tell who somebody is. `person_number` is a partner's own number for a person; `place_words` a place described in
words; `free_text` anything else that somebody wrote."""
PERSONAL = frozenset(get_args(Personal))
COMMON = Path(__file__).with_name("codes.toml")
"""Lists of codes that several partners write alike."""
Part = Literal["", "given", "family"]
_LIKE = 0.3
"""The share of the required columns that a header must have before its own words are repeated."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column a file may have."""

    name: str
    """Its name today, as the contract gives it."""
    accepted: tuple[str, ...]
    """Names it has had before; case and surrounding space never matter."""
    required: bool
    kept: bool
    """Does any of it enter the lake?"""
    meaning: str
    holds: Personal | None = None
    """What the column tells about a person, where it could tell who they are: it never enters the lake as it stands."""
    form: str = ""
    """In a dataset that passes the edge, what its cells may be: 'time', 'yes-no', 'age', 'producer', 'event' (the partner's own
    number for the event, which becomes a key), 'offence' (a code of the Counting Rules), 'area' (the code of a small area),
    'key' (the partner's own number for something that is no person, such as a vehicle, which becomes a key), or
    'codes:<list>' of the contract. A cell of no other form ever passes. In a return
    filled in by hand, 'codes:<list>' and 'area' say what its template offers."""
    part: Part = ""
    """Of a column that holds a name: which part of it, for linkage; empty where it is the whole."""


@dataclass(frozen=True, slots=True)
class Edge:
    """How a dataset with personal columns is made safe before any of it is kept: the `edge` table of its contract."""

    producer: str
    """The column that says whose row it is: a site, a team."""
    month: tuple[str, ...]
    """The columns of form 'time' whose first filled cell gives a row its month, the one the return is for."""
    event: tuple[str, ...]
    """The columns of form 'time' at whose first filled cell age is reckoned: when the thing happened."""
    ages: tuple[int, ...] = ()
    """The lowest age of each band, rising from 0."""


@dataclass(frozen=True, slots=True)
class Break:
    """A month from which figures may not be compared with those before it: the counting changed, not the thing counted."""

    month: str
    """The first month counted in the new way, '2020-09'."""
    why: str
    source_url: str
    """Where the publisher says so."""

    def __post_init__(self) -> None:
        try:
            _ = month_number(self.month)
        except WrongRequest as problem:
            raise BadInput(f"a break in a series: {problem}") from problem
        if not self.why.strip() or not self.source_url.startswith("https://"):
            raise BadInput(f"the break of {self.month} needs a `why`, and a `source_url` that begins with https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What one dataset is, whose it is, and what its files look like."""

    dataset: str
    """'police_uk.street'."""
    title: str
    producer: str
    """Who publishes it, in words."""
    licence: str
    attribution: str
    source_url: str
    rhythm: str
    """How often it comes, in words."""
    expects: str
    """What a file of it is called, for the message when nothing is recognised."""
    reader: int
    """The version of the reader; it rises when the same file would conform differently."""
    tables: tuple[str, ...]
    """The conformed tables it fills."""
    columns: tuple[Column, ...]
    codes: Mapping[str, Mapping[str, str]]
    """The source's lists of codes: list -> what the file says -> the word used in the lake."""
    due_months: int | None = None
    """A month's return is due by the end of this many months after it; None where nobody says."""
    agreement: bool = False
    """Does it come under a sharing agreement? What is published under an open licence does not."""
    policy: str = ""
    """The disclosure policy its figures are shown under, a file of `definitions/disclosure`; empty for the workspace's own."""
    edge: Edge | None = None
    """How its files are made safe; a dataset with personal columns has one."""
    adds_up: tuple[str, ...] = ()
    """The words of a group of `counts` whose values make up the whole between them: 'age' where every row has an age."""
    adds_over: tuple[str, ...] = ()
    """Over what its `counts` are added up to one figure of an area and its months: 'producer' (each organisation returns its
    own), and words of a group; empty where one publisher's figure stands alone."""
    by_hand: bool = False
    """Do people fill it in by hand? Then columns that are not the contract's are not read, one that may hold names is refused,
    merged cells stand in every row they cover, and no more than the table is kept of the file."""
    guide: tuple[str, ...] = ()
    """Sentences for whoever fills it in by hand, which its template says."""
    rounded_to: float = 0.0
    """The unit that its figures are rounded to before they are published; nought where they are exact."""
    breaks: tuple[Break, ...] = ()
    """Where the series breaks, earliest first: a chart draws each, and no change is worked out across one."""

    @property
    def personal(self) -> tuple[Column, ...]:
        """The columns that could tell who somebody is."""
        return tuple(column for column in self.columns if column.holds)

    def match(self, header: tuple[str, ...]) -> dict[str, str]:
        """Canonical column name -> the header's own name for it, for every column that is there.

        Raises MissingColumns, with did-you-mean, where a required column is absent; BadInput where one comes twice.
        """
        offered: dict[str, str] = {}
        for given in filter(folded, header):  # a column without a name is nobody's, and two of them are not one twice
            if folded(given) in offered:
                raise BadInput(f"{self.dataset}: the header has {self._known(given)} twice. No rows were read.")
            offered[folded(given)] = given
        matched = {
            column.name: given
            for column in self.columns
            for given in _first(map(folded, (column.name, *column.accepted)), offered)
        }
        if missing := {column.name for column in self.columns if column.required} - matched.keys():
            few = sum(column.required for column in self.columns) < 3
            told = (
                header if few or self.likeness(header) >= _LIKE else ()
            )  # else it may be no header, but somebody's row
            raise MissingColumns(missing, told, contract=self.dataset)
        return matched

    def _known(self, given: str) -> str:
        """A column of the header by the contract's own name for it: one it does not know may be a cell."""
        names = (c.name for c in self.columns if folded(given) in map(folded, (c.name, *c.accepted)))
        return f"the column {next(names, None)!r}".replace("the column None", "a column")

    def offers(self, column: Column, header: tuple[str, ...]) -> bool:
        """Does the header have the column, by its name or one it had before?"""
        offered = set(map(folded, header))
        return any(folded(name) in offered for name in (column.name, *column.accepted))

    def likeness(self, header: tuple[str, ...]) -> float:
        """The share of the required columns that `header` has, 0 to 1."""
        wanted = [column for column in self.columns if column.required]
        return sum(self.offers(column, header) for column in wanted) / len(wanted)


def folded(name: str) -> str:
    """A column's name with case, quotes, a byte-order mark and stray space forgiven."""
    return " ".join(name.replace("\ufeff", "").strip().strip("\"'").split()).casefold()


def _first(names: Any, offered: Mapping[str, str]) -> list[str]:
    """The first of `names` that is offered, as a list of one or none."""
    return next(([offered[name]] for name in names if name in offered), [])


def read_contracts(path: Path) -> dict[str, Contract]:
    """Every dataset of one `contract.toml`, by the dataset's full name. The source's name is the folder's."""
    said = tomllib.loads(path.read_text("utf-8"))
    try:
        return {contract.dataset: contract for contract in _contracts(path.parent.name, said)}
    except (KeyError, TypeError) as problem:
        raise BadInput(f"{path.name} of {path.parent.name}: missing or not understood: {problem}") from problem


def _contracts(source: str, said: dict[str, Any]) -> list[Contract]:
    shared = ("producer", "licence", "attribution", "source_url", "rhythm")
    return [
        Contract(
            dataset=f"{source}.{name}",
            title=own["title"],
            expects=own["expects"],
            reader=own["reader"],
            tables=tuple(own["tables"]),
            columns=tuple(_column(column, about) for column, about in own["columns"].items()),
            codes=_codes(said),
            due_months=own.get("due_months", said.get("due_months")),
            agreement=own.get("agreement", said.get("agreement", False)),
            policy=own.get("policy", said.get("policy", "")),
            adds_up=tuple(own.get("adds_up", ())),
            adds_over=tuple(own.get("adds_over", ())),
            by_hand=own.get("by_hand", False),
            guide=tuple(own.get("guide", ())),
            rounded_to=float(own.get("rounded_to", said.get("rounded_to", 0.0))),
            breaks=tuple(sorted((Break(**told) for told in own.get("breaks", ())), key=lambda told: told.month)),
            edge=_edge(own["edge"]) if "edge" in own else None,
            **{word: own.get(word, said.get(word)) or _absent(word) for word in shared},
        )
        for name, own in said["datasets"].items()
    ]


def _codes(said: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The source's own lists, and those it has in common with others, to which it may add."""
    own: dict[str, dict[str, str]] = said.get("codes", {})
    shared: list[str] = said.get("codes_in_common", [])
    common = tomllib.loads(COMMON.read_text("utf-8")) if shared else {}
    return own | {name: common[name] | own.get(name, {}) for name in shared}


def _edge(said: dict[str, Any]) -> Edge:
    return Edge(said["producer"], tuple(said["month"]), tuple(said["event"]), tuple(said.get("ages", ())))


def _absent(word: str) -> str:
    raise KeyError(word)


def _column(name: str, about: dict[str, Any]) -> Column:
    return Column(
        name=name,
        accepted=tuple(about.get("accepted", ())),
        required=about.get("required", True),
        kept=about.get("kept", True),
        meaning=about["meaning"],
        holds=_holds(name, about.get("holds")),
        form=about.get("form", ""),
        part=_part(name, about.get("part", "")),
    )


def _part(name: str, said: str) -> Any:
    if said not in get_args(Part):
        raise BadInput(
            f"the column {name!r} is the part {did_you_mean(said, ('given', 'family'))} of a name: given or family"
        )
    return said


def _holds(name: str, said: str | None) -> Any:
    if said is not None and said not in PERSONAL:
        raise BadInput(
            f"the column {name!r} holds {did_you_mean(said, PERSONAL)}: it can be {', '.join(sorted(PERSONAL))}"
        )
    return said
