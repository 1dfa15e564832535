"""Questions, findings, sentences, editions, and the comparison of editions."""

from headwater.assessment.agreed import clocks, frameworks, interventions, risk_factors
from headwater.assessment.consistency import Doubt, check_files, figures_of_lake, is_mistake
from headwater.assessment.edition import Edition, assess
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.recall import Comparison, Explanation, compare, editions, explain
from headwater.assessment.setting import measures

__all__ = [
    "Comparison",
    "Doubt",
    "Edition",
    "Explanation",
    "Finding",
    "Reading",
    "assess",
    "check_files",
    "clocks",
    "compare",
    "editions",
    "explain",
    "figures_of_lake",
    "frameworks",
    "interventions",
    "is_mistake",
    "measures",
    "risk_factors",
]
