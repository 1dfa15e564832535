"""One respondent: who was asked, when and where, of what ages, and what they answered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from headwater.sources.ages import ages_of
from headwater.sources.authorities import Placed, by_any_code
from headwater.sources.contract import Contract
from headwater.sources.published import JANUARY, Span
from headwater.sources.reading import Unusable

WHOLE, WEIGHT = "Whole area code", "Weight"
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"20\d\d")
_NUMBER = re.compile(r"\d{1,7}(?:\.\d+)?|\.\d+")
_HEAVIEST = 1_000_000
_ASKED_OF = {"Survey", "Wave", "Area code", WHOLE, "Age group", WEIGHT}


def questions_of(contract: Contract) -> Mapping[str, Mapping[str, str]]:
    """By question, what each answer to it says: 'yes', 'no', or nothing."""
    return {
        column.name: contract.codes[column.form.removeprefix("codes:")]
        for column in contract.columns
        if column.name not in _ASKED_OF
    }


@dataclass(frozen=True, slots=True)
class Respondent:
    """What a row says, under the contract's own names."""

    said: Mapping[str, str]
    contract: Contract

    @property
    def survey(self) -> str:
        """'residents' or 'young-people'."""
        return self._word("Survey", self.contract.codes["surveys"])

    @property
    def wave(self) -> Span:
        return wave_of(self.said["Wave"])

    @property
    def areas(self) -> tuple[Placed, ...]:
        """Where the respondent lives and, where the file says so, the whole area that the survey is of."""
        codes = {column: self.said[column] for column in ("Area code", WHOLE) if self.said.get(column)}
        if "Area code" not in codes:
            raise Unusable("'Area code' is empty")
        placed = (by_any_code(code, self.wave.last, column) for column, code in codes.items())
        return tuple(dict.fromkeys(placed))

    @property
    def age(self) -> str | None:
        """'16-24'; None where the respondent did not say, who is then counted among all ages alone."""
        return ages_of(self.said["Age group"], "Age group") if self.said["Age group"] else None

    @property
    def weight(self) -> float:
        """How many the respondent stands for. Raises `Unusable` where it is no number, below nought or beyond belief."""
        if WEIGHT not in self.said:
            return 1.0
        said = self.said[WEIGHT].replace(",", "")
        if not _NUMBER.fullmatch(said) or float(said) > _HEAVIEST:
            raise Unusable("'Weight' is not a number of nought or more" if said else "'Weight' is empty")
        return float(said)

    def answers(self) -> dict[str, bool]:
        """By question that was answered, whether the answer counts. Raises `Unusable` where one is not in the question's list."""
        found: dict[str, bool] = {}
        for question, words in questions_of(self.contract).items():
            if self.said.get(question) and (answer := self._word(question, words)):
                found[question] = answer == "yes"
        return found

    def _word(self, column: str, words: Mapping[str, str]) -> str:
        said = " ".join(self.said[column].casefold().replace("’", "'").split())
        if said not in words:
            raise Unusable(f"{column!r} is not one of those in the contract" if said else f"{column!r} is empty")
        return words[said]


def wave_of(said: str) -> Span:
    """'2024' as the year, '2024-10' as the month."""
    if _MONTH.fullmatch(said):
        return Span(said, said, said)
    if _YEAR.fullmatch(said):
        return Span.years(int(said), JANUARY, said)
    raise Unusable("'Wave' is not a year such as 2024 or a month such as 2024-10" if said else "'Wave' is empty")
