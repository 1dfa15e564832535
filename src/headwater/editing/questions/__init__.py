"""What is asked of this room."""

from headwater.editing.questions.chapters import (
    FOLDER,
    InHand,
    Standing,
    between,
    in_hand,
    preview_of,
    signed_by,
    slips_of,
    standings,
    text_in_file,
    title_of,
)
from headwater.editing.questions.figures import Figures, figures
from headwater.editing.questions.quoting import Quotable, quotable_figures
from headwater.editing.questions.saved import saved_views

__all__ = [
    "FOLDER",
    "Figures",
    "InHand",
    "Quotable",
    "Standing",
    "between",
    "figures",
    "in_hand",
    "preview_of",
    "quotable_figures",
    "saved_views",
    "signed_by",
    "slips_of",
    "standings",
    "text_in_file",
    "title_of",
]
