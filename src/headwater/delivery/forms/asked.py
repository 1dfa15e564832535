"""The kinds of answer: whole numbers, money, days and words, each easy to give on a phone."""

from typing import Any

from django import forms

from headwater.delivery.questions import pence

LARGEST = 1_000_000
DATE = {"type": "date", "class": "hw-date"}
TEXT = {"rows": 3}


def whole_number(label: str, hint: str = "") -> forms.IntegerField:
    """A number of people or times, which may be left empty: that is not nought."""
    said = {"invalid": f"{label}: write a whole number, such as 12", "min_value": f"{label}: 0 or more"}
    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "class": "govuk-input--width-5 hw-number", "autocomplete": "off"}
    )
    return forms.IntegerField(
        label=label, help_text=hint, required=False, min_value=0, max_value=LARGEST, widget=widget, error_messages=said
    )


class MoneyField(forms.CharField):
    """Pounds, as people write them; pence, as they are kept."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "class": "govuk-input--width-10 hw-number", "autocomplete": "off"}
        super().__init__(required=False, max_length=20, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> int | None:
        said = super().clean(value)
        if not said:
            return None
        try:
            return pence(said)
        except ValueError as problem:
            raise forms.ValidationError(f"{self.label}: {problem}") from problem

    def prepare_value(self, value: Any) -> Any:
        return f"{value / 100:.2f}".removesuffix(".00") if isinstance(value, int) else value
