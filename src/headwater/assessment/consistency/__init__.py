"""Figures held against one another: in a text, and in the lake. Says what disagrees; never which figure is right."""

from headwater.assessment.consistency.doubts import MEANINGS, Doubt, is_mistake
from headwater.assessment.consistency.lake import doubts_in_lake, figures_of_lake
from headwater.assessment.consistency.texts import check_files, check_texts

__all__ = ["MEANINGS", "Doubt", "check_files", "check_texts", "doubts_in_lake", "figures_of_lake", "is_mistake"]
