"""What each row of a police file must be, and what it becomes: typed columns and, where it fails, the reason in words."""

from collections.abc import Mapping
from functools import reduce
from typing import Any

import narwhals as nw

from headwater.sources.conforming import REASON, Rules
from headwater.sources.sheets import RECORD, given

Frame = nw.LazyFrame[Any]
Codes = Mapping[str, Mapping[str, str]]
Faults = list[tuple[str, nw.Expr]]
Word = str | int
"""What stands for what a file says; a number until the rows are in order, where many rows must be put in order."""

_MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
_EVENT_ID = r"^[0-9A-Za-z_-]{1,64}$"
_NUMBER = r"^[+-]?[0-9]{1,3}([.][0-9]{1,12})?$"
_LSOA = r"^([EWSZ]01[0-9]{6}|95[A-Z]{2}[0-9]{2}[A-Z][0-9]|N2[01][0-9]{6})$"
"""England, Wales, Scotland (data zones), Northern Ireland (old and new), and Z for places that do not exist."""
_DAY = (
    "([0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)"
)
_MOMENT = f"^{_DAY}([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?)?$"
_WEST, _EAST, _SOUTH, _NORTH = -9.0, 2.2, 49.8, 61.0

_KIND, _OUTCOME = "number of the kind", "number of the outcome"
_ORDER = ("producer", "month", "area_code", _KIND, _OUTCOME, "longitude", "latitude", "event_id")


def street(codes: Codes) -> Rules:
    """Street-level crime: kind is the crime type, outcome the last outcome known."""
    kind, outcome = codes["crime_type"], codes["outcome"]

    def check(rows: Frame) -> Frame:
        columns = {
            **_crime(),
            _KIND: _coded("Crime type", _numbered(kind)),
            _OUTCOME: _coded("Last outcome category", _numbered(outcome)),
        }
        faults = [
            *_month_faults("Month"),
            *_crime_faults(),
            ("the crime type is not known", nw.col(_KIND).is_null()),
            ("the outcome is not known", _unknown("Last outcome category", _OUTCOME)),
            *_place_faults("LSOA code"),
        ]
        return _finished(rows, columns, faults)

    last = _alike("police_uk.street", "occurred", "setting") | {
        "kind": _word(_KIND, kind),
        "outcome": _word(_OUTCOME, outcome),
    }
    return Rules(check=check, order=_ORDER, repeats="Crime ID", last=last)


def outcomes(codes: Codes) -> Rules:
    """Crime outcomes: kind is the outcome type, month the month of the outcome."""
    kind = codes["outcome"]

    def check(rows: Frame) -> Frame:
        columns = {**_crime(), _KIND: _coded("Outcome type", _numbered(kind))}
        faults = [
            *_month_faults("Month"),
            *_crime_faults(),
            ("the outcome is not known", nw.col(_KIND).is_null()),
            *_place_faults("LSOA code"),
        ]
        return _finished(rows, columns, faults)

    order = tuple(name for name in _ORDER if name != _OUTCOME)
    last = _alike("police_uk.outcomes", "occurred", "setting", "outcome") | {"kind": _word(_KIND, kind)}
    return Rules(check=check, order=order, repeats="Crime ID", last=last)


_SEARCH_CODES = {  # column of the lake: (column of the file, list of codes, why not)
    "kind": ("Type", "search", "the type of search is not known"),
    "outcome": ("Outcome", "search_outcome", "the outcome is not known"),
    "setting": ("Object of search", "object", "the object of search is not known"),
    "sex": ("Gender", "sex", "the gender is not one of the words used"),
    "age_band": ("Age range", "age", "the age range is not one of those used"),
    "ethnicity": ("Self-defined ethnicity", "ethnicity", "the self-defined ethnicity is not one of the census groups"),
    "ethnicity_by_officer": (
        "Officer-defined ethnicity", "officer_ethnicity", "the officer-defined ethnicity is not one of the groups used",
    ),
}  # fmt: skip


