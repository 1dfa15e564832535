"""What those who evaluate are asked."""

from collections.abc import Mapping
from typing import Any

from django import forms

from headwater.delivery.forms.asked import TEXT
from headwater.delivery.models import Evaluation

MONTH = {"class": "govuk-input--width-5"}


class EvaluationForm(forms.Form):
    """A plan, before it starts."""

    question = forms.CharField(max_length=300, label="What do you want to know?")
    design = forms.ChoiceField(
        choices=Evaluation.Design.choices, label="How will it be answered?", widget=forms.RadioSelect
    )
    series = forms.ChoiceField(label="Which monthly series answers it?")
    donors = forms.MultipleChoiceField(
        required=False,
        label="For a synthetic control: which places is it held against?",
        widget=forms.CheckboxSelectMultiple,
    )
    direction = forms.ChoiceField(
        choices=Evaluation.Direction.choices, label="Which way should it go?", widget=forms.RadioSelect
    )
    worth = forms.IntegerField(
        min_value=1, max_value=99, label="What is the smallest change that would matter, in per cent?"
    )
    begins = forms.CharField(
        max_length=7,
        label="First month that is compared",
        help_text="For example, 2022-04",
        widget=forms.TextInput(MONTH),
    )
    month = forms.CharField(
        max_length=7,
        label="First month after the start",
        help_text="For example, 2027-04",
        widget=forms.TextInput(MONTH),
    )

    def __init__(self, *args: Any, series: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(name, f"{title or name} ({name})") for name, title in series.items()]
        self.fields["series"].choices = named
        self.fields["donors"].choices = named


class RegisterForm(EvaluationForm):
    """The same, and why it comes late where it does."""

    late_because = forms.CharField(
        required=False,
        max_length=1000,
        label="If it has started already: why was it not registered before?",
        widget=forms.Textarea(attrs=TEXT),
    )


class AmendForm(EvaluationForm):
    """The same, and why it is changed."""

    why = forms.CharField(max_length=1000, label="Why is the plan changed?", widget=forms.Textarea(attrs=TEXT))
