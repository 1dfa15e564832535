"""What is asked of this room."""

from headwater.strategy.questions.content import KINDS, Content, Entry, content
from headwater.strategy.questions.findings import Since, since

__all__ = ["KINDS", "Content", "Entry", "Since", "content", "since"]
