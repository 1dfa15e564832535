"""What a linkage learnt, in plain words: which agreement on which field speaks how strongly for one person."""

import math
import re
from collections.abc import Mapping

from headwater.lake.linking.definition import FIELDS
from headwater.lake.linking.matching import Weight

_FIELDS: Mapping[str, str] = dict(
    zip(FIELDS, ("given name", "family name", "date of birth", "sex", "postcode of home", "NHS number"), strict=True)
)
_LEVELS = (
    (re.compile("^Exact match"), "the same"),
    (re.compile(r"Jaro-Winkler .* >= 0\.9"), "all but the same"),
    (re.compile("Jaro-Winkler"), "alike"),
    (re.compile("Levenshtein"), "one digit wrong, or two changed round"),
    (re.compile("<= 1 month"), "within a month"),
    (re.compile("<= 1 year"), "within a year"),
    (re.compile("<= 10 year"), "within ten years"),
    (re.compile("^All other"), "otherwise different"),
)
DECISIVE = 1_000_000
"""Times; beyond this a number says no more than a word does."""


def weight_words(weight: Weight) -> tuple[str, str, str]:
    """'NHS number', 'the same', 'makes one person about 1,100 times as likely'."""
    level = next((words for pattern, words in _LEVELS if pattern.search(weight.level)), weight.level)
    return _FIELDS[weight.field], level, _strength(weight.bits)


def _strength(bits: float) -> str:
    more, times = bits >= 0, 2 ** min(abs(bits), 60)
    if times > DECISIVE:
        return "all but settles that it is one person" if more else "all but rules out that it is one person"
    if times < 1.05:
        return "says nothing either way"
    figure = f"{times:.1f}" if times < 10 else f"{_short(times):,}"
    return f"makes one person about {figure} times {'as likely' if more else 'less likely'}"


def _short(times: float) -> int:
    """Two figures: more would be a show of knowing."""
    ten = 10 ** (math.floor(math.log10(times)) - 1)
    return round(times / ten) * ten
