"""The partnership of Aldermere, which does not exist, put into its database by the same actions as a real one's."""

from headwater.web.demonstration.people import example, seed_people
from headwater.web.demonstration.seeding import seed

__all__ = ["example", "seed", "seed_people"]
