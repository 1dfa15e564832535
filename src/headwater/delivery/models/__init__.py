"""The rows of this room."""

from headwater.delivery.models.evaluations import Amendment, Evaluation, Result
from headwater.delivery.models.groups import (
    AGES,
    ETHNICITIES,
    NOT_KNOWN,
    RISKS,
    SEXES,
    TABLES,
    groups_of,
)
from headwater.delivery.models.interventions import GrantLine, Intervention, Milestone, Target
from headwater.delivery.models.quarters import Quarter
from headwater.delivery.models.returns import COLOURS, COUNTS, Progress, Reach, Return, Risk, Spend

__all__ = [
    "AGES",
    "COLOURS",
    "COUNTS",
    "ETHNICITIES",
    "NOT_KNOWN",
    "RISKS",
    "SEXES",
    "TABLES",
    "Amendment",
    "Evaluation",
    "GrantLine",
    "Intervention",
    "Milestone",
    "Progress",
    "Quarter",
    "Reach",
    "Result",
    "Return",
    "Risk",
    "Spend",
    "Target",
    "groups_of",
]
