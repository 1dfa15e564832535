"""What programs may ask of what is delivered: interventions, their money and milestones, returns, and evaluations."""

from collections.abc import Callable
from typing import Any

from headwater.delivery.models import (
    Evaluation,
    GrantLine,
    Intervention,
    Milestone,
    Progress,
    Quarter,
    Reach,
    Result,
    Return,
    Risk,
    Spend,
    Target,
)
from headwater.delivery.views.finding import evaluation_numbered, intervention_named, return_numbered
from headwater.partnership.models import Power
from headwater.web.api.routes import reading
from headwater.web.api.shapes import shape_of


@reading("/delivery/interventions", Power.READ_STRATEGY, gives=list[shape_of(Intervention)])
def interventions() -> Any:
    """Everything that is delivered."""
    return Intervention.objects.all()


@reading(
    "/delivery/interventions/{slug}",
    Power.READ_SENT,
    of=intervention_named,
    gives=shape_of(Intervention, sensitive=True),
)
def intervention(intervention: Intervention) -> Any:
    """One intervention."""
    return intervention


def _of(path: str, name: str, says: str, model: Any, of: Callable[..., Any], *, ledgered: bool = False) -> None:
    """A route to the rows of one kind that belong to what the path names."""

    def rows(found: Any) -> Any:
        return getattr(found, name).all()

    rows.__name__, rows.__doc__ = f"delivery_{path.split('/')[2]}_{name}", says
    power = Power.SEE_FIGURES if of is evaluation_numbered else Power.READ_SENT
    gives = list[shape_of(model, sensitive=True)]
    _ = reading(path, power, of=of, gives=gives, ledgered=ledgered)(rows)


WITH, RETURN = "/delivery/interventions/{slug}", "/delivery/returns/{number}"
_of(f"{WITH}/money", "lines", "The money of one intervention, in pence.", GrantLine, intervention_named)
_of(f"{WITH}/milestones", "milestones", "The milestones of one intervention.", Milestone, intervention_named)
_of(f"{WITH}/targets", "targets", "How many are meant to start it, quarter by quarter.", Target, intervention_named)
_of(f"{WITH}/returns", "returns", "Its returns, without their stories.", Return, intervention_named, ledgered=True)
_of(f"{RETURN}/reach", "reach", "Who was reached, table by table.", Reach, return_numbered, ledgered=True)
_of(f"{RETURN}/spending", "spends", "What was spent, in pence.", Spend, return_numbered, ledgered=True)
_of(f"{RETURN}/progress", "progress", "How far its milestones are.", Progress, return_numbered, ledgered=True)
_of(f"{RETURN}/risks", "risks", "What might go wrong.", Risk, return_numbered, ledgered=True)
_of(
    "/delivery/evaluations/{number}/results",
    "results",
    "What an evaluation found, edition by edition.",
    Result,
    evaluation_numbered,
    ledgered=True,
)


@reading(RETURN, Power.READ_SENT, of=return_numbered, gives=shape_of(Return, sensitive=True), ledgered=True)
def return_(returned: Return) -> Any:
    """One return, without its story, which is somebody's own."""
    return returned


@reading("/delivery/quarters", Power.READ_SENT, gives=list[shape_of(Quarter)])
def quarters() -> Any:
    """The quarters that are reported on."""
    return Quarter.objects.all()


@reading("/delivery/evaluations", Power.SEE_FIGURES, gives=list[shape_of(Evaluation)], ledgered=True)
def evaluations() -> Any:
    """Every evaluation that is registered."""
    return Evaluation.objects.all()
