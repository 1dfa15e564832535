"""Which room may import which is written in pyproject.toml and held by import-linter."""

import tomllib

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from architecture.house import ROOMS, ROOT, SOURCE


def test_the_rooms_keep_their_order() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_every_room_but_the_engine_is_kept_from_the_engines() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    door = next(contract for contract in contracts if contract["id"] == "engine-door")
    assert {source.removeprefix("headwater.") for source in door["source_modules"]} == set(ROOMS) - {"engine"}


def test_what_is_agreed_is_data_and_holds_no_code() -> None:
    assert list((SOURCE / "definitions").rglob("*.py")) == []
