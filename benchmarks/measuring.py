"""Time and peak memory of work done in a process of its own, whatever the process that asks holds."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]


class CannotMeasureError(Exception):
    """The work ended badly, or this system does not say what it took."""


@dataclass(frozen=True, slots=True)
class Job:
    """One way of doing the work: `python -m module arguments… FOLDER`, where FOLDER is new and empty."""

    name: str
    module: str
    arguments: tuple[str, ...]
    needs: str = ""
    """A folder of packages for this job alone. (Where pandas can be found, DuckDB loads it, and everyone would be slower.)"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run took, or the median of several."""

    seconds: float
    """On the clock, from the start of the process to its end."""
    work: float
    """Of the processors, all cores together: on a busy machine this wavers less than the clock."""
    megabytes: float
    said: dict[str, Any]
    """What the work printed: what it came to."""


def measure(job: Job, scratch: Path) -> Taken:
    """Do the work once. Raises CannotMeasureError where it fails or the system is Windows, which has no wait4."""
    if not hasattr(os, "wait4"):
        raise CannotMeasureError("peak memory of another process is measured on Linux and macOS only")
    folder = Path(tempfile.mkdtemp(dir=scratch))
    answer = folder / "answer.json"
    work = [sys.executable, "-m", job.module, *job.arguments, str(folder / "work")]
    witness = subprocess.run(
        [sys.executable, "-m", "benchmarks.witness", str(answer), *work],
        cwd=ROOT, env=_surroundings(job, scratch), stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    took = json.loads(witness.stdout)
    text = answer.read_text("utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    if code := took.pop("code"):
        raise CannotMeasureError(f"{job.name} ended with exit code {code}")
    return Taken(**took, said=json.loads(text))


def _surroundings(job: Job, scratch: Path) -> dict[str, str]:
    """The environment of a child: compiled modules are kept, as they are wherever Python is used, but not in the checkout."""
    kept = {name: said for name, said in os.environ.items() if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}}
    kept["PYTHONPYCACHEPREFIX"] = str(scratch / "compiled")
    return kept | ({"PYTHONPATH": job.needs} if job.needs else {})


def alternate(jobs: Sequence[Job], rounds: int, scratch: Path, tell: Callable[[str], object]) -> dict[str, Taken]:
    """The medians of `rounds` turns at each job, one after another and round again: noise falls on all of them alike."""
    turns: dict[str, list[Taken]] = {job.name: [] for job in jobs}
    for number in range(rounds):
        for job in jobs:
            tell(f"{job.name}, {number + 1} of {rounds}")
            turns[job.name].append(measure(job, scratch))
    return {name: _middle(taken) for name, taken in turns.items()}


def _middle(taken: list[Taken]) -> Taken:
    return Taken(
        median(one.seconds for one in taken),
        median(one.work for one in taken),
        median(one.megabytes for one in taken),
        min(taken, key=lambda one: one.seconds).said,
    )
