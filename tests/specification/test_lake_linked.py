"""Partners' records are linked by a command: under every agreement or not at all, and what is kept is keys."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from headwater import ledger
from headwater.cli import reviewing
from headwater.cli.commands import app
from headwater.engine import TABLES, Engine
from headwater.lake import (
    Workspace,
    conform,
    freeze,
    land,
    open_snapshot,
    open_workspace,
    read_deletions,
    retain,
    standing,
)
from headwater.lake.linked import read_linked
from headwater.lake.linking import Review, link, named_linkage
from headwater.lake.linking.partners import Linking
from headwater.sources import contract
from headwater.vocabulary import BadInput, NotAgreed, WorkspaceTrouble, WrongRequest
from partners import DATASET, KEY, agree
from two_partners import (
    FORCE,
    PEOPLE,
    RECEIVED,
    Partners,
    agree_to_link,
    fields_of,
    land_all,
    linked_workspace,
    two_partners,
)

DUE = "2025-12-01"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Partners, Path, Linking]:
    """A workspace whose partners' records were linked and reviewed by somebody who knows. Not to be changed."""
    return linked_workspace(tmp_path_factory.mktemp("linked"))


@pytest.fixture
def linked(made: tuple[Path, Partners, Path, Linking], tmp_path: Path) -> tuple[Workspace, Partners, Path]:
    """A copy of it."""
    root, partners, key, _ = made
    shutil.copytree(root, tmp_path / "copy")
    return open_workspace(tmp_path / "copy"), partners, key


@pytest.fixture
def landed(workspace: Workspace, engine: Engine, tmp_path: Path) -> tuple[Workspace, Partners, Path]:
    """Partners' files that have landed and were never linked; too few for it."""
    agree_to_link(workspace)
    partners = two_partners(tmp_path / "sent", records=60, hospital=30)
    return workspace, partners, land_all(workspace, engine, partners, tmp_path)


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_links_point_at_the_lakes_events_and_hold_nothing_else(made) -> None:
    root, _, _, done = made
    table = pq.read_table(root / done.linked.where / "linked.parquet")
    assert table.schema.equals(TABLES["linked"])
    rows = table.to_pylist()
    assert {(row["left_dataset"], row["right_dataset"]) for row in rows} == {(DATASET, PEOPLE)}
    assert {row["left_role"] for row in rows} == {None}
    assert {row["right_role"] for row in rows} == {"victim", "suspect"}
    assert rows == sorted(rows, key=lambda row: (row["left_event"], row["right_event"]))
    events = {
        row["event_id"] for path in root.glob("conformed/*/*/people.parquet") for row in pq.read_table(path).to_pylist()
    }
    assert {row[side] for row in rows for side in ("left_event", "right_event")} <= events
    assert all(row["band"] >= 0.95 for row in rows)


def test_those_who_are_one_person_are_linked(made) -> None:
    root, partners, _, done = made
    number = {KEY.event(f"number:zza01:A{n}"): (DATASET, n + 2) for n in range(600)}
    number |= {KEY.event(f"number:zzp:AL/{n}"): (PEOPLE, n - 600 + 2) for n in range(600, 1_400)}
    pairs = [
        (partners.whose[number[row["left_event"]]], partners.whose[number[row["right_event"]]])
        for row in pq.read_table(root / done.linked.where / "linked.parquet").to_pylist()
    ]
    hospital, police = ([p for (d, _), p in partners.whose.items() if d == dataset] for dataset in (DATASET, PEOPLE))
    true = sum(hospital.count(person) * police.count(person) for person in set(hospital))
    right = sum(one == other for one, other in pairs)
    assert right / len(pairs) > 0.95
    assert right / true > 0.8
    reviewed = done.linked.reviewed
    assert reviewed is not None
    assert reviewed.precision[1] <= right / len(pairs) <= reviewed.precision[2]


def test_the_papers_name_the_agreements_the_definition_and_the_files(made) -> None:
    root, partners, _, done = made
    papers = read_linked(root)
    assert papers == done.linked
    assert papers.datasets == (DATASET, PEOPLE)
    assert [terms.agreement for terms in papers.terms] == ["force", "hospital"]
    assert (papers.linkage, papers.version, papers.on) == ("people", "2", RECEIVED)
    assert {file.fingerprint for file in papers.files} == {KEY.fingerprint(p.read_bytes()) for p in partners.files}
    assert {file.records for file in papers.files} == {600, 800}
    (said,) = (entry for entry in ledger.read(root / "ledger.jsonl") if entry.did == "linked")
    assert (said.to, said.when) == (papers.digest, RECEIVED)
    assert "force (version 1.1), hospital (version 1.1); reviewed:" in said.because


