"""A partner's own names: proposed without a cell, agreed by people, and then read through; changed, and refused."""

import json
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from headwater.cli.commands import app
from headwater.lake import Workspace, conform, freeze, land
from headwater.lake.manifest import read_manifests
from headwater.sources.mapping import Mapping, look_at, read_mappings
from headwater.sources.mapping.shapes import LONGEST, MOST, shape
from headwater.vocabulary import BadInput
from partners import DATASET, a_key, agree, look_ups
from workbooks import Sheet, xlsx

DAY = "2023-07-01"
HEADER = ("Dept", "Arr Date Time", "Date/Time of Assault", "Weapon", "Loc Type", "Where happened", "Pt Name", "NHS No.",
          "D.O.B.", "Home PCode", "Bed Manager")  # fmt: skip
ROW = ("x", "05/06/2023 01:20", "04/06/2023 23:50", "Bottle", "Pub", "outside the Otter", "Orsolwin Threlkettle", "9990000018",
       "03/04/1990", "ZZ1 1AA", "Ferrabin Oakhanger")  # fmt: skip
AGREED = """\
dataset = "emergency.attendances"
producer = "Loomgate Infirmary"
agreed_by = "Information governance"
agreed = "2023-06-30"
date_order = "day first"
dates = ["Arrival date and time", "Assault date and time", "Date of birth"]
header = {header}

[columns]
"Arrival date and time" = "Arr Date Time"
"Assault date and time" = "Date/Time of Assault"
"Assault method" = "Weapon"
"Assault location type" = "Loc Type"
"Assault location description" = "Where happened"
"Patient name" = "Pt Name"
"NHS number" = "NHS No."
"Date of birth" = "D.O.B."
"Home postcode" = "Home PCode"

[always]
"Site code" = "ZZA01"

[codes."Assault method"]
"Bottle" = "Glass"
"""
SECRETS = ("Orsolwin", "Threlkettle", "999000", "ZZ1", "Otter", "Ferrabin", "Bottle", "1990")


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "sent" / "returns.csv"
    path.parent.mkdir()
    path.write_text("\n".join(map(",".join, [HEADER, ROW, ROW])) + "\n", "utf-8", newline="\n")
    return path


def agreed(workspace: Workspace, text: str = AGREED, name: str = "loomgate") -> Path:
    path = workspace.root / "mappings" / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace("{header}", json.dumps(HEADER)), "utf-8", newline="\n")
    return path


def asked(*words: object) -> str:
    answer = CliRunner().invoke(app, ["map", *map(str, words)], env={"COLUMNS": "200"}, catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("NE1 4XX", "AA9 9AA"),
        ("31/03/2024", "99/99/9999"),
        ("Bottle", "Aaaa…"),
        ("Pub", "Aaa"),
        ("9990000018", "9999…"),
        ("999 000 0018", "999 999 9999"),
        ("Ørsolwin née ÉÀ", "Aaaa… aaa AA"),
        ("£4 → 5", "?9 ? 9"),
        ("a b c d e f g h i j k l", "a a a a a a a a a a…"),
        ("", ""),
    ],
)
def test_a_shape_is_never_the_cell(cell: str, said: str) -> None:
    assert shape(cell) == said
    assert len(shape(cell * 20)) <= LONGEST


def test_a_column_is_looked_at_by_what_most_of_its_cells_are() -> None:
    kinds = {
        "date": ["01/02/2024"] * 9 + ["unknown"], "postcode": ["ZZ1 1AA"], "nhs number": ["999 000 0018"], "yes or no": ["Y", "n", ""],
        "age": ["7", "41"], "number": ["1,204", "3.5"], "words": ["Pub", "Pub", "Home", "Pub"], "empty": ["", " "],
    }  # fmt: skip
    assert {kind: look_at("x", cells).kind for kind, cells in kinds.items()} == {kind: kind for kind in kinds}
    assert len(look_at("x", [f"{'a' * n} {'b' * m}" for n in range(4) for m in range(5)]).shapes) == MOST


