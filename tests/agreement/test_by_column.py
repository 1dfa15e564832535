"""Reading a reference file by the column gives what reading it row by row gives: the same bytes, the same account."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headwater.engine import Engine
from headwater.sources import Account, Extract, Source, package
from headwater.sources.deprivation import SOURCE as DEPRIVATION
from headwater.sources.geojson import plain_features
from headwater.sources.ons_places import SOURCE as PLACES
from headwater.sources.ons_places import boundaries
from headwater.sources.populations import SOURCE as POPULATIONS
from headwater.sources.reading import Reading
from headwater.sources.text import _quotes_are_plain, _quotes_close, receive, records

NO_ENGINE = cast("Engine", None)
MANY = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def extract_of(source: Source, name: str, body: bytes, path: Path) -> Extract:
    """A file as the room's door hands it on."""
    received = receive([body], path, name, table=path.suffix == ".csv")
    if path.suffix == ".csv":
        header, rows = tuple(map(str.strip, next(records(path)).fields)), received.rows - 1
    else:
        features = json.loads(body)["features"]
        header, rows = tuple(features[0]["properties"]), len(features)
    known = source.recognise(name, header, path)
    assert known is not None
    return Extract(name=name, path=path, dataset=known.dataset, producer=known.producer, month=None, rows=rows,
                   size=received.size, sha256=received.sha256, header=header, sound=received.sound)  # fmt: skip


def written(source: Source, extract: Extract, folder: Path) -> tuple[Account, dict[str, bytes]]:
    account = source.conform(extract.dataset, [extract], NO_ENGINE, folder)
    return account, {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def assert_agrees(source: Source, name: str, body: bytes) -> None:
    """By the column (where the file allows it) and row by row."""
    with tempfile.TemporaryDirectory() as room:
        extract = extract_of(source, name, body, Path(room, "file.csv"))
        quick = written(source, extract, Path(room, "quick"))
        careful = written(source, replace(extract, sound=False), Path(room, "careful"))
    assert quick == careful
    assert quick[0].landed == extract.rows


def csv_of(header: Sequence[str], rows: Sequence[Sequence[str]], end: str) -> bytes:
    return "".join(",".join(row) + end for row in [header, *rows]).encode()


# Mostly what should be there, so that most files are plain; now and then what should not.
def cells(good: Sequence[str], bad: Sequence[str]) -> st.SearchStrategy[str]:
    return st.integers(0, 30).flatmap(lambda roll: st.sampled_from(good if roll else bad))


LSOAS = [f"E0100000{n}" for n in range(10)] + [f"W0100000{n}" for n in range(10)]
CODES = cells(
    LSOAS, ["", " ", "S01000001", "95AA01S1", "oops", " E01000009 ", '"E01000001"', "E0100000\u0663", "e01000001"]
)
PARENTS = cells(["E07000001", "E07000002", "", "W06000001"], [" ", "S12000001", "x", "E07000001 "])
NAMES = cells(["Åre", '"A, B"', '"Say ""no"""', "", "A"], [" A ", "\u2003B\x1f", "a"])
WHOLE = cells(["0", "1", "12", "007"], ["", "-1", "1.5", '"1,000"', " 3", "3 ", "\u0663", "9" * 16, "0x1", "1_0", "+1"])
REAL = cells(["0.1", "-1.5", "2e-3", "", "7", "1E5", "8.742"], ["nan", "inf", ".5", "1.", " 2 ", "1e+5", "1e999", "1e-999", "\u0663"])  # fmt: skip
ENDS = st.sampled_from(["\n", "\r\n"])
WIDTHS = st.integers(0, 60)


def rows_of(*columns: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, ...]]]:
    """Rows, of which now and then one is too short, in files of which half have no code twice."""
    row = st.tuples(WIDTHS, st.tuples(*columns)).map(lambda pair: pair[1] if pair[0] else pair[1][:-1])
    return st.one_of(st.lists(row, max_size=12), st.lists(row, max_size=12, unique_by=lambda cells: cells[:1]))


@MANY
@given(rows=rows_of(CODES, NAMES, PARENTS, NAMES, PARENTS), end=ENDS)
def test_look_ups(rows: list[tuple[str, ...]], end: str):
    header = ("LSOA21CD", "LSOA21NM", "LAD24CD", "LAD24NM", "ICB24CD")
    assert_agrees(PLACES, "x.csv", csv_of(header, rows, end))


@MANY
@given(rows=rows_of(CODES, CODES, cells(["U", "S", "M", "X"], ["", "u", "Q", " U"]), PARENTS), end=ENDS)
def test_look_ups_with_changes(rows: list[tuple[str, ...]], end: str):
    assert_agrees(PLACES, "x.csv", csv_of(("lsoa11_code", "lsoa21_code", "CHGIND", "ltla22_code"), rows, end))


