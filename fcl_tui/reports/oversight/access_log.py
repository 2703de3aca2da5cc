"""The access log: who opened, searched, exported or broke glass, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.reports.spec import Extra, Listing, Parts, Report, Row
from widgets.cells.column import Column

if TYPE_CHECKING:
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

COLUMNS = (
    Column("at_shown", "When", 19, frozen=True, sort_by="seq"),
    Column("who", "Who", 14, stretch=True),
    Column("action", "Did", 15),
    Column("person_id", "Child", 8, priority=2),
    Column("report", "Report", 16, priority=3),
    Column("role", "Role", 22, priority=5),
    Column("origin", "From", 15, priority=6),
    Column("detail", "Detail", 24, priority=4, stretch=True),
)


def _rows(context: Context, query: Query) -> Parts:  # noqa: ARG001  nothing narrows it but the filter
    rows, left_out = context.log()
    return Parts(rows.lazy(), left_out.lazy())


REPORT = Report(
    key="access-log",
    parameters=(),
    views=(
        Listing(
            key="newest",
            title="Newest first",
            build=_rows,
            columns=COLUMNS,
            row=Row.RECORD,
            row_key="key",
            empty="The access log has no entries yet.",
            hidden=("at_shown", "key"),
        ),
    ),
    switch="none",
    extras=(
        Extra(
            name="verify-log",
            key="V",
            id="log.verify",
            label="Verify log",
            tooltip="Check that no row was changed or removed",
        ),
    ),
    keys=("table.open", "log.verify"),
)
