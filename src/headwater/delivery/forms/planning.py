"""What those who plan are asked."""

from typing import Any

from django import forms

from headwater.delivery.forms.asked import DATE, MoneyField
from headwater.delivery.models import Intervention
from headwater.partnership.models import Organisation
from headwater.strategy.models import Action


class QuarterForm(forms.Form):
    """A quarter that is to be reported on."""

    year = forms.IntegerField(
        min_value=2000, max_value=2099, label="Year in which the financial year begins", help_text="2026 for 2026-27"
    )
    number = forms.ChoiceField(
        choices=[
            ("1", "April to June"),
            ("2", "July to September"),
            ("3", "October to December"),
            ("4", "January to March"),
        ],
        label="Quarter",
        widget=forms.RadioSelect,
    )
    due = forms.DateField(label="When are its returns due?", widget=forms.DateInput(attrs=DATE))


class PlanForm(forms.Form):
    """Something that is to be delivered."""

    organisation = forms.ModelChoiceField(queryset=None, label="Who delivers it?")
    action_of = forms.ModelChoiceField(
        queryset=None, required=False, label="Which action of the strategy is it? (none, if it stands in no strategy)"
    )
    name = forms.CharField(max_length=120, label="What is it called?")
    prevention = forms.ChoiceField(choices=(), label="For whom is it?", widget=forms.RadioSelect)
    starts = forms.DateField(label="When does it start?", widget=forms.DateInput(attrs=DATE))
    ends = forms.DateField(
        required=False, label="When does it end? (empty if that is not known)", widget=forms.DateInput(attrs=DATE)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(left__isnull=True)
        self.fields["action_of"].queryset = Action.objects.standing().filter(intervention__isnull=True)
        self.fields["prevention"].choices = Intervention.Prevention.choices


class LineForm(forms.Form):
    """Money for a year."""

    source = forms.CharField(max_length=120, label="Who gives it?")
    pays = forms.ChoiceField(
        choices=(("labour", "People (labour)"), ("non-labour", "Anything else")), label="What does it pay for?"
    )
    year = forms.IntegerField(
        min_value=2000, max_value=2099, label="Year in which the financial year begins", help_text="2026 for 2026-27"
    )
    first = MoneyField(label="To be spent April to June")
    second = MoneyField(label="July to September")
    third = MoneyField(label="October to December")
    fourth = MoneyField(label="January to March")
    match = forms.BooleanField(required=False, label="It is match funding")
    carries_over = forms.BooleanField(required=False, label="What is left on 31 March may be spent later")


class MilestoneForm(forms.Form):
    """Something to be done by a day."""

    title = forms.CharField(max_length=160, label="What is to be done?")
    planned = forms.DateField(label="By when?", widget=forms.DateInput(attrs=DATE))


class TargetForm(forms.Form):
    """How many are meant to start in a quarter."""

    year = forms.IntegerField(
        min_value=2000, max_value=2099, label="Year in which the financial year begins", help_text="2026 for 2026-27"
    )
    number = forms.IntegerField(min_value=1, max_value=4, label="Quarter, 1 to 4")
    starts = forms.IntegerField(min_value=0, label="How many are meant to start in it?")
