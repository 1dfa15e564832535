"""Who sits at the table: organisations, people, their roles, what they agreed to share and what they sent.

Django loads a room's models late, so nothing is offered here: its doors are `models`, `actions`, `questions` and `guard`.
"""

__all__ = []
