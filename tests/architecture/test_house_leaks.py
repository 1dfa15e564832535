"""Nothing the project keeps names a machine, or a place that packages come from; and no data from elsewhere is kept."""

import re
from pathlib import Path

import pytest

from architecture.house import ROOT, kept_files, name, of_each

LOCKS = sorted(ROOT.glob("requirements*.lock"))
MACHINES = re.compile(r"(?<![\w.~<…/-])/(?:home|root|work|Users|farm|mnt)/\w|[A-Z]:\\Users\\\w|/tmp/\w")
REGISTRIES = re.compile(
    r"(?:pypi\.(?:org|python)|pythonhosted|npmjs|registry\.yarnpkg|repo\.maven|conda\.anaconda)", re.IGNORECASE
)
PICTURE, ANYTHING = 300_000, 500_000


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


@of_each([path for path in kept_files() if path.suffix not in (".png", ".zip", ".gz")])
def test_no_file_names_a_machine_or_a_registry(path: Path) -> None:
    if path == Path(__file__):
        return
    text = _text(path)
    found = [said[0] for pattern in (MACHINES, REGISTRIES) for said in pattern.finditer(text)]
    assert not found, f"{name(path)} names {found[0]!r}"


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_a_lock_holds_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    entries = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    assert entries
    assert all(re.match(r"[a-z0-9._-]+==\S+( ; .+)? \\$", line) for line in entries), "each is pinned, and hashed"


def test_the_locks_agree_with_one_another() -> None:
    pins: dict[str, set[str]] = {}
    for lock in LOCKS:
        for package, version in re.findall(r"^([a-z0-9._-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE):
            pins.setdefault(package, set()).add(version)
    assert {package: versions for package, versions in pins.items() if len(versions) > 1} == {}


def test_nothing_kept_is_large() -> None:
    sizes = {name(path): path.stat().st_size for path in kept_files()}
    limits = {kept: PICTURE if kept.endswith((".png", ".jpg")) else ANYTHING for kept in sizes}
    assert {kept: size for kept, size in sizes.items() if size > limits[kept]} == {}
