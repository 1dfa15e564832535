"""What each role may do. A role is held at an organisation; at the one that hosts the partnership it reaches every other."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """What somebody is at an organisation."""

    READER = "reader", "Reader"
    CONTRIBUTOR = "contributor", "Contributor"
    ANALYST = "analyst", "Analyst"
    REVIEWER = "reviewer", "Reviewer"
    LEAD = "lead", "Lead"
    ADMINISTRATOR = "administrator", "Administrator"
    AUDITOR = "auditor", "Auditor"


class Power(StrEnum):
    """One thing that a person may be allowed to do. Every page, action and route names the one it needs."""

    READ_PARTNERSHIP = "read who is at the table"
    READ_STRATEGY = "read the strategy and what is delivered"
    SEE_FIGURES = "see figures that are not released"
    SEND_FILES = "send files"
    READ_SENT = "read what an organisation sent and returned"
    WRITE_RETURNS = "write returns"
    APPROVE_RETURNS = "approve returns"
    BUILD = "build the assessment"
    WRITE_CHAPTERS = "write chapters"
    REVIEW_CHAPTERS = "sign chapters off"
    WRITE_STRATEGY = "write the strategy"
    PROMISE = "promise what is asked of an organisation"
    AGREE = "record what organisations agreed"
    READ_PEOPLE = "read who holds which role at an organisation"
    MANAGE_PEOPLE = "manage an organisation's people"
    READ_LEDGER = "read an organisation’s ledger"
    AUDIT = "read the whole ledger"
    BREAK_GLASS = "open in an emergency, with a reason"


P = Power
READ = frozenset({P.READ_PARTNERSHIP, P.READ_STRATEGY})
OWN = frozenset({P.SEND_FILES, P.READ_SENT, P.WRITE_RETURNS, P.PROMISE, P.READ_LEDGER})
"""What somebody does about their own organisation's files, returns, promises and ledger."""
INSIDE = READ | {P.SEE_FIGURES, P.READ_SENT, P.READ_LEDGER, P.AUDIT}
LEADING = frozenset({P.APPROVE_RETURNS, P.BUILD, P.REVIEW_CHAPTERS, P.WRITE_STRATEGY, P.AGREE, P.BREAK_GLASS})

POWERS: Mapping[Role, frozenset[Power]] = {
    Role.READER: READ | {P.SEE_FIGURES},
    Role.CONTRIBUTOR: READ | OWN,
    Role.ANALYST: INSIDE | {P.SEND_FILES, P.WRITE_RETURNS, P.BUILD, P.WRITE_CHAPTERS, P.WRITE_STRATEGY},
    Role.REVIEWER: INSIDE | {P.REVIEW_CHAPTERS},
    Role.LEAD: INSIDE | LEADING | {P.WRITE_RETURNS, P.PROMISE},
    Role.ADMINISTRATOR: READ | {P.READ_PEOPLE, P.MANAGE_PEOPLE, P.READ_LEDGER, P.AUDIT},
    Role.AUDITOR: INSIDE,
}

WHOLE = frozenset({P.READ_PARTNERSHIP, P.READ_STRATEGY, P.SEE_FIGURES})
"""What is about the partnership and not about one organisation: a role anywhere gives it."""

READABLE = frozenset(
    {P.READ_PARTNERSHIP, P.READ_STRATEGY, P.SEE_FIGURES, P.READ_SENT, P.READ_LEDGER, P.AUDIT, P.READ_PEOPLE}
)
"""What a token may open: it reads and never writes. Of who holds which role, it reads how many hold each."""

OPENABLE = frozenset({P.READ_SENT, P.READ_LEDGER, P.READ_PEOPLE})
"""What somebody may open at an organisation in an emergency, though their role does not: to read, and never to write."""

UNLIMITED = READ
"""What a role that is held for one source or one area gives without regard to it. Everything else it gives there alone."""

GIVEN_BY_MEMBERS = frozenset({Role.READER, Role.CONTRIBUTOR, Role.ADMINISTRATOR})
"""The roles that a member's own administrator gives. The others approve, sign off, or open what is not the member's own:
the hosts' administrator gives those."""

GUARDED = frozenset(Power) - READ - OWN
"""What nobody does without a passkey or a one-time code. A charity that only sends its own returns need not have one."""
