"""A small lake of pretend police returns, for tests that say how the lake behaves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from headwater.engine import Engine, open_engine
from headwater.lake import Settings, Workspace, new
from headwater.vocabulary import Level

STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
PoliceFolder = Callable[..., Path]


@pytest.fixture
def police_folder(tmp_path: Path) -> PoliceFolder:
    """Write a folder of street files: `police_folder("name", {"2022-01": 5}, force="northumbria", mark="a")`.

    `mark` goes into every crime's number, so that two releases of one month can be told apart.
    """

    def write(name: str, months: dict[str, int], *, force: str = "northumbria", mark: str = "a") -> Path:
        folder = tmp_path / "arrived" / name
        for month, rows in months.items():
            lines = [STREET]
            lines += [
                f"{mark}{month}{n:04d},{month},x,x,-1.6,54.9,On or near X,E01008162,Y 001A,Robbery,Under investigation,"
                for n in range(rows)
            ]
            path = folder / month / f"{month}-{force}-street.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        return folder

    return write


@pytest.fixture
def settings() -> Settings:
    return Settings(
        area_level=Level.FORCE,
        area_code="E23000007",
        area_name="Northumbria",
        title="Violence",
        author="The partnership",
    )


@pytest.fixture
def workspace(tmp_path: Path, settings: Settings) -> Workspace:
    return new(tmp_path / "workspace", settings)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with open_engine(scratch=tmp_path_factory.mktemp("spill"), threads=1) as opened:
        yield opened
