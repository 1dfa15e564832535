"""The rows of this room."""

__all__ = []
