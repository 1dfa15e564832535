"""What residents and young people say when they are asked: surveys, a row a respondent, kept as shares."""

from headwater.sources.surveys.reader import SOURCE

__all__ = ["SOURCE"]
