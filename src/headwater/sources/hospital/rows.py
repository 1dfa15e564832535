"""One row of a table: its year, its area, what is counted in which unit, among whom, and how many."""

import re
from dataclasses import dataclass

from headwater.sources.ages import ages_of
from headwater.sources.published import Figure, group_of
from headwater.sources.reading import Unusable
from headwater.sources.yearly import YearlyRow

UNIT, BASIS = "Counting unit", "Basis"
UNITS = {"admissions": "admissions (FAE)", "episodes": "episodes (FCE)", "patients": "patients"}
_UNSAID = {
    UNIT: "it does not say whether it counts admissions (FAE), episodes (FCE) or patients: ask, and fill in 'Counting unit'",
    BASIS: "it does not say whether its area is where patients live or where they were treated: ask, and fill in 'Basis'",
}
_ICD = re.compile(r"([xy]\d\d)(?:\s*(?:-|–|to)\s*([xy]\d\d))?(?![\w.-])")


@dataclass(frozen=True, slots=True)
class Row(YearlyRow):
    """What a row says of its own year and area."""

    @property
    def unit(self) -> str:
        """'admissions', 'episodes' or 'patients'."""
        return self._told(UNIT, "units")

    @property
    def basis(self) -> str:
        """'residence' or 'treatment'."""
        return self._told(BASIS, "bases")

    @property
    def cause(self) -> str:
        """'sharp-object', by its ICD-10 codes or in the contract's words."""
        words = " ".join(self.said["Cause"].casefold().split())
        found = _ICD.match(words)
        alone = found and not _ICD.search(words, found.end())  # 'X93-X95 and X99' is neither
        code = "-".join(filter(None, found.groups())) if found and alone else words
        if code not in self.contract.codes["causes"]:
            raise Unusable("'Cause' is not one of the causes in the contract" if words else "'Cause' is empty")
        return self.contract.codes["causes"][code]

    @property
    def group(self) -> str | None:
        """'age=under-25;basis=treatment;sex=male'; nothing is said of all ages, of both sexes and of where patients live."""
        sex = self.said.get("Sex", "persons").casefold()
        if sex not in self.contract.codes["sexes"]:
            raise Unusable("'Sex' is not one of persons, male and female")
        basis = self.basis
        return group_of(
            age=ages_of(self.said["Age group"], "Age group"),
            sex=self.contract.codes["sexes"][sex],
            basis=None if basis == "residence" else basis,
        )

    @property
    def figure(self) -> Figure:
        """The count, of the residents if the table has them. Raises `Unusable` where it is no count."""
        unit = self.unit
        many, status = self.count("Value")
        people = self.count("Population")[0] if self.said.get("Population") else None
        return Figure(measure=f"{unit}.{self.cause}", unit=UNITS[unit], value=many, status=status, denominator=people,
                      group=self.group)  # fmt: skip

    def _told(self, column: str, codes: str) -> str:
        said = " ".join(self.said.get(column, "").casefold().split())
        if not said:
            raise Unusable(_UNSAID[column])
        if said not in self.contract.codes[codes]:
            raise Unusable(f"{column!r} is not one of those in the contract")
        return self.contract.codes[codes][said]
