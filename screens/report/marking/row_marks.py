"""Marks, notes and the last visit on the rows of a declared report, where it has such rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fcl_tui.reports.spec import Row
from screens.report.marking.last_visit import LastVisit
from screens.report.marking.marks import Marks
from screens.report.marking.notes import Notes

if TYPE_CHECKING:
    from screens.report.screen import DeclaredScreen

ONE_ROW_PER_ITEM = "Only due items can be marked: press c to list one row per item"
NOT_DUE = "No longer due: nothing to mark"


def add_marks(screen: DeclaredScreen) -> LastVisit | None:
    """Give the screen what its reports' rows take; the result is when the reader was last here."""
    views = [view for one in screen.parts.reports.values() for view in one.views]
    if any(view.row in (Row.ITEM, Row.CHILD) for view in views):

        def items(keys: Sequence[str]) -> list[str]:
            return _items(screen, keys)

        def refusal() -> str:
            return NOT_DUE if screen.shown_view.marks else ONE_ROW_PER_ITEM

        has_marks = any(view.marks for view in views)
        screen.marks = Marks(screen, items=items if has_marks else None, refusal=refusal)
        screen.notes = Notes(screen, screen.marks, elsewhere=lambda: screen.beside.shows_notes)
    if screen.parts.first.since_last_visit and screen.marks is not None:
        return LastVisit(screen, screen.marks)
    return None


def _items(screen: DeclaredScreen, keys: Sequence[str]) -> list[str]:
    """A row stands for an item, or for a change to one."""
    view, result = screen.shown_view, screen.result
    if not view.marks or result is None:
        return []
    if view.row_key == "item_id":
        return list(keys)
    from fcl_tui.reports.marking import owed_items

    return owed_items(result.rows, view.row_key, keys)
