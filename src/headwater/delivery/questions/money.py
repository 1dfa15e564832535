"""Money, which is kept in whole pence and never in parts of one."""

import re

_MONEY = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?")


def pence(said: str) -> int:
    """'£1,250.5' as 125050. Raises ValueError for what is not money, or is below nought."""
    found = _MONEY.fullmatch(said.strip().removeprefix("£").strip())
    if not found:
        raise ValueError("money is pounds, or pounds and pence, such as 1250 or 1250.50")
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))


def pounds(amount: int) -> str:
    """125050 as '£1,250.50', and whole pounds without the pence."""
    sign, whole = ("-" if amount < 0 else ""), abs(amount)
    return f"{sign}£{whole // 100:,}" + (f".{whole % 100:02}" if whole % 100 else "")
