"""The groups that people are counted in. Ages are those of the assessment, so that who is reached can stand beside who is hurt."""

from collections.abc import Mapping
from types import MappingProxyType

from headwater.delivery.models.interventions import Intervention

AGES = ("0-9", "10-17", "18-24", "25-34", "35-49", "50-64", "65+")
SEXES = ("Female", "Male", "Another")
ETHNICITIES = ("Asian", "Black", "Mixed", "White", "Another")
RISKS = ("Everybody", "At some risk", "At high risk", "Already in it")
NOT_KNOWN = "Not known"
"""Somebody who was reached, of whom this is not known: a number like any other, and not the same as a table nobody keeps."""

TABLES: Mapping[str, str] = MappingProxyType(
    {
        "age": "How old they are",
        "sex": "Sex",
        "ethnicity": "Ethnicity",
        "risk": "How much at risk",
        "area": "Where they live",
    }
)


def groups_of(table: str, intervention: Intervention) -> tuple[str, ...]:
    """The rows of a table of an intervention's returns, the last for those of whom it is not known."""
    named = {"age": AGES, "sex": SEXES, "ethnicity": ETHNICITIES, "risk": RISKS}
    areas = (*intervention.areas.values(), "Elsewhere")
    return (*named.get(table, areas), NOT_KNOWN)
