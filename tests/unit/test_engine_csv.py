"""Reading a partner's CSV: every column text, one header, and nothing forgiven."""

from collections.abc import Iterator
from pathlib import Path

import narwhals as nw
import pytest

from headwater.engine import Engine, open_engine
from headwater.vocabulary import BadInput, StorageTrouble, WrongRequest


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with open_engine(scratch=tmp_path / "scratch", threads=1, memory="500MB") as opened:
        yield opened


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_every_column_is_text_and_an_empty_field_is_null(engine: Engine, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,when,note\r\n007,2022-01-01,"two\r\nlines"\r\n1e3,,""\r\n')
    found = engine.collect(engine.scan_csv([path]))
    assert {str(field.type) for field in found.schema} == {"string"}
    assert found.to_pylist() == [
        {"id": "007", "when": "2022-01-01", "note": "two\r\nlines", "file": str(path)},
        {"id": "1e3", "when": None, "note": None, "file": str(path)},
    ]


def test_many_files_keep_their_lines_and_their_names(engine: Engine, tmp_path: Path) -> None:
    first = write(tmp_path / "North [east] {x}" / "a?.csv", "n\n" + "".join(f"{n}\n" for n in range(5000)))
    empty = write(tmp_path / "empty.csv", "n\n")
    last = write(tmp_path / "b.csv", "n\nx\ny")
    found = engine.collect(engine.scan_csv([first, empty, last], line="line"))
    rows = {(row["file"], row["line"]): row["n"] for row in found.to_pylist()}
    assert len(rows) == found.num_rows == 5002
    assert rows[str(first), 2] == "0"
    assert rows[str(first), 5001] == "4999"
    assert (rows[str(last), 2], rows[str(last), 3]) == ("x", "y")


def test_relative_paths_come_back_as_given(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in [1]" / "a.csv", "n\n1\n")
    monkeypatch.chdir(tmp_path)
    assert engine.collect(engine.scan_csv([Path("in [1]/a.csv")])).column("file").to_pylist() == [
        str(Path("in [1]/a.csv"))
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\nSECRET,4,5\n", "bad.csv, line 3: 3 fields where the header has 2"),
        ("a,b\n1\n", "bad.csv, line 2: 1 fields where the header has 2"),
        ('a,b\nSECRET,"x\n2,y\n', "bad.csv, line 2: a quotation mark"),
        (b"a,b\nSECRET,\xff\n", "bad.csv, line 2: not UTF-8"),
    ],
)
def test_a_bad_line_is_named_and_its_values_are_not(
    engine: Engine, tmp_path: Path, text: str | bytes, says: str
) -> None:
    path = write(tmp_path / "bad.csv", text)
    with pytest.raises(BadInput, match=says) as refusal:
        engine.collect(engine.scan_csv([path]))
    assert "SECRET" not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("a,b\n", "a,c\n", "one.csv alone has b; two.csv alone has c"),
        ("a,b\n", "b,a\n", "another order"),
        ("a,a\n", "a,a\n", "more than one column is called 'a'"),
        ("a,file\n", "a,file\n", "more than one column is called 'file'"),
        ("a\n", "", "two.csv is empty"),
    ],
)
def test_headers_that_differ_are_refused(engine: Engine, tmp_path: Path, first: str, second: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        engine.scan_csv([write(tmp_path / "one.csv", first), write(tmp_path / "two.csv", second)])


def test_no_file_and_a_missing_file_are_said_plainly(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no CSV file"):
        engine.scan_csv([])
    with pytest.raises(StorageTrouble, match=r"gone\.csv cannot be opened"):
        engine.scan_csv([tmp_path / "gone.csv"])


def test_long_and_wide_and_the_top_few_work_on_a_private_database(engine: Engine, tmp_path: Path) -> None:
    frame = engine.scan_csv([write(tmp_path / "wide.csv", "area,a,b\nE1,1,2\n")]).drop("file")
    long = engine.collect(frame.unpivot(on=["a", "b"], index="area").sort("variable"))
    assert long.column("value").to_pylist() == ["1", "2"]
    assert engine.collect(frame.top_k(1, by="a")).num_rows == 1


def test_a_failed_write_leaves_what_was_there(engine: Engine, tmp_path: Path) -> None:
    target = tmp_path / "kept.parquet"
    good = engine.scan_csv([write(tmp_path / "a.csv", "n\n1\n")])
    assert engine.write(good, target) == 1
    before = target.read_bytes()
    with pytest.raises(BadInput):
        engine.write(engine.scan_csv([write(tmp_path / "b.csv", "n\nx\n")]).select(nw.col("n").cast(nw.Int64)), target)
    assert target.read_bytes() == before
    assert not list(tmp_path.glob(".*"))


def test_nothing_is_left_in_scratch_and_two_engines_do_not_meet(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "n\n1\n")
    with open_engine(scratch=tmp_path / "s") as outer, open_engine(scratch=tmp_path / "s") as inner:
        assert inner.collect(inner.scan_csv([path])) == outer.collect(outer.scan_csv([path]))
    assert list((tmp_path / "s").iterdir()) == []


def test_an_engine_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongRequest, match="'duckdb': is that it"), open_engine("duckbd", scratch=tmp_path):
        pass


def test_no_extension_and_no_address_can_be_reached(engine: Engine) -> None:
    with pytest.raises((StorageTrouble, BadInput)):
        engine.collect(engine.scan(Path("https://127.0.0.1/a.parquet")))
