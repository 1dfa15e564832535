"""What a partnership is held to and may lean on: frameworks, factors, evidence and clocks, a workspace's own in place of the shipped."""

from pathlib import Path
from typing import get_args

from headwater.assessment.setting import agreed_files
from headwater.vocabulary import BadInput, Clock, Evidence, FactorList, Framework, RiskFactor
from headwater.vocabulary.factors import EcologicalLevel

ORGANISATIONS = "organisations"
LEVELS: tuple[str, ...] = get_args(EcologicalLevel)


def frameworks(root: Path | None = None) -> dict[str, Framework]:
    """Every framework by name; a file of a workspace's own `frameworks/` stands in for a shipped one. Raises BadInput."""
    paths = agreed_files("frameworks", root)
    organisations = Framework.read(paths[ORGANISATIONS])
    kinds = [element.id for element in organisations.elements]
    return {name: Framework.read(path, kinds) for name, path in sorted(paths.items())}


def risk_factors(root: Path | None = None) -> dict[str, RiskFactor]:
    """Every risk and protective factor by id, those of a person first and those of society last. Raises BadInput."""
    found: dict[str, RiskFactor] = {}
    for path in agreed_files("risk_factors", root).values():
        for factor in FactorList.read(path).factors:
            if factor.id in found:
                raise BadInput(f"{path.name}: the id {factor.id!r} stands in another file of risk_factors as well")
            found[factor.id] = factor
    return dict(sorted(found.items(), key=lambda item: LEVELS.index(item[1].level)))


def interventions(root: Path | None = None) -> dict[str, Evidence]:
    """What is known of each kind of intervention, by name. Raises BadInput."""
    return {name: Evidence.read(path) for name, path in sorted(agreed_files("interventions", root).items())}


def clocks(root: Path | None = None) -> dict[str, Clock]:
    """Every clock by name. Raises BadInput."""
    return {name: Clock.read(path) for name, path in sorted(agreed_files("clocks", root).items())}
