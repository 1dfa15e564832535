"""A workspace is backed up, destroyed and restored, on either database; and what is not a back-up is not let in."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from headwater.cli.rooms import database_errors
from headwater.lake import Settings, Workspace, new, open_workspace
from headwater.ledger import FIRST, Entry, verify
from headwater.partnership.actions import bring_in
from headwater.partnership.models import Deed, Organisation, Person, Role
from headwater.partnership.questions import chain
from headwater.vocabulary import BadInput, HeadwaterError, Level, StorageTrouble, WorkspaceTrouble, WrongRequest
from headwater.web.backups import Taken, back_up, restore
from headwater.web.backups.archive import MANIFEST, written
from headwater.web.backups.contents import files_of
from headwater.web.backups.rows import name_of, standing_still, tables
from headwater.web.upgrading import bring_up_to_date, has_tables, waits
from web.conftest import BY, JOINED
from web.own_database import KIND, another, as_default, connected
from web.test_sign_in import CODE, code_of, sign_in

WAY = ("sqlite",) if KIND == "sqlite" else ("sqlite", "postgresql")
"""The databases that a back-up of the tests' own goes through, one after another."""
AREA: dict[str, Any] = {
    "title": "Violence", "author": "The Unit", "area_level": Level.FORCE, "area_code": "Z23000001", "area_name": "Aldermere",
}  # fmt: skip


def test_backed_up_destroyed_and_restored_it_is_the_same_to_the_byte(made: Any, tmp_path: Path) -> None:
    root = Path(shutil.copytree(made.root, tmp_path / "partnership"))
    workspace = open_workspace(root)
    workspace.note("tried", "a back-up", when="2026-11-23")
    first = back_up(workspace, tmp_path / "first.zip")
    assert first.rows > 100
    shutil.rmtree(root)
    before = tmp_path / "first.zip"
    for turn, kind in enumerate(WAY):
        with another(kind, tmp_path / f"database-{turn}") as elsewhere:
            restored = restore(before, root, using=elsewhere)
            assert (restored.files, restored.rows) == (first.files, first.rows)
            before = back_up(restored.workspace, tmp_path / f"{turn}.zip", using=elsewhere).path
            assert before.read_bytes() == (tmp_path / "first.zip").read_bytes()
            with as_default(elsewhere):
                _it_is_in_use_again(root, made.people[Role.LEAD, "hosts"].email)
            shutil.rmtree(root)


def _it_is_in_use_again(root: Path, email: str) -> None:
    """The ledgers stand, somebody signs in with their second factor, and new rows have numbers of their own."""
    assert verify(root / "ledger.jsonl").sound
    assert chain().sound
    cache.clear()  # a code works once, and the one of this moment was used before
    client, person = Client(), Person.objects.get(email=email)
    assert sign_in(client, email)["Location"] == CODE
    assert client.post(CODE, {"code": code_of(person)})["Location"] == "/"
    assert client.get("/assessment/").status_code == 200
    assert chain().sound
    assert Deed.objects.filter(did="signed in", who=email).exists()


def test_every_table_is_kept_or_left_out_by_name_and_has_a_key_that_sorts_alike_everywhere(db: None) -> None:
    loader = MigrationLoader(connection)
    kept = tables(loader, loader.applied_migrations)
    keys = {name_of(model): type(model().pk or model._meta.pk.to_python("1" * 32)) for model in kept}
    assert {name for name, key in keys.items() if key not in (int, UUID)} == set()
    ours = {model._meta.label_lower for model in _models() if model.__module__.startswith("headwater.")}
    assert ours <= set(keys)
    places = {name: place for place, name in enumerate(keys)}
    assert places["partnership.organisation"] < places["partnership.membership"]


def _models() -> Any:
    from django.apps import apps

    return apps.get_models(include_auto_created=True)


def test_what_others_write_meanwhile_is_not_in_it(db: None, tmp_path: Path) -> None:
    with another(KIND, tmp_path, "one") as one, connected("other", connections[one].settings_dict) as other:
        with connections[other].cursor() as cursor:
            cursor.execute("create table deeds (number int)")
        with standing_still(connections[one]), connections[one].cursor() as reading:
            reading.execute("select count(*) from deeds")
            assert reading.fetchone() == (0,)
            with connections[other].cursor() as cursor:
                cursor.execute("insert into deeds values (1)")  # and is not kept waiting
            reading.execute("select count(*) from deeds")
            assert reading.fetchone() == (0,)


