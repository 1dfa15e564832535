"""Records are linked only where every agreement allows it with every other, and some never."""

from collections.abc import Callable
from datetime import date

import pytest

from headwater.lake.agreements import Agreement, Shared, agreements_of
from headwater.lake.linking.allowed import may_link, refuse_never_linked, refuse_unlinkable
from headwater.vocabulary import BadInput, NotAgreed, WrongRequest
from partners import agree

EMERGENCY, POLICE, THIRD = "emergency.attendances", "police_records.people", "ambulance.incidents"


def an_agreement(name: str, dataset: str, *linkage: str, clause: bool = True) -> Agreement:
    """An agreement that shares one dataset and says with which others it may be linked."""
    shared = Shared(frozenset(), {}, (), frozenset(linkage))
    return Agreement(
        name=name, sha256="0" * 64, title=name, version="2", parties=(), purpose="", lawful_basis="", geography="",
        starts=date(2023, 1, 1), expires=date(2023, 12, 31), retention_months=12, smallest_shown=5, onward_sharing="",
        contact="", datasets={dataset: shared}, clauses={"linkage": "5.3"} if clause else {},
    )  # fmt: skip


def test_two_that_name_each_other_may_be_linked() -> None:
    hospital, police = an_agreement("ed", EMERGENCY, POLICE), an_agreement("force", POLICE, EMERGENCY)
    refuse_unlinkable([(EMERGENCY, hospital), (POLICE, police)])
    assert may_link(hospital, EMERGENCY, POLICE)
    assert not may_link(hospital, POLICE, EMERGENCY), "it does not share the police's records"


@pytest.mark.parametrize(
    ("sharing", "says"),
    [
        (
            [(EMERGENCY, an_agreement("ed", EMERGENCY, POLICE)), (POLICE, an_agreement("force", POLICE, THIRD))],
            r"clause 5\.3 of force \(version 2\) does not let records of police_records\.people .* emergency\.attendances.*nothing was linked",
        ),
        (
            [(EMERGENCY, an_agreement("ed", EMERGENCY, POLICE)), (POLICE, an_agreement("force", POLICE, clause=False))],
            r"force \(version 2\) has no clause on linkage",
        ),
        (
            [
                (EMERGENCY, an_agreement("ed", EMERGENCY, POLICE)),
                (EMERGENCY, an_agreement("other-ed", EMERGENCY, clause=False)),
                (POLICE, an_agreement("force", POLICE, EMERGENCY)),
            ],
            r"other-ed \(version 2\) has no clause",
        ),
        (
            [
                (EMERGENCY, an_agreement("ed", EMERGENCY, POLICE, THIRD)),
                (POLICE, an_agreement("force", POLICE, EMERGENCY)),
                (THIRD, an_agreement("999", THIRD, EMERGENCY, POLICE)),
            ],
            r"clause 5\.3 of force .* with those of ambulance\.incidents",
        ),
        (
            [(EMERGENCY, an_agreement("ed", EMERGENCY, "nrm.referrals")), ("nrm.referrals", an_agreement("n", "nrm.referrals", EMERGENCY))],
            r"nrm\.referrals is never linked",
        ),
    ],
    ids=["one names another", "one has no clause", "one of two hospitals has none", "three, and one pair is lacking", "never"],
)  # fmt: skip
def test_one_that_does_not_allow_it_stops_all(sharing: list[tuple[str, Agreement]], says: str) -> None:
    with pytest.raises(NotAgreed, match=says):
        refuse_unlinkable(sharing)


def test_linkage_within_one_dataset_is_not_asked_for() -> None:
    with pytest.raises(WrongRequest, match="between the records of different partners"):
        refuse_unlinkable([(EMERGENCY, an_agreement("ed", EMERGENCY, POLICE))])


def test_referrals_are_never_linked() -> None:
    refuse_never_linked(EMERGENCY)
    with pytest.raises(NotAgreed, match=r"nrm\.referrals is never linked"):
        refuse_never_linked("nrm.referrals")


def test_an_agreement_says_with_what_its_records_may_be_linked(workspace) -> None:
    agree(workspace, linkage=(POLICE,))
    (found,) = agreements_of(workspace.root).values()
    assert found.datasets[EMERGENCY].linkage == {POLICE}
    assert found.clause("linkage") == "clause 5.3 of ed-assaults (version 1.1)"
    agree(workspace)
    (silent,) = agreements_of(workspace.root).values()
    assert silent.datasets[EMERGENCY].linkage == frozenset()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace('linkage = "5.3"\n', ""), "no number, in quotation marks, for linkage"),
        (lambda text: text.replace(f'["{POLICE}"]', f'"{POLICE}"'), "linkage is a list"),
        (lambda text: text.replace(POLICE, "nrm.referrals"), r"records of nrm\.referrals are counted and never linked"),
        (lambda text: text.replace(POLICE, EMERGENCY), "linkage is with other datasets"),
    ],
    ids=["no clause", "no list", "never", "itself"],
)
def test_an_agreement_that_says_it_wrongly_is_refused(workspace, change: Callable[[str], str], says: str) -> None:
    path = agree(workspace, linkage=(POLICE,))
    path.write_text(change(path.read_text("utf-8")), encoding="utf-8", newline="\n")
    with pytest.raises(BadInput, match=says):
        agreements_of(workspace.root)
