"""Typing values of indicators: one after the other, as many as are due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from screens.dialogs.name import NameDialog
from widgets.cells.plain import plain

if TYPE_CHECKING:
    from screens.report.host import ReportHost

NOTE = "84.5, or 159/200, or a status such as not_published; after a blank: why it changes"
LONGEST = 400


def cells_of(no: int, period: str, typed: str) -> dict[str, str]:
    """What was typed as the cells of a row of values: 84.5, 159/200, not_published; then a note."""
    from fcl_tui.access.board.kpi_check import STATUSES

    first, _, note = typed.strip().partition(" ")
    cells = {"kpi": str(no), "period": period, "note": note.strip()}
    if first in STATUSES:
        return cells | {"status": first}
    upper, stroke, lower = first.partition("/")
    return cells | ({"numerator": upper, "denominator": lower} if stroke else {"value": first})


def enter_value(host: ReportHost, row: dict[str, Any]) -> None:
    """Ask for the value of this row's indicator; on the list of values due, then for the one after it."""
    no = int(row["no"])
    on_due = row.get("due_period") is not None and "days_late" in row
    period = row.get("due_period") if on_due else row.get("period") or row.get("due_period")
    if period is None:
        host.say("No period of this indicator is known; fcl-tui kpi set enters one")
        return
    following = _after(host, no, str(period)) if on_due else []
    _ask(host, no, str(period), str(row.get("name") or ""), following)


def _after(host: ReportHost, no: int, period: str) -> list[tuple[int, str, str]]:
    """The rows of the list after this one, as (no, period, name)."""
    rows = host.table.shown_frame()
    if rows is None:
        return []
    told = list(rows.select("no", "due_period", "name").iter_rows())
    keys = [one[:2] for one in told]
    return told[keys.index((no, period)) + 1 :] if (no, period) in keys else []


def _ask(host: ReportHost, no: int, period: str, name: str, following: list[tuple[int, str, str]]) -> None:
    left = f" ({len(following)} more)" if following else ""
    window = NameDialog(f"{no} {plain(name)}, {period}{left}", NOTE, longest=LONGEST)

    def then(typed: str | None) -> None:
        if typed is None:
            host.reload()
            return
        host.in_thread(lambda: _save(host, no, period, name, typed, following), group="board-values")

    host.ask(window, then)


def _save(
    host: ReportHost, no: int, period: str, name: str, typed: str, following: list[tuple[int, str, str]]
) -> None:
    """Save it, then ask for the next; one that is refused is asked for again. Runs in a thread."""
    from data.errors import DataError
    from fcl_tui.access.board import kpi as entry

    session = host.session
    demo = session.snapshot.manifest.demo
    try:
        rows = [(1, cells_of(no, period, typed))]
        found = entry.preview(session.door, entry.TYPED, rows, session.as_at, demo=demo)
        entry.save(session.door, found, demo=demo)
    except DataError as error:
        host.from_thread(host.say, str(error).removeprefix("typed, row 1, column "))
        return
    if following:
        (no, period, name), *rest = following
        host.from_thread(_ask, host, no, period, name, rest)
        return
    host.from_thread(host.reload)
    host.from_thread(host.say, f"Saved: indicator {no}, {period}")
