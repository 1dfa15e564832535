"""What people are asked in this room."""

from headwater.delivery.forms.deciding import DecideForm, OverrideForm, VersionForm
from headwater.delivery.forms.planning import LineForm, MilestoneForm, PlanForm, QuarterForm, TargetForm
from headwater.delivery.forms.returns import QUESTIONS, ReturnForm

__all__ = [
    "QUESTIONS",
    "DecideForm",
    "LineForm",
    "MilestoneForm",
    "OverrideForm",
    "PlanForm",
    "QuarterForm",
    "ReturnForm",
    "TargetForm",
    "VersionForm",
]
