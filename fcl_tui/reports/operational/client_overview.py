"""Client Overview: when visits, reviews and assessments are due on a caseload."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fcl_tui.reports.marking import HIDDEN, ITEM, MARK, MARK_LETTER, STANDING
from fcl_tui.reports.parameters.shared import CLIENT, MARKS, OVERDUE, TEAM, WORKER
from fcl_tui.reports.spec import Listing, Panel, Parts, Report, Row
from widgets.cells.column import Column
from widgets.cells.plain import plain
from widgets.cells.states import state_of

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from widgets.cells.held import HeldFrames


def _dated(group: str, title: str) -> tuple[Column, ...]:
    """A group's next date as a file has it: a date, and its state beside it."""
    return (
        Column(f"{group}_due", f"{title} due", 10, kind="date"),
        Column(f"{group}_state", f"{title} state", 10, kind="state"),
    )


ITEM_COLUMNS = (
    STANDING,
    Column("name", "Name", 16, frozen=True, stretch=True),
    ITEM,
    Column("due_date", "Due", 10, kind="date"),
    Column("worker", "Worker", 14, stretch=True),
    MARK_LETTER,
    MARK,
    Column("team", "Team", 18, priority=3, stretch=True),
    Column("last_date", "Last done", 10, kind="date", priority=5),
    Column("status", "Status", 16, priority=7, kind="code"),
    Column("age", "Age", 3, kind="number", priority=8),
    Column("person_id", "Id", 8, priority=9),
)
CHILD_COLUMNS = (
    Column("state", "State", 10, kind="state"),
    Column("name", "Name", 18, frozen=True, stretch=True),
    Column("overdue", "Overdue", 7, kind="number", priority=3),
    Column("visit_shown", "Visit", 13, priority=1, sort_by="visit_due", in_files=_dated("visit", "Visit")),
    Column(
        "review_shown", "Review", 13, priority=1, sort_by="review_due", in_files=_dated("review", "Review")
    ),
    Column(
        "assessment_shown",
        "Assessment",
        13,
        priority=3,
        sort_by="assessment_due",
        in_files=_dated("assessment", "Assessment"),
    ),
    Column("marked", "Marked", 8, priority=4),
    Column("other_shown", "Other", 13, priority=4, sort_by="other_due", in_files=_dated("other", "Other")),
    Column("worker", "Worker", 16, priority=1),
    Column("team", "Team", 18, priority=6),
    Column("status", "Status", 16, priority=7, kind="code"),
    Column("age", "Age", 3, kind="number", priority=8),
    Column("not_known", "Not known", 24, priority=9),
)


def _rows(context: Context, query: Query) -> Parts:
    """The rows, the totals over them, and what they leave out; `items` beside them for the pane."""
    from data.frames import collect
    from fcl_tui.definitions.caseload import held_by
    from fcl_tui.definitions.marks import counted, marked, only
    from fcl_tui.records.client_overview import client_overview, left_out, on_the_day, totals

    calendar, as_at = context.calendar, context.as_at
    team, worker, overdue = query.text("team"), query.text("worker"), query.flag("overdue")
    person_ids = query.person_ids()
    scope: dict[str, Any] = {"team": team, "worker": worker, "person_ids": person_ids}
    scan = held_by(context.scan_open, as_at, team, worker)
    scope["known"] = on_the_day(scan, calendar, as_at, person_ids, once=True)
    due = client_overview(scan, calendar, as_at, **scope)
    items = collect(marked(due, context.marks(), as_at, context.data_date)).lazy()
    if query.view == "child":
        children = client_overview(scan, calendar, as_at, by="child", overdue_only=overdue, **scope)
        rows = children.join(counted(items), on="person_id", how="left", maintain_order="left")
    else:
        rows = only(_overdue(items) if overdue else items, query.text("marks"), context.user)
    return Parts(
        rows,
        left_out(scan, calendar, as_at, **scope),
        {"items": items, "totals": totals(scan, calendar, as_at, **scope)},
        lambda frames: totals_line(frames["totals"]),
    )


def _overdue(items: pl.LazyFrame) -> pl.LazyFrame:
    import polars as pl

    return items.filter(pl.col("state") == "overdue")


def totals_line(totals: pl.DataFrame) -> str:
    """The totals of a caseload as one line, the most needed first: a narrow screen cuts the end."""
    from fcl_tui.definitions.wording.amounts import amount

    by_kind = {row["kind"]: row for row in totals.iter_rows(named=True)}
    whole = by_kind["all"]
    kinds = ", ".join(
        f"{kind} {row['overdue']:,}" for kind, row in by_kind.items() if kind != "all" and row["overdue"]
    )
    return (
        f"{'!! ' if whole['overdue'] else ''}{whole['overdue']:,} overdue"
        f"   ! due in 7 days {whole['due_in_7']:,}, in 14 {whole['due_in_14']:,}"
        + f"   {amount(whole['clients'], 'clients')}"
        + (f"   overdue: {kinds}" if kinds else "")
    )


def _items_of_child(row: Mapping[str, Any], frames: HeldFrames) -> list[str]:
    items = frames.held["items"].where("person_id", str(row["person_id"]), ("state", "item", "due_date"))
    return [
        f"{state_of(item['state']).label}: {item['item']} {plain(item['due_date'])}"
        for item in items.iter_rows(named=True)
    ]


PANEL = Panel(
    facts=(
        ("Id", "person_id"),
        ("Born", "date_of_birth"),
        ("Age", "age"),
        ("Status", "status"),
        ("Also", "also"),
        ("Legal", "legal_status"),
        ("Team", "team"),
        ("Worker", "worker"),
        ("Adviser", "personal_adviser"),
    ),
    lines=_items_of_child,
)
EMPTY = "Nothing is due here."

REPORT = Report(
    key="client-overview",
    parameters=(TEAM, WORKER, OVERDUE, CLIENT, MARKS),
    views=(
        Listing(
            key="item",
            title="By item",
            build=_rows,
            columns=ITEM_COLUMNS,
            row=Row.ITEM,
            row_key="item_id",
            opens="person_id",
            panel=PANEL,
            empty=EMPTY,
            hidden=HIDDEN,
            marks=True,
        ),
        Listing(
            key="child",
            title="By child",
            build=_rows,
            columns=CHILD_COLUMNS,
            row=Row.CHILD,
            row_key="person_id",
            opens="person_id",
            panel=PANEL,
            empty=EMPTY,
        ),
    ),
    switch="toggle",
    explains=("marks", "timescales"),
    keys=(
        "table.open",
        "report.team",
        "report.overdue",
        "marks.mark",
        "report.why",
        "marks.select",
        "report.export",
        "report.worker",
        "report.switch",
    ),
)
