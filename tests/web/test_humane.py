"""How days and months are written in a page."""

import pytest

from headwater.web.humane import said


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("year to 2026-03", "year to March 2026"),
        ("2024-01 to 2024-04", "January 2024 to April 2024"),
        (
            "Version 1, 2026-11-01, by an analyst; review by 2027-11-01.",
            "Version 1, 1 November 2026, by an analyst; review by 1 November 2027.",
        ),
        ("2025-26", "2025-26"),
        ("2011-12", "2011-12"),
        ("2026-02-30", "2026-02-30"),
        ("10-17", "10-17"),
        ("before-revision", "before-revision"),
    ],
)
def test_days_and_months_are_said_in_words(written: str, spoken: str) -> None:
    assert said(written) == spoken
