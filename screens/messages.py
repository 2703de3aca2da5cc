"""What a screen may wish for; the app alone goes from screen to screen and writes files."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from textual.message import Message

from data.dataclass import dataclass

if TYPE_CHECKING:
    import polars as pl
    from textual.screen import Screen

    from data.office.views import SavedView
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Chart, Value
    from screens.session import Session
    from widgets.cells.column import Column

WINDOW = "window"
"""Group of the workers that open a window when they have read what stands in it; keys wait for it."""


class PageDrawn(Message):
    """All that a screen shows is on it."""


class ClientWanted(Message):
    """The reader chose a client."""

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self.person_id = person_id


class ReportWanted(Message):
    """The reader chose a report, by its key in the catalogue, narrowed to values or to a whole question.

    With neither it opens on the reader's own team.
    """

    def __init__(
        self, report: str, values: "Mapping[str, Value] | None" = None, *, query: "Query | None" = None
    ) -> None:
        super().__init__()
        self.report = report
        self.values: Mapping[str, Value] | None = values
        self.query = query


class ViewWanted(Message):
    """The reader wants a saved view of another report than the one on the screen.

    `tell` hears why it cannot be shown. With `over` it is not opened once another screen than that is on top.
    """

    def __init__(
        self, view: "SavedView", tell: Callable[[str], None], *, over: "Screen[Any] | None" = None
    ) -> None:
        super().__init__()
        self.view = view
        self.tell = tell
        self.over = over


class HelpWanted(Message):
    """The reader wants the keys of the screen, and the guidance of a report."""

    def __init__(self, report: str) -> None:
        super().__init__()
        self.report = report


class AuditWanted(Message):
    """The reader chose an audit of practice."""

    def __init__(self, case_id: str) -> None:
        super().__init__()
        self.case_id = case_id


class AuditedChildWanted(Message):
    """An auditor wants the record of the child, in a session that an audit opens to that child alone."""

    def __init__(self, session: "Session", person_id: str) -> None:
        super().__init__()
        self.session = session
        self.person_id = person_id


class ListsChanged(Message):
    """What other lists that are open show has changed: the as-at day, or a record that was opened.

    `but` is the screen that has asked again already.
    """

    def __init__(self, *, but: object = None) -> None:
        super().__init__()
        self.but = but


@dataclass(frozen=True)
class Listed:
    """What is to leave the screen: rows in their order, the columns shown, and what must be said beside them.

    `columns` empty: every column of the rows by its name. `masked`: names and birth dates are masked already.
    """

    rows: "pl.DataFrame"
    columns: "tuple[Column, ...]" = ()
    parameters: dict[str, str] = field(default_factory=dict)
    left_out: list[dict[str, Any]] = field(default_factory=list)
    parts: dict[str, Any] = field(default_factory=dict)
    masked: bool = False
    build: str = ""
    """module:function that makes the report's own document; empty: the rows as a table"""
    chart: "Chart | None" = None
    chart_rows: "pl.DataFrame | None" = None
    """The picture beside the list and what it is drawn of; a workbook has it too"""
    chart_target: float | None = None


class ExportWanted(Message):
    """The reader wants a list as a file of a kind: xlsx, csv or docx.

    `tell` hears where it was written, or why it could not be, while the screen it is `by` is there.
    """

    def __init__(
        self, report: str, listed: Listed, kind: str, tell: Callable[[str], None], *, by: object = None
    ) -> None:
        super().__init__()
        self.report = report
        self.listed = listed
        self.kind = kind
        self.tell = tell
        self.by = by
