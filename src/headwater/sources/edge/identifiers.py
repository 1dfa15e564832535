"""What identifies a person, written in one way however a partner wrote it. Nothing here keeps what it is given."""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache
from itertools import product

POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "prof", "master"))
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y%m%d", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%Y/%m/%d")
_HOURS = (" %H:%M:%S", " %H:%M", "T%H:%M:%S", "T%H:%M", "")
_FORMS = tuple(day + hour for day, hour in product(_DAYS, _HOURS))
_LONGEST = 40
"""Letters of the longest moment that is looked at."""
_PARTS = {
    "%Y": "9{4}",
    "%d": " ?9{1,2}",
    "%b": ".+",
    "%B": ".+",
    "%m": "9{1,2}",
    "%H": "9{1,2}",
    "%M": "9{1,2}",
    "%S": "9{1,2}",
}
"""What each part of a form looks like when every digit is a 9."""
_FRACTION = re.compile(r"(\d{2}:\d{2}:\d{2})(?:\.\d+)?(?:Z|[+-]00:?00)?")
OLDEST = 1900
_MARKS = frozenset(" -/.:T")
_LOOKS = {
    form: re.compile(re.sub(r"%[A-Za-z]", lambda part: _PARTS[part[0]], form.replace(".", r"\."))) for form in _FORMS
}


def nhs_number(said: str) -> str | None:
    """Ten digits whose last is the check digit of the rest (weights 10 to 2, modulus 11); None for anything else."""
    digits = re.sub(r"[\s-]", "", said)
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10) or len(set(digits)) == 1:
        return None
    left = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return digits if left % 11 == int(digits[9]) and left != 10 else None


def name_of(said: str) -> str:
    """A name without case, accents, titles, marks or the order of its parts."""
    return " ".join(sorted(words_of_name(said)))


def words_of_name(said: str) -> list[str]:
    """The parts of a name as they stand, without case, accents, titles or marks."""
    plain = unicodedata.normalize("NFKD", said).casefold()
    words = re.findall(r"[^\W\d_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    return [word for word in words if word not in _TITLES]


def moment(said: str) -> datetime | None:
    """A day or a time of a day, written in one of the ways partners write them; a day of the month stands before its month."""
    plain = _FRACTION.sub(r"\1", " ".join(said.split()))
    if len(plain) > _LONGEST:
        return None
    for form in _forms_like("".join(map(_shape, plain.upper()))):
        try:
            found = datetime.strptime(plain, form)  # noqa: DTZ007  partners' times are local and say no zone
        except ValueError:
            continue
        return found if found.year >= OLDEST else None
    return None


def _shape(letter: str) -> str:
    return "9" if letter.isdigit() else letter if letter in _MARKS else "a"


@lru_cache(maxsize=512)
def _forms_like(shape: str) -> tuple[str, ...]:
    """The forms that could be of a shape: trying every form on every cell takes most of the time that a file takes.

    What is remembered is shapes ('99/99/9999'), which tell nothing of anybody.
    """
    return tuple(form for form, like in _LOOKS.items() if like.fullmatch(shape))


def age_at(born: date, then: date) -> int | None:
    """Whole years; None where somebody would not be born yet or be past 120."""
    years = then.year - born.year - ((then.month, then.day) < (born.month, born.day))
    return years if 0 <= years <= 120 else None


def postcode(said: str) -> str | None:
    """A whole postcode without its space, in capitals; None for part of one or anything else."""
    plain = re.sub(r"\s", "", said).upper()
    return plain if POSTCODE.fullmatch(plain) else None