def stop_and_search(codes: Codes) -> Rules:
    """Stop and search: an event for each search, and a person for each search of a person."""

    def check(rows: Frame) -> Frame:
        columns = {name: _coded(said, codes[words]) for name, (said, words, _) in _SEARCH_CODES.items()}
        number = (nw.col(RECORD) - 1).cast(nw.String())
        columns["event_id"] = nw.concat_str(nw.col("month"), nw.col("producer"), number, separator="-")
        columns |= {"occurred": _moment("Date"), **_point()}
        unknown = [(why, _unknown(said, name)) for name, (said, _, why) in _SEARCH_CODES.items() if name != "kind"]
        faults: Faults = [
            ("the date cannot be read", nw.col("occurred").is_null()),
            ("the month differs from that of the file", ~_is_in_month("occurred")),
            (_SEARCH_CODES["kind"][2], nw.col("kind").is_null()),
            *unknown,
            *_point_faults(),
        ]
        return _finished(rows, columns, faults)

    order = ("producer", "month", RECORD)
    people = nw.col("kind") != "vehicle-search"
    last = _alike("police_uk.stop_and_search", "area_code") | {"role": nw.lit("searched")}
    return Rules(check=check, order=order, numbered=True, last=last, only={"people": people})


def _finished(rows: Frame, columns: Mapping[str, nw.Expr], faults: Faults) -> Frame:
    """The rows with their typed columns, and the first fault of each."""
    reason = reduce(_or_else, reversed(faults), _empty())
    marked = rows.with_columns(**columns).with_columns(**{REASON: reason})
    stated = [name for name in ("outcome", "setting", "sex", "age_band", "ethnicity", "ethnicity_by_officer")
              if name in columns]  # fmt: skip
    return marked.with_columns(**{name: _stated(name) for name in stated}) if stated else marked


def _alike(dataset: str, *empty: str) -> dict[str, nw.Expr]:
    """What every row of a dataset says: its name, and nothing in the columns that are `empty`."""
    nothing = {name: nw.lit(None, dtype=nw.Datetime("us")) if name == "occurred" else _empty() for name in empty}
    return {"dataset": nw.lit(dataset), **nothing}


def _or_else(reason: nw.Expr, fault: tuple[str, nw.Expr]) -> nw.Expr:
    return nw.when(fault[1]).then(nw.lit(fault[0])).otherwise(reason)


def _as_given(column: str) -> nw.Expr:
    return nw.col(given(column))


def _said(column: str) -> nw.Expr:
    """What the file says, without stray space; an empty cell is an empty text."""
    return _as_given(column).fill_null("").str.strip_chars()


def _empty() -> nw.Expr:
    return nw.lit(None, dtype=nw.String())


def _kept(column: str, pattern: str) -> nw.Expr:
    """The text where it has the pattern, else null: so that a cast can never meet what it cannot read.

    Trimming is work, and hardly any cell needs it: it is done only where the cell does not fit as it stands.
    """
    said, trimmed = _as_given(column), _said(column)
    fallback = nw.when(trimmed.str.contains(pattern)).then(trimmed).otherwise(_empty())
    return _unless_empty(column, nw.when(said.str.contains(pattern)).then(said).otherwise(fallback), _empty())


def _coded(column: str, codes: Mapping[str, Word]) -> nw.Expr:
    """The word for what the file says: null where it is not listed, an empty text where it means 'not stated'."""
    folded = {entry.casefold(): word for entry, word in codes.items()}
    nothing = nw.lit(None, dtype=nw.String() if all(isinstance(word, str) for word in codes.values()) else nw.Int64())
    fallback = _looked_up(_said(column).str.to_lowercase(), folded, nothing)
    return _unless_empty(column, _looked_up(_as_given(column), codes, fallback), nothing)


