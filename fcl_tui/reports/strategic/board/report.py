"""The Performance Board: 51 indicators, honest colours, and what the Board does about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import DataError
from fcl_tui.reports.beside import Chart, Document, Extra, Panel
from fcl_tui.reports.parameters.board import ATTENTION, FORUM, KPI, REGISTER
from fcl_tui.reports.spec import Listing, Report, Row
from fcl_tui.reports.strategic.board import columns, views
from fcl_tui.reports.strategic.board.rows import behind
from fcl_tui.reports.strategic.board.words import beside_lines, line_lines, report_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import View

MACHINE = (
    "no", "name", "unit", "period", "value", "numerator", "denominator", "status", "green", "amber", "rag",
    "direction", "benchmark_england", "benchmark_neighbours", "exception",
)  # fmt: skip
"""The columns of a line in files for machines; the rest is the screen's"""


def _lines(key: str, title: str, group: str, order: tuple[str, ...]) -> Listing:
    return Listing(
        key=key,
        title=title,
        build=views.listed(order),
        columns=columns.LINE,
        row=Row.RECORD,
        row_key="kpi",
        group_by=group,
        empty="No indicator here.",
        only=MACHINE,
        panel=Panel(lines=line_lines, title="name"),
        drills={"one": "This indicator"},
    )


def _checked(query: Query) -> None:
    """Refuse a number that is no indicator, and rows behind a value without the number of its indicator."""
    from fcl_tui.definitions.board.indicators import of

    kpi = query.text("kpi")
    if kpi is not None and not (kpi.isascii() and kpi.isdigit() and of(int(kpi))):
        raise DataError(f"There is no indicator {kpi!r}. Give its number, 1 to 51: --kpi 26.")
    if query.view == "rows" and kpi is None:
        raise DataError("That is of one indicator. Give its number, 1 to 51: --kpi 26.")


def _record(
    key: str,
    title: str,
    build: Callable[..., Any],
    shown: tuple[Any, ...],
    row_key: str,
    empty: str,
    panel: Panel | None = None,
) -> Listing:
    return Listing(
        key=key,
        title=title,
        build=build,
        columns=shown,
        row=Row.RECORD,
        row_key=row_key,
        empty=empty,
        panel=panel,
        hidden=("short",),
    )


ONE = Listing(
    key="one",
    title="Values, newest first",
    build=views.one,
    columns=columns.VALUE,
    row=Row.RECORD,
    row_key="row_key",
    empty="No value is held for this indicator: fcl-tui kpi set enters one.",
    hidden=("row_key",),
    panel=Panel(lines=beside_lines, title="period", lines_first=True, all_facts=True),
    chart=Chart(
        kind="control",
        frame="points",
        label="label",
        value="value",
        others=(
            ("lower", "Lower limit"),
            ("mean", "Mean"),
            ("upper", "Upper limit"),
            ("expected", "Expected"),
        ),
        state="signal",
        tone="tone",
        title="Value",
        target_of="target",
    ),
    drills={"rows": "The rows behind it"},
)
VIEWS: tuple[View, ...] = (
    _lines("indicator", "As the framework has them", "group", ()),
    _lines("colour", "By colour", "colour_group", ("colour_rank",)),
    _lines("forum", "By forum", "forum_group", ("goes_to",)),
    ONE,
    _record(
        "exceptions", "Exception reports", views.exceptions, columns.EXCEPTION, "subject",
        "No exception report was asked for. m e on an indicator asks for one.",
        Panel(lines=report_lines, title="name"),
    ),
    _record(
        "thanks", "Notes of thanks", views.thanks, columns.THANKS, "subject",
        "No note of thanks was written. m t on an indicator writes one.",
    ),
    _record(
        "meetings", "Meetings", views.meetings, columns.MEETING, "subject",
        "No meeting was opened. M opens one and freezes its figures.",
    ),
    _record(
        "reported", "As reported, and as now", views.reported, columns.REPORTED, "row_key",
        "No meeting has frozen its figures yet. M freezes them.",
    ),
    _record(
        "due", "Values due", views.due, columns.DUE, "row_key", "Every value that is due has been entered.",
    ),
    Listing(
        key="registers",
        title="Standing registers",
        build=views.registers,
        columns=columns.REGISTER,
        row=Row.RECORD,
        row_key="register",
        empty="There are no registers.",
        drills={"items": "Its lines"},
    ),
    _record(
        "items", "Lines of the registers", views.items, columns.ITEM, "row_key",
        "No line was entered. fcl-tui board register FILE loads them.",
    ),
    Listing(
        key="rows",
        title="Rows behind a value",
        build=behind,
        columns=columns.RECORD,
        row=Row.RECORD,
        row_key="row_key",
        opens="person_id",
        hidden=("row_key",),
        empty="No row of the case data is behind this value: it was entered, or there were no cases.",
        behind=True,
    ),
)  # fmt: skip
REPORT = Report(
    key="board",
    parameters=(KPI, FORUM, ATTENTION, REGISTER),
    views=VIEWS,
    switch_label="Show",
    check=_checked,
    documents=(
        Document(
            key="p",
            label="Board pack, Word",
            format="docx",
            build="fcl_tui.export.board_pack:board_pack",
            view="indicator",
            with_parts=True,
        ),
        Document(
            key="w",
            label="Board pack, Excel with charts",
            format="xlsx",
            build="fcl_tui.export.board_book:board_book",
            view="indicator",
            with_parts=True,
        ),
    ),
    extras=(
        Extra(
            name="board-act",
            key="m",
            id="board.act",
            label="Act",
            tooltip="Ask for an exception report, thank, comment, enter",
        ),
        Extra(
            name="board-why",
            key="w",
            id="board.why",
            label="Why",
            tooltip="Its parts, target, definition, and what was said",
        ),
        Extra(name="board-meet", key="M", id="board.meet", label="Meeting", tooltip="Open, freeze, minute"),
    ),
    keys=("table.open", "board.act", "board.why", "report.attention", "report.switch", "report.export"),
)
