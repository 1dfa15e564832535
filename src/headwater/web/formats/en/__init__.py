"""In British English."""

__all__ = []