def _looked_up(said: nw.Expr, codes: Mapping[str, Word], fallback: nw.Expr) -> nw.Expr:
    return reduce(
        lambda rest, code: nw.when(said == code[0]).then(nw.lit(code[1])).otherwise(rest), codes.items(), fallback
    )


def _numbered(codes: Mapping[str, str]) -> dict[str, int]:
    """The place of each word among the words: numbers are in the words' order, and quicker to put in order."""
    places = {word: place for place, word in enumerate(_words(codes))}
    return {entry: places[word] for entry, word in codes.items()}


def _word(number: str, codes: Mapping[str, str]) -> nw.Expr:
    """The word of a number; null for none, and where the word is empty because nothing was stated."""
    numbered = ((place, word) for place, word in enumerate(_words(codes)) if word)
    return reduce(
        lambda rest, one: nw.when(nw.col(number) == one[0]).then(nw.lit(one[1])).otherwise(rest), numbered, _empty()
    )


def _words(codes: Mapping[str, str]) -> list[str]:
    """Each word once, in order, the empty one last as NULL is."""
    return sorted(set(codes.values()), key=lambda word: (not word, word))


def _unless_empty(column: str, expression: nw.Expr, nothing: nw.Expr) -> nw.Expr:
    return nw.when(_as_given(column).is_null()).then(nothing).otherwise(expression)


def _stated(name: str) -> nw.Expr:
    return nw.when(nw.col(name) != "").then(nw.col(name)).otherwise(_empty())


def _unknown(column: str, name: str) -> nw.Expr:
    """Something is said, and it is not in the list."""
    return _and_then(nw.col(name).is_null() & ~_as_given(column).is_null(), _said(column) != "")


def _and_then(first: nw.Expr, second: nw.Expr) -> nw.Expr:
    """Both, where the second is work: an engine works out both sides of an `&` for every row, and the arm of a `when` only
    for the rows that come to it."""
    return nw.when(first).then(second).otherwise(nw.lit(False))


def _point() -> dict[str, nw.Expr]:
    return {
        "longitude": _kept("Longitude", _NUMBER).cast(nw.Float64()),
        "latitude": _kept("Latitude", _NUMBER).cast(nw.Float64()),
    }


def _crime() -> dict[str, nw.Expr]:
    return {
        **_point(),
        "event_id": _kept("Crime ID", _EVENT_ID),
        "area_code": _kept("LSOA code", _LSOA),
    }


def _moment(column: str) -> nw.Expr:
    return _kept(column, _MOMENT).cast(nw.Datetime("us"))


def _month_faults(column: str) -> Faults:
    differs = _as_given(column).fill_null("") != nw.col("month")
    return [
        ("the month cannot be read", _and_then(differs, ~_said(column).str.contains(_MONTH))),
        ("the month differs from that of the file", _and_then(differs, _said(column) != nw.col("month"))),
    ]


def _is_in_month(column: str) -> nw.Expr:
    """By the clock on the wall: in summer the last hour of a month, in universal time, is in the next month."""
    universal, summer = nw.col(column), nw.col(column).dt.offset_by("1h")
    month = nw.col("month")
    return (universal.dt.to_string("%Y-%m") == month) | (summer.dt.to_string("%Y-%m") == month)


def _crime_faults() -> Faults:
    return [("the crime ID is not one", _unknown("Crime ID", "event_id"))]


def _point_faults() -> Faults:
    longitude, latitude = nw.col("longitude"), nw.col("latitude")
    one_alone = longitude.is_null() != latitude.is_null()
    garbled = _unknown("Longitude", "longitude") | _unknown("Latitude", "latitude")
    inside = longitude.is_between(_WEST, _EAST) & latitude.is_between(_SOUTH, _NORTH)
    return [
        ("the coordinates are not two numbers", garbled | one_alone),
        ("the coordinates are outside the United Kingdom", ~longitude.is_null() & ~inside),
    ]


def _place_faults(column: str) -> Faults:
    return [*_point_faults(), ("the LSOA code is malformed", _unknown(column, "area_code"))]
