"""What voluntary and community organisations count: their returns, as spreadsheets filled in by hand."""

from headwater.sources.voluntary.reader import SOURCE

__all__ = ["SOURCE"]
