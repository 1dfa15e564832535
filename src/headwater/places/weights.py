"""Shares of a whole, in millionths, so that sums come out the same on every machine."""

from collections.abc import Mapping

WHOLE = 1_000_000


def millionths(sizes: Mapping[str, int]) -> dict[str, int]:
    """Share 1,000,000 in proportion to `sizes`, by the method of largest remainders; equally where all are nought.

    The shares are whole numbers and add up to exactly 1,000,000. A tie for the last millionth goes to the code that
    sorts first.
    """
    if not sizes:
        raise ValueError("nothing to share among")
    total = sum(sizes.values())
    if total == 0:
        sizes, total = dict.fromkeys(sizes, 1), len(sizes)
    shares = {code: WHOLE * size // total for code, size in sizes.items()}
    short = WHOLE - sum(shares.values())
    for code in sorted(sizes, key=lambda code: (-(WHOLE * sizes[code] % total), code))[:short]:
        shares[code] += 1
    return shares


def rounded(weighted: int) -> int:
    """A sum of people times millionths, as whole people; a half goes up."""
    return (2 * weighted + WHOLE) // (2 * WHOLE)
