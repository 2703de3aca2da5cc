"""Tables of the settings that hold a number for each kind that a child counts as on a caseload."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data.errors import DataError

CASELOAD_KINDS = (
    "both", "looked_after", "child_protection", "cin_plan", "cin_no_plan", "care_leaver", "short_break",
)  # fmt: skip
"""What a child counts as on a caseload: the keys of the table [caseload_points]"""
DISCUSSED_KINDS = (*CASELOAD_KINDS, "court")
"""The keys of the table [discussed_days]"""


def by_kind(path: Path, name: str, told: Any, kinds: Sequence[str]) -> dict[str, float]:
    """A table of numbers by what a child counts as."""
    if not isinstance(told, dict):
        raise DataError(f"{path}: {name} is a table: [{name}], then looked_after = 2 and so on.")
    for kind, value in told.items():
        if kind not in kinds:
            known = ", ".join(kinds)
            raise DataError(f"{path}: [{name}] has {kind!r}, which no child counts as. There are: {known}.")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1_000_000:
            raise DataError(f"{path}: [{name}] {kind} = {value!r} is not usable; it takes a number from 0.")
    return {kind: float(value) for kind, value in told.items()}
