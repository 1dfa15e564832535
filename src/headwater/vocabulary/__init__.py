"""The words the rest of the house is written in."""

from headwater.vocabulary.agreed import agreed_words
from headwater.vocabulary.cells import (
    CELL_TYPES,
    ESTIMATED_MEANING,
    Cell,
    LowReliability,
    Missing,
    NotApplicable,
    NotCollected,
    Shown,
    Suppressed,
    is_shown,
    why_not,
)
from headwater.vocabulary.characters import holdable
from headwater.vocabulary.clocks import Clock
from headwater.vocabulary.errors import (
    BadInput,
    FetchFailed,
    HeadwaterError,
    MissingColumns,
    NotAgreed,
    StorageTrouble,
    UntrueClaim,
    WorkspaceTrouble,
    WrongRequest,
    did_you_mean,
    storage_errors,
)
from headwater.vocabulary.estimates import Conversion, Estimate
from headwater.vocabulary.factors import FactorList, RiskFactor
from headwater.vocabulary.frameworks import Element, Framework
from headwater.vocabulary.holidays import BankHolidays
from headwater.vocabulary.interventions import Evidence
from headwater.vocabulary.measures import EVERYONE, NO_DAYS, Measure
from headwater.vocabulary.offences import FLAGS, Listed, LocalDefinition, Offence, OffenceList, joinable
from headwater.vocabulary.periods import (
    Period,
    month_name,
    month_number,
    month_words,
    months_between,
    words_of_months,
)
from headwater.vocabulary.places import Level, Place
from headwater.vocabulary.reckoning import Extension, Reckoning, reckon

__all__ = [
    "CELL_TYPES",
    "ESTIMATED_MEANING",
    "EVERYONE",
    "FLAGS",
    "NO_DAYS",
    "BadInput",
    "BankHolidays",
    "Cell",
    "Clock",
    "Conversion",
    "Element",
    "Estimate",
    "Evidence",
    "Extension",
    "FactorList",
    "FetchFailed",
    "Framework",
    "HeadwaterError",
    "Level",
    "Listed",
    "LocalDefinition",
    "LowReliability",
    "Measure",
    "Missing",
    "MissingColumns",
    "NotAgreed",
    "NotApplicable",
    "NotCollected",
    "Offence",
    "OffenceList",
    "Period",
    "Place",
    "Reckoning",
    "RiskFactor",
    "Shown",
    "StorageTrouble",
    "Suppressed",
    "UntrueClaim",
    "WorkspaceTrouble",
    "WrongRequest",
    "agreed_words",
    "did_you_mean",
    "holdable",
    "is_shown",
    "joinable",
    "month_name",
    "month_number",
    "month_words",
    "months_between",
    "reckon",
    "storage_errors",
    "why_not",
    "words_of_months",
]
