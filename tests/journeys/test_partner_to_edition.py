"""A partner's file, from the day it is sent to an edition that rests on it, and to the day it must go."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from built_once import printing
from headwater.assessment import assess, explain
from headwater.assessment.setting import definitions
from headwater.cli.demonstration import INVENTED
from headwater.engine import open_engine
from headwater.lake import Workspace, conform, freeze, land, open_workspace, retain
from headwater.lake.retaining import MARK
from headwater.sources.inventing import key_of_nobody
from partners import DATASET, Patient, agree, body_of

MARKERS = [b"Orsolwin", b"Threlkettle", b"9990000018", b"999 000 0018", b"Gannet Yard", b"Ferrabin", b"Oakhanger"]
DAY = "2026-11-01"


@pytest.fixture
def workspace(aldermere: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Aldermere, with a year of attendances at one department landed beside it."""
    root = tmp_path / "aldermere"
    shutil.copytree(aldermere, root)
    opened = open_workspace(root)
    agree(opened, starts="2026-01-01", expires="2026-12-31", linkage=("police_records.people",))
    path = tmp_path / "Orsolwin Threlkettle.csv"
    patients = [
        Patient(number=str(n), arrived=f"0{n}/0{n}/2023 10:00", happened=f"0{n}/0{n}/2023 09:00") for n in range(1, 7)
    ]
    path.write_text(body_of(patients), encoding="utf-8", newline="\n")
    with open_engine(scratch=tmp_path / "spill", threads=1) as engine, key_of_nobody() as key:
        land(opened, path, received=DAY, key_file=key)
        conform(opened, engine)
        freeze(opened)
        yield opened


def _record(folder: Path) -> dict[str, object]:
    return json.loads((folder / "package" / "assessment.json").read_text("utf-8"))


def test_the_edition_names_the_agreement_and_nobody(workspace: Workspace, tmp_path: Path) -> None:
    with open_engine(scratch=tmp_path / "spill-again", threads=1) as engine, printing():
        made = assess(workspace, engine, published="2026-11-23", name="autumn")
        late = assess(workspace, engine, published="2027-01-01", name="winter")
    record = _record(made.folder)
    schema = json.loads((definitions("schemas") / "assessment-1.json").read_text("utf-8"))
    jsonschema.validate(record, schema)
    sources = {source["dataset"]: source for source in record["sources"]}  # type: ignore[attr-defined]
    assert sources[DATASET]["agreement"]["name"] == "ed-assaults"
    assert "agreement" not in sources["police_uk.street"]
    assert made.left_out == ()
    assert len(late.left_out) == 3, "two sites, and the links with what the police know"
    assert all("ended on 2026-12-31" in said for said in late.left_out)
    assert DATASET not in {source["dataset"] for source in _record(late.folder)["sources"]}  # type: ignore[attr-defined]
    theirs = workspace.root / INVENTED  # the files as Aldermere's partners sent them, which no real workspace holds
    for path in sorted(workspace.root.rglob("*")):
        if path.is_file() and theirs not in path.parents:
            data = path.read_bytes()
            assert not [marker for marker in MARKERS if marker in data or marker in path.name.encode()], path
    (deletion,) = retain(workspace, "2028-11-01")
    assert deletion.editions == ("autumn",)
    assert "cannot be made again" in (made.folder / MARK).read_text("utf-8")
    told = dict(explain(workspace, "violence.rate", edition="autumn").facts)
    assert "Deleted since" not in told, "a figure that does not rest on it says nothing of it"
