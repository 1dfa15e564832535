"""One edition: findings, chapters, documents and data, made together or not at all."""

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from headwater import __version__, documents
from headwater.assessment.chapters import Draft, Drafting, drafts, refuse_strays, standing_exhibits
from headwater.assessment.chapters.exhibits import headline_readings, label_of
from headwater.assessment.consistency import Doubt, check_texts
from headwater.assessment.counting import Counts
from headwater.assessment.findings import Finding
from headwater.assessment.papers import papers_pages
from headwater.assessment.questions import ask
from headwater.assessment.questions.ask import counts_of
from headwater.assessment.questions.process import control_picture
from headwater.assessment.quotes import Claim, Quotable, plain
from headwater.assessment.record import record_of
from headwater.assessment.scene import Scene
from headwater.assessment.services import services_of
from headwater.assessment.setting import measures_of, scene_of
from headwater.assessment.words import say
from headwater.assessment.writing import Writer, without_exhibits
from headwater.documents.html import write_site
from headwater.engine import Engine
from headwater.lake import Snapshot, Workspace, open_snapshot, standing
from headwater.lake.quality import said
from headwater.vocabulary import CELL_TYPES, ESTIMATED_MEANING, BadInput, Measure, storage_errors

Progress = Callable[[int, int, str], None]
SITE, PDF, DOCX, ODS, PACKAGE, CHAPTERS = (
    "site",
    "assessment.pdf",
    "assessment.docx",
    "tables.ods",
    "package",
    "chapters",
)
RECORD = "assessment.json"
LICENCE = "Open Government Licence v3.0"
MAIN = "violence"


@dataclass(frozen=True, slots=True)
class Edition:
    """A finished edition on disk."""

    name: str
    folder: Path
    headlines: tuple[tuple[str, str, str], ...]
    """Label, figure, and the sentence it stands in."""
    files: tuple[Path, ...]
    """What a person would open first."""
    doubts: tuple[Doubt, ...] = ()
    """Figures of its chapters that do not agree with one another."""
    left_out: tuple[str, ...] = ()
    """What it does not rest on, because an agreement has ended, in words."""


def assess(
    workspace: Workspace, engine: Engine, *, published: str, name: str | None = None, progress: Progress | None = None
) -> Edition:
    """Build an edition from the latest snapshot, beside any earlier one, and put it in place whole.

    `published` is a day, 2026-11-23: the only date that is not read from the data. Raises `UntrueClaim` where a chapter
    says what the figures do not, `BadInput` where the lake lacks what an assessment needs.
    """
    tell = progress or silent
    with workspace.lock():
        return _assess(workspace, engine, published, name or published, tell)


def silent(_done: int, _total: int, _what: str) -> None:
    """Nobody is watching."""


def _assess(workspace: Workspace, engine: Engine, published: str, label: str, tell: Progress) -> Edition:
    snapshot, left_out = standing(workspace, open_snapshot(workspace), published)
    tell(0, STEPS, "setting the scene")
    scene = scene_of(workspace, snapshot, engine)
    tell(1, STEPS, "asking the questions")
    drafting, counts = findings_in(workspace, scene, snapshot, engine)
    tell(2, STEPS, "writing the chapters")
    document, record, texts = _compose(workspace, drafting, counts, label, published)
    document = replace(document, notices=(*document.notices, *left_out))
    building = workspace.editions / f".building-{label}-{os.getpid()}"
    try:
        with storage_errors(f"writing the edition {label}"):
            _write(building, document, record, texts, tell)
            folder = _place(building, workspace.editions / label)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    headlines = tuple(
        (label_of(finding), f"{say(reading.cell)}, {reading.period.words}", plain(finding.sentence, drafting.quotable))
        for finding, reading in headline_readings(scene, drafting.quotable)
    )
    opened = tuple(folder / part for part in (f"{SITE}/index.html", PDF, DOCX, ODS, PACKAGE))
    return Edition(label, folder, headlines, opened, _doubts(texts, drafting.quotable), left_out)


STEPS = 7


def _doubts(texts: Sequence[Draft], quotable: Quotable) -> tuple[Doubt, ...]:
    """Where the chapters, with their figures put in, say the same thing with two figures."""
    return check_texts((f"{draft.slug}.md", plain(without_exhibits(draft.text), quotable)) for draft in texts)


def findings_in(
    workspace: Workspace, scene: Scene, snapshot: Snapshot, engine: Engine
) -> tuple[Drafting, Mapping[str, Counts]]:
    """Every finding of a snapshot, with all that chapters are drafted from, and the counts behind the charts."""
    agreed = measures_of(workspace)
    found = list(ask(scene, agreed, snapshot, engine))
    street = [m for m in agreed if m.shape == "rate" and m.source.endswith("street") and scene.months(m.source)]
    counts = {measure.name: counts_of(scene, measure, snapshot, engine) for measure in street}
    quotable = Quotable(found)
    settings = workspace.settings
    return (
        Drafting(
            scene=scene,
            snapshot=snapshot,
            measures=agreed,
            quotable=Quotable(_described(f, quotable) for f in found),
            parts=_parts(scene, agreed, counts),
            title=settings.title or f"Violence in {scene.area.name}",
            author=settings.author,
            said=said(snapshot, engine),
            services=services_of(snapshot, engine, scene),
        ),
        counts,
    )


