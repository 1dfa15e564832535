"""data.police.uk: street-level crime, outcomes, and stop and search, month by month and force by force."""

from headwater.sources.police_uk.forces import Force, forces
from headwater.sources.police_uk.reader import SOURCE, PoliceUK

__all__ = ["SOURCE", "Force", "PoliceUK", "forces"]
