"""Real files of data.police.uk, against counts taken from them by other means (wc, sort and uniq)."""

import csv
import gzip
from pathlib import Path

import pytest

from headwater.engine import open_engine
from headwater.sources import conform, open_package
from headwater.sources.police_uk import forces

COUNTED = {  # landed, duplicates
    "police_uk.street": (524_070, 0),
    "police_uk.outcomes": (250_684, 12_891),
    "police_uk.stop_and_search": (12_861, 0),
}


def test_three_years_of_northumbria_are_accounted_for(real_data: Path, tmp_path: Path) -> None:
    package = open_package(real_data / "police-uk" / "police-uk-2020-2023-northumbria.zip", tmp_path / "scratch")
    assert (len(package.extracts), package.ignored, package.notes) == (100, (), ())
    assert all(extract.sound for extract in package.extracts)
    with open_engine(scratch=tmp_path / "engine") as engine:
        for dataset, (landed, duplicates) in COUNTED.items():
            extracts = [extract for extract in package.extracts if extract.dataset == dataset]
            account = conform(dataset, extracts, engine, tmp_path / dataset)
            assert (account.landed, account.duplicates, account.quarantined) == (landed, duplicates, 0)


def test_every_force_has_the_code_the_office_for_national_statistics_gave_it(real_data: Path) -> None:
    with gzip.open(real_data / "places" / "lookup_ltla24_csp24_pfa24.csv.gz", "rt", encoding="utf-8") as file:
        published = {row["pfa24_code"]: row["pfa24_name"] for row in csv.DictReader(file)}
    ours = {force.area_code: force for force in forces().values() if (force.area_code or "")[:1] in {"E", "W"}}
    assert set(ours) == set(published)
    for code, name in published.items():
        first = name.replace("London, City of", "City of London").split()[0]
        assert ours[code].name.startswith(first)


@pytest.mark.parametrize("name", ["bedfordshire", "btp", "nottinghamshire"])
def test_national_files_conform_without_a_row_set_aside(real_data: Path, tmp_path: Path, name: str) -> None:
    path = real_data / "police-uk" / "national-2024-01to04" / f"police-uk-2024-01to04-{name}.zip"
    package = open_package(path, tmp_path / "scratch")
    with open_engine(scratch=tmp_path / "engine") as engine:
        account = conform("police_uk.street", package.extracts, engine, tmp_path / "out")
    assert account.quarantined == 0
    assert account.landed == sum(extract.rows for extract in package.extracts) > 5_000