# --- a workspace that nobody has opened rooms in -------------------------------------------------------------------------


@pytest.fixture
def lake(tmp_path: Path) -> Workspace:
    """A workspace without rooms, with something in every place that is kept and that is not."""
    workspace = new(tmp_path / "lake", Settings(**AREA))
    for name in ("agreements/one.toml", "landed/a/b.csv", "quarantine/a/names.csv", "scratch/x", "web-secret.key"):
        (workspace.root / name).parent.mkdir(parents=True, exist_ok=True)
        _ = (workspace.root / name).write_text(f"this is {name}", encoding="utf-8")
    workspace.note("tried", "a back-up", when="2026-11-23")
    return workspace


@pytest.fixture
def nowhere(db: None, tmp_path: Path) -> Iterator[str]:
    """A database that is not there yet."""
    with another("sqlite", tmp_path / "nowhere") as alias:
        yield alias


@pytest.fixture
def taken(lake: Workspace, nowhere: str, tmp_path: Path) -> Taken:
    """A back-up of it."""
    return back_up(lake, tmp_path / "one.zip", using=nowhere)


def test_what_is_not_finished_and_what_is_secret_is_left_out(lake: Workspace, taken: Taken) -> None:
    kept = ["agreements/one.toml", "headwater.toml", "landed/a/b.csv", "ledger.jsonl"]
    assert [name for name, _ in files_of(lake.root)] == kept
    with zipfile.ZipFile(taken.path) as archive:
        assert archive.namelist() == [*(f"workspace/{name}" for name in kept), MANIFEST]
    assert taken.path.stat().st_mode & 0o777 == 0o600


def test_a_workspace_without_rooms_comes_back_without_rooms(taken: Taken, nowhere: str, tmp_path: Path) -> None:
    restored = restore(taken.path, tmp_path / "again", using=nowhere)
    assert not (tmp_path / "again" / "partnership.sqlite3").exists()
    assert (tmp_path / "again" / "shelf").is_dir()
    assert back_up(restored.workspace, tmp_path / "two.zip", using=nowhere).sha256 == taken.sha256


