"""The data package says what every column holds; the schema lets no withheld figure carry a number."""

import copy
import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from headwater.documents import write_package
from headwater.documents.package import canonical, field_names, schema_text
from headwater.vocabulary import WorkspaceTrouble
from sample_document import sample_document

PLACE = {"code": "X99000001", "name": "Aldermere", "level": "pfa"}
PERIOD = {"label": "2024-25", "start": "2024-04", "end": "2025-03"}
WHERE = {"place": PLACE, "period": PERIOD, "group": None}
SHOWN = WHERE | {
    "status": "shown", "text": "31.4 [e]", "value": 31.4, "unit": "per 1,000 residents", "decimals": 1, "lower": 31.0,
    "upper": 31.8, "numerator": 24_310, "denominator": 774_204, "per": 1000,
    "conversion": {"share": 0.04, "basis": "LSOA 2011 to LSOA 2021, by population"},
}  # fmt: skip
WITHHELD = WHERE | {"status": "suppressed", "text": "[c]", "why": "withheld to protect people"}
FINDINGS: dict[str, Any] = {
    "format": "headwater.assessment/1",
    "edition": {
        "name": "2026-11", "title": "Violence in Aldermere", "area": PLACE, "published": "2026-11-23",
        "software": "headwater 0.1", "snapshot": "0123456789abcdef",
    },
    "measures": [
        {
            "name": "violence", "title": "Violence", "shape": "rate", "counts": "recorded crimes", "source": "police_uk.street",
            "where": {"kind": ["violent-crime"]}, "of": {}, "among": "residents", "per": 1000, "why": "It is the harm.",
            "caveats": [], "owner": "VRU", "version": "1",
        }
    ],
    "findings": [
        {
            "name": "violence.rate", "measure": "violence", "analysis": "rate", "title": "Rate", "method": "crude_rate",
            "confidence": 0.95, "sentence": "The rate was 31.4.", "cells": [SHOWN, WITHHELD], "caveats": ["Recorded only."],
            "coverage": {"complete": True, "words": "All twelve months arrived.", "missing": []},
            "comparators": [{"label": "the year before", "cell": WITHHELD, "verdict": "cannot be said"}],
            "provenance": {"snapshots": ["0123456789abcdef"], "sources": ["ab" * 32]},
        }
    ],
    "sources": [
        {
            "dataset": "police_uk.street", "producer": "aldermere", "file": f"2024-{month:02d}.csv", "sha256": "ab" * 32,
            "rows": 10, "received": "2026-10-01", "licence": "OGL 3",
        }
        for month in (4, 5)
    ],
    "claims": [{"claim": "fell", "finding": "violence.rate", "sentence": "It fell.", "holds": True}],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "edition"
    write_package(sample_document(), folder, FINDINGS)
    return folder


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    said = json.loads(schema_text())
    Draft202012Validator.check_schema(said)
    return Draft202012Validator(said)


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_a_whole_assessment_keeps_to_the_schema(schema: Draft202012Validator, folder: Path):
    assert [error.message for error in schema.iter_errors(read(folder / "assessment.json"))] == []


@pytest.mark.parametrize("key", ["value", "lower", "upper", "numerator", "denominator", "conversion"])
@pytest.mark.parametrize("number", [0, None, 12.5])
@pytest.mark.parametrize(
    ("status", "text"),
    [("suppressed", "[c]"), ("missing", "[x]"), ("not collected", "[n]"), ("not applicable", "[z]")],
)
def test_no_gap_may_carry_a_number(schema: Draft202012Validator, status: str, text: str, key: str, number: object):
    findings = copy.deepcopy(FINDINGS)
    findings["findings"][0]["cells"] = [WITHHELD | {"status": status, "text": text}]
    assert schema.is_valid(findings)
    findings["findings"][0]["cells"] = [WITHHELD | {"status": status, "text": text, key: number}]
    assert not schema.is_valid(findings)


@pytest.mark.parametrize(
    "cell",
    [
        {key: value for key, value in SHOWN.items() if key != "value"},
        SHOWN | {"value": None},
        SHOWN | {"status": "low reliability"},
        SHOWN | {"why": "no reason to give"},
        {key: value for key, value in WITHHELD.items() if key != "why"},
        WITHHELD | {"text": "[x]"},
        SHOWN | {"guess": 1},
    ],
    ids=[
        "no value",
        "null value",
        "unreliable without why",
        "shown with why",
        "withheld without why",
        "wrong marker",
        "unknown key",
    ],
)
def test_half_said_figures_are_refused(schema: Draft202012Validator, cell: dict[str, object]):
    findings = copy.deepcopy(FINDINGS)
    findings["findings"][0]["cells"] = [cell]
    assert not schema.is_valid(findings)


def test_a_claim_that_does_not_hold_cannot_be_published(schema: Draft202012Validator):
    findings = copy.deepcopy(FINDINGS)
    findings["claims"][0]["holds"] = False
    assert not schema.is_valid(findings)


def test_the_descriptor_describes_the_files_that_are_there(folder: Path):
    said = read(folder / "datapackage.json")
    listed = {resource["path"]: resource for resource in said["resources"]}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"datapackage.json"}
    assert set(listed) == there
    for path, resource in listed.items():
        content = (folder / path).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert said["licenses"][0]["name"] == "OGL-UK-3.0"
    assert said["sources"] == [{"title": "police_uk.street, aldermere"}]
    assert "created" not in said


