"""What is asked on the pages that join the rooms."""

from typing import Any

from django import forms

from headwater.web.edition import EVERY, Choice, OnShelf, areas_of, finding_named, periods_of


class LookForm(forms.Form):
    """Which figures to look at. What can be chosen is what the edition has."""

    measure = forms.ChoiceField(
        label="Figures", error_messages={"invalid_choice": "This edition has no figures of that name. Choose others."}
    )
    period = forms.ChoiceField(
        label="Period",
        required=False,
        error_messages={"invalid_choice": "There is no figure for that period. Choose another."},
    )
    area = forms.ChoiceField(
        label="Area",
        required=False,
        error_messages={"invalid_choice": "There is no figure for that area. Choose another."},
    )

    def __init__(self, data: Any, *, edition: OnShelf) -> None:
        chosen = data.get("measure") or ""
        super().__init__(data if chosen else None)
        finding = finding_named(edition, chosen)
        self.fields["measure"].choices = measures_of(edition)
        if finding:
            labels = periods_of(finding)
            self.fields["period"].choices = [
                ("", "The latest"),
                (EVERY, "Every period"),
                *zip(labels, labels, strict=True),
            ]
            self.fields["area"].choices = [("", "Every area"), *areas_of(finding).items()]

    @property
    def choice(self) -> Choice:
        """What was chosen, once it is valid."""
        return Choice(**{name: self.cleaned_data[name] for name in ("measure", "period", "area")})


def measures_of(edition: OnShelf) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every finding of an edition under the title of its measure."""
    titles = {each["name"]: each["title"] for each in edition.record["measures"]}
    found: dict[str, list[tuple[str, str]]] = {}
    for finding in edition.record["findings"]:
        found.setdefault(titles[finding["measure"]], []).append((finding["name"], finding["title"]))
    return list(found.items())


class KeepForm(forms.Form):
    """A name for what one is looking at, so that it can be found again."""

    name = forms.CharField(label="Name", max_length=80)
    shared = forms.BooleanField(label="Everybody who may see figures may use it", required=False)
