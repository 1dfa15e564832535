"""Does a return make sense? What cannot be true stops it from being sent; what is odd wants a word of explanation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from headwater.delivery.models import COUNTS, NOT_KNOWN, TABLES, Return, groups_of
from headwater.delivery.questions.earlier import Carried, carried_into

ASKED = {
    "referred": "how many were referred",
    "accepted": "how many were accepted",
    "started": "how many started",
    "completed": "how many completed",
    "people": "how many different people you worked with",
    "contacts": "how many contacts there were",
}


@dataclass(frozen=True, slots=True)
class Problems:
    """What was found. `wrong` cannot be true or is not answered; `odd` may be true. Each names the answer it is about."""

    wrong: tuple[tuple[str, str], ...] = ()
    odd: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """The answers of a return that the checks look at."""

    counts: Mapping[str, int | None]
    tables: Mapping[str, Mapping[str, int] | None]
    """By table; None where it is not collected."""
    groups: Mapping[str, tuple[str, ...]]
    unspent: tuple[str, ...] = ()
    """Names of the grant lines for which no spending was said."""
    story: bool = False
    consent: bool = False
    note: bool = field(default=False)


def problems_of(returned: Return) -> Problems:
    """Everything that is wrong or odd with a return."""
    return problems(said_by(returned), carried_into(returned))


def said_by(returned: Return) -> Said:
    """What a return says, as the checks read it."""
    tables: dict[str, dict[str, int] | None] = {name: {} for name in TABLES}
    for row in returned.reach.all():
        held = tables[row.table]
        if row.people is None:
            tables[row.table] = None
        elif held is not None:
            held[row.group] = row.people
    told = {spend.line_id for spend in returned.spends.all() if spend.spent is not None}
    lines = returned.intervention.lines.filter(year=returned.quarter.year)
    return Said(
        counts={name: getattr(returned, name) for name in COUNTS},
        tables=tables,
        groups={name: groups_of(name, returned.intervention) for name in TABLES},
        unspent=tuple(str(line) for line in lines if line.pk not in told),
        story=bool(returned.story.strip()),
        consent=returned.consent_on is not None and bool(returned.consent_held.strip()),
        note=bool(returned.note.strip()),
    )


def problems(said: Said, carried: Carried) -> Problems:
    """Look at every answer. Sums and steps are judged only where both sides were answered."""
    wrong = [(name, f"Say {ASKED[name]}, or 0 if none.") for name in COUNTS if said.counts[name] is None]
    steps = list(_steps(said.counts, carried))
    odd = steps if carried.absent else []
    wrong += [] if carried.absent else steps
    wrong += [*_people(said.counts), *_unanswered(said), *_other(said)]
    odd += list(_sums(said))
    if odd and not said.note:
        wrong.append(("note", "Some numbers are odd (see below). Mend them, or say why in “What we should know”."))
    return Problems(tuple(wrong), tuple(odd))


def _steps(counts: Mapping[str, int | None], carried: Carried) -> Iterator[tuple[str, str]]:
    """Each step can hold no more than came to it: this quarter, and from before."""
    ladder = (
        ("accepted", "referred", carried.waiting, "were waiting from before"),
        ("started", "accepted", carried.accepted, "were accepted before and had not started"),
        ("completed", "started", carried.taking_part, "were taking part already"),
    )
    for name, came, held, words in ladder:
        here, before = counts[name], counts[came]
        if here is not None and before is not None and here > before + held:
            yield (
                name,
                (
                    f"{here} {name}, but only {before} were {came} this quarter and {held} {words}"
                    f"{_absent(carried.absent)}: {before + held} at most."
                ).replace("were started", "started"),
            )


def _absent(quarters: Iterable[str]) -> str:
    named = ", ".join(quarters)
    return f" (as far as is known: there is no return for {named})" if named else ""


def _people(counts: Mapping[str, int | None]) -> Iterator[tuple[str, str]]:
    people, contacts, started = counts["people"], counts["contacts"], counts["started"]
    if people is not None and contacts is not None and people > contacts:
        yield (
            "contacts",
            (
                f"{people} different people but only {contacts} contacts: everybody you worked with was met at least once."
            ),
        )
    if people is not None and started is not None and started > people:
        yield (
            "people",
            f"{started} started, but you worked with only {people} different people. Whoever starts is counted.",
        )


def _unanswered(said: Said) -> Iterator[tuple[str, str]]:
    for name, table in said.tables.items():
        if table is not None and (empty := [group for group in said.groups[name] if group not in table]):
            yield (
                f"reach-{name}",
                (
                    f"{TABLES[name]}: {len(empty)} of {len(said.groups[name])} boxes are empty. Put 0 where there was nobody, "
                    "or say that you do not collect it."
                ),
            )


def _other(said: Said) -> Iterator[tuple[str, str]]:
    for name in said.unspent:
        yield "money", f"{name}: say what was spent this quarter, or 0."
    if said.story and not said.consent:
        yield (
            "consent_on",
            "A story wants the day of the consent to it, and where that consent is kept. Or take the story out.",
        )


def _sums(said: Said) -> Iterator[tuple[str, str]]:
    people = said.counts["people"]
    for name, table in said.tables.items():
        if table is None or people is None or set(table) != set(said.groups[name]):
            continue
        total = sum(table.values())
        if total != people:
            gap = abs(total - people)
            less = f"{gap} too few: put those you do not know of in “{NOT_KNOWN}”."
            more = f"{gap} too many: somebody may stand in two boxes."
            yield (
                f"reach-{name}",
                (
                    f"{TABLES[name]}: the boxes add up to {total}, but you worked with {people} different people. "
                    + (less if total < people else more)
                ),
            )
