"""A partner's file that covers several months: each month is its own return, and a newer file takes some and not others."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import narwhals as nw
import pytest

from headwater.engine import Engine
from headwater.lake import Coverage, Snapshot, Workspace, conform, freeze, land
from headwater.sources import Account, Column, Contract, Extract, Recognition, registry
from headwater.sources.conforming import Rules, conform_rows
from headwater.sources.sheets import given

HEADER = ("Visit", "Day")


class Visits:
    """A partner who sends a file now and then, named for the months it covers: visits_2022-01_2022-03.csv."""

    name = "clinic"
    contracts: ClassVar[Mapping[str, Contract]] = {
        "clinic.visits": Contract(
            dataset="clinic.visits", title="Visits", producer="A clinic", licence="-", attribution="-", source_url="-",
            rhythm="now and then", expects="visits_2022-01_2022-03.csv", reader=1, tables=("events",), codes={},
            columns=tuple(Column(name, (), required=True, kept=True, meaning="") for name in HEADER),
        )
    }  # fmt: skip

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002
        if header != HEADER:
            return None
        first, last = Path(name).stem.removeprefix("visits_").split("_")
        months = tuple(f"2022-{n:02d}" for n in range(int(first[-2:]), int(last[-2:]) + 1))
        return Recognition("clinic.visits", "clinic", months=months)

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:
        covered = [month for extract in extracts for month in extract.months]
        rules = Rules(check=lambda rows: _checked(rows, covered), order=("month", "event_id"))
        return conform_rows(self.contracts[dataset], rules, extracts, engine, folder)


def _checked(rows, covered: list[str]):
    day = nw.col(given("Day"))
    nothing = ("area_code", "outcome", "setting")
    outside = ~nw.col("month").is_in(covered)
    return rows.with_columns(
        month=day.str.slice(0, 7), event_id=nw.col(given("Visit")), dataset=nw.lit("clinic.visits"), kind=nw.lit("visit"),
        occurred=nw.lit(None, dtype=nw.Datetime("us")), longitude=nw.lit(None, dtype=nw.Float64()),
        latitude=nw.lit(None, dtype=nw.Float64()), **{name: nw.lit(None, dtype=nw.String()) for name in nothing},
    ).with_columns(reason=nw.when(outside).then(nw.lit("the day is outside the months the file covers")))  # fmt: skip


@pytest.fixture(autouse=True)
def clinic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_installed", lambda: (Visits(),))


def frozen(workspace: Workspace, engine: Engine, folder: Path, **files: list[str]) -> Snapshot:
    for name, days in files.items():
        path = folder / f"{name.replace('to', '_').replace('m', '2022-')}.csv"
        lines = [",".join(HEADER), *(f"{name}-{n},{day}" for n, day in enumerate(days))]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        _ = land(workspace, path)
    _ = conform(workspace, engine)
    return freeze(workspace)


def by_month(snapshot: Snapshot, engine: Engine) -> dict[str, int]:
    rows = engine.collect(snapshot.table("events", engine).group_by("month").agg(n=nw.len())).to_pylist()
    return {row["month"]: row["n"] for row in sorted(rows, key=lambda row: row["month"])}


def statuses(coverage: Coverage) -> dict[str, str]:
    return {row.month: row.status for row in coverage.rows}


def test_each_month_of_a_file_is_a_return_and_a_month_without_rows_is_not_complete(workspace, engine, tmp_path) -> None:
    days = ["2022-01-05", "2022-01-06", "2022-03-01", "2022-04-01"]
    snapshot = frozen(workspace, engine, tmp_path, visits_m01tom03=days)
    assert by_month(snapshot, engine) == {"2022-01": 2, "2022-03": 1}
    assert statuses(snapshot.coverage) == {"2022-01": "complete", "2022-02": "partial", "2022-03": "complete"}
    (paper,) = snapshot.provenance
    assert (paper.rows, paper.conformed, paper.quarantined, paper.superseded) == (4, 3, 1, 0)
    assert paper.months == (("2022-01", 2), ("2022-02", 0), ("2022-03", 1))


def test_a_newer_file_speaks_for_the_months_that_both_cover_and_the_older_for_the_rest(
    workspace, engine, tmp_path
) -> None:
    snapshot = frozen(
        workspace, engine, tmp_path,
        visits_m01tom03=["2022-01-05", "2022-02-06", "2022-03-01", "2022-03-02"],
        visits_m03tom04=["2022-03-01", "2022-04-02", "2022-04-03"],
    )  # fmt: skip
    assert by_month(snapshot, engine) == {"2022-01": 1, "2022-02": 1, "2022-03": 1, "2022-04": 2}
    assert {paper.file: paper.superseded for paper in snapshot.provenance} == {
        "visits_2022-01_2022-03.csv": 2,
        "visits_2022-03_2022-04.csv": 0,
    }
    spoken = {row.month: row.file for row in snapshot.coverage.rows}
    assert spoken["2022-03"] == "visits_2022-03_2022-04.csv"
    assert spoken["2022-02"] == "visits_2022-01_2022-03.csv"
    assert set(statuses(snapshot.coverage).values()) == {"complete"}
