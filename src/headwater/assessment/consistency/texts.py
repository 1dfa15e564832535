"""Texts held against themselves and one another: the same thing said with two figures, and shares that do not follow."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from headwater.assessment.consistency.doubts import Doubt
from headwater.assessment.consistency.numerals import one_slip_apart, rounds_to
from headwater.assessment.consistency.statements import BARE, Statement, Text, statements
from headwater.assessment.consistency.sums import doubts_of_sums
from headwater.methods import percentage_and_counts
from headwater.vocabulary import BadInput, did_you_mean

KINDS = (".md", ".txt", ".markdown")


def check_files(paths: Sequence[Path]) -> tuple[Doubt, ...]:
    """Check text files, held together as one publication.

    Raises BadInput where one is absent, is of another kind, or is not text in UTF-8.
    """
    return check_texts([(path.name, _read(path)) for path in paths])


def _read(path: Path) -> str:
    if not path.is_file():
        beside = sorted(other.name for other in path.parent.iterdir()) if path.parent.is_dir() else []
        raise BadInput(f"there is no file {did_you_mean(path.name, beside)} in {path.parent}")
    if path.suffix.casefold() not in KINDS:
        raise BadInput(
            f"{path.name} is not a text file: figures are read in {', '.join(KINDS)}. Paste the text of the document into one."
        )
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadInput(f"{path.name} is not text in UTF-8. Save it again as UTF-8.") from problem


def check_texts(texts: Iterable[tuple[str, str]]) -> tuple[Doubt, ...]:
    """Every doubt about the figures of some texts, (name, text) pairs, held together; in order of place."""
    read = [Text(name, text) for name, text in texts]
    found = [statement for text in read for statement in statements(text)]
    doubts = {doubt for text in read for doubt in doubts_of_sums(text)}
    doubts.update(doubt for statement in found for doubt in _share(statement))
    wholes = _wholes(found)
    doubts.update(doubt for pair in _pairs(found) for doubt in _held_together(*pair, wholes.get(pair[0].period)))
    return tuple(sorted(doubts))


def _pairs(found: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Statements of one unit, one period and one turn in their clause, two at a time; without a period nothing is the same."""
    by_kind: dict[object, list[Statement]] = {}
    for one in found:
        if one.period:
            by_kind.setdefault((one.numeral.unit, one.period, one.turn), []).append(one)
    for alike in by_kind.values():
        yield from combinations(alike, 2)


def _wholes(found: Sequence[Statement]) -> dict[str | None, float]:
    """By period, the one count that is said of everything: 'there were 19,125 referrals'. None where two are said."""
    said: dict[str | None, set[float]] = {}
    for statement in found:
        if statement.numeral.unit == "count" and statement.period and statement.subject <= BARE:
            said.setdefault(statement.period, set()).add(statement.numeral.value)
    return {period: values.pop() for period, values in said.items() if len(values) == 1}


def _held_together(one: Statement, other: Statement, whole: float | None) -> Iterator[Doubt]:
    if one.numeral.value == other.numeral.value or rounds_to(one.numeral, other.numeral) or _loose(one, other):
        return
    if one.subject == other.subject and one.sentence != other.sentence and _in_one_setting(one, other):
        yield _scoped(one, other) if one.scope != other.scope else _contradiction(one, other, whole)
    elif _alike(one, other):
        said = f"{_figures(one, other)} may be of the same thing ({', '.join(sorted(one.subject & other.subject))})"
        yield _doubt(
            "look", one, other, f"{said}, and differ as a slip of the hand would make them.{_tell(one, other, whole)}"
        )


def _in_one_setting(one: Statement, other: Statement) -> bool:
    """Does one sentence speak of nothing that the other does not? “… in the least deprived” may be of robbery or of drugs."""
    return one.context <= other.context or other.context <= one.context


def _loose(one: Statement, other: Statement) -> bool:
    return one.numeral.loose or other.numeral.loose


def _alike(one: Statement, other: Statement) -> bool:
    """The same share beside two figures a slip apart, of one thing said more fully once than the other time."""
    shared = one.subject & other.subject
    fuller = one.subject <= other.subject or other.subject <= one.subject
    same_share = one.numeral.share is not None and other.numeral.share in (None, one.numeral.share)
    same_share |= other.numeral.share is not None and one.numeral.share is None
    return (
        bool(shared)
        and fuller
        and same_share
        and one_slip_apart(one.numeral, other.numeral)
        and one.scope == other.scope
    )


def _contradiction(one: Statement, other: Statement, whole: float | None) -> Doubt:
    said = f"{_figures(one, other)} are said of the same thing ({', '.join(sorted(one.subject))})"
    return _doubt("contradiction", one, other, f"{said}{_when(one)}.{_tell(one, other, whole)}")


def _scoped(one: Statement, other: Statement) -> Doubt:
    scopes = " and ".join(", ".join(sorted(s.scope)) or "no scope said" for s in (one, other))
    return _doubt("scope", one, other, f"{_figures(one, other)} have the same words{_when(one)} and another scope ({scopes}): "
                  "say the scope with each, every time.")  # fmt: skip


def _doubt(kind: str, one: Statement, other: Statement, words: str) -> Doubt:
    where = one.where if one.where == other.where else f"{one.where} and {other.where}"
    return Doubt(where, kind, words, tuple(dict.fromkeys((one.sentence, other.sentence))))  # type: ignore[arg-type]


def _figures(one: Statement, other: Statement) -> str:
    return f"{one.numeral.text} and {other.numeral.text}"


def _when(one: Statement) -> str:
    return f" in {one.period}" if one.period else ""


def _tell(one: Statement, other: Statement, everyone: float | None) -> str:
    """Which of the two follows from the share printed beside them, if that can tell."""
    share = one.numeral.share or other.numeral.share
    whole = one.whole or other.whole or everyone
    if share is None or whole is None:
        return ""
    values = [one.numeral.value, other.numeral.value]
    found = percentage_and_counts(values, whole, share[0], decimals=share[1])
    said = f"{share[0]:.{share[1]}f}% of {whole:,.0f}"
    follow = [text for text, follows in zip(_texts(one, other), found.follows, strict=True) if follows]
    if len(follow) == 1:
        return f" Only {follow[0]} follows from {said}."
    which = "Both follow" if follow else "Neither follows"
    return f" {which} from {said}, so the share cannot tell which is right."


def _texts(one: Statement, other: Statement) -> tuple[str, str]:
    return one.numeral.text, other.numeral.text


def _share(one: Statement) -> Iterator[Doubt]:
    """A count with its share in brackets and its whole after 'of', all in one sentence."""
    share, whole = one.numeral.share, one.whole
    if share is None or not whole or one.numeral.unit != "count" or one.numeral.value > whole or one.numeral.loose:
        return
    found = percentage_and_counts(one.numeral.value, whole, share[0], decimals=share[1])
    if found.follows == (False,):
        words = f"{one.numeral.text} of {whole:,.0f} is {float(found.exact):.{share[1] + 1}f}%, not {share[0]:.{share[1]}f}%"
        yield Doubt(one.where, "share", words, (one.sentence,))