def test_the_likeliest_dataset_is_proposed_and_no_cell_is_told(sent: Path) -> None:
    found = json.loads(asked(sent, "--json"))
    best = found["proposals"][0]
    assert (best["dataset"], found["rows"], found["written"]) == (DATASET, 2, None)
    paired = {pair["theirs"]: pair["column"] for pair in best["pairs"]}
    assert paired["NHS No."] == "NHS number"
    assert paired["Arr Date Time"] == "Arrival date and time"
    assert paired["D.O.B."] == "Date of birth"
    assert paired["Home PCode"] == "Home postcode"
    assert "Bed Manager" in best["unread"]
    shown = asked(sent) + json.dumps(found)
    assert not [secret for secret in SECRETS if secret in shown]


def test_a_mapping_is_written_for_people_to_agree_and_cannot_be_used_before(
    workspace, sent: Path, tmp_path: Path
) -> None:
    asked(sent, "--as", DATASET, "--producer", "Loomgate Infirmary", "--workspace", workspace.root)
    path = workspace.root / "mappings" / "loomgate-infirmary.toml"
    page = path.read_text("utf-8")
    assert not [secret for secret in SECRETS if secret in page]
    assert '# "Site code" = ""  # needed' in page
    assert [each.dataset for each in read_mappings(workspace.root)] == [DATASET]
    agree(workspace)
    with pytest.raises(BadInput, match="nobody has agreed it yet"):
        land(workspace, sent, received=DAY, key_file=a_key(tmp_path))
    finished = page.replace('agreed_by = ""', 'agreed_by = "IG"').replace('agreed = ""', 'agreed = "2023-06-30"')
    path.write_text(finished, "utf-8", newline="\n")
    with pytest.raises(
        BadInput, match=r"mappings/loomgate-infirmary\.toml: .* needs 'Assault method', 'Site code' too"
    ):
        land(workspace, sent, received=DAY, key_file=a_key(tmp_path))
    again = CliRunner().invoke(
        app, ["map", str(sent), "--as", DATASET, "--producer", "Loomgate Infirmary", "-w", str(workspace.root)]
    )
    assert "there is a mapping loomgate-infirmary.toml already" in str(again.exception)


@pytest.mark.parametrize("kind", ["csv", "titled", "xlsx", "reordered"])
def test_a_file_with_the_header_lands_through_its_mapping(
    workspace, engine, sent: Path, tmp_path: Path, kind: str
) -> None:
    agree(workspace)
    agreed(workspace)
    for path in look_ups(tmp_path / "look-ups"):
        land(workspace, path, received=DAY)
    conform(workspace, engine)
    if kind == "titled":
        sent.write_text(f"Returns for June\n\n{sent.read_text('utf-8')}", "utf-8", newline="\n")
    if kind == "reordered":
        turned = [",".join(line.split(",")[::-1]) for line in sent.read_text("utf-8").splitlines()]
        sent.write_text("\n".join(turned) + "\n", "utf-8", newline="\n")
    if kind == "xlsx":
        sent = sent.with_suffix(".xlsx")
        sent.write_bytes(xlsx(Sheet("June", [HEADER, ROW, ROW]), Sheet("Notes", [("About this",)])))
    land(workspace, sent, received=DAY, key_file=a_key(tmp_path))
    conform(workspace, engine)
    events = engine.collect(freeze(workspace).table("events", engine)).to_pylist()
    assert len(events) == 2
    assert {(e["producer"], e["month"], str(e["occurred"]), e["kind"], e["area_code"]) for e in events} == {
        ("zza01", "2023-06", "2023-06-04 23:50:00", "glass", "Z01000001")
    }
    people = engine.collect(freeze(workspace).table("people", engine)).to_pylist()
    assert {(p["age_band"], p["key_grade"], p["home_area"]) for p in people} == {("25-34", "nhs-number", "Z01000001")}
    kept = b"".join(path.read_bytes() for path in sorted(workspace.root.rglob("*")) if path.is_file())
    assert not [secret for secret in ("Threlkettle", "Ferrabin", "9990000018") if secret.encode() in kept]


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (("Dept.", *HEADER[1:]), r"lacks 'Dept' \(there is 'Dept\.'"),
        ((*HEADER, "New one", "Another"), "has 2 columns that it does not know"),
        (HEADER[:-1], "lacks 'Bed Manager'"),
    ],
)
def test_a_mapping_that_no_longer_fits_is_refused_with_what_changed(
    workspace, sent: Path, tmp_path: Path, header: tuple[str, ...], why: str
) -> None:
    agree(workspace)
    agreed(workspace)
    sent.write_text(",".join(header) + "\n", "utf-8", newline="\n")
    with pytest.raises(BadInput, match=rf"nearly that of mappings/loomgate\.toml, but {why}"):
        land(workspace, sent, received=DAY, key_file=a_key(tmp_path))


