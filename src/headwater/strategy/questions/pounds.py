"""Money in words: whole pence in, pounds out, and no fraction lost on the way."""

from dataclasses import dataclass
from datetime import date

from headwater.strategy.questions.content import Entry
from headwater.strategy.questions.standing import Strategy


def pounds(pence: int) -> str:
    """'£86,400', or '£1.05' where there are pence."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}{f'.{rest:02}' if rest else ''}"


@dataclass(frozen=True, slots=True)
class Stream:
    """What comes from one source."""

    source: str
    pence: int
    labour: int
    match: int
    ends: str
    """The last day of its last line."""
    strands: int
    """Pence that cannot be carried over into the next financial year."""
    actions: tuple[Entry, ...]
    alone: tuple[Entry, ...]
    """The actions that nothing else pays for."""


def streams(strategy: Strategy) -> tuple[Stream, ...]:
    """Every source of money, the largest first."""
    sources = dict.fromkeys(line["source"] for line in strategy.money)
    found = (_stream(strategy, source) for source in sources)
    return tuple(sorted(found, key=lambda each: (-each.pence, each.source)))


def _stream(strategy: Strategy, source: str) -> Stream:
    lines = strategy.of("money", source=source)
    slugs = dict.fromkeys(line["action"] for line in lines)
    paid = [act for slug in slugs if (act := strategy.find("actions", slug))]
    alone = [act for act in paid if {line["source"] for line in strategy.of("money", action=act["slug"])} == {source}]
    return Stream(
        source=source,
        pence=sum(line["pence"] for line in lines),
        labour=sum(line["pence"] for line in lines if line["spent_on"] == "labour"),
        match=sum(line["pence"] for line in lines if line["is_match"]),
        ends=max(line["ends"] for line in lines),
        strands=sum(line["pence"] for line in lines if not line["carries_over"]),
        actions=tuple(paid),
        alone=tuple(alone),
    )


def day_words(day: str | None) -> str:
    """'2026-03-31' as '31 March 2026'; nothing where there is no day."""
    if not day:
        return ""
    when = date.fromisoformat(day)
    return f"{when.day} {when:%B %Y}"
