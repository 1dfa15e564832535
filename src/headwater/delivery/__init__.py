"""What was done: returns, reach, money, milestones, and evaluation.

Django loads a room's models late, so nothing is offered here: its doors are `models`, `actions` and `questions`.
"""

__all__ = []