def test_a_row_that_does_not_fit_its_header_is_set_aside_on_its_line(workspace, sent: Path, tmp_path: Path) -> None:
    agree(workspace)
    agreed(workspace)
    sent.write_text(sent.read_text("utf-8") + "torn,row\n", "utf-8", newline="\n")
    landing = land(workspace, sent, received=DAY, key_file=a_key(tmp_path))
    assert landing.rows == 3
    (manifest,) = read_manifests(workspace.landed)
    with zipfile.ZipFile(workspace.landed / manifest.short / manifest.file) as archive:
        last = archive.read(archive.namelist()[0]).decode().splitlines()[-1]
    assert last.startswith("4,the row has the wrong number of fields")


def test_a_column_of_dates_in_two_orders_stops_the_file(workspace, sent: Path, tmp_path: Path) -> None:
    agree(workspace)
    agreed(workspace)
    text = sent.read_text("utf-8").replace("04/06/2023 23:50", "25/06/2023 23:50", 1)
    sent.write_text(text + ",".join(ROW).replace("04/06/2023 23:50", "06/25/2023 23:50") + "\n", "utf-8", newline="\n")
    with pytest.raises(BadInput, match="'Assault date and time' mixes two ways"):
        land(workspace, sent, received=DAY, key_file=a_key(tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            '"Assault method" = "Weapon"',
            '"Assault methd" = "Weapon"',
            r"no column 'Assault methd' \(there is 'Assault method'",
        ),
        ('= "Weapon"', '= "Weapn"', r"header has no column 'Weapn' \(there is 'Weapon'"),
        ('"Loc Type"\n', '"Weapon"\n', "stands for two"),
        ('"Bottle" = "Glass"', '"Bottle" = "Glas"', r"cannot be 'Glas' \(there is 'Glass'"),
        ('"Bottle" = "Glass"', '"Bottle" = ""', "1 words of 'Assault method' have no word of ours yet"),
        ("emergency.attendances", "emergency.attendance", "there is no dataset"),
        ("day first", "days first", "date_order can be"),
        ('producer = "Loomgate Infirmary"\n', "", "missing: producer"),
        ("agreed_by", "agredby", r"not understood: 'agredby' \(there is 'agreed_by'"),
        ('"Site code" = "ZZA01"', "", "needs 'Site code'"),
        ("[columns]", "[columns", "not a readable TOML"),
    ],
)
def test_a_mapping_that_is_wrong_says_where(workspace, old: str, new: str, why: str) -> None:
    agreed(workspace, AGREED.replace(old, new, 1))
    with pytest.raises(BadInput, match=rf"mappings/loomgate\.toml.*{why}"):
        read_mappings(workspace.root)


def test_two_mappings_for_one_header_are_refused(workspace) -> None:
    agreed(workspace)
    agreed(workspace, name="another")
    with pytest.raises(BadInput, match="for the same header"):
        read_mappings(workspace.root)


