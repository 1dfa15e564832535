"""Offices are made, given areas, and held by one person after another."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from headwater.partnership.actions.recording import action
from headwater.partnership.models import Office, OfficeArea, OfficeHolder, Organisation, Power
from headwater.partnership.questions import Actor


@action("made", Power.AGREE)
def make_office(*, by: Actor, organisation: Organisation, title: str, starts: date, why: str = "") -> Office:
    """There is an office at an organisation, whoever holds it."""
    return _kept(Office(organisation=organisation, title=title.strip(), starts=starts))


@action("gave an area to", Power.AGREE, about="office")
def give_area(
    *, by: Actor, office: Office, code: str, name: str, starts: date, ends: date | None = None, why: str = ""
) -> OfficeArea:
    """The office is for an area, from a day."""
    _within(office, starts, ends)
    overlapping = _overlapping(office.areas.filter(code=code), starts, ends)
    if overlapping:
        raise ValidationError({"code": f"The office is for {overlapping[0]} at that time already."})
    return _kept(OfficeArea(office=office, code=code.strip().upper(), name=name.strip(), starts=starts, ends=ends))


@action("ended the area of", Power.AGREE, about="area")
def end_area(*, by: Actor, area: OfficeArea, ends: date, why: str = "") -> OfficeArea:
    """The office is no longer for an area, from a day."""
    area.ends = ends
    return _kept(area)


@action("seated", Power.AGREE, about="office")
def seat_holder(
    *, by: Actor, office: Office, name: str, how: str, starts: date, ends: date | None = None, why: str = ""
) -> OfficeHolder:
    """Somebody holds an office from a day. Raises ValidationError where anybody else holds it on any of the days."""
    held = Office.objects.select_for_update().get(
        pk=office.pk
    )  # two who seat somebody at once do it one after the other
    _within(held, starts, ends)
    if others := _overlapping(held.holders.all(), starts, ends):
        raise ValidationError(
            {
                "starts": f"{others[0]} holds the office on some of these days. Say when their time ends first, or choose other days."
            }
        )
    return _kept(OfficeHolder(office=held, name=name.strip(), how=how, starts=starts, ends=ends))


@action("ended the time of", Power.AGREE, about="holder")
def end_holder(*, by: Actor, holder: OfficeHolder, ends: date, why: str = "") -> OfficeHolder:
    """Somebody no longer holds an office, from a day."""
    office = Office.objects.select_for_update().get(pk=holder.office_id)
    if others := _overlapping(office.holders.exclude(pk=holder.pk), holder.starts, ends):
        raise ValidationError({"ends": f"{others[0]} holds the office before that day."})
    holder.ends = ends
    return _kept(holder)


def _within(office: Office, starts: date, ends: date | None) -> None:
    if ends is not None and ends <= starts:
        raise ValidationError({"ends": "The end comes after the beginning."})
    if starts < office.starts or (office.ends and (ends is None or ends > office.ends)):
        raise ValidationError(
            {"starts": f"There is no such office on some of these days: it begins on {office.starts:%-d %B %Y}."}
        )


def _overlapping(rows: Any, starts: date, ends: date | None) -> list[Any]:
    """The rows that share a day with the days from `starts` until `ends`."""
    open_still = rows.filter(Q(ends__isnull=True) | Q(ends__gt=starts))
    return list(open_still if ends is None else open_still.filter(starts__lt=ends))


def _kept(row: Any) -> Any:
    row.full_clean()
    row.save()
    return row
