"""Headwater: a whole edition, from files to every document.

`python -m benchmarks.peers.edition aldermere|northumbria FOLDER`
"""

import json
import sys
import time
from pathlib import Path

from benchmarks.inputs import REAL
from headwater.assessment import assess
from headwater.engine import open_engine
from headwater.lake import Settings, conform, freeze, land, new
from headwater.sources.inventing import example_recipe, invent
from headwater.vocabulary import Level

PUBLISHED = "2026-11-23"


def main(area: str, folder: Path) -> None:
    name = area.title()
    began = time.perf_counter()
    settings = Settings(area_level=Level.FORCE, area_code="", area_name=name, title=name, author="bench", banner="")
    workspace = new(folder, settings)
    files = invent(example_recipe(), folder / "invented") if area == "aldermere" else _real()
    invented = time.perf_counter()
    with open_engine(scratch=workspace.scratch) as engine:
        with workspace.lock():
            rows = sum(land(workspace, path).rows for path in sorted(files, key=lambda path: path.stem))
            _ = conform(workspace, engine)
            _ = freeze(workspace)
        landed = time.perf_counter()
        edition = assess(workspace, engine, published=PUBLISHED)
    ended = time.perf_counter()
    stages = {"inventing": invented - began, "landing": landed - invented, "assessing": ended - landed}
    print(json.dumps({"rows": rows, "documents": len(edition.files), "stages": stages}))


def _real() -> list[Path]:
    police = [REAL / "police-uk" / f"police-uk-{years}-northumbria.zip" for years in ("2020-2023", "2025")]
    return [*police, *(REAL / folder for folder in ("places", "population", "deprivation"))]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
