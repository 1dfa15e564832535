"""A small edition on disk, with every kind of figure in it and awkward words, for the tests of how it is read."""

import hashlib
import json
from pathlib import Path
from typing import Any

from headwater.assessment.papers import papers_pages
from headwater.documents import Document, Heading, Link, Number, Page, Paragraph, Text, Tile, Tiles
from headwater.documents.html import write_site
from headwater.lake import Settings, Workspace, new, open_workspace
from headwater.vocabulary import Level

NAME = "2026-11-24"
SHIRE, EAST, WEST = ("X23000001", "Carrowshire", "pfa"), ("X07000001", "East <Carrow>", "ltla"), ("X07000002", "West & Vale", "ltla")  # fmt: skip
AGREEMENT = "e" * 64
ALDERMERE = Path(__file__).parents[2] / "examples" / "aldermere"
RATE_OF_EAST = "violence.rate_2025-26_X07000001"


def place(said: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("code", "name", "level"), said, strict=True))


def shown(where: tuple[str, str, str], value: float, label: str = "2025-26", **more: Any) -> dict[str, Any]:
    years = label.partition("-")[0]
    return {
        "place": place(where),
        "period": {"label": label, "start": f"{years}-04", "end": f"{int(years) + 1}-03"},
        "group": None,
        "status": "shown",
        "text": f"{value:.1f}",
        "value": value,
        "unit": "per 1,000 residents",
        "decimals": 1,
        "lower": value - 1,
        "upper": value + 1,
        "numerator": 40,
        "denominator": 2000,
        "per": 1000,
    } | more


def withheld(where: tuple[str, str, str], status: str = "suppressed", text: str = "[c]") -> dict[str, Any]:
    kept = {name: said for name, said in shown(where, 0).items() if name in ("place", "period", "group")}
    return kept | {"status": status, "text": text, "why": "withheld to protect people"}


def finding(name: str, cells: list[dict[str, Any]], title: str) -> dict[str, Any]:
    measure, _, analysis = name.partition(".")
    return {
        "name": name,
        "measure": measure,
        "analysis": analysis,
        "title": title,
        "method": "crude_rate",
        "formula": "crimes ÷ residents × 1,000",
        "confidence": 0.95,
        "sentence": f"In 2025-26 {title} was highest in East <Carrow>.",
        "cells": cells,
        "caveats": ["Most violence is told to nobody."],
        "coverage": {"complete": True, "words": "Every month is covered.", "missing": []},
        "comparators": [],
        "provenance": {"snapshots": ["a" * 64], "sources": ["b" * 64]},
    }


def record() -> dict[str, Any]:
    """The record of the edition."""
    carried = {"share": 0.2, "basis": "by residents"}
    rate = [
        shown(SHIRE, 20.0),
        shown(EAST, 24.0),
        shown(
            WEST, 12.5, status="low reliability", text="12.5 [u] [e]", why="fewer than ten events", conversion=carried
        ),
        shown(SHIRE, 18.0, "2024-25"),
        shown(EAST, 19.0, "2024-25"),
        shown(WEST, 11.0, "2024-25"),
    ]
    count = [shown(SHIRE, 60, unit="crimes"), shown(EAST, 40, unit="crimes"), shown(WEST, 20, unit="crimes")]
    return {
        "format": "headwater.assessment/1",
        "edition": {
            "name": NAME,
            "title": "Violence in Carrowshire",
            "area": place(SHIRE),
            "author": "The partnership",
            "published": NAME,
            "software": "Headwater 0.0.0",
            "snapshot": "a" * 64,
            "policy": "Public data",
            "licence": "OGL",
        },
        "measures": [
            {
                "name": "violence",
                "title": "Violence recorded",
                "short": "violence",
                "shape": "rate",
                "counts": "crimes",
                "source": "police_records.crimes",
                "where": {"kind": ["violence"]},
                "of": {},
                "among": "usual residents",
                "per": 1000,
                "why": "Where it gathers, prevention has most to do.",
                "caveats": [],
                "owner": "The analyst",
                "agreed": "2026-01-01",
                "review_by": "2027-01-01",
                "version": "1",
                "source_url": "",
            }
        ],
        "findings": [
            finding("violence.rate", rate, "Violence: rate"),
            finding("violence.count", count, "Violence: how many"),
            finding(
                "violence.share",
                [withheld(SHIRE), shown(EAST, 9.0, unit="%"), withheld(WEST)],
                "Violence: share charged",
            ),
        ],
        "sources": [
            {
                "dataset": "police_records.crimes",
                "producer": "Carrow Police",
                "month": None,
                "file": "crimes.csv",
                "sha256": "b" * 64,
                "rows": 4812,
                "received": "2026-11-01",
                "licence": "Shared under agreement",
                "attribution": "Contains police records.",
                "agreement": {"name": "police", "version": "1.1", "sha256": AGREEMENT, "expires": "2028-12-31"},
            }
        ],
        "claims": [],
    }


def shelve(root: Path, name: str = NAME, words: str = "It rose & <fell>.") -> Workspace:
    """A workspace that holds the edition."""
    if not root.exists():
        _ = new(root, Settings(area_level=Level.FORCE, area_code=SHIRE[0], area_name=SHIRE[1], title="", author=""))
    folder = root / "editions" / name
    said = record()
    said["edition"]["name"] = name
    write_site(_document(said, words), folder / "site")
    (folder / "package").mkdir(exist_ok=True)
    _ = (folder / "package" / "assessment.json").write_text(json.dumps(said), encoding="utf-8")
    for document in ("assessment.pdf", "assessment.docx", "tables.ods"):
        _ = (folder / document).write_bytes(b"bytes of " + document.encode())
    _ = (root / "editions" / "latest").write_text(f"{name}\n", encoding="utf-8")
    return open_workspace(root)


def sign(root: Path) -> str:
    """Put the agreement into the workspace, and have the edition's record name it as it is; its fingerprint."""
    agreement = (ALDERMERE / "agreements" / "ambulance.toml").read_bytes()
    (root / "agreements").mkdir(exist_ok=True)
    _ = (root / "agreements" / "police.toml").write_bytes(agreement)
    path = root / "editions" / NAME / "package" / "assessment.json"
    fingerprint = hashlib.sha256(agreement).hexdigest()
    _ = path.write_text(path.read_text("utf-8").replace(AGREEMENT, fingerprint), encoding="utf-8")
    return fingerprint


def _document(said: dict[str, Any], words: str) -> Document:
    rate = Number("24.0", "violence.rate/2025-26/X07000001", "Violence: rate, East <Carrow>")
    chapter = Page(
        "scale",
        "Scale & trend",
        (
            Tiles((Tile("Violence: rate", rate, "per 1,000 residents"),)),
            Heading(2, "How much", anchor="how-much"),
            Paragraph(
                (
                    Text(words),
                    rate,
                    Link("the rate", "#violence.rate-figures"),
                    Link("law", "https://example.org/?a=1&b=2"),
                )
            ),
        ),
    )
    profile = Page(
        "profile-x07000001", "East <Carrow>", (Paragraph((Text("One of 2 areas."), rate)),), group="Area profiles"
    )
    return Document(
        title=said["edition"]["title"],
        subtitle="",
        author="The partnership",
        published=NAME,
        pages=(chapter, profile, *papers_pages(said)),
    )
