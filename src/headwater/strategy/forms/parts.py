"""What is asked for of each kind of part of the strategy."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from headwater.partnership.models import Organisation
from headwater.strategy.models import (
    Action,
    Assumption,
    Cause,
    Criterion,
    Money,
    Need,
    Outcome,
    Part,
    Passage,
    Priority,
    Score,
)
from headwater.strategy.models.agreed import factors, framework, measures

WHY = "It is written in the ledger beside your name."
DAY = "For example, 2026-04-01"
Choices = list[tuple[str, Any]]


class PartForm(forms.ModelForm):  # pyright: ignore[reportMissingTypeArgument] - Django's is not generic when it runs
    """One part of the strategy. `opened` is the revision it was opened at; `why` goes into the ledger."""

    opened = forms.IntegerField(min_value=0, widget=forms.HiddenInput, initial=0)
    why = forms.CharField(max_length=500, required=False, label="Why (optional)", help_text=WHY)
    field_order: ClassVar[list[str] | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part: Part = self.instance
        for name in part.fixed if part.pk else ():
            _ = self.fields.pop(name, None)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):
                self.initial[name] = f"{value.normalize():f}"
        for field in self.fields.values():
            rows = field.queryset if isinstance(field, forms.ModelChoiceField) else None
            if rows is not None and issubclass(rows.model, Part):
                field.queryset = rows.standing()
                field.label_from_instance = _called
        if part.pk:
            self.fields["opened"].initial = part.revision

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in of what is asked."""
        return {name: self.cleaned_data[name] for name in self.instance.asked if name in self.cleaned_data}


def _called(part: Part) -> str:
    return part.called


class NeedForm(PartForm):
    """A need. The finding it rests on is chosen on a page of its own."""

    class Meta:
        model = Need
        fields = Need.asked
        labels: ClassVar = {
            "title": "What do people here need?",
            "says": "What is known of it",
            "among": "Among whom? (optional)",
            "area": "Where? (optional)",
            "priority": "Which priority answers it? (optional)",
        }


