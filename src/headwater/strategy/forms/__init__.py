"""What is asked for on this room's pages."""

from headwater.strategy.forms.asking import (
    AdoptForm,
    AnswerForm,
    ConsultForm,
    FindingForm,
    PinForm,
    PromiseForm,
    ReadingForm,
    RemarkForm,
)
from headwater.strategy.forms.parts import FORMS, PartForm

__all__ = [
    "FORMS",
    "AdoptForm",
    "AnswerForm",
    "ConsultForm",
    "FindingForm",
    "PartForm",
    "PinForm",
    "PromiseForm",
    "ReadingForm",
    "RemarkForm",
]