def test_every_column_holds_what_the_descriptor_says(folder: Path):
    read_as = {"integer": int, "number": float, "string": str}
    for resource in read(folder / "datapackage.json")["resources"]:
        if resource["format"] != "csv":
            continue
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            head, *body = csv.reader(file)
        fields = resource["schema"]["fields"]
        assert head == [field["name"] for field in fields]
        for row in body:
            for field, item in zip(fields, row, strict=True):
                assert item in resource["schema"]["missingValues"] or read_as[field["type"]](item) is not None


def test_figures_and_their_markers_stand_apart_in_the_csv(folder: Path):
    with (folder / "data" / "district-table.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["rate_per_1_000"] for row in rows] == ["41.2", "22.9", "12.3", "[c]", "[x]"]
    assert [row["rate_per_1_000_markers"] for row in rows] == ["", "[e]", "[u]", "", ""]
    assert rows[0]["residents"] == "10000"
    resources = {resource["name"]: resource for resource in read(folder / "datapackage.json")["resources"]}
    kinds = {field["name"]: field["type"] for field in resources["table-district-table"]["schema"]["fields"]}
    assert (kinds["residents"], kinds["rate_per_1_000"], kinds["district"]) == ("integer", "number", "string")


def test_the_papers_are_in_the_data(folder: Path):
    assert (folder / "data" / "violence-rate-papers.csv").is_file()


def test_a_csv_runs_nothing_when_it_is_opened(folder: Path):
    with (folder / "data" / "district-table.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["remark"] == "'=1+1"


def test_json_is_the_same_however_it_was_put_together():
    assert canonical({"b": 1, "a": "£"}) == canonical({"a": "£", "b": 1}) == '{\n  "a": "£",\n  "b": 1\n}\n'.encode()
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"a": float("nan")})


def test_two_runs_give_the_same_bytes(folder: Path, tmp_path: Path):
    write_package(sample_document(), tmp_path / "two", dict(reversed(FINDINGS.items())))
    for path in folder.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "two" / path.relative_to(folder)).read_bytes()


def test_tables_of_another_edition_are_not_left_among_these(folder: Path):
    with pytest.raises(WorkspaceTrouble, match="a folder of its own"):
        write_package(sample_document(), folder, FINDINGS)


def test_columns_get_names_any_program_takes():
    assert field_names(["Rate per 1,000", "rate per 1000", "Rate per 1 000", "%"]) == [
        "rate_per_1_000", "rate_per_1000", "rate_per_1_000_2", "column",
    ]  # fmt: skip
