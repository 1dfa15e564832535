"""What is delivered, to whom and where, who pays for it and until when."""

from headwater.sources.services.reader import SOURCE

__all__ = ["SOURCE"]
