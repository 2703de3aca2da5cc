"""Leaving Care Supervision: a personal adviser's young people, what needs talking about first on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fcl_tui.reports.parameters.shared import CLIENT, OVERDUE, TEAM, WORKER
from fcl_tui.reports.spec import Document, Listing, Panel, Parts, Report, Row
from widgets.cells.column import Column

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

COLUMNS = (
    Column(
        "standing",
        "State",
        15,
        kind="state",
        in_files=(Column("state", "State", 10, kind="state"),),
    ),
    Column("name", "Name", 16, frozen=True, stretch=True),
    Column(
        "concerns_shown",
        "To talk about",
        20,
        stretch=True,
        in_files=(Column("concerns", "To talk about", 40),),
    ),
    Column("contact_due", "Contact due", 11, kind="date", priority=1),
    Column("pathway_review_due", "Plan review", 11, kind="date", priority=2),
    Column("age", "Age", 3, kind="number", priority=3),
    Column("in_touch", "In touch", 12, priority=4),
    Column("accommodation_suitable", "Home", 10, priority=5),
    Column("eet", "EET", 5, priority=5),
    Column("latest_contact", "Last seen", 10, kind="date", priority=6),
    Column("pathway_plan_date", "Plan date", 10, kind="date", priority=7),
    Column("eligibility", "Eligibility", 15, priority=8),
)


def _advisers(context: Context, query: Query) -> pl.LazyFrame:
    import polars as pl

    from fcl_tui.definitions.choices import advisers

    held = advisers(context.scan_open, context.as_at, query.text("team"))
    return held.select(value="adviser", note=pl.format("{} young people", pl.col("young_people")))


ADVISER = replace(
    WORKER,
    label="Adviser",
    help="One personal adviser, by name.",
    names=_advisers,
    question="Which personal adviser?",
    everyone="all advisers",
    former=("adviser",),
)
OF_ADVISERS = replace(TEAM, everyone="all advisers")
OVERDUE_YOUNG_PEOPLE = replace(OVERDUE, help="Only young people with something overdue.")


def _rows(context: Context, query: Query) -> Parts:
    import polars as pl

    from data.frames import collect
    from fcl_tui.records.leaving_care import advisers, leaving_care
    from fcl_tui.records.leaving_care_left_out import left_out

    rows = leaving_care(
        context.scan_open,
        context.calendar,
        context.as_at,
        team=query.text("team"),
        worker=query.text("worker"),
        person_ids=query.person_ids(),
        data_date=context.data_date,
    )
    if query.flag("overdue"):
        rows = rows.filter(pl.col("state") == "overdue")
    young_people = collect(rows).lazy()
    return Parts(
        young_people,
        left_out(context.scan_open, context.as_at),
        {"advisers": advisers(young_people)},
        lambda frames: _sums(frames["advisers"]),
    )


def _sums(advisers: pl.DataFrame) -> str:
    from fcl_tui.definitions.wording.amounts import amount

    sums = advisers.sum()
    late = (sums["contact_overdue"][0] or 0) + (sums["pathway_overdue"][0] or 0)
    return amount(sums["young_people"][0] or 0, "young people") + (
        ", {to_talk_about:,} to talk about   "
        + ("!! " if late else "")
        + "{contact_overdue:,} contact overdue, {pathway_overdue:,} plan overdue   "
        "{not_in_touch:,} not in touch, {unsuitable:,} unsuitable, {not_in_eet:,} not in EET"
    ).format(**{name: sums[name][0] or 0 for name in sums.columns[1:]})


def _concerns(row: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> list[str]:  # noqa: ARG001
    from fcl_tui.definitions.concerns import one_by_one

    lines = [f"- {concern}" for concern in one_by_one(str(row.get("concerns") or ""))]
    if row.get("not_in_source"):
        lines.append(f"Not in this source: {row['not_in_source']}".replace("_", " "))
    if row.get("not_known"):
        lines.append(f"Not known on that day: {row['not_known']}".replace("_", " "))
    return lines


REPORT = Report(
    key="leaving-care",
    parameters=(OF_ADVISERS, ADVISER, OVERDUE_YOUNG_PEOPLE, CLIENT),
    views=(
        Listing(
            key="young-people",
            title="Young people",
            build=_rows,
            columns=COLUMNS,
            row=Row.CHILD,
            row_key="person_id",
            opens="person_id",
            group_by="personal_adviser",
            panel=Panel(
                facts=(
                    ("Age", "age"),
                    ("Eligibility", "eligibility"),
                    ("Adviser", "personal_adviser"),
                    ("Social worker", "worker"),
                    ("Team", "team"),
                    ("In touch", "in_touch"),
                    ("Last contact", "latest_contact"),
                    ("Contact", "contact_state+contact_due"),
                    ("Plan or review", "pathway_plan_date"),
                    ("Next review", "pathway_state+pathway_review_due"),
                    ("Lives", "accommodation"),
                    ("Suitable", "accommodation_suitable"),
                    ("Activity", "activity"),
                    ("In EET", "eet"),
                ),
                lines=_concerns,
                lines_first=True,
                all_facts=True,
            ),
            empty="No young people here.",
            hidden=("standing", "concerns_shown"),
        ),
    ),
    switch="none",
    documents=(
        Document(
            key="w",
            label="Word, supervision sheet with room to write",
            format="docx",
            build="fcl_tui.export.supervision:supervision_sheet",
            asks_above=50,
            rows_are="sheets",
        ),
        Document(
            key="p",
            label="Word, sheets of this row's adviser alone",
            format="docx",
            build="fcl_tui.export.supervision:supervision_sheet",
            asks_above=50,
            rows_are="sheets",
            alike=("personal_adviser", "adviser"),
        ),
    ),
    explains=("timescales",),
    keys=("table.open", "report.team", "report.worker", "report.overdue", "report.why"),
)
