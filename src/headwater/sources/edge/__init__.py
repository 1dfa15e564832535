"""The edge: where a partner's file is read in memory, and only what can tell nobody who anyone is goes on."""

from headwater.sources.edge.guard import Admission, Desk, Passed, make_safe
from headwater.sources.edge.key import LENGTH, Key, make_key, read_key
from headwater.sources.edge.person_records import Comparable, PersonRecord, comparable
from headwater.sources.edge.reviewed import WordList
from headwater.sources.edge.safe import recognise_safe, safe_header
from headwater.sources.edge.whereabouts import Postcodes, Whereabouts, plain_words

__all__ = [
    "LENGTH",
    "Admission",
    "Comparable",
    "Desk",
    "Key",
    "Passed",
    "PersonRecord",
    "Postcodes",
    "Whereabouts",
    "WordList",
    "comparable",
    "make_key",
    "make_safe",
    "plain_words",
    "read_key",
    "recognise_safe",
    "safe_header",
]
