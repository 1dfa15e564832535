"""What is agreed in files, looked up for the rows that copy it: factors, levels of prevention, evidence."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

from headwater.vocabulary import Evidence, Framework, Measure, RiskFactor, did_you_mean


def _root() -> Path | None:
    """The workspace, whose own files stand in for the shipped ones; None where there is none yet."""
    return settings.WORKSPACE if settings.WORKSPACE.is_dir() else None


def factors() -> dict[str, RiskFactor]:
    """Every risk and protective factor by id."""
    from headwater.assessment import risk_factors

    return risk_factors(_root())


def factor(wanted: str) -> RiskFactor:
    """The factor of an id. Raises ValidationError with the nearest."""
    known = factors()
    if wanted not in known:
        raise ValidationError({"factor": f"No risk or protective factor is called {did_you_mean(wanted, known)}."})
    return known[wanted]


def evidence() -> dict[str, Evidence]:
    """What is known of each kind of intervention, by name."""
    from headwater.assessment import interventions

    return interventions(_root())


def framework(name: str) -> Framework:
    """One framework by name."""
    from headwater.assessment import frameworks

    return frameworks(_root())[name]


def measures() -> dict[str, Measure]:
    """Every measure by name."""
    from headwater.assessment import measures as agreed_measures

    return {found.name: found for found in agreed_measures(_root())}


def measure(wanted: str) -> Measure:
    """The measure of a name. Raises ValidationError with the nearest."""
    known = measures()
    if wanted not in known:
        raise ValidationError({"measure": f"No measure is called {did_you_mean(wanted, known)}."})
    return known[wanted]


def heading(wanted: str) -> str:
    """What a published strategy is asked to have under an id. Raises ValidationError."""
    known = {element.id: element.title for element in framework("response-strategy").elements}
    if wanted not in known:
        raise ValidationError({"heading": f"No heading is called {did_you_mean(wanted, known)}."})
    return known[wanted]
