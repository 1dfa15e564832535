"""Published tables, broken in every way: each row is conformed, set aside or a repeat, and no reason tells a cell."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from built_once import take_in
from conformed import body_of, conform_one
from headwater.engine import open_engine
from headwater.lake import Settings, new, open_snapshot
from headwater.sources import Source
from headwater.sources.fingertips import SOURCE as FINGERTIPS
from headwater.sources.hospital import SOURCE as HOSPITAL
from headwater.sources.la_measures import SOURCE as LA_MEASURES
from headwater.sources.met_police import SOURCE as MET
from headwater.sources.nrm import SOURCE as NRM
from headwater.sources.schools import SOURCE as SCHOOLS
from headwater.sources.social_care import SOURCE as SOCIAL_CARE
from headwater.sources.surveys import SOURCE as SURVEYS
from headwater.sources.youth_justice import SOURCE as YOUTH_JUSTICE
from headwater.vocabulary import Level

MARKED = "Xyzzy"
"""Stands in cells that cannot be read; it must never come back."""
CELLS = st.sampled_from(
    ["", " ", MARKED, f'{MARKED}, "{MARKED}"', "-1", "1", "1,234", "2023", "Q1", "Total", "Police", "Kent Police", "Kent Police Total",
     "Criminal", "Labour & Criminal", "Child (17 or under)", "Male", "UK", "Barnet", "Unknown", "E09000003", "N/K", "Borough", "Knife Crime",
     "Offences", "2024-02-01", "ROBBERY", "ROBBERY OF PERSONAL PROPERTY", "Jan-03", "15 to 19", "Murder", "White", "Charge or Summons",
     "201617", "Local authority", "National", "Leeds", "E08000035", "x", ".", "NULL", "90284", "England", "E92000001", "Persons", "2023/24", "LACnum", "383", "-", "Annual", "9" * 20, "1e5", "½", "\u0661", "X99", "FAE", "Residence", "Under 25", "*", "Residents", "Young people", "0.7", "Yes", "Don't know"]
)  # fmt: skip
DATASETS = [
    (source, dataset, f"nrm-2023-q4-{dataset}-notify-may-2025.csv")
    for source in (NRM, MET, SCHOOLS, SOCIAL_CARE, FINGERTIPS, LA_MEASURES, HOSPITAL, YOUTH_JUSTICE, SURVEYS)
    for dataset in source.contracts
]


def header_of(source: Source, dataset: str) -> tuple[str, ...]:
    names = tuple(column.name for column in source.contracts[dataset].columns)
    return tuple("202401" if name == "<month>" else name for name in names)


@pytest.mark.parametrize(
    ("source", "dataset", "name"), DATASETS, ids=lambda said: said if isinstance(said, str) else ""
)
@tried(deadline=None, max_examples=40)
@given(data=st.data())
def test_every_row_goes_somewhere_and_no_reason_tells_a_cell(
    source: Source, dataset: str, name: str, data: st.DataObject
) -> None:
    header = header_of(source, dataset)
    row = st.lists(CELLS, min_size=len(header), max_size=len(header)) | st.lists(CELLS, min_size=1, max_size=15)
    rows = data.draw(st.lists(row.filter(lambda cells: len(cells) > 1 or bool(cells[0])), max_size=8))
    with tempfile.TemporaryDirectory() as folder:
        account, _, aside = conform_one(source, name, body_of(header, *rows, *rows[:1]), Path(folder))
    assert account.dataset == dataset
    assert MARKED not in str(aside) + str(account)


REFERRALS = ("Year", "Adult (18 or over)", "Age not specified or unknown", "Child (17 or under)", "Total")


def test_two_releases_stand_side_by_side_in_the_lake(tmp_path: Path) -> None:
    """What was first published and what it was revised to are both kept, each under its release."""
    settings = Settings(area_name="Kent", area_code="", area_level=Level.FORCE, title="Needs", author="Kent")
    workspace = new(tmp_path / "w", settings)
    for release, total in (("2020-q4", 10_613), ("2023-q4", 10_582)):
        file = tmp_path / f"nrm-{release}-referrals.csv"
        body = body_of(REFERRALS, (2020, 5_071, 495, total - 5_566, total))
        file.write_text(body, encoding="utf-8", newline="\n")
        take_in(workspace, [file])
    with open_engine(scratch=workspace.scratch) as engine:
        rows = engine.collect(open_snapshot(workspace).table("counts", engine)).to_pylist()
    totals = {(row["release"], row["value"]) for row in rows if row["group"] is None}
    assert totals == {("2020-Q4", 10_613), ("2023-Q4", 10_582)}
