"""The papers of a snapshot: for every file, whence it came and where its rows went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headwater.lake.accounts import FileAccount
from headwater.lake.coverage import Coverage, Return, cover
from headwater.lake.manifest import LandedExtract
from headwater.lake.terms import Terms
from headwater.lake.winners import Claim, Held, claims_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """One file that a snapshot holds.

    `rows == conformed + quarantined + duplicates`. `superseded` says how many of the conformed rows are not used because
    a newer release speaks for their month: all of them or none, unless the file covers several months.
    """

    dataset: str
    producer: str
    month: str | None
    file: str
    """Its name inside what was landed."""
    package: str
    """The SHA-256 of what was landed."""
    package_name: str
    rows: int
    received: str
    licence: str
    attribution: str
    conformed: int
    quarantined: int
    duplicates: int
    superseded: int
    months: tuple[tuple[str, int], ...] = ()
    """For a file that covers several months, the conformed rows of each."""
    terms: Terms | None = None
    """The sharing agreement it landed under; None for what is public."""


def papers(held: Held, files: Mapping[str, FileAccount]) -> tuple[Provenance, ...]:
    """The papers of every file of one part, sorted by name."""
    manifest = held.part.manifest
    return tuple(
        Provenance(
            dataset=extract.dataset,
            producer=extract.producer,
            month=extract.month,
            file=extract.name,
            package=manifest.package,
            package_name=manifest.name,
            rows=account.rows,
            received=manifest.received,
            licence=extract.licence,
            attribution=extract.attribution,
            conformed=account.conformed,
            quarantined=account.quarantined,
            duplicates=account.duplicates,
            superseded=_superseded(extract, account, held.lost),
            months=account.months,
            terms=extract.terms,
        )
        for extract in held.part.extracts
        for account in (files[extract.name],)
    )


def _superseded(extract: LandedExtract, account: FileAccount, lost: frozenset[Claim]) -> int:
    gone = {month for _, _, month in claims_of(extract) & lost}
    if account.months:
        return sum(rows for month, rows in account.months if month in gone)
    return account.conformed if gone else 0


def coverage_of(
    provenance: Sequence[Provenance],
    lost: frozenset[tuple[str, str, str | None]],
    late: Mapping[tuple[str, str, str], str],
) -> Coverage:
    """Coverage by the files in use; `lost` are the (package, file, month) triples a newer release replaced.

    `late` says of (dataset, producer, month) why it is late.
    """
    returns: dict[tuple[str, str], list[Return]] = {}
    for entry in provenance:
        whole = ((entry.month, entry.conformed),) if entry.month else ()
        for month, rows in entry.months or whole:
            if (entry.package, entry.file, month) not in lost:
                sent = Return(month, rows, entry.file, late.get((entry.dataset, entry.producer, month), ""))
                returns.setdefault((entry.dataset, entry.producer), []).append(sent)
    return cover(returns)
