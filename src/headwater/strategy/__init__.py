"""What the partnership means to do: needs, causes, priorities, actions, the evidence and money behind them, and outcomes.

Django loads a room's models late, so nothing is offered here: its doors are `models`, `actions` and `questions`.
"""

__all__ = []
