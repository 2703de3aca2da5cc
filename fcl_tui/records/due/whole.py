"""The engine's whole frame as a report: what is open on a day and, if wanted, everything before."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.wording.omissions import rows_held, said, timescales_absent
from fcl_tui.timescales.state import at

COLUMNS = (
    "person_id", "rule", "cycle", "started", "due_date", "done_date", "state", "days_late", "reason",
    "source_rows",
)  # fmt: skip
MORE = ("item_id", "kind", "ended", "interval", "unit", "started_by", "assumed")


def due_list(
    scan: Scan, calendar: Calendar, as_at: date, *, history: bool = False, person_id: str | None = None
) -> pl.LazyFrame:
    """List due items as they stood on the day.

    Args:
        history: also what was done, missed or not required by then; else only what is open.
        person_id: keep this child's; None keeps all.

    Returns:
        COLUMNS then MORE, one row per cycle of a rule for a child, by person_id, rule, started, item_id.
        days_late: calendar days, null when not required.
    """
    rows = at(scan("due_items"), scan("rules"), calendar, as_at)
    if person_id is not None:
        rows = rows.filter(pl.col("person_id") == person_id)
    if not history:
        rows = rows.filter(pl.col("open"))
    return rows.select(*COLUMNS, *MORE).sort("person_id", "rule", "started", "item_id", nulls_last=True)


def left_out(
    scan: Scan, calendar: Calendar, as_at: date, *, history: bool = False, person_id: str | None = None
) -> pl.LazyFrame:
    """Say what the list does not show, and why.

    Returns:
        reason (a sentence), count (Int64, above zero), what (items, rows, timescales).
    """
    lines = [rows_held(scan), timescales_absent(scan)]
    if not history:
        rows = at(scan("due_items"), scan("rules"), calendar, as_at)
        if person_id is not None:
            rows = rows.filter(pl.col("person_id") == person_id)
        closed, waived = rows.filter(~pl.col("open")), pl.col("state") == "not_required"
        lines.insert(
            0, said(closed.filter(waived), "not required on that day (listed with the history)", "items")
        )
        past = closed.filter(~waived.fill_null(False))
        lines.insert(1, said(past, "done or missed by that day (listed with the history)", "items"))
    return pl.concat(lines).filter(pl.col("count") > 0)
