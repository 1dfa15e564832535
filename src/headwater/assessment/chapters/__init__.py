"""What an edition says before anyone has typed: every chapter's Markdown, to be kept or rewritten."""

from headwater.assessment.chapters.draft import Draft, Drafting
from headwater.assessment.chapters.exhibits import standing_exhibits
from headwater.assessment.chapters.outline import drafts, titles_of
from headwater.assessment.chapters.strays import refuse_strays

__all__ = ["Draft", "Drafting", "drafts", "refuse_strays", "standing_exhibits", "titles_of"]
