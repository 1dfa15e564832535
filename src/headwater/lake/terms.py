"""Under what terms data landed, and which terms hold today."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from headwater.lake.agreements import Agreement, Shared
from headwater.sources import Contract
from headwater.vocabulary import NotAgreed, month_name, month_number


@dataclass(frozen=True, slots=True)
class Terms:
    """The agreement that a file landed under, as it was on that day."""

    agreement: str
    version: str
    sha256: str
    """Of the agreement's file."""
    smallest_shown: int
    starts: str
    expires: str
    after_expiry: str
    delete_by: str
    """The first day on which the file must be gone."""
    clause: str
    """The clause on retention, by number."""

    def today(self, agreements: Mapping[str, Agreement], received: str) -> "Terms":
        """The terms as the agreement's file has them now (it may have been renewed), never showing more than was promised."""
        now = agreements.get(self.agreement)
        if now is None:
            return self
        strict = max(self.smallest_shown, now.smallest_shown)
        return replace(terms_of(now, date.fromisoformat(received)), smallest_shown=strict)

    def ended(self, day: str) -> bool:
        """May no figure rest on it any longer, on this day?"""
        return self.after_expiry == "stop" and day > self.expires


def terms_of(agreement: Agreement, received: date) -> Terms:
    """What an agreement says of a file received on a day."""
    return Terms(
        agreement=agreement.name,
        version=agreement.version,
        sha256=agreement.sha256,
        smallest_shown=agreement.smallest_shown,
        starts=agreement.starts.isoformat(),
        expires=agreement.expires.isoformat(),
        after_expiry=agreement.after_expiry,
        delete_by=months_after(received, agreement.retention_months).isoformat(),
        clause=agreement.clauses["retention"],
    )


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or the first of the next where that month has no such day."""
    later = month_number(f"{day:%Y-%m}") + months
    try:
        return date.fromisoformat(f"{month_name(later)}-{day.day:02d}")
    except ValueError:
        return date.fromisoformat(f"{month_name(later + 1)}-01")


def agreed(
    agreements: Collection[Agreement], promised: Contract, columns: Sequence[str], received: date
) -> tuple[Agreement, Shared]:
    """The agreement under which a file with these of the contract's columns may land on a day.

    Raises NotAgreed, citing the clause of the nearest, where there is none. Columns that could tell who somebody is need not
    be in it: those that are not are never read.
    """
    naming = [each for each in agreements if promised.dataset in each.datasets]
    if not naming:
        raise NotAgreed(
            f"no agreement in this workspace shares {promised.dataset}. Put it in one with `headwater agreement new NAME`; "
            "nothing was kept."
        )
    standing = [each for each in naming if each.in_force(received)]
    if not standing:
        raise NotAgreed(_out_of_force(max(naming, key=lambda each: each.expires), promised, received))
    wanted = {column.name for column in promised.columns if column.kept and not column.holds} & set(columns)
    short = {each.name: sorted(wanted - each.datasets[promised.dataset].fields) for each in standing}
    for each in standing:
        if not short[each.name]:
            return each, each.datasets[promised.dataset]
    nearest = min(standing, key=lambda each: (len(short[each.name]), each.name))
    raise NotAgreed(
        f"{nearest.clause('fields')} does not cover {', '.join(map(repr, short[nearest.name]))} of {promised.dataset}. "
        "Ask for the file without, or agree it and add it to the agreement; nothing was kept."
    )


def _out_of_force(last: Agreement, promised: Contract, received: date) -> str:
    past = received > last.expires
    why = f"ended on {last.expires}" if past else f"begins on {last.starts}"
    return (
        f"{last.clause('term')}, which shares {promised.dataset}, {why}; the file was received on {received}. "
        f"{'Renew the agreement' if past else 'Wait for that day'}; nothing was kept."
    )
