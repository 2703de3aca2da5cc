"""Ofsted's four grades of practice, the outcomes of part B, and what is counted of them."""

from __future__ import annotations

INADEQUATE, REQUIRES_IMPROVEMENT, GOOD, OUTSTANDING = 1, 2, 3, 4
GRADES = {
    OUTSTANDING: "Outstanding",
    GOOD: "Good",
    REQUIRES_IMPROVEMENT: "Requires improvement to be good",
    INADEQUATE: "Inadequate",
}
"""Ordinal, highest best. A grade is always shown in words, never as a number alone."""
SHORT = {
    OUTSTANDING: "Outstanding",
    GOOD: "Good",
    REQUIRES_IMPROVEMENT: "Requires improvement",
    INADEQUATE: "Inadequate",
}
"""The same where there is no room"""

OUTCOMES = {
    "improved": "Improved",
    "improving": "Improving",
    "no_change": "No change",
    "worse": "Worse",
    "too_early": "Too early to tell",
    "not_applicable": "Not applicable",
}
"""What part B says of an area; no grade"""
BETTER = ("improved", "improving")
NOT_COUNTED = ("too_early", "not_applicable")
"""Neither in the numerator nor in the denominator of the share improved or improving"""

NOT_APPLICABLE = {
    "a": "The child's age",
    "s": "The child's status: this does not apply",
    "t": "Too new to judge",
    "r": "The record is not available",
    "o": "Another reason, in the evidence",
}
"""Why a standard was not graded, by the letter that chooses it"""


def words(grade: int | None) -> str:
    """A grade in words; a dash where there is none."""
    return "-" if grade is None else GRADES[grade]
