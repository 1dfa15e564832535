"""Everything that goes wrong on a Tuesday, through the command line: the right code, one clear sentence, and nothing spoilt."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from built_once import PERSONAL
from headwater import lake, ledger
from headwater.assessment import edition
from headwater.cli import main
from headwater.sources.inventing import example_recipe, invent

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
PLANTED = ("5ec0de5ec0de", "Zebedee Mews", "Quaggy Bottom 099Z", "a neighbour saw it all")
"""What no answer, complaint or log may ever repeat."""
MAIN = "from headwater.cli import main; main()"
STRUCK = """
import errno, importlib, os, signal, sys
where, when, trouble, *typed = sys.argv[1:]
from headwater.cli import main
module, _, name = where.partition(":")
owner = importlib.import_module(module)
*inner, name = name.split(".")
for part in inner:
    owner = getattr(owner, part)
real = getattr(owner, name)
def struck(*args, **named):
    if trouble == "SIGINT":
        setattr(owner, name, real)
    done = real(*args, **named) if when == "after" else None
    if trouble != "SIGINT":
        raise OSError(getattr(errno, trouble), "trouble")
    os.kill(os.getpid(), signal.SIGINT)
    return done if when == "after" else real(*args, **named)
setattr(owner, name, struck)
main(typed)
"""
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console, not to one process")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one complaint; the lines before it name the stages that began."""
        lines = [line for line in self.err.splitlines() if not line.endswith(" …")]
        assert len(lines) == 1, self.err
        assert lines[0].startswith("headwater: "), self.err
        return lines[0].removeprefix("headwater: ")


