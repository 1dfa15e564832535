"""A small Aldermere, whose police have not yet sent all they know of the last half-year; and the extract that tells the rest.

Crimes are often recorded late: what looks like a fall is none once the rest has come. Whole but small: what the statisticians, the
police, the schools and the social workers of the county send, and not the open data.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from built_once import DEFINITION, printing, take_in
from headwater.assessment import assess
from headwater.cli.demonstration import BANNER, agree, in_order
from headwater.engine import open_engine
from headwater.lake import Settings, new
from headwater.sources.deprivation.invented import invent as invent_deprivation
from headwater.sources.inventing import example_recipe, key_of_nobody
from headwater.sources.ons_places.invented import invent as invent_places
from headwater.sources.police_records.invented import invent as invent_police_records
from headwater.sources.populations.invented import invent as invent_populations
from headwater.sources.pretend import Recipe, make_county
from headwater.sources.schools.invented import invent as invent_schools
from headwater.sources.social_care.invented import invent as invent_social_care
from headwater.vocabulary import Level

PARTNERS = (invent_places, invent_populations, invent_deprivation, invent_schools, invent_social_care)
LATE = ("10/2025", "11/2025", "12/2025", "01/2026", "02/2026", "03/2026")
"""The months of which every fourth crime is recorded late."""
FOURTH = 4


def build_with_late_records(root: Path, sent: Path) -> None:
    """The workspace with its first edition, and in `sent` what the police send next: the last half-year, whole."""
    today = datetime.now().astimezone().date().isoformat()
    settings = Settings(
        area_level=Level.FORCE,
        area_code="",
        area_name="Aldermere",
        title="Violence in Aldermere",
        author="Aldermere Violence Reduction Partnership",
        banner=BANNER,
        serious_violence=DEFINITION,
    )
    workspace = new(root, settings)
    agree(workspace, today)
    county, folder = make_county(Recipe.read(example_recipe())), root.parent / "sent-before"
    folder.mkdir()
    files = [path for invent in PARTNERS for path in invent(county, folder)]
    whole = invent_police_records(county, folder)
    _send_the_rest(whole, sent)
    for path in whole:
        _hold_back(path)
    with key_of_nobody() as key:
        take_in(workspace, in_order([*files, *whole]), received=today, key_file=key)
    with open_engine(workspace.settings.engine, scratch=workspace.scratch) as engine, printing():
        _ = assess(workspace, engine, published=today)


def _send_the_rest(files: Sequence[Path], sent: Path) -> None:
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in files:
            head, *rows = _rows(path)
            packed.writestr(path.name, _written([head, *(row for row in rows if _month(row) in LATE)]))


def _hold_back(path: Path) -> None:
    head, *rows = _rows(path)
    known = (row for row in rows if _month(row) not in LATE or int(row[0].split("/")[1]) % FOURTH)
    _ = path.write_text(_written([head, *known]), encoding="utf-8", newline="")


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _month(row: Sequence[str]) -> str:
    """Month and year of the report, as the police write them: '03/2026'."""
    return row[2][3:10]


def _written(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
