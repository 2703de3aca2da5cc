"""Assessments: teams side by side, a team's workers, outcomes, months; from any figure to its children."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from screens.messages import ClientWanted, ReportWanted
from screens.report.base import ReportScreen
from widgets.charts import MonthColumns
from widgets.columns import Column
from widgets.menu import Choice, Menu
from widgets.report_table import ReportTable

if TYPE_CHECKING:
    import polars as pl

    from screens.session import Session

By = Literal["team", "worker", "outcome", "month"]

FIGURES = (
    Column("percent_in_time", "In 45 wd", 8, kind="percent", priority=1),
    Column("difference", "vs all", 6, kind="number", priority=4),
    Column("completed", "Done", 5, kind="number", priority=1),
    Column("in_time", "In time", 7, kind="number", priority=5),
    Column("median_days", "Median", 6, kind="number", priority=3),
    Column("p90_days", "9 in 10", 7, kind="number", priority=6),
    Column("open", "Open", 5, kind="number", priority=1),
    Column("open_0_20", "0-20", 5, kind="number", priority=2),
    Column("open_21_35", "21-35", 5, kind="number", priority=2),
    Column("open_36_45", "36-45", 5, kind="number", priority=2),
    Column("open_over_45", ">45", 5, kind="number", priority=1),
    Column("target", "Target", 6, kind="percent", priority=7),
)
COLUMNS: dict[str, tuple[Column, ...]] = {
    "team": (
        Column("team", "Team", 24, frozen=True),
        Column("met", "Against target", 15, kind="state"),
        *FIGURES,
    ),
    "worker": (
        Column("worker", "Worker", 22, frozen=True),
        Column("met", "Against target", 15, kind="state"),
        *FIGURES,
        Column("team", "Team", 18, priority=8),
    ),
    "outcome": (
        Column("type", "Outcome", 30, frozen=True),
        Column("count", "Count", 6, kind="number"),
        Column("percent_of_total", "% of total", 10, kind="percent"),
        Column("target", "Target", 7, kind="percent"),
        Column("actual", "Actual", 7, kind="percent"),
        Column("percent_of_target", "% of target", 11, kind="percent"),
    ),
    "month": (
        Column("month_name", "Month", 10, frozen=True),
        Column("met", "Against target", 15, kind="state"),
        Column("percent_in_time", "In 45 wd", 8, kind="percent"),
        Column("completed", "Done", 5, kind="number"),
        Column("in_time", "In time", 7, kind="number"),
        Column("median_days", "Median", 6, kind="number"),
        Column("p90_days", "9 in 10", 7, kind="number"),
    ),
    "detail": (
        Column("name", "Name", 22, frozen=True),
        Column("days", "Working days", 12, kind="number"),
        Column("clock_start", "Clock from", 10, kind="date", priority=2),
        Column("due_date", "Due", 10, kind="date", priority=1),
        Column("authorised_date", "Authorised", 10, kind="date", priority=1),
        Column("outcome", "Outcome", 20, priority=3),
        Column("worker", "Worker", 18, priority=4),
        Column("team", "Team", 18, priority=5),
    ),
}
KEYS = {"team": "team", "worker": "row_key", "outcome": "type", "month": "month_name", "detail": "row_key"}
WHICH = {
    "completed": "Completed",
    "in_time": "Completed in time",
    "late": "Completed late",
    "not_timed": "Completed, without a date to count from",
    "open": "Open now",
    "open_0_20": "Open, 0 to 20 working days",
    "open_21_35": "Open, 21 to 35 working days",
    "open_36_45": "Open, 36 to 45 working days",
    "open_over_45": "Open, over 45 working days",
}


@dataclass(frozen=True)
class View:
    """What is compared, of whom; with `figure` the assessments behind it."""

    by: By = "team"
    team: str | None = None
    figure: str | None = None
    """What the list is called: the figure it stands behind."""
    narrowed: dict[str, Any] = field(default_factory=dict)
    """Which assessments are behind the figure, as `reports.assessments.detail` takes it."""


@dataclass(frozen=True)
class Found:
    """The comparison or the list, and the months beside it."""

    view: View
    rows: "pl.DataFrame"
    months: "pl.DataFrame"
    headline: str
    left_out: "pl.DataFrame"


class AssessmentsScreen(ReportScreen[Found]):
    """Enter on a row offers its figures; a figure opens exactly the assessments it counts."""

    CSS_PATH = "assessments.tcss"
    REPORT = "assessments"
    KEPT = ("by", "team")
    KEYS = ("table.open", "assessments.team", "assessments.by", "assessments.overdue")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "turn", "Compare by", id="assessments.by", tooltip="By team, worker, outcome or month"),
        Binding("t", "team", "Team", id="assessments.team", tooltip="Choose a team"),
        Binding(
            "d",
            "overdue",
            "Over 45",
            id="assessments.overdue",
            tooltip="Open assessments over 45 working days",
        ),
    ]

    view: View

    def __init__(self, session: "Session", view: View | None = None) -> None:
        super().__init__(session, view or View())

    def compose_body(self) -> ComposeResult:
        """The period, the table, and the trend by month below where there is room."""
        yield Static(id="totals", markup=False)
        yield ReportTable(empty="No assessments here.", id="assessments")
        yield MonthColumns(id="trend")

    def chosen(self) -> dict[str, str]:
        """Team, what it is compared by, or the figure whose assessments these are."""
        view = self.view
        told = {"team": view.team or "all teams"}
        told["shown"] = view.figure or f"by {view.by}"
        return told

    def gather(self) -> Found:
        """The comparison and the months, or the assessments behind one figure."""
        from fcl_tui.reports.assessment_labels import headline, labelled
        from fcl_tui.reports.assessments import comparison, detail, left_out
        from fcl_tui.reports.frames import collect

        view, session = self.view, self.session
        scan, calendar, as_at = session.scan_open, session.calendar, session.as_at
        target = session.assessment_target
        months = comparison(scan, calendar, as_at, by="month", team=view.team, target=target)
        if view.figure is not None:
            rows = detail(scan, calendar, as_at, **view.narrowed)
        elif view.by == "month":
            rows = months
        else:
            rows = comparison(scan, calendar, as_at, by=view.by, team=view.team, target=target)
        by_month = collect(labelled(months))
        return Found(
            view,
            collect(labelled(rows)),
            by_month,
            headline(by_month, as_at),
            collect(left_out(scan, calendar, as_at)),
        )

    def present(self, found: Found) -> None:
        """Rows into the table, months into the chart."""
        shape = "detail" if found.view.figure is not None else found.view.by
        self.list_rows(found.rows, COLUMNS[shape], KEYS[shape])
        self.tell_left_out(found.left_out)
        self.query_one("#totals", Static).update(f" {found.headline}")
        self.query_one(MonthColumns).show(
            found.months,
            "month",
            "percent_in_time",
            kind="percent",
            target=self.session.assessment_target,
            most=100.0,
        )

    # Turning and narrowing

    def action_turn(self) -> None:
        """Choose what to compare by."""
        words = {
            "team": "Teams side by side",
            "worker": f"Workers of {self.view.team}" if self.view.team else "All workers",
            "outcome": "Outcomes",
            "month": "Months",
        }

        def then(by: str | None) -> None:
            if by is not None:
                self.view = View(by=by, team=self.view.team)  # type: ignore[arg-type]
                self.action_refresh_report()

        self.ask(Menu("Compare by", [Choice(*pair) for pair in words.items()], self.view.by), then)

    def action_team(self) -> None:
        """Choose a team: its workers; all teams: side by side."""

        def then(team: str | None) -> None:
            self.view = replace(View(by="worker" if team else "team"), team=team)
            self.action_refresh_report()

        self.pickers.team(then, selected=self.view.team)

    def action_overdue(self) -> None:
        """The open assessments over 45 working days, of the team or all."""
        self._behind("open_over_45", {"team": self.view.team})

    # Going in

    @on(ReportTable.Opened)
    def _open(self, event: ReportTable.Opened) -> None:
        event.stop()
        row = self.table.cursor_row()
        if self.view.figure is not None:
            self.post_message(ClientWanted(str(row["person_id"])))
            return
        narrowed = self._narrowed(row)
        choices = [
            Choice(which, words, f"{row[which]:,}")
            for which, words in WHICH.items()
            if row.get(which) and not (which == "not_timed" and self.view.by == "outcome")
        ]
        late = (row.get("completed") or row.get("count") or 0) - row["in_time"] - (row.get("not_timed") or 0)
        if late > 0:
            choices.append(Choice("late", WHICH["late"], f"{late:,}"))
        if self.view.by == "outcome":
            choices.insert(0, Choice("completed", WHICH["completed"], f"{row['count']:,}"))
        if self.view.by == "team":
            choices.insert(0, Choice("\0workers", "Workers of this team"))

        def then(which: str | None) -> None:
            if which == "\0workers":
                self.post_message(ReportWanted(self.REPORT, {"by": "worker", "team": str(row["team"])}))
            elif which is not None:
                self._behind(which, narrowed)

        title = str(row[KEYS[self.view.by]] if self.view.by != "worker" else row["worker"])
        self.ask(Menu(title, choices), then)

    def _narrowed(self, row: dict[str, Any]) -> dict[str, Any]:
        if self.view.by == "team":
            return {"team": row["team"]}
        if self.view.by == "worker":
            return {"team": row["team"], "worker": row["worker"], "worker_id": row["worker_id"]}
        if self.view.by == "outcome":
            return {"team": self.view.team, "outcome": row["type"]}
        month: date = row["month"]
        return {"team": self.view.team, "month": month}

    def _behind(self, which: str, narrowed: dict[str, Any]) -> None:
        """Open the assessments behind one figure, with the same number on top."""
        named = [str(narrowed[part]) for part in ("worker", "outcome") if narrowed.get(part)]
        if narrowed.get("month"):
            named.append(f"{narrowed['month']:%B %Y}")
        state = {
            "by": self.view.by,
            "team": narrowed.get("team"),
            "figure": ", ".join([*named, WHICH[which].lower()]),
            "narrowed": narrowed | {"which": which},
        }
        self.post_message(ReportWanted(self.REPORT, state))
