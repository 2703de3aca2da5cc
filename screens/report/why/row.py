"""Why the row under the cursor is what it is: its date, or how its figure is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.reports.spec import Breakdown, Row

if TYPE_CHECKING:
    from screens.report.screen import DeclaredScreen


def why_here(screen: DeclaredScreen) -> None:
    """Say it in a window; nothing where there is no row."""
    view, row = screen.shown_view, screen.table.cursor_row()
    if not row:
        return
    if isinstance(view, Breakdown):
        screen.figure_why.of_row(screen.report, screen.query_now, view, row)
    elif view.figures:
        screen.figure_why.of_figures(view, row)
    elif view.row is Row.FIGURE and row.get("measure") is None:
        screen.figure_why.of_group(view, row)
    elif view.row is Row.FIGURE:
        screen.figure_why.of_figure(row)
    elif view.row is Row.ITEM:
        screen.why.of_item(str(row["item_id"]), screen.marks.frame() if screen.marks is not None else None)
    elif row.get("person_id") is not None:
        screen.why.of_child(str(row["person_id"]))
