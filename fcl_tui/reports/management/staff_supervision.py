"""Staff Supervision: whose is overdue, the longest gap, and which children were not lately discussed."""

from __future__ import annotations

from dataclasses import replace

from fcl_tui.measures import supervision as measures
from fcl_tui.reports.beside import Document, Extra
from fcl_tui.reports.management import supervision_columns as columns
from fcl_tui.reports.management import supervision_records as records
from fcl_tui.reports.official.listing import official_view
from fcl_tui.reports.parameters.shared import FROM, TEAM, TO, WORKER
from fcl_tui.reports.spec import Breakdown, Dimension, Listing, Report, Row

WORKERS = Listing(
    key="worker",
    title="Workers",
    build=records.listed,
    columns=columns.WORKER_COLUMNS,
    row=Row.RECORD,
    row_key="row_key",
    empty="No worker holds a case here.",
    hidden=("row_key", "person_id", "standing"),
    drills={"children": "Children of this worker", "session": "Supervisions of this worker"},
)

REPORT = Report(
    key="staff-supervision",
    parameters=(TEAM, WORKER, FROM, TO),
    views=(
        WORKERS,
        replace(
            WORKERS,
            key="newly",
            title="Newly qualified workers",
            build=records.newly_qualified,
            empty="No newly qualified worker holds a case here (settings.toml: newly_qualified).",
        ),
        Breakdown(
            key="team",
            title="Teams side by side",
            records=records.WORKERS,
            dimension=Dimension(key="team", title="Teams side by side", by=("team",)),
            measures=measures.ALL,
            listing="detail",
            columns=columns.TEAM_COLUMNS,
            row_key="team",
            finish=records.team_order,
            parts=records.beside,
            empty="No worker holds a case here.",
            into={"worker": "Workers of this team"},
        ),
        Listing(
            key="session",
            title="Supervisions, held and booked",
            build=records.sessions_of,
            columns=columns.SESSION_COLUMNS,
            row=Row.RECORD,
            row_key="row_key",
            empty="No supervision was entered here. fcl-tui supervision add and import enter them.",
            hidden=("row_key",),
        ),
        Listing(
            key="children",
            title="Children, by when they were discussed",
            build=records.children_of,
            columns=columns.CHILD_COLUMNS,
            row=Row.CHILD,
            row_key="row_key",
            opens="person_id",
            empty="No child is held here.",
            hidden=("row_key",),
        ),
        official_view("staff-supervision"),
        replace(WORKERS, key="detail", title="Workers behind a figure", drills={}, behind=True),
        Listing(
            key="sheet",
            title="Supervision sheet",
            build=records.sheets,
            columns=columns.SHEET_COLUMNS,
            row=Row.CHILD,
            row_key="row_key",
            opens="person_id",
            group_by="worker",
            empty="No child is held here.",
            hidden=("row_key",),
            behind=True,
        ),
    ),
    documents=(
        Document(
            key="w",
            label="Word, supervision sheet of this worker",
            format="docx",
            build="fcl_tui.export.worker_sheet:worker_sheet",
            view="sheet",
            of_row="worker",
        ),
    ),
    overdue_figure="supervision_overdue",
    extras=(
        Extra(
            name="enter-supervision",
            key="S",
            id="supervision.enter",
            label="Enter",
            tooltip="A supervision of this worker: kind, day, children",
        ),
    ),
    keys=("table.open", "report.team", "report.switch", "supervision.enter", "report.overdue"),
)
