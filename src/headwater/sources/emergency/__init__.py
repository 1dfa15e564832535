"""Emergency departments: attendances after an assault."""

from headwater.sources.emergency.reader import SOURCE, EmergencyDepartments

__all__ = ["SOURCE", "EmergencyDepartments"]
