"""From a workspace and a snapshot to the scene that every question is asked in."""

from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path

from headwater.assessment.doubts import Doubts, doubts_of, force_residents
from headwater.assessment.local import chosen, counted_locally
from headwater.assessment.rebases import declared_breaks, read_rebases
from headwater.assessment.scene import Scene
from headwater.disclosure import Policy
from headwater.engine import Engine
from headwater.lake import Snapshot, Terms, Workspace, atlas
from headwater.places import Atlas
from headwater.sources.police_uk import forces
from headwater.vocabulary import BadInput, Level, Measure, Place, WrongRequest, did_you_mean

MEASURES, POLICIES, DOUBTS = "measures", "disclosure", "doubts"


def definitions(kind: str) -> Path:
    """The folder of agreed definitions of one kind, as shipped."""
    return Path(str(files("headwater") / "definitions" / kind))


def measures(root: Path | None = None) -> tuple[Measure, ...]:
    """Every measure, in the order of an edition; a file of a workspace's own `measures/` stands in for a shipped one."""
    return tuple(sorted(map(Measure.read, agreed_files(MEASURES, root).values()), key=lambda m: (m.order, m.name)))


def measures_of(workspace: Workspace) -> tuple[Measure, ...]:
    """Every measure of a workspace, those of serious violence by the definition that it has chosen."""
    local = chosen(workspace.root, workspace.settings.serious_violence)
    return tuple(counted_locally(measures(workspace.root), local))


def agreed_files(kind: str, root: Path | None) -> dict[str, Path]:
    """The definitions of one kind by name: those shipped, and those of a workspace in their place."""
    homes = [definitions(kind), *([root / kind] if root else [])]
    return {path.stem: path for home in homes for path in sorted(home.glob("*.toml"))}


def policies_of(root: Path) -> dict[str, Policy]:
    """Every disclosure policy by name, a workspace's own in place of the shipped."""
    return {name: Policy.read(path) for name, path in sorted(agreed_files(POLICIES, root).items())}


def policy_of(root: Path, name: str) -> Policy:
    """The disclosure policy a workspace names: its own file, or a shipped one."""
    known = policies_of(root)
    if name not in known:
        raise WrongRequest(f"no disclosure policy is called {did_you_mean(name, known)}")
    return known[name]


def scene_of(workspace: Workspace, snapshot: Snapshot, engine: Engine) -> Scene:
    """The area of a workspace, seen through a snapshot."""
    settings = workspace.settings
    for needed, what in (("events", "police files"), ("links", "area look-ups"), ("population", "residents")):
        if not snapshot.has(needed):
            raise BadInput(
                f"the workspace holds no {what} yet: land some before assessing (see `headwater land --help`)"
            )
    book = atlas(snapshot, engine)
    area = book.find(settings.area_code or settings.area_name, settings.area_level)
    subareas = _parts(book, area, settings.subareas)
    small = book.within(area, Level.LSOA)
    whole = book.population(area.level, area)
    agreed = measures_of(workspace)
    recorded = read_rebases(workspace.root, [m.name for m in agreed])
    people = {**whole.people, **book.population(Level.LSOA, area).people}
    if subareas:
        people |= book.population(subareas[0].level, area).people
    producers = _producers(book, area, subareas)
    return Scene(
        area=area,
        subareas=subareas,
        small=small,
        people=people,
        people_basis=whole.basis,
        producers=producers,
        coverage=snapshot.coverage,
        snapshot=snapshot.digest,
        policy=policy_of(workspace.root, settings.policy),
        atlas=book,
        policies=policies_of(workspace.root),
        agreed=_asked_for(snapshot),
        rebases=(*recorded, *declared_breaks(agreed, {part.dataset for part in snapshot.parts})),
        doubts=_doubts(workspace, snapshot, book, (area, *subareas), producers[area.code]),
    )


def _doubts(
    workspace: Workspace, snapshot: Snapshot, book: Atlas, places: Sequence[Place], slugs: Sequence[str]
) -> Doubts:
    people = force_residents(book, places[0], slugs)
    return doubts_of(agreed_files(DOUBTS, workspace.root), book, places, people, snapshot.coverage)


def _asked_for(snapshot: Snapshot) -> dict[str, Policy]:
    """By dataset, what every agreement that any of it landed under asks for."""
    found: dict[str, Policy] = {}
    for paper in snapshot.provenance:
        if paper.terms:
            asked = _policy_of_agreement(paper.terms)
            found[paper.dataset] = found[paper.dataset].joined(asked) if paper.dataset in found else asked
    return found


def _policy_of_agreement(terms: Terms) -> Policy:
    smallest = terms.smallest_shown
    withheld = "none is" if smallest == 1 else "1 is" if smallest == 2 else f"1 to {smallest - 1} are"
    return Policy(
        name=terms.agreement,
        title=f"Agreement {terms.agreement}, version {terms.version}: of small counts, {withheld} withheld",
        smallest_shown=smallest,
        hide_nought=False,
        rounding=0,
        owner="The parties to the agreement",
        agreed=date.fromisoformat(terms.starts),
        review_by=date.fromisoformat(terms.expires),
        source_url="",
        why="The agreement that the data came under says so.",
    )


def _parts(book: Atlas, area: Place, level: Level) -> tuple[Place, ...]:
    """The parts an area is compared by; none where it has fewer than two, as a district has of districts."""
    if level == area.level or level not in book.levels:
        return ()
    parts = book.within(area, level)
    return parts if len(parts) > 1 else ()


def _producers(book: Atlas, area: Place, subareas: Sequence[Place]) -> dict[str, tuple[str, ...]]:
    """By place, the forces that police it; the parts only where they differ from the whole."""
    by_code = {force.area_code: force.slug for force in forces().values() if force.area_code}
    found: dict[str, tuple[str, ...]] = {}
    for place in (area, *(p for p in subareas if p.level == Level.FORCE)):
        codes = [place.code] if place.level == Level.FORCE else [f.code for f in book.within(place, Level.FORCE)]
        found[place.code] = tuple(by_code[code] for code in codes if code in by_code)
    if not found[area.code]:
        raise WrongRequest(
            f"{area.name} lies in no police force area that is known: land the look-up of force areas first"
        )
    return found
