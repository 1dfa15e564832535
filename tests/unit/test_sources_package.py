"""Opening packages: what is safe, what is whole, what is known."""

import gzip
import stat
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from headwater.sources import members, open_package, zips
from headwater.vocabulary import BadInput, MissingColumns, StorageTrouble

HEADER = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context"
ROW = ",2022-03,Northumbria Police,Northumbria Police,-1.60,54.88,On or near A,E01020614,County Durham 002B,Burglary,,"
STREET = f"{HEADER}\n{ROW}\n".encode()
NAME = "2022-03/2022-03-northumbria-street.csv"


def zipped(path: Path, *files: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in files:
            archive.writestr(name, contents)
    return path


def test_a_zip_is_opened_hashed_and_counted(tmp_path: Path) -> None:
    package = open_package(zipped(tmp_path / "p.zip", (NAME, STREET)), tmp_path / "s")
    (extract,) = package.extracts
    assert (extract.name, extract.dataset, extract.producer, extract.month) == (
        NAME, "police_uk.street", "northumbria", "2022-03",
    )  # fmt: skip
    assert (extract.rows, extract.size, extract.sha256) == (1, len(STREET), sha256(STREET).hexdigest())
    assert extract.path.read_bytes() == STREET
    assert extract.header == tuple(HEADER.split(","))
    assert extract.sound


@pytest.mark.parametrize("wrap", [lambda b: b, gzip.compress], ids=["csv", "csv.gz"])
def test_a_folder_and_a_single_file_open_alike(tmp_path: Path, wrap: Callable[[bytes], bytes]) -> None:
    name = "2022-03-northumbria-street.csv" + (".gz" if wrap is gzip.compress else "")
    folder = tmp_path / "folder" / "2022-03"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(wrap(STREET))
    alone = open_package(folder / name, tmp_path / "s")
    within = open_package(tmp_path / "folder", tmp_path / "s")
    assert [e.sha256 for e in alone.extracts] == [e.sha256 for e in within.extracts] == [sha256(STREET).hexdigest()]
    assert within.extracts[0].name == f"2022-03/{name}"


def test_what_nobody_knows_is_ignored_and_says_why(tmp_path: Path) -> None:
    other = (("notes.txt", b"hello"), ("other.csv", b"a,b\n1,2\n"), ("2022-04/2022-04-northumbria-street.csv", b""))
    package = open_package(zipped(tmp_path / "p.zip", (NAME, STREET), *other), tmp_path / "s")
    assert [name for name, _ in package.ignored] == sorted(name for name, _ in other)
    assert "not even a header" in dict(package.ignored)["2022-04/2022-04-northumbria-street.csv"]
    assert len(package.extracts) == 1


def test_a_file_with_a_header_and_no_rows_is_an_extract(tmp_path: Path) -> None:
    package = open_package(zipped(tmp_path / "p.zip", (NAME, HEADER.encode())), tmp_path / "s")
    assert [extract.rows for extract in package.extracts] == [0]


def test_nothing_known_says_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"(?s)nothing in p\.zip .* Looked at: a\.txt .*2022-03-northumbria-street\.csv"):
        open_package(zipped(tmp_path / "p.zip", ("a.txt", b"x")), tmp_path / "s")


