"""What the API says of a crime or a search, under the column names of the archive's files."""

from typing import Any

from headwater.sources.contract import Contract

Said = dict[str, Any]


def crime_row(crime: Said, month: str, force: str, contract: Contract) -> dict[str, str]:
    """A street crime. The force is the one whose area it was found in, for the API does not say who reported it."""
    place, outcome = crime.get("location") or {}, crime.get("outcome_status") or {}
    kind = _text(crime.get("category"))
    return {
        "Crime ID": _text(crime.get("persistent_id")),
        "Month": _text(crime.get("month")) or month,
        "Reported by": force,
        "Falls within": force,
        "Longitude": _text(place.get("longitude")),
        "Latitude": _text(place.get("latitude")),
        "Location": _street(place) or "No Location",
        "Crime type": contract.codes["api_category"].get(kind, kind),
        "Last outcome category": _text(outcome.get("category")),
        "Context": _text(crime.get("context")),
    }


def search_row(search: Said) -> dict[str, str]:
    """A stop and search."""
    place = search.get("location") or {}
    return {
        "Type": _text(search.get("type")),
        "Date": _text(search.get("datetime")),
        "Part of a policing operation": _text(search.get("operation")),
        "Policing operation": _text(search.get("operation_name")),
        "Latitude": _text(place.get("latitude")),
        "Longitude": _text(place.get("longitude")),
        "Gender": _text(search.get("gender")),
        "Age range": _text(search.get("age_range")),
        "Self-defined ethnicity": _text(search.get("self_defined_ethnicity")),
        "Officer-defined ethnicity": _text(search.get("officer_defined_ethnicity")),
        "Legislation": _text(search.get("legislation")),
        "Object of search": _text(search.get("object_of_search")),
        "Outcome": _text(search.get("outcome") or None),
        "Outcome linked to object of search": _text(search.get("outcome_linked_to_object_of_search")),
        "Removal of more than just outer clothing": _text(search.get("removal_of_more_than_outer_clothing")),
    }


def _street(place: Said) -> str:
    return _text((place.get("street") or {}).get("name"))


def _text(said: object) -> str:
    """As the files write it: nothing for null, True and False for yes and no."""
    return "" if said is None else str(said).strip()