def _left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_nothing_is_overwritten_and_nothing_is_half_written(
    lake: Workspace, taken: Taken, nowhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = taken.path.read_bytes()
    with pytest.raises(WrongRequest, match="is there already"):
        _ = back_up(lake, taken.path, using=nowhere)
    with pytest.raises(WrongRequest, match="would be lost with it"):
        _ = back_up(lake, lake.root / "two.zip", using=nowhere)
    with pytest.raises(StorageTrouble, match="no folder"):
        _ = back_up(lake, tmp_path / "not there" / "two.zip", using=nowhere)
    (lake.root / "landed" / "link").symlink_to(tmp_path)
    with pytest.raises(BadInput, match="landed/link is a link"):
        _ = back_up(lake, tmp_path / "two.zip", using=nowhere)
    (lake.root / "landed" / "link").unlink()
    (lake.root / "in-use.lock").write_text(json.dumps({"pid": 1, "host": "another machine"}), encoding="utf-8")
    with pytest.raises(WorkspaceTrouble, match="in use by process 1 on another machine"):
        _ = back_up(lake, tmp_path / "two.zip", using=nowhere, patience=0)
    assert taken.path.read_bytes() == before
    assert _left(tmp_path) >= {"lake", "one.zip"}
    assert not any("two.zip" in name for name in _left(tmp_path))


def test_nothing_is_restored_over_anything(
    taken: Taken, nowhere: str, lake: Workspace, db: None, tmp_path: Path
) -> None:
    with pytest.raises(WorkspaceTrouble, match="is not empty"):
        _ = restore(taken.path, lake.root, using=nowhere)
    if KIND == "postgresql":
        with pytest.raises(WorkspaceTrouble, match="The database is not empty"):
            _ = restore(taken.path, tmp_path / "again")
    with pytest.raises(WrongRequest, match="There is no file"):
        _ = restore(tmp_path / "no.zip", tmp_path / "again", using=nowhere)
    assert not (tmp_path / "again").exists()


# --- what is not a back-up, or not the one that was taken ----------------------------------------------------------------


def _again(source: Path, target: Path, change: Callable[[str, bytes], list[tuple[str, bytes]]], kind: int = 0) -> None:
    """The same archive with members changed, and its own list right."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", kind) as fresh:
        for entry in old.infolist():
            for name, content in change(entry.filename, old.read(entry)):
                fresh.writestr(name, content)


def _manifest(**said: Any) -> Callable[[str, bytes], list[tuple[str, bytes]]]:
    return lambda name, content: [
        (name, json.dumps(json.loads(content) | said).encode() if name == MANIFEST else content)
    ]


def _renamed(new_name: str) -> Callable[[str, bytes], list[tuple[str, bytes]]]:
    """A member, and the manifest with it, says another name."""
    old = "workspace/landed/a/b.csv"

    def change(name: str, content: bytes) -> list[tuple[str, bytes]]:
        if name == MANIFEST:
            return [(name, content.replace(json.dumps(old).encode(), json.dumps(new_name).encode()))]
        return [(new_name if name == old else name, content)]

    return change


HOSTILE: dict[str, tuple[Callable[[str, bytes], list[tuple[str, bytes]]], type[HeadwaterError], str]] = {
    "another content": (lambda name, said: [(name, said.replace(b"b.csv", b"B.csv"))], BadInput, "manifest|backed up"),
    "one more": (
        lambda name, said: [(name, said), *([("workspace/x", b"")] if name == MANIFEST else [])],
        BadInput,
        "hold",
    ),
    "one less": (lambda name, said: [] if name.endswith("b.csv") else [(name, said)], BadInput, "hold"),
    "no manifest": (lambda name, said: [] if name == MANIFEST else [(name, said)], BadInput, "not a back-up"),
    "out of the folder": (_renamed("workspace/../../b.csv"), BadInput, "points outside"),
    "from the root": (_renamed("/b.csv"), BadInput, "points outside"),
    "in no folder": (_renamed("b.csv"), BadInput, "points outside"),
    "upwards": (_renamed("workspace/.."), BadInput, "points outside"),
    "a list that is none": (_manifest(members=[1]), BadInput, "not understood"),
    "a newer form": (_manifest(format=2, made_by="9.0"), WorkspaceTrouble, "made by Headwater 9.0 in a newer way"),
    "a newer database": (_manifest(migrations={"partnership": ["9999_later"]}), WorkspaceTrouble, "newer Headwater"),
    "no settings": (
        lambda name, said: [
            (
                name.replace("headwater.toml", "other.toml"),
                said.replace(b"workspace/headwater.toml", b"workspace/other.toml"),
            )
        ],
        BadInput,
        "holds no workspace",
    ),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_an_archive_that_somebody_changed_is_refused(how: str, taken: Taken, nowhere: str, tmp_path: Path) -> None:
    change, problem, words = HOSTILE[how]
    _again(taken.path, tmp_path / "changed.zip", change)
    before = _left(tmp_path)
    with pytest.raises(problem, match=words):
        _ = restore(tmp_path / "changed.zip", tmp_path / "again", using=nowhere)
    assert _left(tmp_path) == before


def test_an_archive_that_grows_is_refused(taken: Taken, nowhere: str, tmp_path: Path) -> None:
    _again(taken.path, tmp_path / "packed.zip", lambda name, said: [(name, said)], zipfile.ZIP_DEFLATED)
    with pytest.raises(BadInput, match="changed or damaged"):
        _ = restore(tmp_path / "packed.zip", tmp_path / "again", using=nowhere)


@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.99])
def test_an_archive_that_is_cut_short_is_refused(part: float, taken: Taken, nowhere: str, tmp_path: Path) -> None:
    whole = taken.path.read_bytes()
    (tmp_path / "short.zip").write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(BadInput, match="cut short"):
        _ = restore(tmp_path / "short.zip", tmp_path / "again", using=nowhere)
    assert not (tmp_path / "again").exists()


def test_a_byte_that_was_turned_is_found_or_changes_nothing(taken: Taken, nowhere: str, tmp_path: Path) -> None:
    whole, said = taken.path.read_bytes(), {}
    with zipfile.ZipFile(taken.path) as archive:
        said = {name: archive.read(name) for name in archive.namelist() if name != MANIFEST}
    for place in range(0, len(whole), 97):
        turned = bytearray(whole)
        turned[place] ^= 0x55
        (tmp_path / "turned.zip").write_bytes(turned)
        try:
            _ = restore(tmp_path / "turned.zip", tmp_path / "again", using=nowhere)
        except (BadInput, WorkspaceTrouble):
            assert not (tmp_path / "again").exists()
        else:
            assert {f"workspace/{name}": path.read_bytes() for name, path in files_of(tmp_path / "again")} == said
            shutil.rmtree(tmp_path / "again")


# --- a back-up of an older Headwater -------------------------------------------------------------------------------------

FIRST_STATE = {"partnership": ["0001_initial"]}
"""A database as it was before there were other rooms, and before any change to this one."""
ORGANISATION = {
    "id": 7, "name": "The Unit", "slug": "the-unit", "kind": "unit", "hosts": True, "producer": "", "joined": "2024-04-01",
    "left": None,
}  # fmt: skip


def _older(target: Path, organisation: dict[str, Any]) -> Path:
    """A back-up of a database in its first state, with an organisation and a line of the ledger."""
    said = {"did": "brought in", "to": "the-unit: organisation the-unit", "who": "somebody", "because": ""}
    line = asdict(Entry.sealed(**said, when="2024-04-01T09:00:00.000+00:00", before=FIRST))
    rows = {
        "partnership.organisation": organisation,
        "partnership.deed": line | {"number": 1, "organisation": "the-unit"},
        "partnership.head": {"id": 1, "number": 1, "seal": line["hash"]},
    }
    loader = MigrationLoader(None)
    with written(target) as archive:
        archive.manifest.migrations = FIRST_STATE
        for name in map(name_of, tables(loader, {("partnership", "0001_initial")})):
            archive.manifest.tables[name] = int(name in rows)
            archive.add(f"rows/{name}.jsonl", [json.dumps(rows[name]).encode() + b"\n"] if name in rows else [])
        archive.add("workspace/headwater.toml", [Settings(**AREA).page().encode()])
    return target


def test_a_back_up_of_an_older_database_is_brought_up_to_date(db: None, tmp_path: Path) -> None:
    older = _older(tmp_path / "older.zip", ORGANISATION)
    with another(KIND, tmp_path / "database") as elsewhere:
        _ = restore(older, tmp_path / "again", using=elsewhere)
        assert waits(elsewhere) == 0
        with as_default(elsewhere):
            assert Organisation.objects.get().reference == "organisation the-unit"
            assert chain().lines == 1
            new_one = bring_in(by=BY, name="A Charity", kind="community", joined=JOINED)
            assert new_one.pk == ORGANISATION["id"] + 1
            assert chain().sound


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"slog": "the-unit"}, "A row of partnership.organisation"),
        ({"joined": "never"}, "A row of partnership.organisation"),
        ({"name": None}, "A row of partnership.organisation"),
    ],
)
def test_a_row_that_does_not_fit_leaves_nothing(change: dict[str, Any], words: str, db: None, tmp_path: Path) -> None:
    strange = _older(tmp_path / "strange.zip", ORGANISATION | change)
    with another(KIND, tmp_path / "database") as elsewhere:
        with pytest.raises(BadInput, match=words):
            _ = restore(strange, tmp_path / "again", using=elsewhere)
        assert not (tmp_path / "again").exists()
        assert not has_tables(elsewhere)


def test_a_database_that_a_newer_version_made_is_not_touched(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into django_migrations (app, name, applied) values ('delivery', '9999_later', '2030-01-01')"
        )
    with pytest.raises(
        WorkspaceTrouble, match=r"1 change that this one does not know, the first of them delivery 9999_later"
    ):
        bring_up_to_date()


def test_a_database_that_will_not_answer_is_a_sentence_without_its_words() -> None:
    with pytest.raises(WorkspaceTrouble, match="The database would not do it") as told, database_errors():
        raise OperationalError("a row of somebody's")
    assert "somebody" not in str(told.value)
