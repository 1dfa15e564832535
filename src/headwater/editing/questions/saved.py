"""Views of the assessment's figures."""

from collections.abc import Sequence

from django.db.models import Q

from headwater.editing.models import SavedView
from headwater.partnership.models import Person


def saved_views(person: Person) -> Sequence[SavedView]:
    """The views a person keeps, and those that others share, by name."""
    return list(SavedView.objects.filter(Q(person=person) | Q(shared=True)).select_related("person"))