def test_a_file_that_is_not_there_offers_the_one_that_is(tmp_path: Path) -> None:
    _ = zipped(tmp_path / "northumbria.zip", (NAME, STREET))
    with pytest.raises(BadInput, match=r"is that it\?"):
        open_package(tmp_path / "northumbira.zip", tmp_path / "s")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../2022-03-northumbria-street.csv", "outside"),
        ("a/../../2022-03-northumbria-street.csv", "outside"),
        ("/etc/2022-03-northumbria-street.csv", "outside"),
        ("C:/2022-03-northumbria-street.csv", "outside"),
        ("inner.zip", "archive inside"),
        ("[Content_Types].xml", "office document that is called a zip"),
    ],
)
def test_unsafe_members_are_refused(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        open_package(zipped(tmp_path / "p.zip", (NAME, STREET), (name, STREET)), tmp_path / "s")
    assert not list((tmp_path / "s").rglob("*.csv"))


def test_a_backslash_is_a_folder_and_never_a_way_out(tmp_path: Path) -> None:
    inside = zipfile.ZipInfo()
    inside.filename = NAME.replace("/", "\\")
    assert open_package(zipped(tmp_path / "p.zip", (inside, STREET)), tmp_path / "s").extracts[0].name == NAME
    outside = zipfile.ZipInfo()
    outside.filename = "..\\..\\2022-03-northumbria-street.csv"
    with pytest.raises(BadInput, match="outside"):
        open_package(zipped(tmp_path / "q.zip", (outside, STREET)), tmp_path / "s")


def test_a_link_in_a_zip_is_refused_and_in_a_folder_left_alone(tmp_path: Path) -> None:
    link = zipfile.ZipInfo(NAME)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(BadInput, match="link"):
        open_package(zipped(tmp_path / "p.zip", (link, b"/etc/passwd")), tmp_path / "s")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "2022-03-northumbria-street.csv").write_bytes(STREET)
    try:
        (folder / "2022-04-northumbria-street.csv").symlink_to(tmp_path / "p.zip")
    except OSError:
        pytest.skip("this system makes no links")
    assert dict(open_package(folder, tmp_path / "s").ignored)["2022-04-northumbria-street.csv"].startswith("a link")


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", (NAME, STREET))
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(BadInput, match="password"):
        open_package(path, tmp_path / "s")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused_whatever_its_case(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="more than once"):
        open_package(zipped(tmp_path / "p.zip", (NAME, STREET), (NAME.upper(), STREET)), tmp_path / "s")


def test_two_files_of_one_month_are_refused_unless_they_are_the_same(tmp_path: Path) -> None:
    again = "copy/2022-03-northumbria-street.csv"
    with pytest.raises(BadInput, match="both claim"):
        open_package(zipped(tmp_path / "p.zip", (NAME, STREET), (again, STREET + b",\n")), tmp_path / "s")
    package = open_package(zipped(tmp_path / "q.zip", (NAME, STREET), (again, STREET)), tmp_path / "s")
    assert len(package.extracts) == 1
    assert package.ignored == ((again, f"the same as {NAME}"),)


@pytest.mark.parametrize("cut", [10, 200, -30])
def test_a_zip_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    path = zipped(tmp_path / "p.zip", (NAME, STREET * 50))
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(BadInput, match="Download it again"):
        open_package(path, tmp_path / "s")


def test_a_zip_with_a_damaged_member_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", (NAME, STREET * 50))
    raw = bytearray(path.read_bytes())
    raw[120] ^= 0xFF
    path.write_bytes(raw)
    with pytest.raises(BadInput):
        open_package(path, tmp_path / "s")


def test_a_gzip_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2022-03-northumbria-street.csv.gz"
    path.write_bytes(gzip.compress(STREET * 50)[:-12])
    with pytest.raises(BadInput, match="Download it again"):
        open_package(path, tmp_path / "s")


def test_bombs_are_refused_before_they_fill_the_disk(tmp_path: Path) -> None:
    zeros = STREET + b"0" * (20 << 20)
    with pytest.raises(BadInput, match="unpacks to over"):
        open_package(zipped(tmp_path / "p.zip", (NAME, zeros)), tmp_path / "s")
    alone = tmp_path / "2022-03-northumbria-street.csv.gz"
    alone.write_bytes(gzip.compress(zeros))
    with pytest.raises(BadInput, match="unpacks to over"):
        open_package(alone, tmp_path / "s")


def test_more_than_the_disk_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "p.zip", (NAME, STREET))
    monkeypatch.setattr(members.shutil, "disk_usage", lambda _: _Free(3))
    with pytest.raises(StorageTrouble, match="Make room"):
        open_package(path, tmp_path / "s")


