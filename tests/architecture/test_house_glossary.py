"""Every word of the field that is a name in the code has an entry in GLOSSARY.md."""

import inspect
import re

import pytest

import headwater.vocabulary
from architecture.house import ROOT

TEXT = (ROOT / "GLOSSARY.md").read_text("utf-8")
ENTRIES = re.findall(r"^\*\*(.+?)\.\*\*", TEXT, re.MULTILINE)
SEAMS = (
    "account", "atlas", "cell", "claim", "conform", "contract", "control chart", "coverage", "edition", "estimate", "event",
    "extract", "finding", "freeze", "funnel", "land", "ledger", "measure", "membership", "package", "period", "place", "policy",
    "producer", "provenance", "quarantine", "rebase", "seasonality", "shelf", "snapshot", "vintage", "workspace",
)  # fmt: skip
WORDS = [
    re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word)
    for word in headwater.vocabulary.__all__
    if inspect.isclass(thing := getattr(headwater.vocabulary, word)) and not issubclass(thing, Exception)
]


@pytest.mark.parametrize("word", sorted({*SEAMS, *(word.lower() for word in WORDS)}))
def test_every_word_has_an_entry(word: str) -> None:
    assert word in {entry.lower() for entry in ENTRIES}


def test_entries_stand_in_order() -> None:
    assert [entry.lower() for entry in ENTRIES] == sorted(entry.lower() for entry in ENTRIES)
