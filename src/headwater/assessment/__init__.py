"""Questions, findings, sentences, editions, and the comparison of editions."""

from headwater.assessment.again import Again, work_again
from headwater.assessment.agreed import bank_holidays, clocks, frameworks, interventions, risk_factors
from headwater.assessment.classes import class_edges, class_of, class_words
from headwater.assessment.consistency import Doubt, check_files, figures_of_lake, is_mistake
from headwater.assessment.edition import Edition, assess
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.opened import Opened, open_figure
from headwater.assessment.papers import anchor_of
from headwater.assessment.recall import Comparison, Explanation, compare, editions, explain
from headwater.assessment.setting import measures

__all__ = [
    "Again",
    "Comparison",
    "Doubt",
    "Edition",
    "Explanation",
    "Finding",
    "Opened",
    "Reading",
    "anchor_of",
    "assess",
    "bank_holidays",
    "check_files",
    "class_edges",
    "class_of",
    "class_words",
    "clocks",
    "compare",
    "editions",
    "explain",
    "figures_of_lake",
    "frameworks",
    "interventions",
    "is_mistake",
    "measures",
    "open_figure",
    "risk_factors",
    "work_again",
]
