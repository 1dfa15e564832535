"""The data: `assessment.json`, the CSV of every table, and the Frictionless descriptor that says what each column holds.

Data Package v2 (https://datapackage.org/standard/data-package/), in a form that v1 readers also take.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from headwater.documents.entries import MEANINGS, distinct_tables
from headwater.documents.grids import Grid, Value, grid_of
from headwater.documents.html.spreadsheets import harmless
from headwater.documents.model import Document, Table
from headwater.vocabulary import WorkspaceTrouble, storage_errors

ASSESSMENT = "assessment.json"
SCHEMA = "assessment-1.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
OPEN_GOVERNMENT = {
    "name": "OGL-UK-3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "title": "Open Government Licence v3.0",
}


def write_package(document: Document, folder: Path, findings: Mapping[str, object]) -> None:
    """Write `assessment.json`, its schema, `data/*.csv` and `datapackage.json` into `folder`, which is made if need be.

    `findings` is the assessment as definitions/schemas/assessment-1.json describes it. Raises WorkspaceTrouble where
    the folder already holds data, so that no table of an older edition is left among the new; ValueError where a number is
    not finite or two tables share a name.
    """
    if (folder / "data").exists():
        raise WorkspaceTrouble(f"{folder.name} already holds a data folder: write each edition to a folder of its own.")
    tables = distinct_tables(document, papers=True)
    written = {ASSESSMENT: canonical(findings), SCHEMA: schema_text().encode()}
    resources = [_assessment_resource(written[ASSESSMENT]), _schema_resource(written[SCHEMA])]
    for table in tables:
        grid, path = grid_of(table), f"data/{table.name}.csv"
        fields = field_names([column.title for column in grid.columns])
        written[path] = _csv(grid, fields)
        resources.append(_table_resource(table, grid, fields, path, written[path]))
    written["datapackage.json"] = canonical(_descriptor(document, findings, resources))
    with storage_errors(f"writing {folder.name}"):
        for path, content in written.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            _ = (folder / path).write_bytes(content)


def canonical(said: Mapping[str, object]) -> bytes:
    """JSON that is the same however it was put together: sorted keys, UTF-8, two spaces, a newline at the end."""
    return (json.dumps(said, sort_keys=True, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def schema_text() -> str:
    """The published JSON Schema of `assessment.json`."""
    return files("headwater").joinpath("definitions", "schemas", SCHEMA).read_text("utf-8")


def field_names(titles: Sequence[str]) -> list[str]:
    """Column titles as names that any program takes ('Rate per 1,000' → 'rate_per_1_000'), each unlike the others."""
    names: list[str] = []
    for title in titles:
        plain = re.sub(r"[^a-z0-9]+", "_", title.casefold()).strip("_") or "column"
        name, more = plain, 1
        while name in names:
            more += 1
            name = f"{plain}_{more}"
        names.append(name)
    return names


def _csv(grid: Grid, fields: Sequence[str]) -> bytes:
    """Comma-separated, UTF-8, one header row, lines that end in a line feed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(fields)
    writer.writerows([item.digits if isinstance(item, Value) else harmless(item) for item in row] for row in grid.rows)
    return text.getvalue().encode()


def _assessment_resource(content: bytes) -> dict[str, object]:
    title = "Every finding of the edition, with what stands behind it"
    return {"name": "assessment", "path": ASSESSMENT, "title": title, **_papers(content, "json", "application/json")}


def _schema_resource(content: bytes) -> dict[str, object]:
    title = "The JSON Schema that assessment.json keeps to"
    return {
        "name": "assessment-1",
        "path": SCHEMA,
        "title": title,
        **_papers(content, "json", "application/schema+json"),
    }


def _table_resource(table: Table, grid: Grid, fields: Sequence[str], path: str, content: bytes) -> dict[str, object]:
    described = [
        {"name": name, "title": column.title, "type": column.kind}
        for name, column in zip(fields, grid.columns, strict=True)
    ]
    said: dict[str, object] = {"name": f"table-{table.name}", "type": "table", "path": path, "title": table.caption}
    if table.note:
        said["description"] = table.note
    schema = {"fields": described, "missingValues": ["", *MEANINGS]}
    dialect = {"delimiter": ",", "lineTerminator": "\n", "header": True}
    return said | _papers(content, "csv", "text/csv") | {"dialect": dialect, "schema": schema}


def _papers(content: bytes, form: str, kind: str) -> dict[str, object]:
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    return {"format": form, "mediatype": kind, "encoding": "utf-8", "bytes": len(content), "hash": digest}


def _descriptor(
    document: Document, findings: Mapping[str, object], resources: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    markers = "; ".join(f"{marker} {meaning}" for marker, meaning in (MEANINGS | dict(document.symbols)).items())
    words = (document.subtitle, document.banner, f"Where there is no figure a marker stands in its place: {markers}.")
    said: dict[str, object] = {
        "$schema": PROFILE,
        "name": _slug(document.title),
        "title": document.title,
        "description": ". ".join(word.rstrip(".") for word in words if word) + ".",
        "version": document.published,
        "contributors": [{"title": document.author, "role": "author", "roles": ["author"]}],
        "resources": list(resources),
    }
    if document.licence:
        said["licenses"] = [_licence(document.licence)]
    if sources := _sources(findings):
        said["sources"] = sources
    return said


def _licence(words: str) -> dict[str, str]:
    if words.casefold().startswith("open government licence"):
        return OPEN_GOVERNMENT
    return {"name": _slug(words), "title": words}


def _sources(findings: Mapping[str, object]) -> list[dict[str, str]]:
    """Each data set and producer once, however many files came."""
    listed = findings.get("sources", ())
    rows = [row for row in listed if isinstance(row, Mapping)] if isinstance(listed, Sequence) else []
    titles = {f"{row.get('dataset', '')}, {row.get('producer', '')}" for row in rows}
    return [{"title": title} for title in sorted(titles)]


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")
