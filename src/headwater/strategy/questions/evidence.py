"""What an action leans on: the entry as it was pinned, how good it is in words, and whether the list says something else today."""

from collections.abc import Mapping

from headwater.documents.charts import Strength
from headwater.strategy.questions.content import Entry

SECURITY: Mapping[str, Strength] = {
    "strong": "strong",
    "moderate": "moderate",
    "limited": "limited",
    "very-limited": "weak",
    "insufficient": "weak",
    "not-read": "unknown",
}
IMPACT = {
    "high": "high impact",
    "moderate": "moderate impact",
    "low": "low impact",
    "none": "no impact",
    "harmful": "may do harm",
    "insufficient": "too little evidence to rate",
    "not-read": "impact not read",
}
SURE = {
    "strong": "strong evidence",
    "moderate": "moderate evidence",
    "limited": "limited evidence",
    "very-limited": "very limited evidence",
    "insufficient": "too little evidence",
    "not-read": "strength of evidence not read",
}


def strength(act: Entry) -> Strength:
    """How good the evidence is that an action of its kind works, as a line is drawn for it."""
    pinned = act["evidence_copy"]
    if not pinned:
        return "unknown"
    return "harm" if pinned["impact"] == "harmful" else SECURITY[pinned["security"]]


def evidence_words(act: Entry) -> str:
    """'Mentoring, version 1: moderate impact, moderate evidence', and that it is not verified where it is not."""
    pinned = act["evidence_copy"]
    if not pinned:
        return "pinned to no evidence"
    said = f"{pinned['title']}, version {act['evidence_version']}: {rating(pinned)}"
    return said if pinned["verified"] else f"{said}; not verified"


def rating(pinned: Entry) -> str:
    """'moderate impact, moderate evidence'; said once where too little is known for either."""
    words = dict.fromkeys((IMPACT[pinned["impact"]], SURE[pinned["security"]]))
    return "too little evidence to rate" if pinned["impact"] == "insufficient" else ", ".join(words)


def moved_evidence(act: Entry) -> str:
    """What the list of evidence says today that it did not say when the action was pinned, or nothing."""
    pinned = act["evidence_copy"]
    if not pinned:
        return ""
    from headwater.strategy.models.agreed import evidence

    now = evidence().get(act["evidence"])
    if now is None:
        return "The entry it was pinned to is in the list of evidence no more."
    fields = (("impact", "impact"), ("security", "security"), ("verified", "verified"), ("says", "what it says"))
    other = [f"{label} was {_word(pinned[name])}, now {_word(getattr(now, name))}" for name, label in fields
             if pinned[name] != getattr(now, name)]  # fmt: skip
    if not other and now.version == act["evidence_version"]:
        return ""
    changed = "; ".join(other) or "the rating is the same"
    return (
        f"The entry is at version {now.version} today, and was pinned at version {act['evidence_version']}: {changed}."
    )


def _word(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, f"“{value}”") if isinstance(value, bool) else f"“{value}”"
