"""A chapter that would be passed over in silence is refused, and a mistake in one says in which."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from headwater.assessment.chapters import Draft, refuse_strays
from headwater.assessment.edition import chosen
from headwater.assessment.quotes import Quotable
from headwater.assessment.writing import Writer
from headwater.vocabulary import BadInput, Level, Place, WrongRequest


@pytest.fixture
def drafting() -> Any:
    return SimpleNamespace(scene=SimpleNamespace(subareas=(Place("Z07000001", "Northam", Level.DISTRICT),)))


def test_a_misspelt_chapter_is_refused_with_the_nearest(tmp_path: Path, drafting: Any) -> None:
    (tmp_path / "sumary.md").write_text("Our own words.\n", encoding="utf-8")
    with pytest.raises(WrongRequest, match=r"sumary\.md would be read by nobody.*'summary'"):
        refuse_strays(tmp_path, drafting)


def test_chapters_profiles_and_other_files_stand(tmp_path: Path, drafting: Any) -> None:
    for name in ("summary.md", "profile-z07000001.md", "notes.txt"):
        (tmp_path / name).write_text("Our own words.\n", encoding="utf-8")
    refuse_strays(tmp_path, drafting)
    refuse_strays(tmp_path / "not there", drafting)


def test_an_unknown_finding_is_told_with_its_chapter() -> None:
    with pytest.raises(WrongRequest, match=r"^chapters/scale\.md: no finding is called 'knives\.rate'"):
        Writer(Quotable([]), {}).write("scale", "Knives: {{ knives.rate }}.")


def test_a_chapter_saved_by_an_old_editor_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "scale.md").write_bytes("Café".encode("cp1252"))
    with pytest.raises(BadInput, match=r"chapters/scale\.md is not UTF-8 text: save it again"):
        chosen(tmp_path, Draft("scale", "Scale", "default"))
