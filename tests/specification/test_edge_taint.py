"""Whatever a partner sends, and whatever goes wrong, nothing that could tell who anybody is gets out of memory.

People are planted in every place that a file has for them; then every byte that Headwater wrote or said is searched.
"""

import gzip
import io
import os
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from headwater.cli import running
from headwater.cli.commands import app
from headwater.lake import Settings, Workspace, land, new
from headwater.sources import Column, contract
from headwater.vocabulary import HeadwaterError
from partners import DATASET, HEADER, KEY, Patient, a_key, agree, body_of, look_ups
from two_partners import agree_to_link, two_partners
from workbooks import Sheet, xlsx

DAY = "2023-07-01"
FILES, FEWER = 200, 40
NHS = ("999 000 0018", "9990000018", "999-000-0018")
PLANTED = Patient(
    forename="Orsolwin", surname="Threlkettle", nhs=NHS[0], born="03/04/1990", home="ZZ1 1AA", address="14 Gannet Yard, Loomgate",
    place="behind Ferrabin Oakhanger's house near the Otter", notes="says Quillon Vexmoor did it, no knife seen", number="ATT-77-18812",
)  # fmt: skip
MARKERS = tuple(
    word.encode(encoding)
    for word in ("Orsolwin", "Threlkettle", "9990000018", "999 000 0018", "999-000-0018", "03/04/1990", "1990-04-03", "3 Apr 1990",
                 "19900403", "ZZ1 1AA", "ZZ11AA", "Gannet Yard", "Ferrabin", "Oakhanger", "Quillon", "Vexmoor", "ATT-77-18812",
                 "orsolwin", "threlkettle")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)  # fmt: skip


def tainted(data: bytes) -> list[bytes]:
    """The markers in some bytes, as they are or inside a zip or gzip."""
    found = [marker for marker in MARKERS if marker in data]
    if zipfile.is_zipfile(io.BytesIO(data)):
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
            found += [marker for name in archive.namelist() for marker in tainted(archive.read(name) + name.encode())]
    return found


def everything(*roots: Path) -> Iterator[tuple[str, bytes]]:
    for root in roots:
        for folder, _, names in os.walk(root):
            for path in (Path(folder) / name for name in sorted(names)):
                with suppress(OSError):  # gone while we looked
                    yield path.relative_to(root).as_posix(), path.read_bytes()


def assert_clean(*roots: Path, said: str = "") -> None:
    assert not tainted(said.encode())
    for name, data in everything(*roots):
        assert not tainted(data), name
        assert not tainted(name.encode()), name


@pytest.fixture
def scene(tmp_path: Path, settings: Settings) -> tuple[Workspace, Path, Path]:
    """A workspace with an agreement, the folder files are sent in, and the folder for temporary files."""
    workspace = new(tmp_path / "workspace", settings)
    agree(workspace)
    sent, temporary = tmp_path / "sent", tmp_path / "temporary"
    sent.mkdir()
    temporary.mkdir()
    return workspace, sent, temporary


