"""An answer looks in a terminal as it should: nothing lost, nothing swallowed as mark-up, the worst first."""

from pathlib import Path

import pytest
from rich.console import Console

from headwater.assessment import Comparison, Edition, Explanation
from headwater.assessment.recall import Moved, Untrue
from headwater.cli import console, showing
from headwater.cli.doctor import Check
from headwater.lake import Landed, Landing
from headwater.sources import Account

Caught = pytest.CaptureFixture[str]


def _words(text: str) -> str:
    return " ".join(text.split())


def test_an_edition_ends_with_its_headlines_its_paths_and_that_the_county_does_not_exist(capsys: Caught) -> None:
    headline = ("Robbery: rate", "0.62 [u] per 1,000", "A sentence that is too long for a terminal.")
    made = Edition("2026-11", Path("a/editions/2026-11"), (headline,), (Path("a/editions/2026-11/assessment.pdf"),))
    showing.edition(made, fictional=True)
    said = capsys.readouterr().out
    assert "Robbery: rate" in said
    assert "0.62 [u] per 1,000" in said
    assert str(Path("a/editions/2026-11/assessment.pdf")) in said
    assert said.rstrip().endswith("Aldermere does not exist: every figure above is invented.")
    showing.edition(made)
    assert "Aldermere" not in capsys.readouterr().out


def test_every_paper_of_a_figure_is_printed_whole(capsys: Caught) -> None:
    long = "Aldermere Police: 47 files, 210,129 rows, received 2026-11-24, " * 5
    showing.explanation(Explanation("violence.rate", (("Value", "32.4 [e]"), ("Source files", long))))
    said = _words(capsys.readouterr().out)
    assert said.startswith("violence.rate Value 32.4 [e] Source files")
    assert said.count("210,129 rows") == 5


def test_claims_that_fail_come_before_figures_that_moved(capsys: Caught) -> None:
    moved = Moved("violence.rate", "2024", "Kelderby", "", "31.9", "[x]")
    untrue = Untrue("summary", "fell", "Violence fell.", "rose")
    showing.comparison(Comparison("one", "two", (moved,), (untrue,), (), ("a.rate",), ("b.rate",)))
    said = capsys.readouterr().out
    assert said.index("no longer true") < said.index("Figures that moved")
    assert "[x]" in said
    assert "Ranks" not in said
    assert "No longer found: a.rate\nFound for the first time: b.rate\n" in said


def test_two_editions_alike_are_said_to_be(capsys: Caught) -> None:
    showing.comparison(Comparison("one", "two", (), (), (), (), ()))
    assert capsys.readouterr().out == "Nothing changed from one to two.\n"


def test_what_landed_says_what_was_left_alone_and_where_every_row_went(capsys: Caught) -> None:
    landing = Landing("f" * 64, True, 2, 1_234, (("notes.txt", "not a file we know"),))
    account = Account(dataset="police_uk.street", landed=10, conformed=8, quarantined=2, reasons=(("no month", 2),))
    showing.landed(Landed((("police.zip", landing),), (account,), "abcdef0123456789"))
    said = capsys.readouterr().out
    assert "police.zip: 2 files, 1,234 rows\n  left alone: notes.txt (not a file we know)\n" in said
    assert "police_uk.street: 2 set aside: no month" in said
    assert "abcdef012345." in said


def test_what_is_not_well_says_what_to_do(capsys: Caught) -> None:
    showing.health((Check("Disk", "mind", "1.0 GB free", "make room"), Check("Path", "well", "20 letters long")))
    said = _words(capsys.readouterr().out)
    assert said == "mind Disk 1.0 GB free To do: make room well Path 20 letters long"


def test_colour_can_be_switched_off(monkeypatch: pytest.MonkeyPatch, capsys: Caught) -> None:
    check = (Check("Disk", "wrong", "full"),)
    for name in ("NO_COLOR", "CI", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(showing, "WORDS", Console(force_terminal=True))
    showing.health(check)
    assert "\x1b[1;31m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(showing, "WORDS", Console(force_terminal=True))
    showing.health(check)
    assert "31m" not in capsys.readouterr().out


def test_json_is_utf8_and_ends_its_last_line(capsys: Caught) -> None:
    console.say_json({"path": Path("a"), "words": ("Ynys Môn",), "check": Check("Disk", "well", "£")})
    said = capsys.readouterr().out
    assert "Ynys Môn" in said
    assert '"said": "£"' in said
    assert said.endswith("}\n")