def test_what_a_workbook_about_people_hides_is_told_without_a_name(workspace, sent: Path, tmp_path: Path) -> None:
    agree(workspace)
    agreed(workspace)
    rows = [HEADER, ROW, ROW]
    hidden = '<cols><col min="12" max="12" hidden="1"/></cols>'
    book = xlsx(
        Sheet("Orsolwin", [(*row, "secret") for row in rows], before=hidden),
        Sheet("Ferrabin", [("x",)], state="hidden"),
    )
    path = sent.with_name("Threlkettle.xlsx")
    path.write_bytes(book)
    landing = land(workspace, path, received=DAY, key_file=a_key(tmp_path))
    assert "hidden columns: 1: not read; where they belong to the return, show them and send it again" in landing.notes
    assert [why for _, why in landing.ignored] == ["a hidden sheet: not read"]
    assert not [name for name in ("Orsolwin", "Ferrabin", "Threlkettle", "secret") if name in str(landing)]


STREET = {
    "Crime ID": "ref", "Month": "mth", "Reported by": "force", "Falls within": "area", "Longitude": "lon", "Latitude": "lat",
    "Location": "street", "LSOA code": "lsoa", "LSOA name": "lsoaname", "Crime type": "crime", "Last outcome category": "outcome",
    "Context": "context",
}  # fmt: skip


def test_a_public_file_is_kept_as_its_mapping_made_it(workspace, engine, tmp_path: Path) -> None:
    header = (*STREET.values(), "officer")
    row = ("", "2022-03", "Northumbria Police", "Northumbria Police", "-1.6", "54.88", "On or near A", "E01020614",
           "County Durham 002B", "Burglary", "", "", "J Smith")  # fmt: skip
    path = tmp_path / "2022-03-northumbria-street.csv"
    path.write_text("\n".join([",".join(header), ",".join(row)]) + "\n", "utf-8", newline="\n")
    columns = "\n".join(f'"{ours}" = "{theirs}"' for ours, theirs in STREET.items())
    agreed(workspace, f'dataset = "police_uk.street"\nproducer = "N"\nagreed_by = "A"\nagreed = "2022-04-01"\n'
                      f"header = {json.dumps(header)}\n[columns]\n{columns}\n")  # fmt: skip
    landing = land(workspace, path, received=DAY)
    assert "1 of its columns were not read" in landing.notes[0]
    (account,) = conform(workspace, engine)
    assert (account.landed, account.conformed) == (1, 1)
    (manifest,) = read_manifests(workspace.landed)
    with zipfile.ZipFile(workspace.landed / manifest.short / manifest.file) as archive:
        kept = archive.read(path.name).decode()
    assert kept.splitlines()[0] == ",".join(STREET)
    assert "J Smith" not in kept
    (workspace.root / "mappings" / "loomgate.toml").unlink()
    part = next((workspace.root / "conformed").rglob("events.parquet"))
    assert pq.read_table(part).num_rows == 1


@pytest.mark.parametrize(
    "first", ["Orsolwin,03/04/1990,x", "ZZ1 1AA,a,b", "999 000 0018,a,b", "a,a,b", "1,2,x"],
)  # fmt: skip
def test_a_first_row_that_looks_like_data_is_not_shown(tmp_path: Path, first: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"{first}\nb,c,d\n", "utf-8", newline="\n")
    answer = CliRunner().invoke(app, ["map", str(path)])
    assert "looks like a row of data" in str(answer.exception)
    assert first.split(",", maxsplit=1)[0] not in str(answer.exception).split("first row", 1)[1].split(" of ", 1)[0]


def test_one_of_several_sheets_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(xlsx(Sheet("April", [HEADER, ROW]), Sheet("May", [HEADER, ROW, ROW])))
    several = CliRunner().invoke(app, ["map", str(path)])
    assert "say --sheet with one of 'April', 'May'" in str(several.exception)
    assert json.loads(asked(path, "--sheet", "May", "--json"))["rows"] == 2


def test_a_mapping_reads_back_as_it_was_written(workspace) -> None:
    read = Mapping.read(agreed(workspace))
    assert (read.name, read.dataset, read.date_order) == ("loomgate", DATASET, "day first")
    assert read.codes["Assault method"] == {"bottle": "Glass"}
