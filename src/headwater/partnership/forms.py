"""What is asked for when people and organisations are brought in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from headwater.partnership.models import OfficeHolder, Organisation, Power, Role
from headwater.sources.hostile import refuse_ending
from headwater.vocabulary import BadInput

DAY = "For example, 2026-04-01"
FIRST = "The first day on which it is no longer so."
WHY = "It is written in the ledger beside your name."


def tell(form: forms.Form, problem: ValidationError) -> None:
    """Say on a form what an action refused: beside the field it is about, or above them all where the form does not ask for it."""
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for field, errors in problem.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)


class OrganisationForm(forms.Form):
    """An organisation that joins."""

    name = forms.CharField(max_length=120, label="Name of the organisation")
    kind = forms.ChoiceField(choices=Organisation.Kind.choices, label="What kind of organisation is it?")
    joined = forms.DateField(label="When did it join?", help_text="For example, 2026-04-01")
    why = forms.CharField(max_length=500, required=False, label="Why (optional)", help_text=WHY)


class InvitationForm(forms.Form):
    """Somebody who is asked to hold a role."""

    name = forms.CharField(max_length=120, label="Full name")
    email = forms.EmailField(max_length=254, label="Work email address")
    role = forms.ChoiceField(choices=Role.choices, widget=forms.RadioSelect, label="What will they be?")
    why = forms.CharField(max_length=500, required=False, label="Why (optional)", help_text=WHY)

    def __init__(self, *args: Any, roles: Iterable[Role] = Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]


class UploadForm(forms.Form):
    """A file that is sent."""

    file = forms.FileField(
        label="Choose a file",
        help_text="CSV, XLSX, ODS, Parquet, XML or GeoJSON, or a zip of these, as it came out of your system.",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another."},
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
    )

    def clean_file(self) -> Any:
        """A file of a kind that is read, by the end of its name; what is in it is looked at before anything else is done."""
        file = self.cleaned_data["file"]
        try:
            refuse_ending(file.name)
        except BadInput as problem:
            raise forms.ValidationError(str(problem)) from problem
        return file


class ProofForm(forms.Form):
    """What shows that a duty is done."""

    statement = forms.CharField(max_length=2000, widget=forms.Textarea, label="What was done, in a sentence or two")
    on = forms.DateField(label="On which day?", help_text=DAY)
    paper = forms.CharField(
        max_length=300,
        required=False,
        label="The paper that shows it, and where it is kept",
        help_text="For example, minutes-2026-03.pdf in the board’s papers. Name a paper here, or give a link below.",
    )
    link = forms.URLField(max_length=500, required=False, label="A link to it", assume_scheme="https")
    why = forms.CharField(max_length=500, required=False, label="Why (optional)", help_text=WHY)


class OfficeForm(forms.Form):
    """A new office."""

    title = forms.CharField(max_length=160, label="Title of the office")
    starts = forms.DateField(label="Since when is there such an office?", help_text=DAY)
    why = forms.CharField(max_length=500, required=False, label="Why (optional)", help_text=WHY)


class AreaForm(forms.Form):
    """An area that an office is for."""

    code = forms.RegexField(r"^[A-Za-z]\d{8}$", label="Official code of the area", help_text="For example, E23000007")
    name = forms.CharField(max_length=120, label="Name of the area")
    starts = forms.DateField(label="From which day?", help_text=DAY)
    ends = forms.DateField(required=False, label="Until when (optional)?", help_text=f"{FIRST} {DAY}")


class HolderForm(forms.Form):
    """Somebody who holds an office."""

    name = forms.CharField(max_length=120, label="Full name")
    how = forms.ChoiceField(
        choices=OfficeHolder.How.choices, widget=forms.RadioSelect, label="How did they come to it?"
    )
    starts = forms.DateField(label="From which day?", help_text=DAY)
    ends = forms.DateField(required=False, label="Until when (optional)?", help_text=f"{FIRST} {DAY}")
    why = forms.CharField(max_length=500, required=False, label="Why (optional)", help_text=WHY)


class EndForm(forms.Form):
    """When something ends."""

    ends = forms.DateField(label="When does it end?", help_text=f"{FIRST} {DAY}")
    why = forms.CharField(max_length=500, required=False, label="Why (optional)", help_text=WHY)


class ReasonForm(forms.Form):
    """Why something is ended or taken back."""

    why = forms.CharField(max_length=500, label="Why?", help_text=WHY)


class AcceptForm(forms.Form):
    """The password of somebody new."""

    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label="Choose a password",
        help_text="At least 12 characters. Three words that nobody would put together make a good one.",
        strip=False,
    )

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:  # whoever can sign in already keeps their password
            del self.fields["password"]


class TokenForm(forms.Form):
    """A token that somebody makes for a program of theirs."""

    name = forms.CharField(
        max_length=80, label="What is it for?", help_text="For example, Monthly chart in our own report"
    )
    powers = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label="What may it do?",
        help_text="It never does more than you may yourself, and it only reads.",
    )
    days = forms.TypedChoiceField(
        choices=[(7, "A week"), (30, "30 days"), (90, "90 days"), (365, "A year")],
        coerce=int,
        initial=90,
        label="For how long?",
    )

    def __init__(self, *args: Any, powers: Iterable[Power], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["powers"].choices = [(power.value, power.value.capitalize()) for power in sorted(powers)]


class OpeningForm(forms.Form):
    """What somebody opens in an emergency."""

    power = forms.ChoiceField(widget=forms.RadioSelect, label="What do you have to read?")
    hours = forms.TypedChoiceField(
        choices=[(1, "1 hour"), (4, "4 hours"), (24, "24 hours")],
        coerce=int,
        widget=forms.RadioSelect,
        label="For how long?",
    )
    why = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        label="Why?",
        help_text="The organisation is told, with your name.",
    )

    def __init__(self, *args: Any, powers: Iterable[Power], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["power"].choices = [(power.value, power.value.capitalize()) for power in sorted(powers)]
