"""What fields and choices are called, for forms, documents and lists of changes alike."""

from collections.abc import Mapping

from headwater.strategy.models import Action, Assumption, Money, Outcome

LABELS: Mapping[str, str] = {
    "title": "Title",
    "name": "Name",
    "says": "What it says",
    "among": "Among whom",
    "area": "Where",
    "priority": "Priority",
    "finding": "Finding",
    "edition": "Edition",
    "figure": "Figure",
    "need": "Need",
    "factor": "Factor",
    "factor_title": "Factor",
    "level": "Ecological level",
    "direction": "Which way",
    "strength": "Strength",
    "attribution": "Source",
    "verified": "Verified",
    "weight": "Weight",
    "criterion": "Criterion",
    "score": "Score",
    "steps": "Steps",
    "reason": "Reason",
    "owner": "Owner",
    "cohort": "For whom",
    "prevention": "Level of prevention",
    "is_intervention": "People are referred to it",
    "starts": "Starts",
    "ends": "Ends",
    "evaluation": "Evaluation",
    "evaluation_says": "How anybody will know",
    "evidence": "Evidence",
    "evidence_version": "Version of the evidence",
    "evidence_copy": "What the evidence said",
    "promise": "The owner’s answer",
    "action": "Action",
    "source": "From whom",
    "spent_on": "Spent on",
    "is_match": "Match funding",
    "carries_over": "Can be carried over",
    "pence": "Amount",
    "measure": "Measure",
    "measure_title": "Measure",
    "definition_version": "Version of the measure",
    "unit": "Unit",
    "baseline": "Baseline",
    "baseline_period": "Period of the baseline",
    "baseline_count": "Events behind the baseline",
    "target": "Target",
    "target_by": "Target by",
    "follow_up": "Waited after, in times of the baseline’s period",
    "cause": "Cause",
    "outcome": "Outcome",
    "standing": "How it stands",
    "heading": "Heading",
}
CHOICES = {
    "prevention": Action.Prevention,
    "evaluation": Action.Evaluation,
    "spent_on": Money.Spent,
    "standing": Assumption.Standing,
    "direction": Outcome.Direction,
}
WORDS: Mapping[tuple[str, object], str] = {
    (name, value): str(label) for name, choices in CHOICES.items() for value, label in choices.choices
}
"""What a choice is called, by its field and its value."""