class Desk:
    """Where commands are typed: a process for each, whose temporary files are looked at afterwards."""

    def __init__(self, temporary: Path, bytecode: Path) -> None:
        self.temporary = temporary
        temporary.mkdir()
        known = {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")}
        known |= {
            "SOURCE_DATE_EPOCH": "1700000000",
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(bytecode),
        }
        self.environment = {**os.environ, **known}

    def __call__(self, *typed: str | Path) -> Ended:
        return self.judge(self.begin(MAIN, *typed))

    def struck(self, where: str, when: str, trouble: str, *typed: str | Path) -> Ended:
        """The same, with `trouble` before or after the function `where` is first called."""
        return self.judge(self.begin(STRUCK, where, when, trouble, *typed))

    def begin(self, script: str, *typed: str | Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", script, *map(str, typed)],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def judge(self, run: subprocess.Popen[str], heard: str = "") -> Ended:
        """Wait for a command; whatever it was, it showed no traceback, kept no report and repeated nothing planted."""
        out, err = run.communicate(timeout=60)
        err = heard + err
        assert "Traceback" not in err
        assert [path.name for path in self.temporary.glob("headwater-*.txt")] == [], err
        assert [cell for cell in PLANTED if cell.casefold() in (out + err).casefold()] == []
        return Ended(run.returncode, out, err)


@pytest.fixture(scope="module")
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Python compiled, kept between one command and the next."""
    return tmp_path_factory.mktemp("bytecode")


@pytest.fixture
def desk(tmp_path: Path, bytecode: Path) -> Desk:
    return Desk(tmp_path / "temporary", bytecode)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return _new(tmp_path / "northumbria", "Northumbria")


def _new(folder: Path, area: str) -> Path:
    from headwater.vocabulary import Level

    settings = lake.Settings(area_level=Level.FORCE, area_code="", area_name=area, title="Violence", author="The VRU")
    return lake.new(folder, settings).root


def _street(month: str = "2024-01", rows: int = 300, place: str = PLANTED[1]) -> str:
    lines = [
        f"{PLANTED[0]}{hashlib.sha256(f'{month} {n}'.encode()).hexdigest()[12:]},{month},Northumbria Police,Northumbria Police,"
        f"-1.61,54.97,On or near {place},E01008162,{PLANTED[2]},Robbery,Under investigation,{PLANTED[3]}"
        for n in range(rows)
    ]
    return "\n".join([HEADER, *lines]) + "\n"


NAME = "2024-01-northumbria-street.csv"


def _zip(path: Path, **members: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in (members or {f"2024-01/{NAME}": _street()}).items():
            archive.writestr(zipfile.ZipInfo(name), contents, zipfile.ZIP_DEFLATED)
    return path


def _contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def _well(root: Path) -> lake.Workspace:
    """The workspace opens, nobody holds it, and all that is in it is whole; nothing but the data holds what was planted."""
    assert list(root.glob("in-use.lock*")) == []
    assert list(root.glob("scratch/*")) == []
    workspace = lake.open_workspace(root)
    for home, paper in (("landed/*", "manifest.json"), ("conformed/*/*", "account.json"), ("shelf/*", "snapshot.json")):
        assert [path for path in root.glob(home) if path.is_dir() and not (path / paper).is_file()] == []
    assert [path.name for path in workspace.editions.iterdir() if path.name.startswith(".")] == []
    assert ledger.verify(workspace.ledger).sound
    if (workspace.shelf / "latest").exists():
        assert lake.open_snapshot(workspace).digest
    told = [path for path in root.rglob("*") if path.suffix in {".json", ".jsonl", ".toml", ""} and path.is_file()]
    assert [path for path in told for cell in PLANTED if cell.encode() in path.read_bytes()] == []
    return workspace


def _frozen(answer: Ended) -> str:
    assert answer.code == 0, answer.err
    return json.loads(answer.out)["snapshot"]


def _cut(folder: Path) -> Path:
    path = _zip(folder / "police.zip")
    path.write_bytes(path.read_bytes()[:-40])
    return path


def _bomb(folder: Path) -> Path:
    return _zip(
        folder / "police.zip", **{f"2024-01/{NAME}": _street(rows=10) + _street(rows=1).splitlines()[1] * 80_000}
    )


def _escaping(folder: Path) -> Path:
    return _zip(folder / "police.zip", **{f"2024-01/{NAME}": _street(), f"../../{NAME}": _street("2024-02")})


def _pdf(folder: Path) -> Path:
    (folder / NAME).write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Title (" + PLANTED[1].encode() + b") >>\nendobj\n")
    return folder / NAME


def _renamed_column(folder: Path) -> Path:
    text = _street().replace("LSOA code", "LSOA_code", 1)
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")
    return folder / NAME


def _misspelt_force(folder: Path) -> Path:
    path = folder / NAME.replace("northumbria", "northumbira")
    path.write_text(_street(), encoding="utf-8", newline="\n")
    return path


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_cut, r"police\.zip is cut short, damaged .* Download it again\.$"),
        (_bomb, r"northumbria-street\.csv in police\.zip unpacks to over 250 times its size"),
        (_escaping, r"police\.zip holds '\.\./\.\./.*' points outside the archive|which points outside the archive"),
        (_pdf, rf"^{re.escape(NAME)} is a PDF, whatever its name says"),
        (_renamed_column, r"needs the column 'LSOA code' \(there is 'LSOA_code': is that it\?\)"),
        (_misspelt_force, r"there is no police force of that name \(there is 'northumbria': is that it\?\)"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_whole(
    desk: Desk, workspace: Path, tmp_path: Path, make: Callable[[Path], Path], says: str
) -> None:
    before = _contents(workspace)
    folder = tmp_path / "sent" / "inside"
    folder.mkdir(parents=True)
    sent = make(folder)
    ended = desk("land", sent, "-w", workspace)
    assert ended.code == 3
    assert re.search(says, ended.sentence)
    assert ended.out == ""
    _well(workspace)
    assert _contents(workspace) == before
    assert [path.name for path in tmp_path.rglob(f"*{NAME[10:]}") if path != sent] == []


def test_a_good_file_beside_a_bad_one_waits_whole_for_the_next_run(desk: Desk, workspace: Path, tmp_path: Path) -> None:
    good = _zip(tmp_path / "good.zip")
    bad = _pdf(tmp_path)
    assert desk("land", good, bad, "-w", workspace).code == 3
    assert [path.name for path in _well(workspace).landed.glob("*/*.zip")] == ["good.zip"]
    assert list(workspace.glob("shelf/*")) == []
    assert len(_frozen(desk("land", good, "-w", workspace, "--json"))) == 64


@pytest.mark.parametrize(("encoding", "spoken"), [("utf-16", "UTF-16"), ("cp1252", "Windows-1252")])
def test_a_file_saved_by_an_old_spreadsheet_is_read_and_the_answer_says_how(
    desk: Desk, workspace: Path, tmp_path: Path, encoding: str, spoken: str
) -> None:
    sent = tmp_path / NAME
    sent.write_bytes(_street(place="Zebedee Mews – Café £1").encode(encoding))
    ended = desk("land", sent, "-w", workspace)
    assert ended.code == 0
    assert spoken in " ".join(ended.out.split())
    (account,) = lake.open_snapshot(_well(workspace)).accounts
    assert (account.landed, account.conformed, account.quarantined) == (300, 300, 0)
    assert [path.read_bytes() for path in workspace.glob(f"landed/*/{NAME}")] == [sent.read_bytes()]


def test_rows_that_cannot_be_read_are_set_aside_and_never_quoted(desk: Desk, workspace: Path, tmp_path: Path) -> None:
    sent = tmp_path / NAME
    row = _street(rows=1).splitlines()[1]
    spoilt = [row.replace(*change, 1) for change in ((",2024-01,", f",{PLANTED[1]},"), ("-1.61", PLANTED[1]))]
    sent.write_text(_street() + "\n".join([*spoilt, f"{PLANTED[0]},{PLANTED[1]}", ""]), encoding="utf-8", newline="\n")
    for verb in (("land", sent), ("land", sent, "--json"), ("check",), ("check", "--json")):
        assert desk(*verb, "-w", workspace).code == 0
    snapshot = lake.open_snapshot(_well(workspace))
    (account,) = snapshot.accounts
    assert account.landed == 303 == account.conformed + account.quarantined + account.duplicates
    assert account.quarantined >= 2
    aside = b"".join(path.read_bytes() for path in workspace.rglob("quarantine.parquet"))
    assert [cell for cell in PLANTED if cell.encode() in aside] == []


@pytest.mark.parametrize("verb", ["land", "check", "assess"])
def test_a_workspace_of_a_newer_headwater_is_not_touched(
    desk: Desk, workspace: Path, tmp_path: Path, verb: str
) -> None:
    page = workspace / "headwater.toml"
    newer = re.sub(r'made_by = ".*"', 'made_by = "97.1"', page.read_text("utf-8").replace("format = 1", "format = 2"))
    page.write_text(newer, encoding="utf-8", newline="\n")
    (workspace / "scratch").mkdir(exist_ok=True)
    (workspace / "scratch" / "theirs.csv").write_text("work of the newer one", encoding="utf-8")
    before = _contents(workspace)
    ended = desk(verb, *([_zip(tmp_path / "police.zip")] if verb == "land" else []), "-w", workspace)
    assert ended.code == 4
    assert "Headwater 97.1" in ended.sentence
    assert _contents(workspace) == before


LAND = (
    ("headwater.sources.package:receive", "before"),
    ("headwater.lake.landing:keep", "after"),
    ("headwater.lake.landing:put", "before"),
    ("headwater.lake.landing:put", "after"),
    ("headwater.lake.conforming:conform_extracts", "before"),
    ("headwater.lake.conforming:put", "after"),
    ("headwater.lake.freezing:put", "before"),
    ("headwater.lake.freezing:put", "after"),
    ("headwater.lake.freezing:write_text", "before"),
)


@pytest.fixture(scope="module")
def untroubled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace where the same file landed and nothing went wrong."""
    folder = tmp_path_factory.mktemp("untroubled")
    workspace = _new(folder / "northumbria", "Northumbria")
    _ = _typed("land", _zip(folder / "police.zip"), "-w", workspace)
    return workspace


def _typed(*typed: str | Path) -> None:
    """A command that goes well, in this process: quicker than another one."""
    with redirect_stdout(StringIO()), pytest.raises(SystemExit) as ended:
        main([str(word) for word in typed])
    assert ended.value.code == 0


def _whole_after_a_rerun(workspace: Path, sent: Path, untroubled: Path) -> None:
    """What trouble left is whole, and running the same command again gives what it would have given at first."""
    _ = _well(workspace)
    _typed("land", sent, "-w", workspace)
    again, first = _well(workspace), lake.open_workspace(untroubled)
    assert lake.open_snapshot(again).digest == lake.open_snapshot(first).digest
    deeds = [[(entry.did, entry.to) for entry in ledger.read(each.ledger)] for each in (again, first)]
    assert deeds[0] == deeds[1]
    assert sorted(_contents(workspace)) == sorted(_contents(untroubled))


@pytest.mark.parametrize(
    ("trouble", "where", "says"),
    [
        ("ENOSPC", "headwater.sources.package:receive", "the disk is full"),
        ("ENOSPC", "headwater.lake.landing:keep", "the disk is full"),
        ("ENOSPC", "headwater.lake.conforming:put", "the disk is full"),
        ("ENOSPC", "headwater.lake.freezing:write_record", "the disk is full"),
        ("ENOSPC", "headwater.ledger.book:os.fsync", "the disk is full"),
        ("EACCES", "pathlib:Path.mkdir", "may not read or write there"),
        ("EROFS", "tempfile:mkdtemp", "can only be read"),
    ],
)
def test_a_disk_that_is_full_or_locked_is_said_and_a_rerun_is_whole(
    desk: Desk, workspace: Path, tmp_path: Path, untroubled: Path, trouble: str, where: str, says: str
) -> None:
    sent = _zip(tmp_path / "police.zip")
    ended = desk.struck(where, "before", trouble, "land", sent, "-w", workspace)
    assert ended.code == 7
    assert says in ended.sentence
    _whole_after_a_rerun(workspace, sent, untroubled)


HOLD = """
import sys
from pathlib import Path
from headwater.lake import open_workspace
with open_workspace(Path(sys.argv[1])).lock():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_of_two_runs_at_once_the_second_is_told_who_is_first_and_a_dead_first_is_forgotten(
    desk: Desk, workspace: Path, tmp_path: Path, untroubled: Path
) -> None:
    sent = _zip(tmp_path / "police.zip")
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(workspace)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        before = _contents(workspace)
        for verb in (("land", sent), ("assess",)):
            ended = desk(*verb, "-w", workspace)
            assert ended.code == 4
            assert f"in use by process {first.pid} " in ended.sentence
        assert _contents(workspace) == before
        first.kill()
    _typed("land", sent, "-w", workspace)
    _whole_after_a_rerun(workspace, sent, untroubled)


@UNIX
@pytest.mark.parametrize(("where", "when"), LAND)
def test_ctrl_c_while_landing_leaves_all_whole_and_a_rerun_gives_the_same(
    desk: Desk, workspace: Path, tmp_path: Path, untroubled: Path, where: str, when: str
) -> None:
    sent = _zip(tmp_path / "police.zip")
    ended = desk.struck(where, when, "SIGINT", "land", sent, "-w", workspace)
    assert ended.code == 130
    assert ended.sentence == "Stopped. Nothing was half-written."
    _whole_after_a_rerun(workspace, sent, untroubled)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small Aldermere, landed: two years, and a fifth of the crimes."""
    folder = tmp_path_factory.mktemp("county")
    recipe = example_recipe().read_text("utf-8")
    for whole, part in (
        ('first = "2022-04"', 'first = "2024-04"'),
        ("months = 48 ", "months = 24 "),
        ("months_in_2011_areas = 18", "months_in_2011_areas = 3"),
        ('spoilt_month = "2023-05"', 'spoilt_month = "2024-06"'),
        ("people = 640_000", "people = 400_000"),
        ("grains = 8_800", "grains = 5_500"),
    ):
        assert whole in recipe
        recipe = recipe.replace(whole, part)
    recipe = re.sub(r"a_month = (\d+)", lambda found: f"a_month = {max(6, int(found[1]) // 5)}", recipe)
    (folder / "small.toml").write_text(recipe, encoding="utf-8", newline="\n")
    files = invent(folder / "small.toml", folder / "sent")
    for path in [path for path in files if path.name.startswith(PERSONAL)]:
        path.unlink()  # they need agreements and a key, which are not what is in trouble here
    files = tuple((folder / "sent").iterdir())
    workspace = _new(folder / "aldermere", "Aldermere")
    _typed("land", *sorted(files, key=lambda path: path.stem), "-w", workspace)
    return workspace


ASSESS = ("assess", "--name", "edition", "--published", "2026-11-23", "-w")


@UNIX
def test_ctrl_c_while_assessing_leaves_no_edition_and_a_rerun_gives_the_same_bytes(
    desk: Desk, county: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(county, tmp_path / "aldermere"))
    reference = Path(shutil.copytree(county, tmp_path / "untroubled"))
    meanwhile = desk.begin(MAIN, *ASSESS, reference)
    before = _contents(other)
    for where in ("scene_of", "_compose", "documents.write_pdf"):
        ended = desk.struck(f"headwater.assessment.edition:{where}", "before", "SIGINT", *ASSESS, other)
        assert (ended.code, ended.sentence) == (130, "Stopped. Nothing was half-written.")
        assert _contents(_well(other).root) == before
    assert desk.judge(meanwhile).code == 0
    assert desk(*ASSESS, other).code == 0
    assert _contents(other / "editions") == _contents(reference / "editions")
    assert list(desk.temporary.iterdir()) == []
    _ = _well(other)


@UNIX
@pytest.mark.parametrize(("verb", "stage"), [("land", "Reading …"), ("assess", "Assessing …")])
def test_ctrl_c_from_the_keyboard_is_heard_in_the_thick_of_it(
    desk: Desk, county: Path, tmp_path: Path, verb: str, stage: str
) -> None:
    other = Path(shutil.copytree(county, tmp_path / "aldermere"))
    if verb == "land":
        for made in ("conformed", "shelf"):
            shutil.rmtree(other / made)
            (other / made).mkdir()
    sent = sorted((county.parent / "sent").iterdir())
    run = desk.begin(MAIN, *(("land", *sent, "-w") if verb == "land" else ASSESS), other)
    assert run.stderr is not None
    heard = ""
    while not heard.endswith(f"{stage}\n"):
        heard += run.stderr.readline()
    run.send_signal(signal.SIGINT)
    ended = desk.judge(run, heard)
    assert (ended.code, ended.sentence) == (130, "Stopped. Nothing was half-written.")
    assert list(_well(other).editions.iterdir()) == []
    assert len(list(other.glob("shelf/*/snapshot.json"))) == (verb == "assess")


def test_an_edition_made_again_is_never_gone_whenever_it_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, building = tmp_path / "2026", tmp_path / ".building-2026-1"
    for folder in (home, building):
        folder.mkdir()
        (folder / "page.html").write_text(folder.name, encoding="utf-8")
    real = Path.rename

    def stopped(path: Path, to: Path) -> Path:
        monkeypatch.setattr(Path, "rename", real)
        _ = real(path, to)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        edition._place(building, home)  # pyright: ignore[reportPrivateUsage]
    assert (home / "page.html").read_text("utf-8") == "2026"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".building-2026-1", "2026"]
