"""What was used, as at when, what is missing, how good it is."""

from collections.abc import Mapping, Sequence

from headwater import documents
from headwater.assessment.chapters.draft import Drafting
from headwater.assessment.counting import Counts
from headwater.assessment.record import force_words, producer_words
from headwater.disclosure import protect
from headwater.lake import Provenance, Snapshot
from headwater.lake.quality import Said
from headwater.sources import contract
from headwater.vocabulary import Suppressed, months_between

MOST_ROWS = 400
Blocks = Sequence[documents.Block]


def inventory(snapshot: Snapshot) -> documents.Table:
    """One row a package and dataset."""
    groups: dict[tuple[str, str], list[Provenance]] = {}
    for entry in snapshot.provenance:
        groups.setdefault((entry.dataset, entry.package), []).append(entry)
    columns = ("Data", "Producer", "What was received", "Files", "Rows", "Months", "Received")
    rows = tuple(_inventory_row(dataset, entries) for (dataset, _package), entries in sorted(groups.items()))
    titles = tuple(documents.Column(c, c in ("Files", "Rows")) for c in columns)
    return documents.Table("inventory", "The data this edition rests on", titles, rows)


def _inventory_row(dataset: str, entries: Sequence[Provenance]) -> tuple[documents.Entry, ...]:
    months = sorted(month for e in entries for month in (e.month, *(month for month, _ in e.months)) if month)
    first = entries[0]
    span = f"{months[0]} to {months[-1]}" if months else "all"
    producers = sorted({producer_words(e) for e in entries})
    who = producers[0] if len(producers) == 1 else f"{len(producers)} producers"
    rows = sum(e.rows for e in entries)
    return (
        contract(dataset).title,
        who,
        first.package_name,
        len(entries),
        rows,
        span,
        str(first.received),
    )


def accounts(snapshot: Snapshot) -> documents.Table:
    """Every row of every dataset accounted for."""
    totals: dict[str, list[int]] = {}
    for e in snapshot.provenance:
        counts = totals.setdefault(e.dataset, [0] * 5)
        for i, value in enumerate((e.rows, e.conformed, e.quarantined, e.duplicates, e.superseded)):
            counts[i] += value
    columns = ("Data", "Rows received", "Used", "Set aside", "Repeated within a file", "Replaced by a newer file")
    rows = tuple((contract(name).title, c[0], c[1] - c[4], c[2], c[3], c[4]) for name, c in sorted(totals.items()))
    titles = tuple(documents.Column(c, c != "Data") for c in columns)
    return documents.Table("accounts", "What became of every row", titles, rows)


def quality(d: Drafting) -> Blocks:
    """What share of the rows of each dataset says what: of the rest, nobody can tell. Exact numbers are for whoever holds the data."""
    rows = tuple((contract(each.dataset).title, each.what, _percent_of(d, each)) for each in d.said)
    columns = (documents.Column("Data"), documents.Column("Rows that"), documents.Column("%", numeric=True))
    note = "What no row of a dataset says is left out."
    caption = "How much the rows that were used say"
    return (documents.Table("quality", caption, columns, rows, note=note, row_headers=2),) if rows else ()


def _percent_of(d: Drafting, each: Said) -> documents.Entry:
    """The share, unless whole percents of so few rows would tell a count that may not be shown."""
    policy = d.scene.policy_for(each.dataset)
    if each.of < 100 * policy.smallest_shown and "suppressed" in protect((each.rows, each.of - each.rows), policy):
        return Suppressed("small", policy.name)
    return _whole_percent(each.rows, each.of)


def _whole_percent(part: int, whole: int) -> documents.Entry:
    """In whole percents, with all and nearly all told apart, and some and hardly any."""
    share = 100 * part / whole
    return 100 if part == whole else ">99" if share > 99 else "<1" if share < 1 else round(share)


def coverage(d: Drafting) -> Blocks:
    """A row for each sender, dataset and year; a word for each month."""
    words = {"complete": "all", "partial": "part", "late": "late", "absent": "none"}
    cells: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in d.scene.coverage.rows:
        cells.setdefault((force_words(row.producer), contract(row.dataset).title, row.month[:4]), {})[row.month[5:]] = (
            words[row.status]
        )
    if len(cells) > MOST_ROWS:  # a whole country: only the years with something missing
        cells = {key: value for key, value in cells.items() if {"none", "part", "late"} & set(value.values())}
    months = tuple(m[5:] for m in months_between("2000-01", "2000-12"))
    columns = (
        documents.Column("From"),
        documents.Column("Dataset"),
        documents.Column("Year"),
        *(documents.Column(m) for m in months),
    )
    rows = tuple((*key, *(found.get(m, "–") for m in months)) for key, found in sorted(cells.items()))
    note = "all: a complete return; part: a return that is plainly short; late: a whole return that an earlier delivery should have held, which counts; none: no return; –: before the first or after the last return."
    return (documents.Table("coverage", "Returns by month", columns, rows, note=note, row_headers=3),) if rows else ()


def placing(d: Drafting, counts: Mapping[str, Counts]) -> Blocks:
    """The shares that could not be placed, or lie outside: listed, never lost."""
    rows: list[tuple[documents.Entry, ...]] = []
    for measure in d.of_rate():
        period = d.scene.headline(measure.source)
        if period and measure.name in counts:
            lost, away, whole = counts[measure.name].unplaced(period)
            rows.append((measure.title, period.label, _share(d, lost, whole), _share(d, away, whole)))
    columns = (
        documents.Column("Kind"),
        documents.Column("Period"),
        documents.Column("No area given, %", True, 2),
        documents.Column("Area outside, %", True, 2),
    )
    caption = "Crimes recorded by the force that are in no small area of it"
    note = "They are in the figures for the whole area and in no district."
    return (documents.Table("placing", caption, columns, tuple(rows), note=note, row_headers=2),) if rows else ()


def _share(d: Drafting, part: int, whole: int) -> documents.Entry:
    """A percentage, unless the count behind it or the rest may not be shown."""
    policy = d.scene.policy
    if "suppressed" in protect((part, whole - part), policy):
        return Suppressed("small", policy.name)
    return round(100 * part / whole, 2) if whole else 0.0


def gaps(d: Drafting) -> Blocks:
    """Every month without a complete return, and what it takes away."""
    rows = tuple(
        (force_words(row.producer), contract(row.dataset).title, row.month, row.status, row.file or "no file")
        for row in d.scene.coverage.rows
        if row.status in ("partial", "absent")
    )
    columns = tuple(documents.Column(c) for c in ("From", "Dataset", "Month", "Status", "File"))
    return (documents.Table("gaps", "Months without a complete return", columns, rows, row_headers=3),) if rows else ()
