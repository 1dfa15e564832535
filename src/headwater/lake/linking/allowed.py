"""Whether partners' agreements let their records be linked: every one must, with every other."""

from collections.abc import Iterable
from itertools import permutations

from headwater.lake.agreements import LINKAGE, Agreement, never_linked
from headwater.vocabulary import NotAgreed, WrongRequest

Sharing = tuple[str, Agreement]
"""A dataset, and an agreement that it is shared under."""


def refuse_unlinkable(sharing: Iterable[Sharing]) -> None:
    """Raise NotAgreed, citing the clause, where any agreement does not allow linkage with any other dataset.

    Raises WrongRequest where there are not two datasets: within one, the same person has the same key already.
    """
    once = {(dataset, agreement.name): agreement for dataset, agreement in sharing}
    used = [(dataset, agreement) for (dataset, _), agreement in sorted(once.items())]
    datasets = sorted({dataset for dataset, _ in used})
    if len(datasets) < 2:
        raise WrongRequest(
            f"all the files are of {datasets[0] if datasets else 'no dataset'}: linkage is between the records of different "
            "partners. Name files of two datasets or more."
        )
    for (dataset, agreement), (other, _) in permutations(used, 2):
        if dataset != other and not may_link(agreement, dataset, other):
            raise NotAgreed(_refusal(agreement, dataset, other))


def may_link(agreement: Agreement, dataset: str, other: str) -> bool:
    """Does an agreement let its records of a dataset be linked with those of another?"""
    shared = agreement.datasets.get(dataset)
    return shared is not None and other in shared.linkage and not (never_linked(dataset) or never_linked(other))


def refuse_never_linked(dataset: str) -> None:
    """Raise NotAgreed, by name, for what is counted and never linked."""
    if never_linked(dataset):
        raise NotAgreed(
            f"{dataset} is never linked: referrals are counted, and no agreement changes that. Leave it out."
        )


def _refusal(agreement: Agreement, dataset: str, other: str) -> str:
    refuse_never_linked(dataset)
    refuse_never_linked(other)
    ask = f'Agree it, and add "{other}" to `linkage` under [datasets."{dataset}"]; nothing was linked.'
    if LINKAGE in agreement.clauses:
        return f"{agreement.clause(LINKAGE)} does not let records of {dataset} be linked with those of {other}. {ask}"
    return (
        f"{agreement.name} (version {agreement.version}) has no clause on linkage, so records of {dataset} may not be linked "
        f"with those of {other}. {ask}"
    )
