"""What is asked of this room."""

__all__ = []
