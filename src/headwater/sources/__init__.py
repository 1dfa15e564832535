"""What each partner promised to send, and how to read what they sent: a folder a partner."""

from headwater.sources.comparing import open_comparable
from headwater.sources.contract import Break, Column, Contract, read_contracts
from headwater.sources.package import open_package
from headwater.sources.registry import conform, contract, sources
from headwater.sources.screening import named_as_public
from headwater.sources.source import Account, Extract, Package, Recognition, Source
from headwater.sources.templates import Asked, Blank, blank_return

__all__ = [
    "Account",
    "Asked",
    "Blank",
    "Break",
    "Column",
    "Contract",
    "Extract",
    "Package",
    "Recognition",
    "Source",
    "blank_return",
    "conform",
    "contract",
    "named_as_public",
    "open_comparable",
    "open_package",
    "read_contracts",
    "sources",
]
