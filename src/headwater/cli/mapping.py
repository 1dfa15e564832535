"""Proposing how a partner's own column names become those of a contract."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headwater.cli import showing
from headwater.cli.console import say, say_json
from headwater.cli.options import HERE, AsJson, Where
from headwater.vocabulary import WrongRequest

if TYPE_CHECKING:
    from headwater.sources.mapping import Proposal


@dataclass(frozen=True, slots=True)
class Mapped:
    """What `headwater map` answers."""

    table: str
    rows: int
    proposals: tuple["Proposal", ...]
    written: Path | None


def map_file(
    file: Annotated[Path, typer.Argument(help="The partner's file, as it came.")],
    dataset: Annotated[
        str | None,
        typer.Option("--as", help="The dataset it is: `emergency.attendances`. The likeliest are shown, if left out."),
    ] = None,
    producer: Annotated[
        str | None, typer.Option("--producer", help="Who sends it, in words. With `--as`, the mapping is written.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="What to call the mapping. Made of the producer's name, if left out.")
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", help="Which worksheet, or which file of a zip, where there are several.")
    ] = None,
    where: Where = HERE,
    json: AsJson = False,
) -> None:
    """Propose how a partner's own column names become those of a dataset, and write it down for people to agree.

    The file is looked over in memory. What is shown of a column is its name and the shapes of its cells (letters as A, digits as 9),
    never a cell. A mapping is read when a file with the same header lands, once somebody has agreed it.
    """
    from headwater.lake import open_workspace
    from headwater.sources.surveying import survey

    if producer and not dataset:
        raise WrongRequest("say with --as which dataset it is: a mapping is of one")
    root = open_workspace(where).root if producer else None
    found = survey(file, dataset=dataset, sheet=sheet)
    written = _write(root, found.proposals[0], producer, name) if root and producer else None
    answer = Mapped(found.table, found.rows, found.proposals, written)
    say_json(answer) if json else _show(answer, chosen=dataset is not None)


def _write(root: Path, proposal: "Proposal", producer: str, name: str | None) -> Path:
    from headwater.sources import contract
    from headwater.sources.mapping import FOLDER, mapping_page
    from headwater.vocabulary import storage_errors

    slug = re.sub(r"[^a-z0-9]+", "-", (name or producer).casefold()).strip("-")
    path = root / FOLDER / f"{slug or 'partner'}.toml"
    if path.exists():
        raise WrongRequest(f"there is a mapping {path.name} already: change it, take it away, or say another --name")
    with storage_errors(f"writing {path.name}"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(mapping_page(proposal, contract(proposal.dataset), producer), "utf-8", newline="\n")
    return path


def _show(answer: Mapped, *, chosen: bool) -> None:
    best = answer.proposals[0]
    if not chosen:
        rows = [(each.dataset, f"{each.score:.0%}", ", ".join(each.missing) or "none") for each in answer.proposals]
        showing.table(("It may be", "Fit", "Needed and not found"), rows)
    ours = {pair.theirs: (pair.column, pair.because) for pair in best.pairs}
    showing.table(
        ("Their column", f"In {best.dataset}", "Because", "Its cells look like"),
        [
            (look.name, *ours.get(look.name, ("not read", "")), f"{look.kind}: {'  '.join(look.shapes)}")
            for look in best.looks
        ],
        title=f"{answer.table}: {answer.rows:,} rows",
    )
    if best.missing:
        say(f"Needed, and not found: {', '.join(best.missing)}", style="bold")
    if answer.written:
        say(f"Made {answer.written}. Read it line by line, fill in what is empty, and say who agreed it and when.")
    else:
        say(f"Next: headwater map FILE --as {best.dataset} --producer NAME")
