"""What the lake holds of one organisation, or, for the one that hosts the partnership, all of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from headwater.lake import CoverageRow, Retention, Workspace, open_snapshot, retentions
from headwater.lake.agreements import Agreement, agreements_of, producer_of
from headwater.lake.coverage import gaps
from headwater.lake.manifest import LandedExtract, Manifest, read_manifests
from headwater.partnership.models import Organisation, Upload
from headwater.partnership.questions.workspace import workspace
from headwater.sources import contract
from headwater.vocabulary import HeadwaterError, WrongRequest

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
SOON = timedelta(days=90)
WORDS = {"complete": "Whole", "partial": "Part", "late": "Late", "absent": "None"}


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months of one sender's returns."""

    producer: str
    year: str
    months: tuple[tuple[str, str, str], ...]
    """(the month's name, a word for what came, why or an empty string)."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The months of one dataset, sender by sender and year by year."""

    dataset: str
    title: str
    years: tuple[Year, ...]
    gaps: tuple[str, ...]
    """What is not whole, in words."""


@dataclass(frozen=True, slots=True)
class Landing:
    """One landed package, as far as it is the organisation's."""

    manifest: Manifest
    extracts: tuple[LandedExtract, ...]
    upload: Upload | None
    """What was sent here that it came of; None where it was landed at the command line."""

    @property
    def rows(self) -> int:
        return sum(extract.rows for extract in self.extracts)


class Holdings:
    """The lake's papers, as far as they are an organisation's. Read once for a page; no lock is asked for."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self._all = organisation.hosts
        self._workspace = _here()
        self._agreements = agreements_of(self._workspace.root) if self._workspace else {}
        self._uploads = {upload.package: upload for upload in _landed(organisation)}
        self._agreed = {
            (dataset, producer_of(code))
            for agreement in self._agreements.values()
            for dataset, shared in agreement.datasets.items()
            for code, name in shared.producers.items()
            if organisation.producer and name == organisation.producer
        }

    @property
    def agreements(self) -> list[Agreement]:
        """Those that it is a party to."""
        return [each for each in self._agreements.values() if self._all or self._is_party(each)]

    @property
    def landings(self) -> list[Landing]:
        """What landed, the newest first."""
        manifests = read_manifests(self._workspace.landed) if self._workspace else ()
        found = [Landing(each, self._mine(each), self._uploads.get(each.package)) for each in manifests]
        return [landing for landing in reversed(found) if landing.extracts]

    @property
    def retentions(self) -> list[Retention]:
        """What must go, the first to go first."""
        if self._workspace is None:
            return []
        mine = {landing.manifest.package for landing in self.landings}
        return [each for each in retentions(self._workspace) if self._all or each.package in mine]

    @property
    def calendars(self) -> list[Calendar]:
        """Source by month."""
        rows = sorted(self._coverage(), key=lambda row: (row.dataset, row.producer, row.month))
        return [
            _calendar(dataset, list(each), self._known_as(dataset))
            for dataset, each in groupby(rows, key=lambda row: row.dataset)
        ]

    def _known_as(self, dataset: str) -> dict[str, str]:
        """The names by which agreements know the producers of a dataset."""
        return {
            producer_of(code): name
            for agreement in self._agreements.values()
            if dataset in agreement.datasets
            for code, name in agreement.datasets[dataset].producers.items()
        }

    def _coverage(self) -> Iterable[CoverageRow]:
        try:
            rows = open_snapshot(self._workspace).coverage.rows if self._workspace else ()
        except WrongRequest:  # nothing has landed yet
            return ()
        if self._all:
            return rows
        mine = {(each.dataset, each.producer) for landing in self.landings for each in landing.extracts}
        return [row for row in rows if (row.dataset, row.producer) in mine]

    def _mine(self, manifest: Manifest) -> tuple[LandedExtract, ...]:
        if self._all or manifest.package in self._uploads:
            return manifest.extracts
        return tuple(each for each in manifest.extracts if (each.dataset, each.producer) in self._agreed)

    def _is_party(self, agreement: Agreement) -> bool:
        return self.organisation.name in agreement.parties or any(
            dataset in agreement.datasets and agreement.datasets[dataset].known_as(producer)
            for dataset, producer in self._agreed
        )


def standing_of(agreement: Agreement, day: date) -> tuple[str, str]:
    """(a colour, words) for whether an agreement is in force: 'ends soon' a quarter of a year before it does."""
    if day > agreement.expires:
        return "red", f"Ended on {agreement.expires:%-d %B %Y}"
    if day < agreement.starts:
        return "grey", f"Begins on {agreement.starts:%-d %B %Y}"
    soon = agreement.expires - day <= SOON
    return ("yellow", f"Ends soon, on {agreement.expires:%-d %B %Y}") if soon else ("green", "In force")


def _here() -> Workspace | None:
    """The workspace that is served, or None where there is none to be read."""
    try:
        return workspace()
    except HeadwaterError:
        return None


def _landed(organisation: Organisation) -> Iterable[Upload]:
    uploads = Upload.objects.exclude(package="").select_related("sent_by", "organisation").order_by("sent")
    return uploads if organisation.hosts else uploads.filter(organisation=organisation)


def _calendar(dataset: str, rows: Sequence[CoverageRow], known: Mapping[str, str]) -> Calendar:
    by_year = groupby(rows, key=lambda row: (row.producer, row.month[:4]))
    years = tuple(_year(known.get(producer, producer), year, list(each)) for (producer, year), each in by_year)
    return Calendar(dataset, contract(dataset).title, years, tuple(gaps(rows)))


def _year(producer: str, year: str, rows: Sequence[CoverageRow]) -> Year:
    found = {row.month: row for row in rows}
    months = ((name, found.get(f"{year}-{number:02d}")) for number, name in enumerate(MONTHS, start=1))
    return Year(
        producer, year, tuple((name, WORDS[row.status], row.why) if row else (name, "", "") for name, row in months)
    )
