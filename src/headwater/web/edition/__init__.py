"""An edition on disk, as the rooms show it: its pages, its figures and the outlines of its areas."""

from headwater.web.edition.contents import Contents, Entry, Group, contents_of
from headwater.web.edition.figures import Number, anchor_in_address, number_at, papers_of
from headwater.web.edition.files import Download, downloads_of, file_named, table_named
from headwater.web.edition.looking import EVERY, Choice, Look, areas_of, finding_named, look, periods_of
from headwater.web.edition.outlining import levels_of, outlines_json
from headwater.web.edition.pages import Sheet, address_of, headlines_of, sheet_named
from headwater.web.edition.parts import Part, parts_of, profile_of
from headwater.web.edition.shelf import OnShelf, Record, edition_in_hand, edition_named, shelved
from headwater.web.edition.style import style_of

__all__ = [
    "EVERY",
    "Choice",
    "Contents",
    "Download",
    "Entry",
    "Group",
    "Look",
    "Number",
    "OnShelf",
    "Part",
    "Record",
    "Sheet",
    "address_of",
    "anchor_in_address",
    "areas_of",
    "contents_of",
    "downloads_of",
    "edition_in_hand",
    "edition_named",
    "file_named",
    "finding_named",
    "headlines_of",
    "levels_of",
    "look",
    "number_at",
    "outlines_json",
    "papers_of",
    "parts_of",
    "periods_of",
    "profile_of",
    "sheet_named",
    "shelved",
    "style_of",
    "table_named",
]
