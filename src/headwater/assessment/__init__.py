"""Questions, findings, sentences, editions, and the comparison of editions."""

from headwater.assessment.edition import Edition, assess
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.recall import Comparison, Explanation, compare, editions, explain
from headwater.assessment.setting import measures

__all__ = [
    "Comparison",
    "Edition",
    "Explanation",
    "Finding",
    "Reading",
    "assess",
    "compare",
    "editions",
    "explain",
    "measures",
]
