"""What a partnership is held to, what shows that it is done, and what is not yet shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from headwater.partnership.models import DutyProof, Organisation
from headwater.partnership.questions.workspace import workspace
from headwater.vocabulary import Element, Framework, HeadwaterError, WrongRequest

DUTY, MEMBERS = "serious-violence-duty", "vru-core-members"
CHECKLISTS = (DUTY, MEMBERS)
SEATS = frozenset({MEMBERS})
"""Frameworks in which one organisation fills a seat; in the others every organisation that is bound shows what it did."""
K = Organisation.Kind
BINDS: Mapping[str, tuple[str, ...]] = {
    K.POLICE: ("police",),
    K.COUNCIL: ("local-authority", "public-health"),
    K.ICB: ("integrated-care-board",),
    K.FIRE: ("fire-and-rescue",),
    K.PROBATION: ("probation",),
    K.YOUTH_JUSTICE: ("youth-offending-team",),
    K.EDUCATION: ("education",),
    K.PRISON: ("prison", "youth-custody"),
    K.COMMUNITY: ("voluntary-and-community",),
    K.COMMISSIONER: ("local-policing-body",),
}
"""Kind of organisation -> the ids of the framework `organisations` that it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One element of a framework, with what shows it."""

    element: Element
    together: DutyProof | None
    """What the partnership shows as one, for all whom it binds."""
    shown: tuple[DutyProof, ...]
    """What organisations show for themselves."""
    lacking: tuple[Organisation, ...]
    """Those that are bound and have shown nothing."""
    absent: tuple[str, ...]
    """Kinds of organisation that are bound and have nobody at the table, in words."""
    seat: bool
    """Is it enough that one of them fills it?"""

    @property
    def state(self) -> str:
        """'shown', 'partly', 'not', or 'may' for what the law lets and nobody has used."""
        if self.together or (self.shown and (self.seat or not self.lacking)):
            return "shown"
        if self.shown:
            return "partly"
        return "may" if self.element.force == "may" else "not"

    @property
    def words(self) -> str:
        return {"shown": "Shown", "partly": "Partly shown", "not": "Not yet shown", "may": "May be used"}[self.state]

    @property
    def colour(self) -> str:
        return {"shown": "green", "partly": "yellow", "not": "red", "may": "grey"}[self.state]


@dataclass(frozen=True, slots=True)
class Checklist:
    """A framework, element by element."""

    framework: Framework
    lines: tuple[Line, ...]

    @property
    def sections(self) -> list[tuple[str, list[Line]]]:
        names = dict.fromkeys(line.element.section for line in self.lines)
        return [(name, [line for line in self.lines if line.element.section == name]) for name in names]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines are in each state."""
        states = [line.state for line in self.lines]
        return {state: states.count(state) for state in ("shown", "partly", "not", "may")}


def framework_named(name: str) -> Framework:
    """One of the frameworks that are checklists, the workspace's own in place of a shipped one. Raises WrongRequest."""
    if name not in CHECKLISTS:
        raise WrongRequest(f"there is no checklist {name!r}: there are {', '.join(CHECKLISTS)}")
    return _frameworks()[name]


def checklist(name: str) -> Checklist:
    """What shows each element of a framework, and what is not yet shown. Two questions of the database, however long it is."""
    framework, kinds = framework_named(name), {each.id: each.title for each in _frameworks()["organisations"].elements}
    members = list(Organisation.objects.filter(left__isnull=True))
    proofs: dict[str, list[DutyProof]] = {}
    for proof in DutyProof.objects.filter(framework=name, withdrawn__isnull=True).select_related("organisation"):
        proofs.setdefault(proof.element, []).append(proof)
    lines = (_line(each, proofs.get(each.id, ()), members, kinds, name in SEATS) for each in framework.elements)
    return Checklist(framework, tuple(lines))


def bound(element: Element, members: Iterable[Organisation]) -> list[Organisation]:
    """The organisations at the table that an element binds; the hosts where it is the partnership's as a whole."""
    if not element.who:
        return [each for each in members if each.hosts]
    return [each for each in members if set(BINDS.get(each.kind, ())) & set(element.who)]


def _line(
    element: Element, proofs: Sequence[DutyProof], members: Sequence[Organisation], kinds: Mapping[str, str], seat: bool
) -> Line:
    together = next((proof for proof in proofs if proof.organisation.hosts), None)
    shown = tuple(proof for proof in proofs if not proof.organisation.hosts)
    theirs = bound(element, members)
    have = {proof.organisation_id for proof in proofs}
    seated = {kind for each in theirs for kind in BINDS.get(each.kind, ())}
    return Line(
        element=element,
        together=together,
        shown=shown,
        lacking=tuple(each for each in theirs if each.pk not in have),
        absent=tuple(kinds[kind] for kind in element.who if kind not in seated),
        seat=seat,
    )


def _frameworks() -> dict[str, Framework]:
    from headwater.assessment import frameworks

    try:
        root = workspace().root
    except HeadwaterError:
        root = None
    return frameworks(root)
