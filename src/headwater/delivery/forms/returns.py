"""What a return asks, all of it on one page."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from headwater.delivery.actions import Answers
from headwater.delivery.forms.asked import DATE, TEXT, MoneyField, whole_number
from headwater.delivery.models import COUNTS, TABLES, Return, groups_of

RISKS = 3
"""Risks that one page asks about."""
QUESTIONS = {
    "referred": ("Referred", "New referrals this quarter"),
    "accepted": ("Accepted", "Of those referred, now or before, how many you took on"),
    "started": ("Started", "Came for the first time this quarter"),
    "completed": ("Completed", "Came to the end of it this quarter"),
    "people": ("Different people", "Everybody you worked with this quarter, each counted once"),
    "contacts": ("Contacts", "Every session, visit or meeting, so that one person may count often"),
}


class ReturnForm(forms.Form):
    """One return, on one page, so that all of it can be filled in where there is no connection."""

    def __init__(self, returned: Return, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.returned = returned
        self.groups = {table: groups_of(table, returned.intervention) for table in TABLES}
        self.lines = list(returned.intervention.lines.filter(year=returned.quarter.year))
        self.milestones = list(returned.intervention.milestones.all())
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
        self.fields["mark"] = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
        self._ask_counts()
        self._ask_groups()
        self._ask_money()
        self._ask_progress()
        self._ask_risks()
        self._ask_words()
        self.initial = {"mark": secrets.token_hex(8), **_counted(returned), **self._said()}

    def _ask_counts(self) -> None:
        for name, (label, hint) in QUESTIONS.items():
            self.fields[name] = whole_number(label, hint)

    def _ask_groups(self) -> None:
        for table, groups in self.groups.items():
            for i, group in enumerate(groups):
                self.fields[f"{table}-{i}"] = whole_number(group)
            self.fields[f"{table}-uncollected"] = forms.BooleanField(required=False, label="We do not collect this")
            self.fields[f"{table}-rest"] = forms.BooleanField(required=False, label="Every box left empty is 0")

    def _ask_money(self) -> None:
        for line in self.lines:
            self.fields[f"spent-{line.pk}"] = MoneyField(label="Spent this quarter")
            self.fields[f"forecast-{line.pk}"] = MoneyField(label="Expected by 31 March")

    def _ask_progress(self) -> None:
        for milestone in self.milestones:
            for name, label in (("met", "Met on"), ("expected", "If not met, now expected on")):
                self.fields[f"{name}-{milestone.pk}"] = forms.DateField(
                    required=False, label=label, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
                )

    def _ask_risks(self) -> None:
        scale = {"min_value": 1, "max_value": 5, "required": False}
        small = {"inputmode": "numeric", "class": "govuk-input--width-2"}
        for i in range(RISKS):
            words = {"required": False, "max_length": 300, "widget": forms.Textarea(attrs=TEXT)}
            self.fields[f"risk-{i}-says"] = forms.CharField(label="What may go wrong, or has", **words)
            self.fields[f"risk-{i}-likely"] = forms.IntegerField(
                label="How likely, 1 to 5", widget=forms.TextInput(attrs=small), **scale
            )
            self.fields[f"risk-{i}-grave"] = forms.IntegerField(
                label="How grave, 1 to 5", widget=forms.TextInput(attrs=small), **scale
            )
            self.fields[f"risk-{i}-doing"] = forms.CharField(label="What is being done", **words)
            self.fields[f"risk-{i}-owner"] = forms.CharField(
                label="Which office owns it",
                required=False,
                max_length=120,
                widget=forms.TextInput,
            )
            self.fields[f"risk-{i}-closed"] = forms.BooleanField(required=False, label="It is over")

    def _ask_words(self) -> None:
        area = forms.Textarea(attrs=TEXT)
        self.fields["note"] = forms.CharField(required=False, max_length=2000, label="What we should know", widget=area)
        self.fields["story"] = forms.CharField(required=False, max_length=4000, label="A story", widget=area)
        self.fields["consent_on"] = forms.DateField(
            required=False,
            label="Day of their consent",
            widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        )
        held = forms.TextInput()
        self.fields["consent_held"] = forms.CharField(
            required=False, max_length=200, label="Where the consent is kept", widget=held
        )

    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for row in self.returned.reach.all():
            if row.people is None:
                said[f"{row.table}-uncollected"] = True
            elif row.group in self.groups[row.table]:
                said[f"{row.table}-{self.groups[row.table].index(row.group)}"] = row.people
        for spend in self.returned.spends.all():
            said[f"spent-{spend.line_id}"], said[f"forecast-{spend.line_id}"] = spend.spent, spend.forecast
        for each in self.returned.progress.all():
            said[f"met-{each.milestone_id}"], said[f"expected-{each.milestone_id}"] = each.met, each.expected
        for i, risk in enumerate(list(self.returned.risks.all())[:RISKS]):
            said |= {
                f"risk-{i}-{name}": getattr(risk, name)
                for name in ("says", "likely", "grave", "doing", "owner", "closed")
            }
        return said

    # --- what the page shows -------------------------------------------------------------------------------------------

    @property
    def counts(self) -> list[forms.BoundField]:
        return [self[name] for name in COUNTS]

    @property
    def tables(self) -> Iterator[dict[str, Any]]:
        for table, groups in self.groups.items():
            rows = [self[f"{table}-{i}"] for i in range(len(groups))]
            rest, uncollected = self[f"{table}-rest"], self[f"{table}-uncollected"]
            yield {"name": table, "title": TABLES[table], "rows": rows, "rest": rest, "uncollected": uncollected}

    @property
    def money(self) -> Iterator[dict[str, Any]]:
        for line in self.lines:
            spent, forecast = self[f"spent-{line.pk}"], self[f"forecast-{line.pk}"]
            meant = line.profile[self.returned.quarter.number - 1]
            yield {"line": line, "meant": meant, "fields": (spent, forecast)}

    @property
    def steps(self) -> Iterator[dict[str, Any]]:
        for milestone in self.milestones:
            fields = (self[f"met-{milestone.pk}"], self[f"expected-{milestone.pk}"])
            met = None if self.is_bound else self.initial.get(f"met-{milestone.pk}")
            yield {"milestone": milestone, "fields": fields, "met": met}

    @property
    def risks(self) -> list[dict[str, Any]]:
        names = ("says", "likely", "grave", "doing", "owner", "closed")
        return [{"number": i + 1, **{name: self[f"risk-{i}-{name}"] for name in names}} for i in range(RISKS)]

    # --- what is to be written -----------------------------------------------------------------------------------------

    @property
    def answers(self) -> Answers:
        """What can be kept of what was typed: an answer that will not do is left out, and its error says so."""
        good = self.cleaned_data
        names = (*COUNTS, "note", "story", "consent_on", "consent_held")
        return Answers(
            words={name: good[name] for name in names if name in good},
            reach={table: self._reach(table) for table in self.groups},
            money=self._pairs("spent", "forecast", [line.pk for line in self.lines]),
            progress=self._pairs("expected", "met", [each.pk for each in self.milestones]),
            risks=self._risks(),
        )

    def _reach(self, table: str) -> dict[str, int] | None:
        if self.cleaned_data.get(f"{table}-uncollected"):
            return None
        empty = 0 if self.cleaned_data.get(f"{table}-rest") else None
        good = {group: self.cleaned_data.get(f"{table}-{i}", None) for i, group in enumerate(self.groups[table])}
        bad = {group for i, group in enumerate(self.groups[table]) if f"{table}-{i}" in self.errors}
        filled = {group: empty if people is None else people for group, people in good.items() if group not in bad}
        return {group: people for group, people in filled.items() if people is not None}

    def _pairs(self, first: str, second: str, numbers: list[int]) -> dict[int, tuple[Any, Any]]:
        good = self.cleaned_data
        return {
            n: (good[f"{first}-{n}"], good[f"{second}-{n}"])
            for n in numbers
            if f"{first}-{n}" in good and f"{second}-{n}" in good
        }

    def _risks(self) -> list[dict[str, Any]] | None:
        good = self.cleaned_data
        if any(name.startswith("risk-") for name in self.errors):
            return None
        return [
            {
                "says": good[f"risk-{i}-says"],
                "likely": good[f"risk-{i}-likely"] or 3,
                "grave": good[f"risk-{i}-grave"] or 3,
                "doing": good[f"risk-{i}-doing"],
                "owner": good[f"risk-{i}-owner"],
                "closed": good[f"risk-{i}-closed"],
            }
            for i in range(RISKS)
            if good[f"risk-{i}-says"].strip()
        ]


def _counted(returned: Return) -> dict[str, Any]:
    names = ("version", *COUNTS, "note", "story", "consent_on", "consent_held")
    return {name: getattr(returned, name) for name in names}
