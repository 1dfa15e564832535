"""Every write of this room, by name."""

__all__ = []
