"""Data Quality: problems in the data by kind, team, worker, severity, source; from any count to its list."""

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from screens.data_quality_columns import COLUMNS, WORDS
from screens.messages import ClientWanted, ExportWanted, Listed, ReportWanted
from screens.report.base import LOG, ReportScreen
from screens.report.exports import Exports, FileKind
from widgets.menu import Choice, Menu
from widgets.plain import plain
from widgets.report_table import ReportTable

if TYPE_CHECKING:
    import polars as pl

    from screens.session import Session

By = Literal["kind", "team", "worker", "severity", "source"]


@dataclass(frozen=True)
class View:
    """What is counted, or listed, and of what."""

    by: By = "kind"
    listed: bool = False
    """the problems themselves in place of their counts"""
    team: str | None = None
    worker: str | None = None
    severity: str | None = None
    source: str | None = None
    rule: str | None = None
    kind: str | None = None
    """the rule in words"""

    @property
    def scope(self) -> dict[str, Any]:
        """What is kept, as the report functions take it."""
        names = ("team", "worker", "severity", "source", "rule")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Found:
    """The rows, and the line over them."""

    view: View
    rows: "pl.DataFrame"
    headline: str


class DataQualityScreen(ReportScreen[Found]):
    """Enter goes from a count to its kinds, from a kind to its list, and from there to the child."""

    CSS_PATH = "data_quality.tcss"
    REPORT = "data-quality"
    KEYS = ("table.open", "quality.by", "quality.team", "quality.worker", "quality.errors", "report.export")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "b", "turn", "Compare by", id="quality.by", tooltip="By kind, team, worker, severity or source"
        ),
        Binding("t", "team", "Team", id="quality.team", tooltip="Choose a team"),
        Binding("o", "worker", "Worker", id="quality.worker", tooltip="Choose a worker"),
        Binding("d", "errors", "Errors", id="quality.errors", tooltip="Errors only, or all"),
        Binding(
            "x", "export", "Fix list", id="report.export", tooltip="Write the list to put right to a file"
        ),
        Binding("D", "kinds", "Kinds", show=False, id="quality.kinds", tooltip="All kinds of problem"),
    ]

    view: View

    def __init__(self, session: "Session", view: View | None = None) -> None:
        """A file has the list to put right: what is listed, or everything behind the counts."""
        super().__init__(session, view or View())
        kinds = (
            FileKind("x", "Excel, the list to put right", lambda: self._write_list("xlsx")),
            FileKind("c", "CSV, the list to put right", lambda: self._write_list("csv")),
            FileKind("s", "Excel, as on the screen", lambda: self.exports.write_list("xlsx")),
        )
        self.exports = Exports(self, self.gate, lists=kinds)

    def compose_body(self) -> ComposeResult:
        """How many and what has changed, the table, and what to do about the row under the cursor."""
        yield Static(id="totals", markup=False)
        yield ReportTable(empty="No problems here.", id="quality")
        yield Static(id="advice", markup=False)

    def chosen(self) -> dict[str, str]:
        """Team, worker and what else narrows the view."""
        view = self.view
        named = {"team": view.team, "worker": view.worker if view.worker != view.team else None}
        told = {name: value for name, value in named.items() if value} or {"team": "all teams"}
        severity = f"{view.severity}s only" if view.severity and not view.kind else None
        by = None if view.listed else f"by {view.by}"
        narrowed = [part for part in (view.kind, severity, view.source, by) if part]
        told["shown"] = ", ".join(narrowed) or "every problem"
        return told

    def gather(self) -> Found:
        """The counts, or the problems behind one of them."""
        from data.before import snapshot_before
        from fcl_tui.reports.data_quality import data_quality, headline, totals
        from fcl_tui.reports.frames import collect

        view, session = self.view, self.session
        scan = session.snapshot.scan
        earlier = snapshot_before(session.snapshot)
        before = None if earlier is None else earlier.scan("issues")
        counts = collect(
            data_quality(scan("issues"), scan, session.as_at, by=view.by, before=before, **view.scope)
        )
        rows = self._listed(view) if view.listed else counts
        since = None if earlier is None else earlier.manifest.data_date
        return Found(view, rows, headline(collect(totals(counts.lazy())), since))

    def _listed(self, view: View) -> "pl.DataFrame":
        """The problems one by one; touches no widget."""
        from data.before import snapshot_before
        from fcl_tui.reports.data_quality import detail, discreet
        from fcl_tui.reports.frames import collect

        scan, earlier = self.session.snapshot.scan, snapshot_before(self.session.snapshot)
        before = None if earlier is None else earlier.scan("issues")
        rows = collect(detail(scan("issues"), scan, self.session.as_at, before=before, **view.scope))
        return discreet(rows) if self.session.masked else rows

    def present(self, found: Found) -> None:
        """Rows into the table; the list stands under who holds the cases."""
        listed = found.view.listed
        shape = ("list of a kind" if found.view.rule else "list") if listed else found.view.by
        self.list_rows(found.rows, COLUMNS[shape], "row_key", group_by="holder" if listed else None)
        self.query_one("#totals", Static).update(found.headline)
        self._advise()

    @on(ReportTable.Moved)
    def _follow(self, event: ReportTable.Moved) -> None:
        event.stop()
        self._advise()

    def _advise(self) -> None:
        """What is wrong with the row under the cursor and what to do, and where it stands."""
        row = self.table.cursor_row()
        lines = [plain(row["advice"])] if row and row.get("advice") else []
        if row and self.view.listed:
            where = [row[part] for part in ("file", "row", "column", "value") if row.get(part)]
            done = "" if row["effect"] == "kept" else f" ({plain(row['effect'])})"
            lines.append(f"{', '.join(plain(part) for part in where)}{done}")
        advice = self.query_one("#advice", Static)
        advice.display = bool(lines)
        advice.update("\n".join(lines))

    # Turning and narrowing

    def action_turn(self) -> None:
        """Choose what to compare by."""

        def then(by: str | None) -> None:
            if by is not None:
                self._turn(replace(self.view, by=by, listed=False, rule=None, kind=None))  # type: ignore[arg-type]

        self.ask(Menu("Compare by", [Choice(*pair) for pair in WORDS.items()], self.view.by), then)

    def action_kinds(self) -> None:
        """Back to all kinds of problem."""
        self._turn(View())

    def action_team(self) -> None:
        """Choose a team."""

        def then(team: str | None) -> None:
            self._turn(replace(self.view, team=team, worker=None))

        self.pickers.team(then, selected=self.view.team)

    def action_worker(self) -> None:
        """Choose a worker, of the chosen team or of all."""

        def then(worker: str | None) -> None:
            self._turn(replace(self.view, worker=worker))

        self.pickers.worker(then, selected=self.view.worker, team=self.view.team)

    def action_errors(self) -> None:
        """Errors only, or all."""
        self._turn(replace(self.view, severity=None if self.view.severity == "error" else "error"))

    def _turn(self, view: View) -> None:
        self.view = view
        self.action_refresh_report()

    # Going in

    @on(ReportTable.Opened)
    def _open(self, event: ReportTable.Opened) -> None:
        event.stop()
        row, view = self.table.cursor_row(), self.view
        if view.listed:
            if row["known"]:
                self.post_message(ClientWanted(str(row["person_id"])))
            else:
                named = "The child has no record here" if row["person_id"] else "This problem names no child"
                self.say(named)
        elif view.by == "kind":
            narrowed = {"rule": row["rule"], "kind": row["kind"], "severity": row["severity"]}
            self._go_to(replace(view, listed=True, **narrowed))
        else:
            narrowed = {name: row[name] for name in ("team", "worker", "severity", "source") if name in row}
            self._go_to(replace(view, by="kind", **narrowed))

    def _go_to(self, view: View) -> None:
        self.post_message(ReportWanted(self.REPORT, asdict(view)))

    # Taking it along

    def _write_list(self, kind: str) -> None:
        """Write the list to put right."""
        view, listed = self.view, self.exports.as_listed(whole_rows=True)
        if not view.listed:
            self.say("Writing the list ...")
            self.in_thread(lambda: self._write_all(view, kind), group="fix", exclusive=True)
        elif listed is not None:
            self._want(listed.rows, kind)

    def _write_all(self, view: View, kind: str) -> None:
        import polars as pl

        from data.errors import DataError
        from fcl_tui.reports.privacy import masked

        try:
            rows = self._listed(view)
        except DataError as error:
            self.from_thread(self.say, str(error))
        except (OSError, pl.exceptions.PolarsError) as error:
            LOG.warning("%s: %s", self.REPORT, type(error).__name__)  # the type, never the values
            self.from_thread(self.say, "The snapshot could not be read. Press x to try again.")
        else:
            self.from_thread(self._want, masked(rows) if self.session.masked else rows, kind)

    def _want(self, rows: "pl.DataFrame", kind: str) -> None:
        """Ask for a file; more than a sheet can hold is said, not cut."""
        from fcl_tui.reports.data_quality import FIX_COLUMNS, MOST

        if rows.height > MOST:
            self.say(f"{rows.height:,} problems do not fit on one sheet; choose a team or a kind")
            return
        told = Listed(rows.select(FIX_COLUMNS), (), self.chosen(), masked=self.session.masked)
        self.post_message(ExportWanted(self.REPORT, told, kind, self.say))