@pytest.fixture
def watched(scene: tuple[Workspace, Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every write of a file, seen as it is closed or renamed; the temporary folder is one we can look into."""
    workspace, _, temporary = scene
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    seen: list[str] = []
    with watching((workspace.scratch, temporary), seen):
        yield seen
    assert seen == []


@contextmanager
def watching(roots: tuple[Path, ...], seen: list[str]) -> Iterator[None]:
    """Look at every file again and again while the work goes on: what is written and deleted at once is written all the same."""
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            for name, data in everything(*roots):
                if tainted(data) or tainted(name.encode()):
                    seen.append(name)
            over.wait(0.01)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every piece of a file that the door writes to the disk, kept before it is written."""
    from headwater.sources import text

    pieces: list[bytes] = []
    really = text._write

    def write(given: Iterator[bytes], path: Path) -> object:
        held = list(given)
        pieces.extend(held)
        return really(iter(held), path)

    monkeypatch.setattr(text, "_write", write)
    return pieces


def test_planted_people_are_nowhere(
    scene: tuple[Workspace, Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    workspace, sent, temporary = scene
    monkeypatch.setenv("HEADWATER_KEY_FILE", str(a_key(tmp_path)))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1688200000")
    runner = CliRunner()
    said = runner.invoke(app, ["land", *map(str, look_ups(tmp_path / "look-ups")), "-w", str(workspace.root)]).output
    _ = request.getfixturevalue("watched")  # from here on: a look-up holds every postcode there is, and nobody's
    written: list[bytes] = request.getfixturevalue("written")
    for born, nhs, number in zip(
        ("03/04/1990", "1990-04-03", "3 Apr 1990"), NHS, ("ATT-77-18812", "a", "b"), strict=True
    ):
        patients = [
            PLANTED,
            Patient(**{**_said(PLANTED), "born": born, "nhs": nhs, "number": number}),
            Patient(method="Threlkettle"),
        ]
        (sent / f"Orsolwin Threlkettle {number}.csv").write_text(body_of(patients), encoding="utf-8")
    with zipfile.ZipFile(sent / "Quillon Vexmoor.zip", "w") as archive:
        archive.writestr("Threlkettle, Orsolwin.csv", body_of([PLANTED]))
        archive.writestr("ZZ1 1AA statement.docx", "Orsolwin Threlkettle")
        archive.writestr("Orsolwin Threlkettle.csv", "Surname,note\nThrelkettle,x\n")
    for path in sorted(sent.iterdir()):
        for options in ((), ("--json",)):
            ended = runner.invoke(app, ["land", str(path), "-w", str(workspace.root), *options])
            assert ended.exit_code == 0, ended.output
            said += ended.output
    for verb in (("check",), ("check", "--json"), ("doctor",), ("retain", "--dry-run"), ("agreement", "list")):
        said += runner.invoke(app, [*verb, "-w", str(workspace.root)]).output
    assert "emergency.attendances" in said
    assert [marker for piece in written for marker in tainted(piece)] == []
    assert written
    landed = workspace.landed.glob("*/postcodes.csv")
    for path in (*landed, *workspace.conformed.glob("*/gazetteer.postcodes*/*")):
        path.unlink()  # the look-up holds every postcode there is, and nobody's
    assert_clean(workspace.root, temporary, said=said)
    assert list(workspace.conformed.glob(f"*/{DATASET}*/people.parquet"))


def test_planted_people_are_linked_and_are_nowhere(
    scene: tuple[Workspace, Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Known to a hospital and to the police, and linked by the command; a copy of the links, the words and the ledger tell nothing."""
    workspace, sent, temporary = scene
    agree_to_link(workspace)
    (workspace.root / "agreements" / "ed-assaults.toml").unlink()
    monkeypatch.setenv("HEADWATER_KEY_FILE", str(a_key(tmp_path)))
    partners = two_partners(sent, records=620, hospital=300)
    with partners.hospital.open("a", encoding="utf-8") as file:
        file.write(body_of([PLANTED]).partition("\n")[2])
    with partners.people.open("a", encoding="utf-8") as file:
        file.write("ATT-77-18812,ZZP,05/06/2023,Victim,Orsolwin,Threlkettle,03/04/1990,Male,ZZ1 1AA\n")
    named = sent / "Orsolwin Threlkettle.csv"
    partners.people.rename(named)
    _ = request.getfixturevalue("watched")
    written: list[bytes] = request.getfixturevalue("written")
    files, where = [str(partners.hospital), str(named)], ["-w", str(workspace.root), "--received", DAY]
    runner, said = CliRunner(), ""
    for verb in (["land", *files, *where], ["link", *files, *where], ["link", *files, *where, "--json"]):
        ended = runner.invoke(app, verb)
        assert ended.exit_code == 0, ended.output
        said += ended.output
    refused = runner.invoke(app, ["link", *files, *where, "--review", "90"])
    said += refused.output + _trace(refused.exception or ValueError("it was not refused"))
    (links,) = workspace.root.glob("linked/*/linked.parquet")
    crime = KEY.event("number:zzp:ATT-77-18812")
    assert crime in pq.read_table(links)["right_event"].to_pylist(), "they are linked, and"
    assert [marker for piece in written for marker in tainted(piece)] == []
    assert_clean(workspace.root, temporary, said=said)


@pytest.mark.parametrize(
    "goes_wrong", ["headwater.sources.edge.person_records.words_of_name", "headwater.lake.linking.partners.match"]
)
def test_a_surprise_in_linking_is_told_without_what_it_was_about(
    scene: tuple[Workspace, Path, Path],
    watched: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    goes_wrong: str,
) -> None:
    workspace, sent, temporary = scene
    agree_to_link(workspace)
    partners = two_partners(sent, records=60, hospital=30)
    key = a_key(tmp_path)
    for path in partners.files:
        land(workspace, path, received=DAY, key_file=key)

    def surprised(*_: object) -> None:
        raise KeyError(PLANTED.surname)

    monkeypatch.setattr(goes_wrong, surprised)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    asked = ["link", *map(str, partners.files), "-w", str(workspace.root), "--key-file", str(key), "--received", DAY]
    code = running._run(asked)
    assert code in (running.UNEXPECTED, 3)
    assert_clean(workspace.root, temporary)
    assert not (workspace.root / "linked").exists()


def _said(patient: Patient) -> dict[str, str]:
    return {name: getattr(patient, name) for name in Patient.__dataclass_fields__}


Breakage = Callable[[bytes, np.random.Generator], bytes]


def _cut(data: bytes, chance: np.random.Generator) -> bytes:
    return data[: int(chance.integers(1, len(data)))]


def _quote(data: bytes, chance: np.random.Generator) -> bytes:
    at = int(chance.integers(0, len(data)))
    return data[:at] + b'"' + data[at:]


def _comma(data: bytes, chance: np.random.Generator) -> bytes:
    at = int(chance.integers(0, len(data)))
    return data[:at] + b"," + data[at:]


def _without_a_comma(data: bytes, chance: np.random.Generator) -> bytes:
    places = [at for at, byte in enumerate(data) if byte == ord(",")]
    at = places[int(chance.integers(0, len(places)))] if places else 0
    return data[:at] + data[at + 1 :]


def _flipped(data: bytes, chance: np.random.Generator) -> bytes:
    at = int(chance.integers(0, len(data)))
    return data[:at] + bytes([int(chance.integers(0, 256))]) + data[at + 1 :]


def _headless(data: bytes, chance: np.random.Generator) -> bytes:
    return data.partition(b"\n")[2]


def _twice(data: bytes, chance: np.random.Generator) -> bytes:
    return data.replace(b"Sex", b"Surname", 1)


def _utf16(data: bytes, chance: np.random.Generator) -> bytes:
    return data.decode("utf-8", "replace").encode("utf-16")


def _cp1252(data: bytes, chance: np.random.Generator) -> bytes:
    return data.decode("utf-8", "replace").replace("Pub", "Caf\u00e9").encode("cp1252", "replace")


def _nul(data: bytes, chance: np.random.Generator) -> bytes:
    return _quote(data, chance).replace(b'"', b"\0", 1)


def _shifted(data: bytes, chance: np.random.Generator) -> bytes:
    """Every row one column to the right, and one column lost: the right number of fields, all of them wrong."""
    head, _, body = data.partition(b"\n")
    return head + b"\n" + b"\n".join(b"," + line.rpartition(b",")[0] for line in body.splitlines()) + b"\n"


BREAKAGES: tuple[Breakage, ...] = (
    _cut, _quote, _comma, _without_a_comma, _flipped, _headless, _twice, _utf16, _cp1252, _nul, _shifted,
)  # fmt: skip


def _shuffled(chance: np.random.Generator) -> bytes:
    """A file whose columns are in another order, some gone, some new, and every cell of some people a marker in another column."""
    columns = [int(n) for n in chance.permutation(len(HEADER))[: int(chance.integers(4, len(HEADER) + 1))]]
    needed = [
        HEADER.index(name) for name in ("Site code", "Assault date and time", "Assault method", "Assault location type")
    ]
    columns = list(dict.fromkeys([*columns, *(needed if chance.random() < 0.85 else [])]))
    extra = chance.random() < 0.4
    rows = [[HEADER[n] for n in columns] + (["Next of kin"] if extra else [])]
    for patient in (PLANTED, Patient(number="2"), PLANTED):
        cells = list(patient.row())
        if chance.random() < 0.5:
            cells[int(chance.integers(0, len(cells)))] = "Threlkettle, Orsolwin 9990000018"
        rows.append([cells[n] for n in columns] + (["Quillon Vexmoor"] if extra else []))
    return "\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows).encode() + b"\n"


def _broken(data: bytes, times: int, chance: np.random.Generator) -> bytes:
    for _ in range(times):
        data = BREAKAGES[int(chance.integers(0, len(BREAKAGES)))](data, chance) or b"x"
    return data


def _wrapped(data: bytes, path: Path, chance: np.random.Generator) -> Path:
    """The file alone, gzipped, in a zip, or in a folder; and under a name that holds somebody's."""
    how = int(chance.integers(0, 6))
    name = ("Orsolwin Threlkettle.csv", "return.csv", "2023-06-Threlkettle-street.csv")[int(chance.integers(0, 3))]
    if how == 0:
        target = path / f"{name}.gz"
        target.write_bytes(gzip.compress(data))
        return target
    if how == 1:
        target = path / "Threlkettle.zip"
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr(f"Quillon Vexmoor/{name}", data)
        return target
    if how == 2:
        (path / "Vexmoor").mkdir()
        (path / "Vexmoor" / name).write_bytes(data)
        return path / "Vexmoor"
    target = path / (name if how < 5 else "Oakhanger.geojson")
    target.write_bytes(data)
    return target


def _landed(workspace: Workspace, path: Path, key: Path) -> tuple[bool, str]:
    """Whether it landed anew, and all that was said of it: of a refusal, with all that led to it."""
    try:
        landing = land(workspace, path, received=DAY, key_file=key)
    except HeadwaterError as refused:
        return False, _trace(refused)
    return landing.new, repr(landing)


def test_two_hundred_broken_files_leave_nobody_anywhere(
    scene: tuple[Workspace, Path, Path], watched: list[str], written: list[bytes], tmp_path: Path
) -> None:
    """The seed is printed, and `HEADWATER_TAINT_SEED` gives another."""
    workspace, sent, temporary = scene
    seed = int(os.environ.get("HEADWATER_TAINT_SEED", "1835"))
    key, said, landed = a_key(tmp_path), "", 0
    for number in range(FILES):
        chance = np.random.default_rng([seed, number])
        data = _shuffled(chance)
        data = _broken(data, int(chance.integers(0, 3)), chance)
        folder = sent / str(number)
        folder.mkdir()
        new, told = _landed(workspace, _wrapped(data, folder, chance), key)
        assert not tainted(told.encode()), f"seed {seed}, file {number}: {told}"
        landed, said = landed + new, said + told
        written.append(b"")
        assert not [m for piece in written for m in tainted(piece)], f"seed {seed}, file {number}"
        written.clear()
    assert_clean(workspace.root, temporary, said=said)
    assert landed > FILES // 5, "most files must be good enough to be read, or nothing was tried"


NEW = {"police_records.crimes": "ZZF", "police_records.people": "ZZF", "ambulance.incidents": "ZZF"}
"""Datasets and the producer in their files."""
_HELD = {"name": "Threlkettle", "date_of_birth": "03/04/1990", "nhs_number": NHS[0], "person_number": "ATT-77-18812", "postcode": "ZZ1 1AA",
         "address": "14 Gannet Yard", "place_words": "behind Ferrabin Oakhanger's house", "free_text": "Quillon Vexmoor did it, no knife seen"}  # fmt: skip
_OTHER_FORMS = {"event": "ATT-77-18812", "key": "Vexmoor", "time": "05/06/2023 01:20", "offence": "8N", "area": "Z01000001", "yes-no": "Y",
                "age": "33", "producer": "ZZF"}  # fmt: skip


def _planted(column: Column, codes: Mapping[str, Mapping[str, str]]) -> str:
    """A cell that the column may have; somebody stands wherever somebody could."""
    if column.holds:
        return _HELD[column.holds]
    if column.form.startswith("codes:"):
        return next(iter(codes[column.form.removeprefix("codes:")]))
    return _OTHER_FORMS[column.form]


@pytest.mark.parametrize("dataset", NEW)
def test_planted_people_and_numbers_are_nowhere_in_records_of_police_and_ambulances(
    scene: tuple[Workspace, Path, Path], watched: list[str], written: list[bytes], tmp_path: Path, dataset: str
) -> None:
    """Whole files, files whose columns have changed places, and broken ones."""
    workspace, sent, temporary = scene
    agree(workspace, "other", dataset=dataset, producers=f'{NEW[dataset]} = "A partner"')
    promised, key, said, landed = contract(dataset), a_key(tmp_path), "", 0
    cells = {column.name: _planted(column, promised.codes) for column in promised.columns}
    required = [column.name for column in promised.columns if column.required]
    for number in range(FEWER):
        chance = np.random.default_rng([1835, number])
        some = [str(name) for name in chance.permutation(list(cells))[: int(chance.integers(1, len(cells) + 1))]]
        header = list(cells) if number == 0 else list(dict.fromkeys([*some, *required]))
        rows = [[cells[name] for name in header] for _ in range(3)]
        if number:
            rows[1][int(chance.integers(0, len(header)))] = "Threlkettle, Orsolwin 9990000018"
        data = "".join(
            ",".join(f'"{cell}"' if "," in cell else cell for cell in row) + "\n" for row in (header, *rows)
        ).encode()
        data = _broken(data, int(chance.integers(0, 3)) if number else 0, chance)
        folder = sent / str(number)
        folder.mkdir()
        new, told = _landed(workspace, _wrapped(data, folder, chance), key)
        assert not tainted(told.encode()), f"file {number}: {told}"
        landed, said = landed + new, said + told
        assert not [m for piece in written for m in tainted(piece)], f"file {number}"
        written.clear()
    assert_clean(workspace.root, temporary, said=said)
    assert landed > FEWER // 4, "most files must be good enough to be read, or nothing was tried"


def _trace(problem: BaseException) -> str:
    """All that a crash report would say of a problem."""
    import traceback

    return str(problem) + "".join(traceback.format_exception(problem))


def test_a_workbook_with_somebody_in_every_corner_leaves_nobody_anywhere(
    scene: tuple[Workspace, Path, Path], watched: list[str], written: list[bytes], tmp_path: Path
) -> None:
    """In the rows, in hidden sheets, in the names of sheets, above the header, and below the table."""
    workspace, sent, temporary = scene
    title = ["Return for Orsolwin Threlkettle"]
    rows = [title, HEADER, PLANTED.row(), Patient(number="2").row(), ["Quillon Vexmoor telephoned about this"]]
    book = xlsx(
        Sheet("Threlkettle", rows),
        Sheet("Ferrabin Oakhanger", [["Surname"], ["Threlkettle"]], state="hidden"),
        Sheet("Notes", [["Quillon Vexmoor", "14 Gannet Yard"], ["x", "y"]], comments=1),
    )
    path = sent / "Orsolwin Threlkettle.xlsx"
    path.write_bytes(book)
    landing = land(workspace, path, received=DAY, key_file=a_key(tmp_path))
    assert (landing.name, landing.extracts) == (DATASET, 1)
    assert landing.rows >= 2
    assert not [marker for piece in written for marker in tainted(piece)]
    assert_clean(workspace.root, temporary, said=repr(landing))


def test_a_surprise_at_the_edge_is_told_without_what_it_was_about(
    scene: tuple[Workspace, Path, Path], watched: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, sent, temporary = scene
    path = sent / "Threlkettle.csv"
    path.write_text(body_of([PLANTED]), encoding="utf-8")

    def surprised(*_: object) -> None:
        raise KeyError(PLANTED.surname)

    monkeypatch.setattr("headwater.sources.edge.guard.person_of", surprised)
    with pytest.raises(HeadwaterError, match=r"could not be made safe \(KeyError at") as told:
        land(workspace, path, received=DAY, key_file=a_key(tmp_path))
    assert_clean(workspace.root, temporary, said=_trace(told.value))


def test_a_crash_report_says_where_and_not_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def fail(_: object) -> int:
        raise ValueError(PLANTED.surname)

    monkeypatch.setattr(running, "_command", fail)
    assert running._run([]) == running.UNEXPECTED
    (report,) = tmp_path.glob("headwater-*.txt")
    assert "ValueError" in report.read_text("utf-8")
    assert_clean(tmp_path)
