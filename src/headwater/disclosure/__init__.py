"""What may be shown: policies agreed with the owners of data, and the cells they withhold. Pure."""

from headwater.disclosure.policy import Policy
from headwater.disclosure.protect import protect, protect_cell, protect_parts

__all__ = ["Policy", "protect", "protect_cell", "protect_parts"]
