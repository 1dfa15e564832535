"""What a partnership is held to and may lean on: frameworks, factors, evidence, clocks and bank holidays, a workspace's own in place of the shipped."""

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from pathlib import Path
from typing import TypeVar, get_args

from headwater.assessment.setting import agreed_files
from headwater.vocabulary import BadInput, BankHolidays, Clock, Evidence, FactorList, Framework, RiskFactor
from headwater.vocabulary.factors import EcologicalLevel

ORGANISATIONS = "organisations"
LEVELS: tuple[str, ...] = get_args(EcologicalLevel)
Agreed = TypeVar("Agreed")
Files = Mapping[str, Path]


def _kept(kind: str) -> Callable[[Callable[[Files], dict[str, Agreed]]], Callable[..., dict[str, Agreed]]]:
    """Read the files of one kind once, and again only when one of them has changed: a page that asks need not wait for them."""

    def wrap(read: Callable[[Files], dict[str, Agreed]]) -> Callable[..., dict[str, Agreed]]:
        @lru_cache(maxsize=8)
        def remembered(stamps: tuple[tuple[Path, int, int], ...]) -> dict[str, Agreed]:
            return read({path.stem: path for path, *_ in stamps})

        @wraps(read)
        def known(root: Path | None = None) -> dict[str, Agreed]:
            stands = ((path, path.stat()) for path in agreed_files(kind, root).values())
            return dict(remembered(tuple((path, at.st_mtime_ns, at.st_size) for path, at in stands)))

        return known

    return wrap


@_kept("frameworks")
def frameworks(files: Files) -> dict[str, Framework]:
    """Every framework by name; a file of a workspace's own `frameworks/` stands in for a shipped one. Raises BadInput."""
    organisations = Framework.read(files[ORGANISATIONS])
    kinds = [element.id for element in organisations.elements]
    return {name: Framework.read(path, kinds) for name, path in sorted(files.items())}


@_kept("risk_factors")
def risk_factors(files: Files) -> dict[str, RiskFactor]:
    """Every risk and protective factor by id, those of a person first and those of society last. Raises BadInput."""
    found: dict[str, RiskFactor] = {}
    for path in files.values():
        for factor in FactorList.read(path).factors:
            if factor.id in found:
                raise BadInput(f"{path.name}: the id {factor.id!r} stands in another file of risk_factors as well")
            found[factor.id] = factor
    return dict(sorted(found.items(), key=lambda item: LEVELS.index(item[1].level)))


@_kept("interventions")
def interventions(files: Files) -> dict[str, Evidence]:
    """What is known of each kind of intervention, by name. Raises BadInput."""
    return {name: Evidence.read(path) for name, path in sorted(files.items())}


@_kept("clocks")
def clocks(files: Files) -> dict[str, Clock]:
    """Every clock by name. Raises BadInput."""
    return {name: Clock.read(path) for name, path in sorted(files.items())}


@_kept("holidays")
def bank_holidays(files: Files) -> dict[str, BankHolidays]:
    """Every list of bank holidays by name. Raises BadInput."""
    return {name: BankHolidays.read(path) for name, path in sorted(files.items())}
