"""What is asked for when a chapter is written and a change is decided on."""

from django import forms

from headwater.editing.models import Change

WHY = "It is kept with the wording and written in the ledger beside your name."


class WordingForm(forms.Form):
    """The words of a chapter, and which wording they were begun from."""

    text = forms.CharField(
        label="The chapter, in Markdown",
        help_text="Headings, paragraphs and bullet lists. Quote a figure, or claim with it, between two pairs of braces.",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 26, "spellcheck": "true", "class": "govuk-textarea hw-words"}),
    )
    why = forms.CharField(
        max_length=500, required=False, label="What did you change, and why? (optional)", help_text=WHY
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class CommentForm(forms.Form):
    """What a colleague says."""

    on = forms.CharField(max_length=300, required=False, label="The words you mean (optional)")
    text = forms.CharField(max_length=4000, label="Your comment", widget=forms.Textarea(attrs={"rows": 4}))


class SignOffForm(forms.Form):
    """Which wording is stood by."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class DecisionForm(forms.Form):
    """What is decided about a change."""

    decision = forms.ChoiceField(choices=Change.Decision.choices, label="What do you decide?", widget=forms.RadioSelect)
    note = forms.CharField(max_length=500, required=False, label="Why?", help_text="Needed where you reject it.")
