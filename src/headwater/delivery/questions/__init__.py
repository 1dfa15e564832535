"""What is asked of this room."""

from headwater.delivery.questions.chasing import Awaited, Reminder, awaited, reminders
from headwater.delivery.questions.checks import Problems, problems_of
from headwater.delivery.questions.colours import Money, Verdict, colour_of, left_over, money_of, steps_of
from headwater.delivery.questions.earlier import SAID, carried_into, last_return
from headwater.delivery.questions.money import pence, pounds
from headwater.delivery.questions.rule import ColourRule, colour_rule

__all__ = [
    "SAID",
    "Awaited",
    "ColourRule",
    "Money",
    "Problems",
    "Reminder",
    "Verdict",
    "awaited",
    "carried_into",
    "colour_of",
    "colour_rule",
    "last_return",
    "left_over",
    "money_of",
    "pence",
    "pounds",
    "problems_of",
    "reminders",
    "steps_of",
]
