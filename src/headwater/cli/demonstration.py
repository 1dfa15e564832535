"""Aldermere from nothing: invent it, land it, assess it. The journey a partnership makes, on a county that does not exist."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.cli.console import Bars
from headwater.vocabulary import Level, WorkspaceTrouble, WrongRequest

if TYPE_CHECKING:
    from headwater.assessment import Edition
    from headwater.lake import Workspace
    from headwater.lake.linking import Judge
    from headwater.sources.edge import PersonRecord

INVENTED = "invented"
REBASES = "rebases.toml"
AGREEMENTS = "agreements"
FINDS_PLACES = ("pretend_postcodes", "pretend_gazetteer")
LINKED = ("pretend_police_people", "pretend_ed_")
REVIEWED = 300
"""Pairs that are judged."""
DEFINITION = "thames-valley-2021"
"""What Aldermere has chosen to call serious violence."""
BANNER = "Aldermere is a county that does not exist. Every figure here is invented."


def demonstrate(folder: Path, *, published: str, progress: Bars) -> "Edition":
    """Invent Aldermere in `folder`, land its files and build the edition. Done again, it lands nothing new and builds again."""
    from headwater.assessment import assess
    from headwater.engine import open_engine
    from headwater.lake import take_in
    from headwater.sources.inventing import example_recipe, invent, key_of_nobody

    workspace = _workspace(folder)
    agree(workspace, published)
    files = in_order(
        invent(example_recipe(), workspace.root / INVENTED, progress=progress.stage("Inventing Aldermere"))
    )
    with open_engine(workspace.settings.engine, scratch=workspace.scratch) as engine, key_of_nobody() as key:
        take_in(workspace, files, engine, received=published, key_file=key, stage=progress.stage)
        link_victims(workspace, files, key, published)
        return assess(workspace, engine, published=published, progress=progress.stage("Assessing"))


def agree(workspace: "Workspace", day: str) -> None:
    """What the partners of Aldermere have signed, in force on `day` and for two years more, and what it knows of its charts."""
    home, year = example_recipe_folder(), int(day[:4])
    _copy(home / REBASES, workspace.root / REBASES)
    for path in sorted((home / AGREEMENTS).glob("*.toml")):
        _copy(
            path,
            workspace.root / AGREEMENTS / path.name,
            {"2026-01-01": f"{year}-01-01", "2028-12-31": f"{year + 2}-12-31"},
        )


def in_order(files: Iterable[Path]) -> list[Path]:
    """Files in the order they land in: what finds places first, then by stem, so that a revised release (…-revised.zip) comes
    after the one that it revises."""
    return sorted(files, key=lambda path: (not path.stem.startswith(FINDS_PLACES), path.stem))


def link_victims(workspace: "Workspace", files: Iterable[Path], key: Path, day: str) -> None:
    """Link those who came to hospital with those the police know, reviewed by the only one who can know: the county's inventor."""
    import numpy as np

    from headwater.lake import freeze
    from headwater.lake.linking import Review, link, named_linkage

    linked = [path for path in files if path.stem.startswith(LINKED)]
    review = Review(REVIEWED, _who_knows(workspace, key), np.random.default_rng(1))
    with workspace.lock():
        _ = link(workspace, linked, named_linkage(workspace.root, "people"), day=day, key_file=key, review=review)
        _ = freeze(workspace)


def _who_knows(workspace: "Workspace", key: Path) -> "Judge":
    """Somebody who knows of every record of an invented event who it is of."""
    from headwater.sources.edge import read_key
    from headwater.sources.inventing import example_recipe, whose_records

    people = whose_records(example_recipe(), read_key(key, workspace.root))

    def judge(one: "PersonRecord", other: "PersonRecord") -> bool | None:
        first, second = (people.get((each.event, each.role or "patient")) for each in (one, other))
        return None if first is None or second is None else first == second

    return judge


def example_recipe_folder() -> Path:
    """Where Aldermere's recipe, its agreements and its rebases stand."""
    from headwater.sources.inventing import example_recipe

    return example_recipe().parent


def _copy(source: Path, target: Path, said: Mapping[str, str] | None = None) -> None:
    text = source.read_text(encoding="utf-8")
    for before, now in (said or {}).items():
        text = text.replace(before, now)
    target.parent.mkdir(exist_ok=True)
    _ = target.write_text(text, encoding="utf-8", newline="\n")


def _workspace(folder: Path) -> "Workspace":
    """The folder's own workspace of Aldermere, or a new one; never somebody else's folder."""
    from headwater.lake import Settings, new, open_workspace

    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return new(
            folder,
            Settings(
                area_level=Level.FORCE,
                area_code="",
                area_name="Aldermere",
                title="Violence in Aldermere",
                author="Aldermere Violence Reduction Partnership",
                banner=BANNER,
                serious_violence=DEFINITION,
            ),
        )
    if not folder.is_dir():
        raise WrongRequest(f"{folder} is a file: name a folder for the demonstration")
    workspace = open_workspace(folder)
    if workspace.settings.banner != BANNER:
        raise WorkspaceTrouble(f"{folder} is the workspace of a real area: name another folder for the demonstration")
    return workspace
