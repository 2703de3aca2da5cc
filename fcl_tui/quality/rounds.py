"""The round of a quarter: its days, and when audits and moderation are due."""

from __future__ import annotations

from data.errors import DataError
from fcl_tui.definitions.board.periods import Period, period

QUARTERLY, THEMATIC, MULTI_AGENCY, DIP, CONSISTENCY = (
    "quarterly",
    "thematic",
    "multi_agency",
    "dip",
    "consistency",
)
KINDS = {
    QUARTERLY: "Quarterly audits",
    THEMATIC: "Thematic audit",
    MULTI_AGENCY: "Multi-agency audit",
    DIP: "Dip check",
    CONSISTENCY: "Consistency check",
}


def quarter(name: str) -> Period:
    """The quarter of a round by its name.

    Raises:
        DataError: it is not the name of a quarter.
    """
    found = period(name)
    if found is None or found.kind != "quarter":
        raise DataError(f"{name!r} is not a quarter. Write it as 2026-27Q1: April to June 2026.")
    return found
