"""The ledger: sealed line by line, and honest about its own injuries."""

import errno
import hashlib
import json
from pathlib import Path

import pytest

from headwater.ledger import append, read, verify
from headwater.vocabulary import StorageTrouble, WorkspaceTrouble


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.jsonl"
    for number in range(3):
        append(
            path, did="landed", to=f"police-{number}.zip", who="Amira", because="the month closed", when="2023-04-01"
        )
    return path


def lines(book: Path) -> list[str]:
    return book.read_text("utf-8").splitlines(keepends=True)


def rewrite(book: Path, changed: list[str]) -> None:
    book.write_text("".join(changed), encoding="utf-8", newline="\n")


def test_a_ledger_not_begun_is_empty_and_sound(tmp_path: Path) -> None:
    assert read(tmp_path / "none.jsonl") == ()
    assert verify(tmp_path / "none.jsonl").sound


def test_what_was_said_is_read_back_in_order(book: Path) -> None:
    assert [entry.to for entry in read(book)] == ["police-0.zip", "police-1.zip", "police-2.zip"]
    assert {entry.who for entry in read(book)} == {"Amira"}
    assert verify(book).sound
    assert verify(book).entries == 3


def test_the_seal_is_the_hash_anyone_can_work_out(book: Path) -> None:
    said = json.loads(lines(book)[1])
    seal = said.pop("hash")
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert seal == hashlib.sha256(text.encode()).hexdigest()
    assert said["before"] == json.loads(lines(book)[0])["hash"]


def test_the_same_deeds_give_the_same_bytes(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    for number in range(3):
        append(
            other, did="landed", to=f"police-{number}.zip", who="Amira", because="the month closed", when="2023-04-01"
        )
    assert other.read_bytes() == book.read_bytes()


@pytest.mark.parametrize("line", [0, 1, 2])
def test_a_changed_word_breaks_the_chain_at_its_line(book: Path, line: int) -> None:
    changed = lines(book)
    changed[line] = changed[line].replace("Amira", "Someone")
    rewrite(book, changed)
    assert verify(book).broken_at == line + 1
    with pytest.raises(WorkspaceTrouble, match=f"changed at line {line + 1}"):
        append(book, did="landed", to="x", who="y")
    assert lines(book) == changed


def test_a_line_taken_out_or_moved_breaks_the_chain(book: Path) -> None:
    first, second, third = lines(book)
    rewrite(book, [first, third])
    assert verify(book).broken_at == 2
    rewrite(book, [second, first, third])
    assert verify(book).broken_at == 1


def test_a_line_changed_with_its_own_seal_is_found_at_the_next(book: Path, tmp_path: Path) -> None:
    forged = tmp_path / "forged.jsonl"
    append(forged, did="landed", to="forged.zip", who="Amira", when="2023-04-01")
    rewrite(book, [lines(forged)[0], *lines(book)[1:]])
    assert verify(book).broken_at == 2


@pytest.mark.parametrize("kept", [1, 40, -1])
def test_a_line_torn_by_a_crash_is_seen_set_aside_and_said(book: Path, kept: int) -> None:
    *whole, last = lines(book)
    rewrite(book, [*whole, last[:kept]])
    assert verify(book).torn
    assert not verify(book).sound
    assert len(read(book)) == 2
    append(book, did="landed", to="again.zip", who="Amira")
    assert [entry.did for entry in read(book)] == ["landed", "landed", "set aside a torn line", "landed"]
    assert verify(book).sound
    assert book.with_name("ledger.jsonl.torn-1").read_text("utf-8") == last[:kept]


def test_a_second_tear_does_not_overwrite_the_first(book: Path) -> None:
    for _ in range(2):
        rewrite(book, [*lines(book), '{"did'])
        append(book, did="landed", to="x", who="y")
    assert book.with_name("ledger.jsonl.torn-2").exists()


def test_a_full_disk_is_said_plainly(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageTrouble, match="disk is full"):
        append(book, did="landed", to="x", who="y")


def test_words_of_any_language_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    append(path, did="cyhoeddwyd", to="Siân\nÉire", who="Ŵyn", because='"why"')
    assert read(path)[0].to == "Siân\nÉire"
    assert verify(path).sound
    assert b"\r" not in path.read_bytes()
