"""Children in the youth justice system, as yearly tables of local authorities."""

from headwater.sources.youth_justice.reader import SOURCE

__all__ = ["SOURCE"]
