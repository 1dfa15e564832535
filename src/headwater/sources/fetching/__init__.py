"""Downloading what partners publish: whole or not at all, resumed where it stopped, and never twice for nothing."""

from headwater.sources.fetching.addresses import Address, mirrored, read_addresses
from headwater.sources.fetching.asking import WHAT, Wanted, fetch
from headwater.sources.fetching.courier import Courier, open_client
from headwater.sources.fetching.download import Downloaded, Unanswered, download
from headwater.sources.fetching.patience import Wait, backoff

__all__ = [
    "WHAT",
    "Address",
    "Courier",
    "Downloaded",
    "Unanswered",
    "Wait",
    "Wanted",
    "backoff",
    "download",
    "fetch",
    "mirrored",
    "open_client",
    "read_addresses",
]
