"""An analyst asks whether a text contradicts itself, and is told so of their own chapters without asking."""

from collections.abc import Callable
from pathlib import Path

import pytest

from built_once import DAY, copy_of, printing
from headwater.assessment import assess
from headwater.cli import main
from headwater.engine import open_engine

Ask = Callable[..., tuple[int, str]]
TWICE = (
    "In 2024, 4,411 (23%) of 19,125 referrals were of UK nationals. UK nationals were referred 4,441 times in 2024.\n"
)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("COLUMNS", "200")

    def run(*typed: str | Path) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in typed])
        assert isinstance(ended.value.code, int)
        return ended.value.code, capsys.readouterr().out

    return run


def test_a_text_that_contradicts_itself_ends_with_the_code_of_an_untrue_sentence(tmp_path: Path, ask: Ask):
    text = tmp_path / "annex.txt"
    text.write_text(TWICE, encoding="utf-8", newline="\n")
    code, said = ask("check-figures", text)
    assert code == 5
    assert "annex.txt, line 1: the same thing is said with two figures" in said
    assert "the share cannot tell which is right" in said
    code, said = ask("check-figures", text, "--json")
    assert (code, '"kind": "contradiction"' in said) == (5, True)


def test_a_text_that_agrees_ends_well_and_promises_nothing(tmp_path: Path, ask: Ask):
    text = tmp_path / "annex.md"
    text.write_text("In 2023, 7,432 (44%) of 17,004 referrals were of children.\n", encoding="utf-8", newline="\n")
    code, said = ask("check-figures", text)
    assert (code, "That is not to say that all are right" in said) == (0, True)


def test_an_edition_tells_of_the_analysts_own_chapter_and_of_none_that_was_written_for_them(
    aldermere: Path, tmp_path: Path
):
    workspace = copy_of(aldermere, tmp_path / "w")
    written = aldermere / "editions" / DAY / "chapters" / "scope.md"
    (workspace.root / "chapters").mkdir(exist_ok=True)
    (workspace.root / "chapters" / "scope.md").write_text(
        written.read_text("utf-8") + "\n" + TWICE, encoding="utf-8", newline="\n"
    )
    with open_engine(scratch=workspace.scratch) as engine, printing():
        made = assess(workspace, engine, published=DAY, name="doubtful")
    assert [doubt.kind for doubt in made.doubts] == ["contradiction"]
    assert made.doubts[0].where.startswith("scope.md, line")