class CauseForm(PartForm):
    """What drives a need."""

    factor = forms.ChoiceField(label="Risk or protective factor", help_text="Of groups and places; never of a person.")

    class Meta:
        model = Cause
        fields = Cause.asked
        labels: ClassVar = {"need": "Need", "says": "What points to it here?"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "factor" in self.fields:
            self.fields["factor"].choices = _grouped((f.level.title(), f.id, f.title) for f in factors().values())


class PriorityForm(PartForm):
    """A priority."""

    class Meta:
        model = Priority
        fields = Priority.asked
        labels: ClassVar = {"title": "What is to change?", "says": "In a sentence or two"}


class CriterionForm(PartForm):
    """A criterion."""

    class Meta:
        model = Criterion
        fields = Criterion.asked
        labels: ClassVar = {
            "title": "Name of the criterion",
            "says": "What do 0 and 5 mean?",
            "weight": "Weight",
            "steps": "From how many on is the score 1, 2, 3, 4 and 5? (optional)",
        }
        help_texts: ClassVar = {
            "weight": "Weights are shares of whatever all of them add up to.",
            "steps": "Say this where a score can follow from how many stand behind a figure. For example, 10, 50, 200, 500, 1000",
        }


class ScoreForm(PartForm):
    """A score with its reason."""

    class Meta:
        model = Score
        fields = Score.asked
        labels: ClassVar = {
            "priority": "Priority",
            "criterion": "Criterion",
            "need": "Measure it by the figure of which need? (optional)",
            "score": "Or score it yourselves, from 0 to 5",
            "reason": "Reason",
        }
        help_texts: ClassVar = {
            "need": "The score then follows from how many stand behind that figure, by the steps of the criterion.",
            "score": "Leave it empty where nobody can score it yet: the ranking shows what that leaves open.",
        }


class ActionForm(PartForm):
    """An action."""

    class Meta:
        model = Action
        fields = Action.asked
        labels: ClassVar = {
            "name": "What is to be done?",
            "owner": "Who is asked to do it?",
            "says": "What that means",
            "priority": "Under which priority? (optional)",
            "area": "Where? (optional)",
            "cohort": "For whom? (optional)",
            "prevention": "Level of prevention",
            "is_intervention": "People are referred to it and take part: it sends returns",
            "starts": "Starts",
            "ends": "Ends (optional)",
            "evaluation": "How will anybody know whether it worked?",
            "evaluation_says": "In words (optional)",
        }
        help_texts: ClassVar = {"starts": DAY, "ends": DAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Organisation.objects.filter(left__isnull=True)


class MoneyForm(PartForm):
    """One line of money, in pounds; it is kept in pence."""

    pounds = forms.DecimalField(
        min_value=Decimal("0.01"),
        max_digits=13,
        decimal_places=2,
        label="Amount, in pounds",
        help_text="For example, 86400",
    )
    field_order: ClassVar = ["action", "source", "pounds"]

    class Meta:
        model = Money
        fields = tuple(name for name in Money.asked if name != "pence")
        labels: ClassVar = {
            "action": "For which action?",
            "source": "From whom?",
            "spent_on": "Spent on",
            "is_match": "It is match funding",
            "carries_over": "What is left in March may be spent after it",
            "starts": "From",
            "ends": "Until",
        }
        help_texts: ClassVar = {"starts": DAY, "ends": DAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["pounds"].initial = Decimal(self.instance.pence) / 100

    @property
    def said(self) -> dict[str, Any]:
        return super().said | {"pence": int(self.cleaned_data["pounds"] * 100)}


class OutcomeForm(PartForm):
    """An outcome."""

    measure = forms.ChoiceField(required=False, label="Which measure? (optional)")

    class Meta:
        model = Outcome
        fields = Outcome.asked
        labels: ClassVar = {
            "title": "What should change?",
            "need": "Which need would that meet? (optional)",
            "direction": "Which way?",
            "unit": "In what unit? (optional)",
            "baseline": "Baseline (optional)",
            "baseline_period": "Of what period? (optional)",
            "baseline_count": "From how many events? (optional)",
            "target": "Target (optional)",
            "target_by": "By when? (optional)",
            "follow_up": "How long is waited after, in times of the baseline’s period?",
        }
        help_texts: ClassVar = {
            "baseline_count": "The count behind the rate. It decides whether the change could be told from chance.",
            "target_by": DAY,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [
            ("", "Nothing measures it"),
            *((m.name, m.title) for m in measures().values()),
        ]


class AssumptionForm(PartForm):
    """An arrow of the theory of change."""

    class Meta:
        model = Assumption
        fields = Assumption.asked
        labels: ClassVar = {
            "action": "From or to which action?",
            "cause": "A cause that it acts on",
            "outcome": "Or an outcome that it leads to",
            "says": "What must be true for one to lead to the other?",
            "standing": "How does that stand?",
        }


class PassageForm(PartForm):
    """What is written under one of the five headings."""

    heading = forms.ChoiceField(label="Heading")

    class Meta:
        model = Passage
        fields = Passage.asked
        labels: ClassVar = {"says": "What the partnership says"}
        help_texts: ClassVar = {"says": "Leave an empty line between paragraphs."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "heading" in self.fields:
            self.fields["heading"].choices = [(e.id, e.title) for e in framework("response-strategy").elements]


FORMS: Mapping[str, type[PartForm]] = {
    "priorities": PriorityForm,
    "criteria": CriterionForm,
    "needs": NeedForm,
    "causes": CauseForm,
    "scores": ScoreForm,
    "actions": ActionForm,
    "money": MoneyForm,
    "outcomes": OutcomeForm,
    "assumptions": AssumptionForm,
    "passages": PassageForm,
}


def _grouped(entries: Iterable[tuple[str, str, str]]) -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    for group, value, label in entries:
        groups.setdefault(group, []).append((value, label))
    return list(groups.items())