def test_the_snapshot_holds_the_links_and_is_named_by_them(made, engine: Engine) -> None:
    root, _, _, done = made
    workspace = open_workspace(root)
    snapshot = open_snapshot(workspace)
    assert snapshot.linked == done.linked
    assert snapshot.has("linked")
    assert engine.collect(snapshot.table("linked", engine)).num_rows == done.linked.links
    assert snapshot.digest not in {path.name for path in workspace.shelf.iterdir()}
    others = [path.name for path in workspace.shelf.iterdir() if path.is_dir()]
    assert snapshot.digest[:16] in others


def test_a_snapshot_without_links_has_none_and_is_named_as_before(landed) -> None:
    workspace, _, _ = landed
    snapshot = freeze(workspace)
    assert snapshot.linked is None
    assert not snapshot.has("linked")
    with pytest.raises(WrongRequest, match="holds no table 'linked'"):
        snapshot.table("linked", None)  # type: ignore[arg-type]


def test_linking_again_replaces_the_earlier_and_the_same_gives_the_same(linked) -> None:
    workspace, partners, key = linked
    before = read_linked(workspace.root)
    again = link(
        workspace, partners.files[::-1], named_linkage(workspace.root, "people"), day="2023-12-05", key_file=key
    )
    assert again.linked.reviewed is None, "the review went with the links that it was of"
    assert again.linked.links == before.links
    assert [path.name for path in (workspace.root / "linked").glob("*/")] == [again.linked.short]
    assert f"in place of {before.short}" in list(ledger.read(workspace.ledger))[-1].because
    frozen = freeze(workspace)
    assert frozen.linked == again.linked
    same = link(workspace, partners.files, named_linkage(workspace.root, "people"), day="2023-12-09", key_file=key)
    assert same.linked.digest == again.linked.digest
    assert freeze(workspace).digest == frozen.digest


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"linkage": ()}, r"has no clause on linkage"),
        (
            {"linkage": ("another.one",)},
            r"clause 5\.3 of force \(version 1\.1\) does not let records of police_records\.people",
        ),
        ({"expires": "2023-06-30"}, r"clause 2\.1 of force .* ended on 2023-06-30"),
    ],
)
def test_without_every_agreement_nothing_is_linked(landed, change: dict[str, object], says: str) -> None:
    workspace, partners, key = landed
    path = workspace.root / "agreements" / "force.toml"
    path.unlink()
    agree(
        workspace,
        "force",
        dataset=PEOPLE,
        fields=fields_of(PEOPLE),
        producers=FORCE,
        **{"linkage": (DATASET,), **change},
    )
    before = contents(workspace.root)
    with pytest.raises(NotAgreed, match=says):
        link(workspace, partners.files, named_linkage(workspace.root, "people"), day=RECEIVED, key_file=key)
    assert contents(workspace.root) == before
    assert not any(workspace.scratch.iterdir())


def test_what_has_not_landed_what_is_about_nobody_and_what_is_too_little_are_refused(landed, tmp_path: Path) -> None:
    workspace, partners, key = landed
    people = named_linkage(workspace.root, "people")
    with pytest.raises(BadInput, match="60 are too few"):
        link(workspace, partners.files, people, day=RECEIVED, key_file=key)
    with pytest.raises(WrongRequest, match="between the records of different partners"):
        link(workspace, partners.files[:1], people, day=RECEIVED, key_file=key)
    other = two_partners(tmp_path / "later", seed=8, records=60, hospital=30)
    with pytest.raises(BadInput, match=r"a file of emergency\.attendances has not landed here"):
        link(workspace, (other.hospital, partners.people), people, day=RECEIVED, key_file=key)
    (workspace.root / "agreements" / "hospital.toml").unlink()
    with pytest.raises(NotAgreed, match="no agreement"):
        link(workspace, partners.files, people, day=RECEIVED, key_file=key)
    assert read_linked(workspace.root) is None


def test_referrals_are_refused_by_name(landed, tmp_path: Path) -> None:
    workspace, partners, key = landed
    path = tmp_path / "nrm.csv"
    columns = [c.name for c in contract("nrm.referrals").columns if c.required]
    path.write_text(",".join(columns) + "\n" + ",".join("1" for _ in columns) + "\n", encoding="utf-8", newline="\n")
    with pytest.raises(NotAgreed, match=r"nrm\.\w+ is never linked"):
        link(workspace, (*partners.files, path), named_linkage(workspace.root, "people"), day=RECEIVED, key_file=key)