class _Free:
    def __init__(self, free: int) -> None:
        self.free = free


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MOST_FILES", 2)
    with pytest.raises(BadInput, match="3 files"):
        open_package(zipped(tmp_path / "p.zip", *((f"{n}.txt", b"x") for n in range(3))), tmp_path / "s")


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7 ", "PDF"),
        (b"PK\x03\x04abc", "Excel"),
        (b"\xd0\xcf\x11\xe0abc", "Excel"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\n <html>", "web page"),
        (bytes(64), "not text"),
    ],
)
def test_what_is_only_called_csv_is_refused(tmp_path: Path, start: bytes, kind: str) -> None:
    path = tmp_path / "2022-03-northumbria-street.csv"
    path.write_bytes(start)
    with pytest.raises(BadInput, match=kind):
        open_package(path, tmp_path / "s")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_put_into_utf_8(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "2022-03-northumbria-street.csv"
    text = STREET.decode().replace("On or near A", "Café Row – £1")
    path.write_bytes(text.encode(encoding))
    package = open_package(path, tmp_path / "s")
    (extract,) = package.extracts
    assert extract.path.read_text("utf-8") == text
    assert extract.sound
    assert bool(package.notes) == (encoding != "utf-8-sig")


def test_bytes_that_are_no_known_text_are_kept_and_marked(tmp_path: Path) -> None:
    path = tmp_path / "2022-03-northumbria-street.csv"
    path.write_bytes(STREET + ROW.replace("near A", "near \u00e9").encode() + b"\xff\x81\n")
    (extract,) = open_package(path, tmp_path / "s").extracts
    assert (extract.rows, extract.sound) == (2, False)
    assert extract.path.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("body", "rows", "sound"),
    [
        (f"{ROW}\n{ROW}\n", 2, True),
        (f"{ROW}\n{ROW}", 2, True),
        (f"{ROW}\r\n{ROW}\r\n", 2, True),
        (f"{ROW}\n\n{ROW}\n\n", 2, False),
        (f"{ROW}\r{ROW}\r", 2, False),
        (ROW.replace("On or near A", '"On, or near A"') + "\n", 1, True),
        (ROW.replace("On or near A", '"On ""or"" near A"') + "\n", 1, True),
        (ROW.replace("On or near A", '"On\nor near\nA"') + "\n" + ROW, 2, False),
        (ROW.replace("On or near A", 'On "or" near A') + "\n" + ROW, 2, False),
    ],
)
def test_rows_are_counted_as_csv_means_them(tmp_path: Path, body: str, rows: int, sound: bool) -> None:
    path = tmp_path / "2022-03-northumbria-street.csv"
    path.write_bytes(f"{HEADER}\n{body}".encode())
    (extract,) = open_package(path, tmp_path / "s").extracts
    assert (extract.rows, extract.sound) == (rows, sound)


def test_an_unknown_force_is_refused_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "2022-03-northumbira-street.csv"
    path.write_bytes(STREET)
    with pytest.raises(BadInput, match="'northumbria'"):
        open_package(path, tmp_path / "s")


def test_a_header_nearly_right_is_refused_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "2022-03-northumbria-street.csv"
    path.write_bytes(STREET.replace(b"LSOA code", b"LSOA_code"))
    with pytest.raises(MissingColumns, match=r"'LSOA code' \(there is 'LSOA_code'"):
        open_package(path, tmp_path / "s")


def test_a_street_file_of_another_name_is_known_by_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "crimes.csv"
    path.write_bytes(STREET + ROW.encode())
    (extract,) = open_package(path, tmp_path / "s").extracts
    assert (extract.dataset, extract.producer, extract.month) == ("police_uk.street", "northumbria", "2022-03")
    path.write_bytes(STREET + ROW.replace("2022-03", "2022-04").encode())
    with pytest.raises(BadInput, match="2 forces and months"):
        open_package(path, tmp_path / "s")


def test_a_folder_that_cannot_be_written_is_storage_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "p.zip", (NAME, STREET))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StorageTrouble, match=r"opening p\.zip"):
        open_package(path, tmp_path / "s")
