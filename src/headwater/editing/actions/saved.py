"""Views of the assessment's figures, kept and forgotten."""

from django.core.exceptions import PermissionDenied, ValidationError

from headwater.editing.models import SavedView
from headwater.partnership.actions import action
from headwater.partnership.models import Person, Power


@action("kept a view", Power.SEE_FIGURES)
def keep_view(
    *, by: Person, name: str, measure: str, period: str = "", area: str = "", shared: bool = False
) -> SavedView:
    """Keep what somebody is looking at. Raises ValidationError where they keep another under the name already."""
    view = SavedView(person=by, name=name.strip(), measure=measure, period=period, area=area, shared=shared)
    if SavedView.objects.filter(person=by, name=view.name).exists():
        raise ValidationError(
            "You keep another view under this name. Give this one another name, or forget that one first."
        )
    view.full_clean()
    view.save()
    return view


@action("forgot a view", Power.SEE_FIGURES, about="view")
def forget_view(*, by: Person, view: SavedView) -> SavedView:
    """Keep a view no longer. Only whoever kept it may."""
    if view.person != by:
        raise PermissionDenied("Only whoever kept a view can forget it.")
    forgotten = SavedView(pk=view.pk, person=by)
    _ = view.delete()
    return forgotten
