"""Who programmes reach, beside who is hurt. Small groups are withheld before anything is worked out from them, and others with
them, so that none can be worked out from the rest."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from headwater.delivery.models import AGES, NOT_KNOWN, Reach, Return
from headwater.delivery.questions.series import newest
from headwater.disclosure import Policy, protect_parts
from headwater.strategy.questions.findings import findings

WITHHELD = "withheld: too few"
CANNOT = "cannot be compared"
POLICY = "fewer-than-five"
SERVED = {"age": "Age", "ethnicity": "Ethnicity", "area": "Area"}
HARMED = {"age": ("people-in-violence.ages", "Victims aged {}"), "area": ("serious-violence.count", "")}
"""What in an edition counts those who are hurt. Of ethnicity no finding does."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, as a share of one with its interval; None where it is withheld or not known."""

    count: int | None
    share: float | None
    lower: float | None
    upper: float | None
    why: str = ""
    """Why there is no figure."""

    @property
    def words(self) -> str:
        """'12% (9% to 15%)', or why not."""
        if self.share is None or self.lower is None or self.upper is None:
            return self.why
        return f"{self.share:.0%} ({self.lower:.0%} to {self.upper:.0%})"


@dataclass(frozen=True, slots=True)
class Beside:
    """One group: of those reached, and of those hurt."""

    group: str
    served: Share
    harmed: Share
    ratio: str
    """The first share as a multiple of the second, with its interval; empty where it is not known."""
    says: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One table of the page."""

    by: str
    rows: tuple[Beside, ...]
    reached: int
    """People of whom it is known; each once in a quarter and an intervention."""
    not_known: int
    collecting: int
    """Interventions whose returns collect this."""
    returning: int
    """Interventions with any return in the year."""
    harmed_of: str
    """What the other side counts, and of when; empty where no finding does."""


def years() -> tuple[int, ...]:
    """Financial years of which returns are approved, the newest first."""
    found = Return.objects.filter(state__in=(Return.State.APPROVED, Return.State.LOCKED))
    return tuple(sorted(set(found.values_list("quarter__year", flat=True)), reverse=True))


def beside(year: int) -> tuple[Comparison, ...]:
    """By age, ethnicity and area: those reached in a year by approved returns, beside those hurt by the newest edition."""
    stands = (Return.State.APPROVED, Return.State.LOCKED)
    returns = list(Return.objects.filter(state__in=stands, quarter__year=year).values_list("pk", "intervention_id"))
    of = dict(returns)
    rows = list(Reach.objects.filter(returned__in=list(of)).values("returned_id", "table", "group", "people"))
    edition = newest()
    known = findings(edition) if edition else {}
    return tuple(_comparison(by, rows, of, known) for by in SERVED)


def _comparison(
    by: str, rows: Iterable[Mapping[str, Any]], of: Mapping[int, int], known: Mapping[str, Any]
) -> Comparison:
    counts: dict[str, int] = dict.fromkeys((*AGES, NOT_KNOWN), 0) if by == "age" else {NOT_KNOWN: 0}
    collecting: set[int] = set()
    for row in rows:
        if row["table"] == by and row["people"] is not None:
            counts[row["group"]] = counts.get(row["group"], 0) + row["people"]
            collecting.add(of[row["returned_id"]])
    hurt, harmed_of = _harmed(by, known)
    counts = dict.fromkeys(hurt, 0) | counts
    there = _rows(counts, hurt)
    reached = sum(count for group, count in counts.items() if group != NOT_KNOWN)
    return Comparison(SERVED[by], there, reached, counts[NOT_KNOWN], len(collecting), len(set(of.values())), harmed_of)


def shares(counts: Mapping[str, int]) -> dict[str, Share]:
    """Shares of those of whom it is known, small groups withheld, and others with them where they could be worked out.

    Those of whom it is not known are no group, and tell nothing of anybody.
    """
    names = [name for name in counts if name != NOT_KNOWN]
    whole = sum(counts[name] for name in names)
    verdicts = protect_parts([counts[name] for name in names], policy())
    return {name: _share(counts[name], whole, verdict) for name, verdict in zip(names, verdicts, strict=True)}


def _share(count: int, whole: int, verdict: str) -> Share:
    if verdict == "suppressed":
        return Share(None, None, None, None, WITHHELD)
    return _wilson(count, whole) if whole else Share(count, None, None, None, "nobody was reached")


def _wilson(count: int, whole: int) -> Share:
    from headwater.methods import wilson

    found = wilson(count, whole)
    return Share(count, float(found.value), float(found.lower), float(found.upper))


@cache
def policy() -> Policy:
    """Counts of one to four are withheld."""
    shipped: Any = files("headwater") / "definitions" / "disclosure" / f"{POLICY}.toml"
    return Policy.read(Path(str(shipped)))


def _harmed(by: str, known: Mapping[str, Any]) -> tuple[dict[str, Share], str]:
    """Shares of those hurt, by group, from cells that the edition shows; and what they count, and of when."""
    name, pattern = HARMED.get(by, ("", ""))
    if name not in known:
        return {}, ""
    finding = known[name]
    cells = _newest(finding["cells"])
    if by == "age":
        wanted = {age: [c for c in cells if c["group"] == pattern.format(age)] for age in AGES}
        picked = {age: found[0] for age, found in wanted.items() if found}
    else:
        picked = {c["place"]["name"]: c for c in cells if c["place"]["level"] == "ltla"}
    counts = {group: cell.get("numerator") for group, cell in picked.items()}
    if not counts or any(count is None for count in counts.values()):
        told = "withheld, or a part of the whole is"
        return dict.fromkeys(counts, Share(None, None, None, None, told)), _of(finding, cells)
    whole = sum(int(count) for count in counts.values())
    return {group: _wilson(int(count), whole) for group, count in counts.items()}, _of(finding, cells)


def _newest(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells of the newest year: twelve months, however it is labelled."""
    years = [cell for cell in cells if _months(cell) == 12]
    last = max((cell["period"]["end"] for cell in years), default="")
    found = [cell for cell in years if cell["period"]["end"] == last]
    labels = sorted(
        {cell["period"]["label"] for cell in found},
        key=lambda label: (-sum(c["period"]["label"] == label for c in found), label),
    )
    return [cell for cell in found if cell["period"]["label"] == labels[0]]


