"""The questions a needs assessment asks of each measure. One function a question; each answers with a finding."""

from headwater.assessment.questions.ask import ask

__all__ = ["ask"]
