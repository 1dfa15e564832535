"""What a check found, in plain words, and whether the file speaks for others than the organisation that sent it."""

import re
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from headwater.lake import Look, Sender
from headwater.partnership.models import Organisation, Upload
from headwater.sources import contract, named_as_public
from headwater.vocabulary import BadInput

LONGEST = 200
_SERIES = re.compile(r"-\d{4}-\d{2}-to-.*$")
"""What follows the name of an organisation in the series of its returns."""
OWN = "voluntary."
"""What an organisation may send of its own without an agreement: returns that name it, and nobody else."""


def found_in(seen: Look) -> dict[str, Any]:
    """What a look at a file found, to be kept and shown: counts, file names, columns and lines."""
    return {
        "rows": seen.rows,
        "set_aside": seen.set_aside,
        "private": seen.private,
        "datasets": [
            {
                "dataset": account.dataset,
                "title": contract(account.dataset).title,
                "rows": account.landed,
                "good": account.conformed,
                "set_aside": account.quarantined,
                "repeats": account.duplicates,
                "notes": list(account.notes),
            }
            for account in seen.accounts
        ],
        "faults": [fault.words for fault in seen.faults],
        "agreements": sorted({each.agreement for each in seen.senders if each.agreement}),
        "senders": sorted({each.known_as or _SERIES.sub("", each.producer) for each in seen.senders}),
        "months": [seen.months[0], seen.months[-1]] if seen.months else [],
        "ignored": [list(each) for each in seen.ignored],
        "notes": list(seen.notes),
    }


def name_for(file: Path, seen: Look) -> str:
    """What an upload may be called where people read it: its own name where that is public, else what is in it."""
    if not seen.private and named_as_public(file.name):
        return file.name
    return "; ".join(contract(account.dataset).title for account in seen.accounts)[:LONGEST]


def refuse_strangers(seen: Look, upload: Upload) -> None:
    """Raise BadInput where the file holds another source than its sender may send, or speaks for another organisation.

    Whoever works at the organisation that hosts the partnership sends what is public, and what others hand over. A member sends its
    own: else one could put its figures in the place of another's.
    """
    if upload.source and any(not each.dataset.startswith(f"{upload.source}.") for each in seen.senders):
        raise BadInput(
            f"It holds more than {upload.source}, which is all that may be sent in this way. Nothing of it was kept."
        )
    if upload.organisation.hosts:
        return
    if any(not _is_own(each, upload.organisation) for each in seen.senders):
        raise BadInput(
            f"It speaks for others than {upload.organisation}. Send your own rows alone; what is public, or another’s, is sent by the "
            "analysts of the partnership. Nothing of it was kept."
        )


def _is_own(sender: Sender, organisation: Organisation) -> bool:
    if sender.agreement:
        return bool(organisation.producer) and sender.known_as == organisation.producer
    names = {slugify(organisation.name), slugify(organisation.producer)} - {""}
    return sender.dataset.startswith(OWN) and any(_series_of(sender.producer, name) for name in names)


def _series_of(series: str, name: str) -> bool:
    """Does the series 'tollbridge-youth-trust-2025-04-to-2026-03-7a2cac' speak for that name alone?"""
    left = series.removeprefix(f"{name}-")
    return left != series and left[:4].isdigit() and left[4:5] == "-"
