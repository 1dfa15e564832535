"""How dates are written and read here."""

__all__ = []
