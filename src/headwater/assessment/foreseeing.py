"""What the next edition would say: worked out before it is made, so that a chapter can be mended before it is built with."""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from typing import Any

from headwater.assessment.chapters import drafts, standing_exhibits
from headwater.assessment.edition import CHAPTERS, PACKAGE, RECORD, Progress, facts_of, findings_in, silent
from headwater.assessment.record import record_of
from headwater.assessment.setting import scene_of
from headwater.assessment.writing import Writer
from headwater.engine import Engine
from headwater.lake import Workspace, open_snapshot, standing
from headwater.vocabulary import storage_errors

FORESEEN, SHOWN = ".next", "shown.txt"
"""Where it lies until the next one, and the names that its chapters may show."""


def foresee(
    workspace: Workspace, engine: Engine, *, published: str, progress: Progress | None = None
) -> dict[str, Any]:
    """The record that an edition would have, made from the latest snapshot and the chapters as they write themselves.

    It is what a partnership's own chapters are held against before they are built with: a chapter whose claim is no longer true
    stops an edition, and could not be mended without the figures that made it so. Kept beside the editions until the next.
    """
    tell = progress or silent
    with workspace.lock():
        snapshot, _ = standing(workspace, open_snapshot(workspace), published)
        tell(0, 3, "setting the scene")
        scene = scene_of(workspace, snapshot, engine)
        tell(1, 3, "asking the questions")
        drafting, counts = findings_in(workspace, scene, snapshot, engine)
        tell(2, 3, "reading the chapters through")
        writer = Writer(drafting.quotable, standing_exhibits(drafting, counts))
        texts = drafts(drafting)
        claims = [claim for draft in texts for claim in writer.write(draft.slug, draft.text).claims]
        edition = facts_of(workspace, drafting, FORESEEN, published)
        record = record_of(edition, scene, snapshot, drafting.quotable, claims)
        keep_foreseen(workspace, record, {draft.slug: draft.text for draft in texts}, sorted(writer.exhibits))
        tell(3, 3, "done")
        return record


def keep_foreseen(workspace: Workspace, record: dict[str, Any], texts: Mapping[str, str], shown: Sequence[str]) -> None:
    """Put a foreseen record, its drafts and the names they may show in place of the last, whole."""
    building = workspace.editions / f".foreseeing-{os.getpid()}"
    try:
        with storage_errors("keeping the figures of the next edition"):
            (building / CHAPTERS).mkdir(parents=True)
            for slug, text in texts.items():
                (building / CHAPTERS / f"{slug}.md").write_text(text, encoding="utf-8", newline="\n")
            (building / PACKAGE).mkdir()
            said = json.dumps(record, ensure_ascii=False, sort_keys=True)
            (building / PACKAGE / RECORD).write_text(said, encoding="utf-8", newline="\n")
            (building / SHOWN).write_text("\n".join(shown) + "\n", encoding="utf-8", newline="\n")
            shutil.rmtree(workspace.editions / FORESEEN, ignore_errors=True)
            building.rename(workspace.editions / FORESEEN)
    finally:
        shutil.rmtree(building, ignore_errors=True)
