"""Mappings: how one partner names the columns and words of a dataset, proposed by the machine and agreed by people."""

from headwater.sources.mapping.agreed import FOLDER, Mapping, read_mappings
from headwater.sources.mapping.page import mapping_page
from headwater.sources.mapping.proposal import Pair, Proposal, propose
from headwater.sources.mapping.shapes import Look, look_at
from headwater.sources.mapping.through import fitting, read_through

__all__ = [
    "FOLDER",
    "Look",
    "Mapping",
    "Pair",
    "Proposal",
    "fitting",
    "look_at",
    "mapping_page",
    "propose",
    "read_mappings",
    "read_through",
]
