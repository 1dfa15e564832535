"""Monthly series of the newest edition: what was published or passed its disclosure rules, and nothing else."""

import csv
import json
from calendar import monthrange
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from headwater.strategy.questions.findings import newest_edition

ENDING = "-control"


@dataclass(frozen=True, slots=True)
class Series:
    """One table of a package: events by month. NaN where a month has no figure."""

    name: str
    title: str
    months: tuple[str, ...]
    days: tuple[int, ...]
    counts: tuple[float, ...]

    def since(self, month: str) -> "Series":
        """The same from a month on."""
        keep = [i for i, m in enumerate(self.months) if m >= month]
        return Series(
            self.name,
            self.title,
            tuple(self.months[i] for i in keep),
            tuple(self.days[i] for i in keep),
            tuple(self.counts[i] for i in keep),
        )


def package_of(edition: str) -> Path:
    """The folder of an edition's package."""
    return Path(settings.WORKSPACE) / "editions" / edition / "package"


def series_named(edition: str, name: str) -> Series | None:
    """One monthly series, or None where the edition has none of that name."""
    if name not in series_names(edition):
        return None
    path = package_of(edition) / "data" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    months = tuple(row["month"] for row in rows)
    days = tuple(_days(month) for month in months)
    counts = tuple(_count(row["a_day"], many) for row, many in zip(rows, days, strict=True))
    return Series(name, series_names(edition)[name], months, days, counts)


def series_names(edition: str | None) -> dict[str, str]:
    """Every monthly series of an edition by name, and what each is."""
    if edition is None:
        return {}
    found = json.loads((package_of(edition) / "datapackage.json").read_text(encoding="utf-8"))
    tables = [r for r in found["resources"] if r["path"].startswith("data/") and r["format"] == "csv"]
    named = {Path(r["path"]).stem: r.get("title", "") for r in tables}
    return {
        name: title
        for name, title in sorted(named.items())
        if not name.startswith("figures-") and (name.endswith(ENDING) or f"{ENDING}-" in name)
    }


def snapshot_of(edition: str) -> str:
    """What the edition was built from."""
    record = json.loads((package_of(edition) / "assessment.json").read_text(encoding="utf-8"))
    return record["edition"]["snapshot"]


def newest() -> str | None:
    """The edition that is read."""
    return newest_edition()


def _days(month: str) -> int:
    return monthrange(int(month[:4]), int(month[5:]))[1]


def _count(said: str, days: int) -> float:
    """The count behind a figure of so many a day; NaN where there is a mark, or nothing, in its place."""
    try:
        return float(round(float(said) * days))
    except ValueError:
        return float("nan")
