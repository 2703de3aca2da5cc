"""The row of an audit or of an action in full, for the line under the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fcl_tui.reports.spec import Panel
from widgets.cells.plain import plain

if TYPE_CHECKING:
    from widgets.cells.held import HeldFrames

WHO = (
    ("validated grade", "grade_shown"),
    ("second grade", "second_shown"),
    ("auditor's grade", "auditor_grade_shown"),
    ("auditor's grade", "own_shown"),
    ("owner", "owner"),
    ("pod", "pod"),
    ("auditor", "auditor"),
    ("moderator", "moderator"),
    ("worker", "allocated_worker"),
)
"""(words, column): names and grades that a narrow list cuts or has no room for"""
FOR_WHOM = ("child", "person_id")
"""The same of an action, whose list has no room for it where it is narrow"""


def _in_full(row: Mapping[str, Any], frames: HeldFrames) -> list[str]:  # noqa: ARG001
    """What is to be done, or why; then whose it is."""
    text = row.get("text") or row.get("reason")
    listed = (*WHO, FOR_WHOM) if row.get("text") else WHO
    who = ", ".join(f"{words} {plain(row[column])}" for words, column in listed if row.get(column))
    return [line for line in (plain(text) if text else "", f"{who[:1].upper()}{who[1:]}") if line]


IN_FULL = Panel(lines=_in_full, below=True)
