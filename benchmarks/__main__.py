"""Headwater beside what people use today, on this machine, now. `make bench`, or `python -m benchmarks --help`."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks.inputs import MOST, NORTHUMBRIA
from benchmarks.measuring import ROOT, CannotMeasureError, Job, alternate, measure
from benchmarks.report import HEADINGS, compared, machine, staged, table

FLOOR = "floor: DuckDB, files already unzipped"
HEADWATER = "Headwater, from the zip"
RATES = 499_408
LINKED = (10_000, 100_000, 1_000_000)


def main() -> int:
    asked = _asked()
    lines: list[str] = []
    try:
        with tempfile.TemporaryDirectory(prefix="headwater-bench-", dir=asked.scratch) as scratch:
            for line in _everything(asked, Path(scratch)):
                print(line, flush=True)
                lines.append(line)
    except CannotMeasureError as problem:
        print(f"Not measured: {problem}.", file=sys.stderr)
        return 1
    if asked.write:
        path = ROOT / "benchmarks" / "latest.md"
        _ = path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        print(f"\nWritten: {path.relative_to(ROOT)}")
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    _ = parser.add_argument("--rounds", type=int, default=3, help="turns at each way of doing it; the median is shown")
    _ = parser.add_argument("--scales", default="1,4,16", help=f"how many times over to take the rows, up to {MOST}")
    _ = parser.add_argument("--months", type=int, help="take the first months only, for a quick look")
    _ = parser.add_argument(
        "--only", choices=("police", "editions", "rates", "linkage", "hidden", "serving"), help="one part of it"
    )
    _ = parser.add_argument("--seconds", type=int, default=60, help="how long readers read, twice")
    _ = parser.add_argument("--pandas", default="", help="the folder pandas is installed in, by itself")
    _ = parser.add_argument("--scratch", help="a folder with room: about 8 GB at 16 times")
    _ = parser.add_argument("--write", action="store_true", help="write the tables to benchmarks/latest.md as well")
    return parser.parse_args()


def _everything(asked: argparse.Namespace, scratch: Path) -> Iterator[str]:
    yield "# Headwater beside what people use today"
    yield f"\nMedians of {asked.rounds} turns taken in alternation, each in a process of its own; {machine()}."
    if asked.only in {None, "police"}:
        for times in map(int, asked.scales.split(",")):
            yield from _police(asked, times, scratch)
    if asked.only in {None, "editions"}:
        yield from _editions(asked, scratch)
    if asked.only in {None, "rates"}:
        yield from _rates(asked, scratch)
    if asked.only in {None, "linkage"}:
        yield from _linkage(scratch)
    if asked.only in {None, "hidden"}:
        yield from _hidden(asked, scratch)
    if asked.only in {None, "serving"}:
        from benchmarks.serving import under_load

        yield from under_load(asked.seconds, scratch)


def _police(asked: argparse.Namespace, times: int, scratch: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        _tell(f"making the police files, {times} times over")
        fewer = [str(asked.months)] if asked.months else []
        made = subprocess.run(
            [sys.executable, "-m", "benchmarks.inputs", str(times), folder, *fewer],
            cwd=ROOT, stdout=subprocess.PIPE, check=True,
        )  # fmt: skip
        said = json.loads(made.stdout)
        rounds = asked.rounds if times < MOST else 1
        jobs = _ways(asked, Path(folder))
        _ = measure(jobs[-1], scratch)  # so that everyone finds the files in memory and the modules compiled
        taken = alternate(jobs, rounds, scratch, _tell)
    turns = " (one turn)" if rounds == 1 != asked.rounds else ""
    yield f"\n## Landing to counts: {said['source']}, {times} × its rows, {said['rows']:,}{turns}\n"
    yield from table(HEADINGS, compared(taken, FLOOR))
    yield f"\nHeadwater: {staged(taken[HEADWATER])}."
    yield from _agreement({name: one.said.get("counted") for name, one in taken.items()})


def _ways(asked: argparse.Namespace, folder: Path) -> list[Job]:
    zipped, files = (str(folder / "police.zip"),), (str(folder / "csv"),)
    ways = [
        Job(FLOOR, "benchmarks.peers.floor", files),
        Job("floor, unzipping first", "benchmarks.peers.floor", zipped),
        Job("pandas, from the zip", "benchmarks.peers.with_pandas", zipped, needs=asked.pandas),
        Job(HEADWATER, "benchmarks.peers.with_headwater", zipped),
    ]
    if not (asked.pandas or find_spec("pandas")):
        _tell("pandas is not installed, and is left out: `make bench` installs it")
        ways = [way for way in ways if "pandas" not in way.name]
    return ways


def _agreement(counted: dict[str, int | None]) -> Iterator[str]:
    """Work that comes to something else is not the same work."""
    found = {name: rows for name, rows in counted.items() if rows is not None}
    if len(set(found.values())) > 1:
        raise CannotMeasureError(f"they do not agree: {found}")
    if len(found) > 1:
        yield f"Headwater and pandas counted the same {next(iter(found.values())):,} rows."


def _editions(asked: argparse.Namespace, scratch: Path) -> Iterator[str]:
    areas = ["aldermere", *(["northumbria"] if NORTHUMBRIA.is_file() else [])]
    jobs = [Job(area.title(), "benchmarks.peers.edition", (area,)) for area in areas]
    taken = alternate(jobs, min(asked.rounds, 2), scratch, _tell)
    rows = [(name, f"{one.seconds:.1f} s", f"{one.work:.1f} s", f"{one.megabytes:,.0f} MB", f"{one.said['rows']:,}",
             staged(one)) for name, one in taken.items()]  # fmt: skip
    yield "\n## A whole edition, from files to every document\n"
    yield from table(("", "time", "processor", "peak memory", "rows", "of which"), rows)


def _rates(asked: argparse.Namespace, scratch: Path) -> Iterator[str]:
    loop, rows = "benchmarks.peers.rates_row_by_row", str(RATES)
    jobs = [
        Job("Headwater", "benchmarks.peers.rates_with_headwater", (rows,)),
        Job("a row at a time, the quantile looked up once", loop, (rows, "once")),
        Job("a row at a time, the quantile looked up each time", loop, (rows, "each")),
    ]
    taken = alternate(jobs, min(asked.rounds, 2), scratch, _tell)
    seconds = {name: one.said["stages"]["rates"] for name, one in taken.items()}
    assert len({one.said["upper"] for one in taken.values()}) == 1, "the two do not agree"
    lines = [(name, f"{took / seconds['Headwater']:,.0f} ×", f"{took:.3f} s") for name, took in seconds.items()]
    yield f"\n## Rates with Byar's limits: {RATES:,} areas, the sum alone\n"
    yield from table(("", "times Headwater", "time"), lines)


def _linkage(scratch: Path) -> Iterator[str]:
    jobs = [Job(f"{records:,}", "benchmarks.peers.linkage", (str(records),)) for records in LINKED]
    taken = alternate(jobs, 1, scratch, _tell)
    rows = [
        (
            name, f"{one.said['stages']['linking']:.0f} s", f"{one.megabytes / 1_000:.1f} GB", f"{one.said['pairs']:,}",
            *("{:.1%} ({:.1%} to {:.1%})".format(*one.said[word]) for word in ("precision", "recall")),
        )
        for name, one in taken.items()
    ]  # fmt: skip
    yield "\n## Linkage: generated people whose truth is known, one turn\n"
    yield from table(("records", "time", "peak memory", "true pairs", "precision (95%)", "recall (95%)"), rows)


def _hidden(asked: argparse.Namespace, scratch: Path) -> Iterator[str]:
    ways = {"Headwater, tables of one model together": "together", "the same, a table at a time": "alone"}
    jobs = [Job(name, "benchmarks.peers.hidden_population", (way,)) for name, way in ways.items()]
    taken = alternate(jobs, asked.rounds, scratch, _tell)
    assert len({one.said["median"] for one in taken.values()}) == 1, "the two do not agree"
    rows = [(name, f"{one.said['stages']['estimating']:.2f} s", f"{one.work:.1f} s", f"{one.megabytes:,.0f} MB")
            for name, one in taken.items()]  # fmt: skip
    yield "\n## A hidden population: 1,000 bootstraps of five lists, the model chosen anew for each\n"
    yield from table(("", "time of the estimates", "processor, Python's start and all", "peak memory"), rows)


def _tell(words: str) -> None:
    print(f"  … {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