def _months(cell: Mapping[str, Any]) -> int:
    starts, ends = cell["period"]["start"], cell["period"]["end"]
    return (int(ends[:4]) - int(starts[:4])) * 12 + int(ends[5:7]) - int(starts[5:7]) + 1


def _of(finding: Mapping[str, Any], cells: list[dict[str, Any]]) -> str:
    return f"{finding['title']}, {cells[0]['period']['label']}" if cells else ""


def _rows(counts: Mapping[str, int], hurt: Mapping[str, Share]) -> tuple[Beside, ...]:
    """Every group, those that both sides count held against one another."""
    served = shares(counts)
    said = _represented(counts, served, hurt)
    none = Share(None, None, None, None, "not counted")
    return tuple(
        Beside(group, share, hurt.get(group, none), *said.get(group, ("", CANNOT))) for group, share in served.items()
    )


def _represented(
    counts: Mapping[str, int], served: Mapping[str, Share], hurt: Mapping[str, Share]
) -> dict[str, tuple[str, str]]:
    """By group, the share of those reached as a multiple of the share of those hurt, and what may be said of it."""
    from headwater.methods import representation

    groups = [group for group in served if group in hurt]
    harmed = [_or_nan(hurt[group].count) for group in groups]
    if not groups or any(math.isnan(count) for count in harmed):
        return {}
    apart = [group for group in served if group not in hurt]
    told = all(served[group].count is not None for group in apart)  # else the difference would tell who is elsewhere
    whole = sum(counts[group] for group in groups) + (0 if told else sum(counts[group] for group in apart))
    found = representation([_or_nan(served[group].count) for group in groups], harmed, served_total=whole)
    ends = zip(found.ratio.value, found.ratio.lower, found.ratio.upper, strict=True)
    said = [
        f"{value:.2f} ({lower:.2f} to {upper:.2f})" if not math.isnan(value) else "" for value, lower, upper in ends
    ]
    words = [CANNOT if each == "not known" else each for each in found.reached]
    return {group: (ratio, says) for group, ratio, says in zip(groups, said, words, strict=True)}


def _or_nan(count: int | None) -> float:
    return math.nan if count is None else float(count)
