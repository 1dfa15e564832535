"""The rows of this room."""

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
    "GrantLine",
    "Intervention",
    "Milestone",
    "Progress",
    "Quarter",
    "Reach",
    "Return",
    "Risk",
    "Spend",
    "Target",
    "groups_of",
]