def _parts(scene: Scene, agreed: Sequence[Measure], counts: Mapping[str, Counts]) -> Mapping[str, documents.Figure]:
    """By place code, the leading control chart of each part of the area, for its profile."""
    main = next((measure for measure in agreed if measure.name == MAIN and MAIN in counts), None)
    if main is None:
        return {}
    pictures = {
        place.code: control_picture(scene.under(main.source), main, counts[MAIN], place) for place in scene.subareas
    }
    return {code: picture for code, picture in pictures.items() if picture}


def _described(finding: Finding, quotable: Quotable) -> Finding:
    """Text alternatives in plain words: figures quoted in them are put in."""

    def described(block: documents.Figure | documents.Table) -> documents.Figure | documents.Table:
        if isinstance(block, documents.Figure):
            return replace(block, description=plain(block.description, quotable))
        return block

    return finding.showing(*(described(block) for block in finding.exhibits))


def _compose(
    workspace: Workspace, drafting: Drafting, counts: Mapping[str, Counts], label: str, published: str
) -> tuple[documents.Document, dict[str, Any], Sequence[Draft]]:
    writer = Writer(drafting.quotable, standing_exhibits(drafting, counts))
    refuse_strays(workspace.root / CHAPTERS, drafting)
    texts = [chosen(workspace.root, draft) for draft in drafts(drafting)]
    pages: list[documents.Page] = []
    claims: list[Claim] = []
    for draft in texts:
        written = writer.write(draft.slug, draft.text)
        pages.append(documents.Page(draft.slug, draft.title, written.blocks, group=draft.group))
        claims += written.claims
    edition = facts_of(workspace, drafting, label, published)
    record = record_of(edition, drafting.scene, drafting.snapshot, drafting.quotable, claims)
    document = documents.Document(
        title=drafting.title,
        subtitle=f"Strategic needs assessment, edition {label}",
        author=drafting.author or "The partnership",
        published=published,
        pages=(*pages, *papers_pages(record)),
        licence=LICENCE,
        notices=tuple(sorted({p.attribution for p in drafting.snapshot.provenance if p.attribution})),
        banner=workspace.settings.banner,
        software=f"Headwater {__version__}",
        symbols=_symbols(),
    )
    return document, record, texts


def facts_of(workspace: Workspace, drafting: Drafting, label: str, published: str) -> dict[str, Any]:
    """What an edition says of itself in its record."""
    area = drafting.scene.area
    edition = {
        "name": label,
        "title": drafting.title,
        "area": {"code": area.code, "name": area.name, "level": area.level.value},
        "author": drafting.author or "The partnership",
        "published": published,
        "software": f"Headwater {__version__}",
        "snapshot": drafting.snapshot.digest,
        "policy": drafting.scene.policy.title,
        "licence": LICENCE,
    }
    return edition | ({"banner": workspace.settings.banner} if workspace.settings.banner else {})


def _symbols() -> tuple[tuple[str, str], ...]:
    marked = [(kind.marker, kind.meaning) for kind in CELL_TYPES if kind.marker]
    return (*marked, ("[e]", ESTIMATED_MEANING))


def chosen(root: Path, draft: Draft) -> Draft:
    """The analyst's own chapter where there is one, else the draft."""
    own = root / CHAPTERS / f"{draft.slug}.md"
    try:
        return replace(draft, text=own.read_text(encoding="utf-8")) if own.exists() else draft
    except UnicodeDecodeError as problem:
        raise BadInput(f"{CHAPTERS}/{own.name} is not UTF-8 text: save it again as UTF-8.") from problem


def _write(
    building: Path, document: documents.Document, record: dict[str, Any], texts: Sequence[Draft], tell: Progress
) -> None:
    (building / CHAPTERS).mkdir(parents=True)
    for draft in texts:
        (building / CHAPTERS / f"{draft.slug}.md").write_text(draft.text, encoding="utf-8", newline="\n")
    steps: Sequence[tuple[str, Callable[[], object]]] = (
        ("web pages", lambda: write_site(document, building / SITE)),
        ("PDF", lambda: documents.write_pdf(document, building / PDF)),
        ("Word", lambda: documents.write_docx(document, building / DOCX)),
        (
            "tables and data",
            lambda: (
                documents.write_ods(document, building / ODS),
                documents.write_package(document, building / PACKAGE, record),
            ),
        ),
    )
    for done, (what, write) in enumerate(steps, start=3):
        tell(done, STEPS, what)
        write()
    tell(STEPS, STEPS, "done")


def _place(building: Path, home: Path) -> Path:
    """Put a finished edition in place; an earlier one of the same name goes only when the new one is whole."""
    old = home.with_name(f".old-{home.name}-{os.getpid()}")
    try:
        if home.exists():
            home.rename(old)
        building.rename(home)
    finally:
        if home.exists():
            shutil.rmtree(old, ignore_errors=True)
        elif old.exists():  # stopped between the two: what was there is put back
            old.rename(home)
    pointer = home.with_name(f".latest-{os.getpid()}")
    pointer.write_text(home.name + "\n", encoding="utf-8", newline="\n")
    pointer.replace(home.with_name("latest"))
    return home


def read_record(folder: Path) -> dict[str, Any]:
    """The record of an edition on disk."""
    return json.loads((folder / PACKAGE / RECORD).read_text(encoding="utf-8"))
