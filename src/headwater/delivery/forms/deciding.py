"""What those who decide on a return are asked."""

from django import forms

from headwater.delivery.forms.asked import TEXT
from headwater.delivery.models import COLOURS

WHY = forms.Textarea(attrs=TEXT)


class DecideForm(forms.Form):
    """A reason, and the version that it is about."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(max_length=1000, label="Why?", widget=WHY)


class OverrideForm(DecideForm):
    """Another colour than the rule's."""

    colour = forms.ChoiceField(choices=COLOURS, label="Which colour is it really?", widget=forms.RadioSelect)


class VersionForm(forms.Form):
    """Only the version that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