@MANY
@given(rows=rows_of(CODES, cells(["UN1", "A1"], ["", " ", " A1"]), NAMES), end=ENDS)
def test_rural_urban_classes(rows: list[tuple[str, ...]], end: str):
    assert_agrees(PLACES, "x.csv", csv_of(("lsoa21_code", "ruc21_code", "classification"), rows, end))


@MANY
@given(rows=rows_of(CODES, WHOLE, cells(["White", "Black, Black British, Black Welsh, Caribbean or African"], ["white ", "?"]), WHOLE), end=ENDS)  # fmt: skip
def test_ethnic_groups(rows: list[tuple[str, ...]], end: str):
    quoted = [tuple(f'"{cell}"' if "," in cell and '"' not in cell else cell for cell in row) for row in rows]
    body = csv_of(("lsoa21_code", "total_residents", "ethnic_group", "n"), quoted, end)
    assert_agrees(POPULATIONS, "ethnicity21_lsoa21.csv", body)


@MANY
@given(rows=rows_of(CODES, cells(["1"], ["2", "x"]), st.just("White"), WHOLE), end=ENDS)
def test_ethnic_groups_of_one_total(rows: list[tuple[str, ...]], end: str):
    body = csv_of(("lsoa21_code", "total_residents", "ethnic_group", "n"), rows, end)
    assert_agrees(POPULATIONS, "ethnicity21_lsoa21.csv", body)


@MANY
@given(rows=st.lists(st.tuples(CODES, WHOLE, WHOLE, WHOLE, WIDTHS), max_size=8), end=ENDS)
def test_single_years(rows: list[tuple[str, str, str, str, int]], end: str):
    def total(ages: Sequence[str], right: int) -> str:
        return str(sum(int(age) if age.isdigit() else 0 for age in ages) + (not right))

    made = [(code, total(ages, right), *ages) for code, *ages, right in rows]
    body = csv_of(("lsoa11_code", "total_population", "0", "1", "90+"), made, end)
    assert_agrees(POPULATIONS, "population20_lsoa11.csv", body)


@MANY
@given(rows=rows_of(cells([*LSOAS[10:], "Z00000001"], ["E01000001", "", "x", "S01000001"]), WHOLE, WHOLE, REAL, WHOLE, REAL), end=ENDS)  # fmt: skip
def test_deprivation(rows: list[tuple[str, ...]], end: str):
    contract = DEPRIVATION.contracts["deprivation.wimd_2019"]
    needed = [column.name for column in contract.columns if column.required]
    header = [needed[0], "IMD_decile", "IMD_rank", "IMD_score", "Income_rank", "Income_score"]
    rest = [name for name in needed if name.casefold() not in {given.casefold() for given in header}]
    body = csv_of((*header, *rest), [(*row, *["1"] * len(rest)) for row in rows], end)
    assert_agrees(DEPRIVATION, "wimd.csv", body)


@MANY
@given(pieces=st.lists(st.sampled_from(['"', '""', ",", "a", "\n", "\r\n", '"a"', '"a,b",'])))
def test_quotation_marks(pieces: list[str]):
    with tempfile.TemporaryDirectory() as room:
        path = Path(room, "x.csv")
        path.write_bytes("".join(pieces).encode())
        assert _quotes_are_plain(path) == all(map(_quotes_close, path.read_bytes().splitlines(keepends=True)))


# --- outlines


def ring(west: float, south: float, size: float) -> list[list[float]]:
    return [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]


CROSSED = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]
NUMBERS = st.one_of(
    st.floats(-179, 89, width=32), st.integers(-100, 80), st.sampled_from([-0.0, 1e-7, 5e-324, 0.1 + 0.2])
)
RINGS = st.builds(ring, NUMBERS, NUMBERS, st.sampled_from([0.5, 1, 3])) | st.just(CROSSED)
POLYGONS: st.SearchStrategy[Any] = st.lists(RINGS, min_size=1, max_size=2)
SHAPES = st.one_of(
    POLYGONS.map(lambda rings: {"type": "Polygon", "coordinates": rings}),
    st.lists(POLYGONS, min_size=1, max_size=2).map(lambda many: {"type": "MultiPolygon", "coordinates": many}),
)
ODD_SHAPES = st.sampled_from([
    None, {}, {"type": "Point", "coordinates": [0, 1]}, {"type": "Polygon", "coordinates": []},
    {"type": "Polygon", "coordinates": [[]]}, {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]},
    {"type": "Polygon", "coordinates": [[[0, 0, 5], [1, 0, 5], [1, 1, 5], [0, 0, 5]]]},
    {"type": "Polygon", "coordinates": [[[0, 0], [200, 0], [1, 1], [0, 0]]]},
    {"type": "Polygon", "coordinates": [[[0, 0], [0, 0], [0, 0], [0, 0]]]},
    {"type": "MultiPolygon", "coordinates": [[], [ring(0, 0, 1)]]}, {"type": "Polygon", "coordinates": 5},
    {"coordinates": [ring(0, 0, 1)], "type": "Polygon"}, {"type": "Polygon", "coordinates": [ring(0, 0, 1)], "bbox": [0]},
])  # fmt: skip
ANY_SHAPE = st.integers(0, 12).flatmap(lambda roll: SHAPES if roll else ODD_SHAPES)
PLACE_NAMES = st.sampled_from(["A", "Åre", 'the "geometry": {"type": "Polygon", "coordinates": []}', "NaN", None, ""])
FEATURES = st.lists(st.tuples(cells(LSOAS, ["", "S01000001", "oops"]), PLACE_NAMES, ANY_SHAPE), min_size=1, max_size=6)


