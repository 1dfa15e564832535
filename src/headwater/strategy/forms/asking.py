"""What is asked for when the strategy is tied, pinned, promised, consulted on and adopted."""

from collections.abc import Iterable
from typing import Any

from django import forms

from headwater.partnership.models import Organisation
from headwater.strategy.forms.parts import DAY, WHY
from headwater.strategy.models import Promise
from headwater.strategy.models.agreed import evidence


class FindingForm(forms.Form):
    """Which finding a need rests on."""

    finding = forms.ChoiceField(label="Finding")


class ReadingForm(forms.Form):
    """Which of a finding's figures."""

    reading = forms.ChoiceField(label="Figure")
    opened = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(max_length=500, required=False, label="Why (optional)", help_text=WHY)


class PinForm(forms.Form):
    """Which entry of evidence an action leans on."""

    entry = forms.ChoiceField(label="Kind of intervention")
    opened = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(max_length=500, required=False, label="Why (optional)", help_text=WHY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].choices = [(each.name, each.title) for each in evidence().values()]


class PromiseForm(forms.Form):
    """What an organisation answers."""

    answer = forms.ChoiceField(
        choices=Promise.Answer.choices, widget=forms.RadioSelect, label="What does your organisation answer?"
    )
    says = forms.CharField(
        max_length=1000,
        required=False,
        label="In words",
        help_text="Needed where you decline: what would have to change?",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    opened = forms.IntegerField(widget=forms.HiddenInput)


class ConsultForm(forms.Form):
    """A draft to be opened for comments."""

    title = forms.CharField(max_length=120, label="Title of the draft")
    says = forms.CharField(
        max_length=2000,
        required=False,
        label="What you ask of partners (optional)",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    opens = forms.DateField(label="Open from", help_text=DAY)
    closes = forms.DateField(label="Last day for comments", help_text=DAY)


class AdoptForm(forms.Form):
    """A version to be adopted."""

    title = forms.CharField(max_length=120, label="Title of the strategy")
    on = forms.DateField(label="When was it agreed?", help_text=DAY)
    says = forms.CharField(
        max_length=2000, required=False, label="A foreword (optional)", widget=forms.Textarea(attrs={"rows": 4})
    )
    why = forms.CharField(max_length=500, label="Who agreed it, and where?", help_text=WHY)


class RemarkForm(forms.Form):
    """What an organisation says of a draft."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="For which organisation?", to_field_name="slug"
    )
    about = forms.CharField(max_length=120, required=False, label="About which part? (optional)")
    says = forms.CharField(max_length=4000, label="Your comment", widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, own: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [each.pk for each in own]
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=mine)
        if len(mine) == 1:
            field.widget, field.initial = forms.HiddenInput(), next(iter(own)).slug


class AnswerForm(forms.Form):
    """What became of a comment."""

    says = forms.CharField(
        max_length=4000, label="What was changed for it, or why nothing was", widget=forms.Textarea(attrs={"rows": 5})
    )
