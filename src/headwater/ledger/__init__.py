"""What was done, by whom, to what, and why: append-only, each line sealed to the one before it."""

from headwater.ledger.book import FIRST, Entry, Verdict, append, read, verify

__all__ = ["FIRST", "Entry", "Verdict", "append", "read", "verify"]
