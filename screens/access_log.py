"""The access log on the screen: who looked at what, for whoever looks after access."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from screens.report.base import ReportScreen
from widgets.columns import Column
from widgets.plain import plain
from widgets.reader import Reader
from widgets.report_table import ReportTable
from widgets.text_pane import Line

if TYPE_CHECKING:
    import polars as pl

    from data.office.access_log import AccessLog

COLUMNS = (
    Column("at_shown", "When (UTC)", 19, frozen=True, sort_by="seq"),
    Column("who", "Who", 18, stretch=True),
    Column("action", "Did", 15),
    Column("person_id", "Child", 8, priority=2),
    Column("report", "Report", 16, priority=3),
    Column("role", "Role", 22, priority=5),
    Column("origin", "From", 15, priority=6),
    Column("detail", "Detail", 24, priority=4, stretch=True),
)


@dataclass(frozen=True)
class Found:
    """The newest rows, and what is not listed."""

    rows: "pl.DataFrame"
    left_out: "pl.DataFrame"


class AccessLogScreen(ReportScreen[Found]):
    """The newest rows first; numbers of children, never names."""

    REPORT = "access-log"
    KEYS = ("table.open", "log.verify")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("V", "verify", "Is it whole?", id="log.verify", tooltip="Whether rows were changed")
    ]

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield ReportTable(empty="Nobody has looked at anything yet.", id="log")

    def chosen(self) -> dict[str, str]:
        """Nothing narrows it but the filter."""
        return {"shown": "newest first"}

    def gather(self) -> Found:
        """The newest rows, their day and time as text."""
        from fcl_tui.access.audit import newest

        rows, left_out = newest(self._log())
        return Found(rows, left_out)

    def present(self, found: Found) -> None:
        """Rows into the table."""
        self.list_rows(found.rows, COLUMNS, "key")
        self.tell_left_out(found.left_out)

    def _log(self) -> "AccessLog":
        from data.errors import DataError

        log = self.session.door.log
        if log is None:
            raise DataError("No access log is kept here.")
        return log

    @on(ReportTable.Opened)
    def _open(self, event: ReportTable.Opened) -> None:
        event.stop()
        lines: list[Line | str] = [
            Line(plain(value), lead=f"{name.replace('_', ' ').capitalize():<12} ")
            for name, value in event.table.cursor_row().items()
            if value is not None and name not in ("at_shown", "key")
        ]
        self.show(Reader("One look", lines))

    @work(thread=True, exclusive=True, group="verify", exit_on_error=False)
    def action_verify(self) -> None:
        """Follow the chain of rows from the first, and hold it against the file beside it."""
        from data.errors import DataError

        self.from_thread(self.say, "Following the chain ...")
        try:
            count, faults = self._log().verify()
        except DataError as error:
            self.from_thread(self.say, str(error))
            return
        if faults:
            self.from_thread(self.say, f"! NOT whole: {len(faults)} faults in {count:,} rows")
            self.from_thread(self.show, Reader("The log is not whole", list(faults)))
        else:
            self.from_thread(self.say, f"Whole: {count:,} rows, none changed, removed or moved")
