"""Admissions to hospital after assault, as tables of counts."""

from headwater.sources.hospital.reader import SOURCE

__all__ = ["SOURCE"]