def test_links_go_when_any_of_the_agreements_says_so(linked, engine: Engine) -> None:
    workspace, _, _ = linked
    papers = read_linked(workspace.root)
    edition = workspace.editions / "spring" / "package"
    edition.mkdir(parents=True)
    (edition / "assessment.json").write_text(
        json.dumps({"sources": [], "linkages": [{"sha256": papers.digest}]}), "utf-8"
    )
    agree(workspace, "force", dataset=PEOPLE, months=12, producers="", fields=["Role"], linkage=(DATASET,))
    assert retain(workspace, "2024-11-30") == ()
    (would, _) = retain(workspace, "2024-12-01", dry_run=True)
    assert (would.package, would.agreement, would.clause) == (papers.digest, "force", "7.1")
    assert (workspace.root / papers.where).is_dir()
    links, people = retain(workspace, "2024-12-01")
    assert (links.package, links.editions) == (papers.digest, ("spring",))
    assert {file.path for file in links.files} == {f"{papers.where}/linked.parquet", f"{papers.where}/linkage.json"}
    assert people.name == PEOPLE
    assert not (workspace.root / papers.where).exists()
    assert "cannot be made again" in (workspace.editions / "spring" / "rests-on-deleted-data.txt").read_text("utf-8")
    assert set(read_deletions(workspace.root)) == {links, people}
    assert papers.digest in {entry.to for entry in ledger.read(workspace.ledger) if entry.did == "deleted"}
    latest = open_snapshot(workspace)
    assert latest.linked is None
    assert DATASET in {paper.dataset for paper in latest.provenance}


def test_links_go_with_what_they_point_at_and_an_old_snapshot_says_so(linked, engine: Engine) -> None:
    workspace, _, _ = linked
    before = open_snapshot(workspace)
    _ = retain(workspace, DUE)
    assert read_linked(workspace.root) is None
    with pytest.raises(WorkspaceTrouble, match="links of records that are no longer here"):
        before.table("linked", engine)


