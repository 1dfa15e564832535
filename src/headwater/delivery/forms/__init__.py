"""What people are asked in this room."""

from headwater.delivery.forms.deciding import DecideForm, OverrideForm, VersionForm
from headwater.delivery.forms.evaluating import AmendForm, RegisterForm
from headwater.delivery.forms.planning import LineForm, MilestoneForm, PlanForm, QuarterForm, TargetForm
from headwater.delivery.forms.returns import QUESTIONS, ReturnForm

__all__ = [
    "QUESTIONS",
    "AmendForm",
    "DecideForm",
    "LineForm",
    "MilestoneForm",
    "OverrideForm",
    "PlanForm",
    "QuarterForm",
    "RegisterForm",
    "ReturnForm",
    "TargetForm",
    "VersionForm",
]