def collection(features: Sequence[tuple[str, Any, Any]], **style: Any) -> bytes:
    made = [
        {"type": "Feature", "properties": {"LSOA21CD": code, "LSOA21NM": name}, "geometry": shape}
        for code, name, shape in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": made}, **style).encode()


@MANY
@given(
    features=FEATURES, style=st.sampled_from([{}, {"indent": 1}, {"separators": (",", ":")}, {"ensure_ascii": False}])
)
def test_outlines(features: list[tuple[str, Any, Any]], style: dict[str, Any]):
    body = collection(features, **style)
    with tempfile.TemporaryDirectory() as room, pytest.MonkeyPatch.context() as patched:
        path = Path(room, "x.geojson")
        extract = extract_of(PLACES, "x.geojson", body, path)
        quick, seen = written(PLACES, extract, Path(room, "quick")), package._features("x.geojson", path)
        for module in (boundaries, package):
            patched.setattr(module, "plain_features", lambda _: None)
        assert quick == written(PLACES, extract, Path(room, "careful"))
        assert seen == package._features("x.geojson", path)


@pytest.mark.parametrize("text", ["[[[0,0],[1,0],[1,1],[0,0]]],", "[[[0,0],[1,0],[1,1],[00,0]]]", "[[[0,0],[1,0],[1,1],[0,0]]",
                                  "[[[0,0],[1,0],[1,1],[0,.0]]]", "[[[0,0],[1,0],[1,1] [0,0]]]"])  # fmt: skip
def test_coordinates_that_are_not_json_are_not_plain(text: str, tmp_path: Path):
    body = f'{{"features":[{{"properties":{{"a":1}},"geometry":{{"type":"Polygon","coordinates":{text}}}}}]}}'
    (tmp_path / "x").write_text(body, encoding="utf-8", newline="\n")
    with pytest.raises(json.JSONDecodeError):
        json.loads(body)
    assert plain_features(tmp_path / "x") is None


def test_an_outline_elsewhere_in_a_feature_is_not_taken_for_its_own(tmp_path: Path):
    inner = json.dumps({"type": "Polygon", "coordinates": [ring(0, 0, 1)]})
    for body in ('{"features":[{"properties":{"geometry":%s},"geometry":null}]}', '{"features":[{"properties":{"geometry":%s}}]}',
                 '{"features":[{"properties":{},"geometry":null}],"geometry":%s}'):  # fmt: skip
        (tmp_path / "x").write_text(body % inner, encoding="utf-8", newline="\n")
        assert plain_features(tmp_path / "x") is None


# --- and the quick way is taken


@pytest.mark.parametrize(
    ("source", "name", "header", "row"),
    [
        (PLACES, "x.csv", "lsoa21_code,lsoa21_name,ltla24_code", 'E0100000{n},"A, {n}",E07000001'),
        (POPULATIONS, "population20_lsoa11.csv", "lsoa11_code,total_population,0,1", "E0100000{n},3,1,2"),
        (POPULATIONS, "ethnicity21_lsoa21.csv", "lsoa21_code,total_residents,ethnic_group,n", "E0100000{n},3,White,3"),
    ],
)
def test_a_plain_file_is_not_read_row_by_row(
    source: Source, name: str, header: str, row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    body = "\n".join([header, *(row.format(n=n) for n in range(9))])
    extract = extract_of(source, name, body.encode(), tmp_path / "file.csv")
    monkeypatch.delattr(Reading, "rows")
    account, _ = written(source, extract, tmp_path / "out")
    assert account.conformed == 9


def test_a_class_that_is_only_space_is_no_class():
    assert_agrees(PLACES, "x.csv", b"lsoa21_code,ruc21_code\nE01000001, \nE01000002,UN1\n")


def test_a_row_for_scotland_does_not_slow_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    body = b"lsoa21_code,ltla24_code\nE01000001,E07000001\nS01000001,S12000001\n"
    extract = extract_of(PLACES, "x.csv", body, tmp_path / "file.csv")
    monkeypatch.delattr(Reading, "rows")
    account, _ = written(PLACES, extract, tmp_path / "out")
    assert (account.conformed, account.quarantined) == (1, 1)
