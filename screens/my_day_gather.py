"""What the parts of My day ask of the reports. Runs in a thread; touches no widget."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from screens.my_day_columns import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from fcl_tui.last_look import Since
    from screens.session import Session


@dataclass(frozen=True)
class View:
    """What the reader narrowed the day to."""

    team: str | None = None
    worker: str | None = None
    by: Literal["worker", "team"] = "worker"
    section: Section = "chase"


@dataclass(frozen=True)
class Found:
    """The frame of one part, and the lines over it."""

    view: View
    rows: "pl.DataFrame"
    lines: tuple[str, ...]
    left_out: "pl.DataFrame"
    look_known: bool = True
    """False when nobody had said yet when the reader last looked"""


def items_marked(session: "Session", marks: "pl.DataFrame") -> "pl.DataFrame":
    """Every team's due items with their marks."""
    from fcl_tui.reports.client_overview import client_overview
    from fcl_tui.reports.frames import collect
    from fcl_tui.reports.marks import marked

    items = client_overview(session.scan_open, session.calendar, session.as_at)
    return collect(marked(items, marks.lazy(), session.as_at, session.data_date))


def chase(
    session: "Session",
    view: View,
    marks: "pl.DataFrame",
    which: str | None,
    then: "Since",
    earlier: "pl.DataFrame",
) -> Found:
    """What to chase."""
    from fcl_tui.reports import my_day
    from fcl_tui.reports.caseload import in_scope
    from fcl_tui.reports.frames import collect
    from fcl_tui.reports.marks import only

    items, was = items_marked(session, marks).lazy(), earlier.lazy()
    scoped = in_scope(items, view.team, view.worker)
    rows = collect(my_day.my_day(scoped, was, then.day, session.as_at, session.who))
    rest = my_day.left_out(session.snapshot.scan, items, scoped, was, session.as_at, session.who)
    lines = (my_day.headline(rows), f"new: {then.words}")
    return Found(view, only(rows, which, session.who), lines, collect(rest))


def work_changes(session: "Session", view: View, marks: "pl.DataFrame", which: str | None) -> Found:
    """What changed since the data before, if there is any."""
    import polars as pl

    from data.before import snapshot_before
    from fcl_tui.reports import work_changes as report
    from fcl_tui.reports.frames import collect
    from fcl_tui.reports.marks import marked, only

    before, scan = snapshot_before(session.snapshot), session.snapshot.scan
    if before is None:
        alone = "No earlier data of the same kind to compare with yet: the next load makes it."
        return Found(
            view,
            pl.DataFrame(schema=dict.fromkeys(("row_key", "change_shown"), pl.String)),
            (alone,),
            pl.DataFrame(),
        )
    days = before.manifest.data_date, session.data_date
    scope: dict[str, Any] = {"team": view.team, "worker": view.worker}
    rows = collect(
        marked(
            report.work_changes(before.scan, scan, session.calendar, *days, **scope),
            marks.lazy(),
            session.as_at,
            session.data_date,
        )
    )
    return Found(
        view,
        only(rows, which, session.who),
        (report.headline(rows, *days),),
        collect(report.left_out(before.scan, scan)),
    )


def chasing(session: "Session", view: View, marks: "pl.DataFrame") -> Found:
    """How the chasing stands."""
    import polars as pl

    from fcl_tui.reports import chasing as report
    from fcl_tui.reports.caseload import clients_at
    from fcl_tui.reports.client_overview import left_out
    from fcl_tui.reports.frames import collect

    scan, calendar, as_at = session.scan_open, session.calendar, session.as_at
    items = items_marked(session, marks).lazy()
    rows = collect(report.chasing(items, clients_at(scan, as_at), as_at, by=view.by, team=view.team))
    if view.worker is not None and view.by == "worker":
        rows = rows.filter(pl.col("worker") == view.worker)
    rest = left_out(scan, calendar, as_at, team=view.team)
    return Found(view, rows, (report.totals_line(rows),), collect(rest))


def owed_items(rows: "pl.DataFrame", keys: "Sequence[str]") -> list[str]:
    """The items of some rows of what changed that are still owed."""
    kept = rows.filter(rows["row_key"].is_in(list(keys)) & rows["owed"])
    return sorted(set(kept["item_id"].to_list()))
