"""From a number or a name in an address to the row that it is of, for the rules at the doors."""

from dataclasses import dataclass

from headwater.delivery.models import Evaluation, Intervention, Quarter, Return
from headwater.partnership.models import Organisation


def intervention_named(slug: str) -> Intervention:
    return Intervention.objects.select_related("organisation", "action").get(slug=slug)


@dataclass(frozen=True, slots=True)
class Reported:
    """A quarter, as whoever reports on it opens it: for the organisation that hosts the partnership."""

    quarter: Quarter
    kind: str = ""
    """What it is to be written as."""

    @property
    def organisation(self) -> Organisation:
        return Organisation.objects.get(hosts=True)


def quarter_numbered(number: int, kind: str = "") -> Reported:
    return Reported(Quarter.objects.get(pk=number), kind)


def return_numbered(number: int) -> Return:
    rows = Return.objects.select_related("intervention__organisation", "quarter")
    parts = ("reach", "spends__line", "progress__milestone", "risks", "intervention__milestones")
    return rows.prefetch_related(*parts).get(pk=number)


def evaluation_numbered(number: int) -> Evaluation:
    rows = Evaluation.objects.select_related("intervention__organisation").prefetch_related("amendments", "results")
    return rows.get(pk=number)


@dataclass(frozen=True, slots=True)
class Due:
    """A return that could be begun."""

    intervention: Intervention
    quarter: Quarter

    @property
    def organisation(self) -> Organisation:
        return self.intervention.organisation


def due_numbered(slug: str, number: int) -> Due:
    return Due(intervention_named(slug), Quarter.objects.get(pk=number))