@pytest.mark.parametrize("dies", ["_mark", "note"])
def test_a_deletion_that_dies_is_finished_by_the_next(linked, monkeypatch, dies: str) -> None:
    from headwater.lake import retaining

    workspace, _, _ = linked
    papers = read_linked(workspace.root)

    def struck(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as trouble:
        trouble.setattr(*((retaining, "_delete") if dies == "_mark" else (Workspace, "note")), struck)
        with pytest.raises(KeyboardInterrupt):
            retain(workspace, DUE)
    _ = retain(open_workspace(workspace.root), DUE)
    assert not (workspace.root / papers.where).exists()
    said = [entry.to for entry in ledger.read(workspace.ledger) if entry.did == "deleted"]
    assert said.count(papers.digest) == 1


def test_links_are_rested_on_no_longer_when_any_agreement_has_ended_or_takes_linkage_back(linked) -> None:
    workspace, _, _ = linked
    snapshot = open_snapshot(workspace)
    same, nothing = standing(workspace, snapshot, "2023-12-31")
    assert (same.linked, nothing) == (snapshot.linked, ())
    less, said = standing(workspace, snapshot, "2024-01-01")
    assert not less.has("linked")
    assert any(
        words.startswith("Nothing here rests on links between records of emergency.attendances and") for words in said
    )
    agree_to_link(workspace, after="keep")
    kept, _ = standing(workspace, snapshot, "2024-01-01")
    assert kept.has("linked")
    agree_to_link(workspace, after="keep", linkage=())
    without, said = standing(workspace, snapshot, "2023-12-31")
    assert not without.has("linked")
    assert any("does not allow them now" in words for words in said)


def test_what_lands_after_the_linking_is_told(linked, engine: Engine, tmp_path: Path) -> None:
    workspace, _, key = linked
    later = two_partners(tmp_path / "later", seed=9, records=60, hospital=30).people
    later.write_text(later.read_text("utf-8").replace("/2023,", "/2024,"), encoding="utf-8", newline="\n")
    land(workspace, later, received=RECEIVED, key_file=key)
    conform(workspace, engine)
    frozen = freeze(workspace)
    assert frozen.linked is not None
    assert frozen.linked.lacking == (PEOPLE,)


def test_a_run_that_dies_leaves_the_earlier_links(linked, monkeypatch) -> None:
    from headwater.lake import linked as store

    workspace, partners, key = linked
    before = read_linked(workspace.root)

    def struck(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as trouble:
        trouble.setattr(store, "write_text", struck)
        with pytest.raises(KeyboardInterrupt):
            link(workspace, partners.files, named_linkage(workspace.root, "people"), day=RECEIVED, key_file=key)
    assert read_linked(workspace.root) == before
    _ = retain(open_workspace(workspace.root), RECEIVED)
    assert [path.name for path in (workspace.root / "linked").glob("*/")] == [before.short], (
        "what was half made is gone"
    )


def test_a_review_needs_pairs_enough_and_verdicts_enough(made, tmp_path: Path) -> None:
    root, partners, key, _ = made
    shutil.copytree(root, tmp_path / "copy")
    workspace, people = open_workspace(tmp_path / "copy"), named_linkage(root, "people")
    few = Review(2, partners.judge, np.random.default_rng(1))
    with pytest.raises(WrongRequest, match="2 pairs are too few"):
        link(workspace, partners.files, people, day=RECEIVED, key_file=key, review=few)
    nobody = Review(60, lambda *_: None, np.random.default_rng(1))
    done = link(workspace, partners.files, people, day=RECEIVED, key_file=key, review=nobody)
    assert done.linked.reviewed is None
    assert "nobody could judge" in done.notes[0]


class Person:
    """Somebody at a terminal, who answers by what is shown and nothing else."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked = 0
        monkeypatch.setattr(reviewing, "is_watched", lambda: True)
        monkeypatch.setattr(reviewing.WORDS, "print", self.shown)
        monkeypatch.setattr(reviewing.WORDS, "input", self.answer)

    def shown(self, table: object, *_: object, **__: object) -> None:
        columns = getattr(table, "columns", None)
        if columns and len(columns) == 3 and columns[1].header == "One record":
            self.pair = [list(column.cells) for column in columns[1:]]

    def answer(self, _: str) -> str:
        self.asked += 1
        if self.asked == 1:
            return "perhaps"  # asked again
        alike = sum(one == other and "not recorded" not in one for one, other in zip(*self.pair, strict=True))
        return "?" if self.asked % 40 == 0 else "y" if alike >= 3 else "n"


def test_a_person_reviews_at_the_terminal(linked, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, partners, key = linked
    person = Person(monkeypatch)
    ended = CliRunner().invoke(
        app,
        [
            "link",
            *map(str, partners.files),
            "-w",
            str(workspace.root),
            "--key-file",
            str(key),
            "--review",
            "80",
            "--received",
            RECEIVED,
        ],
    )
    assert ended.exit_code == 0, ended.output
    papers = read_linked(workspace.root)
    assert papers is not None
    assert papers.reviewed is not None
    assert papers.reviewed.judged + papers.reviewed.unsure == person.asked - 1
    assert papers.reviewed.unsure > 0
    assert papers.reviewed.precision[0] > 0.8
    assert open_snapshot(workspace).linked == papers


def _typed(workspace: Workspace, files: Iterable[Path], key: Path) -> list[str]:
    """The command as somebody types it."""
    return ["link", *map(str, files), "-w", str(workspace.root), "--key-file", str(key), "--received", RECEIVED]


def test_a_review_shows_names_to_a_terminal_or_to_nobody(linked) -> None:
    workspace, partners, key = linked
    asked = _typed(workspace, partners.files, key)
    refused = CliRunner().invoke(app, [*asked, "--review", "80"])
    assert isinstance(refused.exception, WrongRequest)
    assert "held at a terminal" in str(refused.exception)
    both = CliRunner().invoke(app, [*asked, "--review", "80", "--json"])
    assert "say one of them" in str(both.exception)


def test_the_command_says_in_plain_words_what_it_did(linked) -> None:
    workspace, partners, key = linked
    asked = _typed(workspace, partners.files, key)
    said = CliRunner().invoke(app, asked, env={"COLUMNS": "200"})
    assert said.exit_code == 0, said.output
    assert "links, of" in said.output
    assert "date of birth" in said.output
    assert "all but rules out that it is one person" in " ".join(said.output.split()), "however wide the terminal"
    assert "Nobody has reviewed these links" in said.output
    told = json.loads(CliRunner().invoke(app, [*asked, "--json"]).output)
    assert told["linked"]["links"] == read_linked(workspace.root).links
    missing = CliRunner().invoke(app, ["link", "nowhere.csv", "-w", str(workspace.root)])
    assert "Nothing was linked" in str(missing.exception)
    assert replace(read_linked(workspace.root), lacking=()) == read_linked(workspace.root)
