"""Everything that Aldermere's partnership has in its database, in the order that a partnership would do it."""

from headwater.partnership.models import Organisation
from headwater.partnership.questions import Operator
from headwater.web.demonstration.data import seed_data
from headwater.web.demonstration.delivery import seed_delivery
from headwater.web.demonstration.people import seed_people
from headwater.web.demonstration.strategy import seed_strategy


def seed() -> bool:
    """Fill an empty database. Returns whether it did: one that holds a partnership already is left as it is."""
    if Organisation.objects.exists():
        return False
    by = Operator()
    seed_people(by)
    seed_data(by)
    seed_strategy(by)
    seed_delivery(by)
    return True
