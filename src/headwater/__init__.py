"""Headwater: from partners' data to a published needs assessment in which every number can answer back."""

__version__ = "0.1.0"
