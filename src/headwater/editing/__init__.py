"""The assessment while it is being written: chapters in hand, who signed them, and what moved since the last edition.

Django loads a room's models late, so nothing is offered here: its doors are `models`, `actions` and `questions`.
"""

__all__ = []
