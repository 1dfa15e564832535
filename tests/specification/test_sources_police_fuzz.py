"""Whatever the bytes, a police file is refused in words or every one of its rows is accounted for."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headwater.engine import Engine, open_engine
from headwater.sources import conform, open_package
from headwater.sources.text import receive, records
from headwater.vocabulary import HeadwaterError

HEADER = b"Crime ID,Month,Longitude,Latitude,Location,LSOA code,Crime type,Last outcome category\n"
GOOD = b"a1,2022-03,-1.6,54.9,On or near X,E01020614,Burglary,Under investigation\n"
BYTES = [b'"', b",", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xc3", b"\xe9", b"\xc3\xa9", b" ", b"2022-03", b"E01", b"x",
         b'""', b"\xef\xbb\xbf", b"-", b".", b"1e9", b"2022-03-northumbria"]  # fmt: skip
PIECES = st.sampled_from(BYTES)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with open_engine(scratch=tmp_path_factory.mktemp("engine"), threads=1) as opened:
        yield opened


@st.composite
def nearly_police(draw: st.DrawFn) -> bytes:
    """A file of the right shape with a few bytes changed anywhere after its header."""
    body = bytearray(GOOD * draw(st.integers(0, 4)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(body)))
        body[at : at + draw(st.integers(0, 3))] = draw(PIECES)
    return HEADER + bytes(body)


def account_of(contents: bytes, engine: Engine) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "2022-03-northumbria-street.csv"
        path.write_bytes(contents)
        with suppress(HeadwaterError):
            (extract,) = open_package(path, folder / "scratch").extracts
            account = conform("police_uk.street", [extract], engine, folder / "out")
            assert account.landed == extract.rows
            assert account.landed == account.conformed + account.quarantined + account.duplicates
            written = {p.stem: pq.read_metadata(p).num_rows for p in (folder / "out").glob("*.parquet")}
            assert written == {"events": account.conformed, "quarantine": account.quarantined}


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(contents=nearly_police())
def test_nearly_right_files_lose_no_row(engine: Engine, contents: bytes) -> None:
    account_of(contents, engine)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(contents=st.binary(max_size=200), header=st.booleans())
def test_bytes_at_random_are_refused_in_words_or_accounted_for(engine: Engine, contents: bytes, header: bool) -> None:
    account_of(HEADER + contents if header and len(contents) > 60 else contents, engine)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(parts=st.lists(PIECES | st.sampled_from([GOOD, HEADER]), max_size=12), size=st.integers(1, 7))
def test_how_the_bytes_arrive_makes_no_difference(parts: list[bytes], size: int) -> None:
    contents = HEADER + b"".join(parts)
    with TemporaryDirectory() as name:
        whole, split = Path(name) / "whole.csv", Path(name) / "split.csv"
        first = receive([contents], whole, "x.csv")
        pieces = [contents[:16], *(contents[at : at + size] for at in range(16, len(contents), size))]
        assert receive(pieces, split, "x.csv") == first
        assert whole.read_bytes() == split.read_bytes()
        if first.sound:
            assert first.rows == sum(1 for _ in records(whole))
