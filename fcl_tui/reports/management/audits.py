"""Audits of Practice: the round, what is yours to do, grades, standards, consistency, and actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.measures import audits as measures
from fcl_tui.reports.beside import Extra
from fcl_tui.reports.management import audit_columns as columns
from fcl_tui.reports.management import audit_consistency as consistency
from fcl_tui.reports.management import audit_grades as grades
from fcl_tui.reports.management import audit_round, audit_todo
from fcl_tui.reports.management.audit_row import IN_FULL
from fcl_tui.reports.parameters.audits import POD, ROUND
from fcl_tui.reports.spec import Breakdown, Dimension, Listing, Records, Report, Row

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

NONE = "No audits yet. Who manages quality assurance draws them: D, or fcl-tui audits draw."
OPEN_AUDIT = "audit-open"


def _records(context: Context, query: Query) -> pl.LazyFrame:
    return grades.counted(context, query)


AUDITS = Records(noun="audit", plural="audits", rows=_records, identified_by=("case_id",))
QUARTERS = Records(noun="audit", plural="audits", rows=grades.of_all_quarters, identified_by=("case_id",))
HIDDEN = ("row_key", "action_id", "case_id", "round_id", "part", "draw_id", "revision_id")

REPORT = Report(
    key="audits",
    parameters=(ROUND, POD),
    switch_label="Show",
    views=(
        Listing(
            key="todo",
            title="Yours to do",
            build=audit_todo.to_do,
            columns=columns.TO_DO,
            row=Row.RECORD,
            row_key="row_key",
            panel=IN_FULL,
            empty="No audit waits for you.",
            hidden=HIDDEN,
            enter=OPEN_AUDIT,
        ),
        Listing(
            key="case",
            title="The round, case by case",
            build=audit_round.round_,
            columns=columns.CASES,
            row=Row.RECORD,
            row_key="row_key",
            panel=IN_FULL,
            empty=NONE,
            hidden=HIDDEN,
            enter=OPEN_AUDIT,
        ),
        Breakdown(
            key="pod",
            title="Pods side by side",
            records=AUDITS,
            dimension=Dimension(key="pod", title="Pods side by side", by=("pod",), where="pod IS NOT NULL"),
            measures=measures.ALL,
            listing="detail",
            columns=columns.PODS,
            row_key="pod",
            finish=grades.finished,
            parts=grades.beside_pods,
            empty=NONE,
            hidden=("few",),
            optional=("range",),
        ),
        Breakdown(
            key="quarter",
            title="Grades by quarter",
            records=QUARTERS,
            dimension=Dimension(key="quarter", title="Grades by quarter", by=("period",)),
            measures=measures.ALL,
            listing="detail",
            columns=columns.QUARTERS,
            row_key="period",
            finish=grades.quarters,
            empty=NONE,
            hidden=tuple(one.key for one in measures.ALL),
        ),
        Listing(
            key="standard",
            title="Standards, strongest first",
            build=grades.by_standard,
            columns=columns.STANDARDS,
            row=Row.GROUP,
            row_key="standard_key",
            empty="No standard was graded in a moderated audit.",
            hidden=("standard_key",),
        ),
        Listing(
            key="consistency",
            title="Consistency: validated against second grade",
            build=consistency.consistency,
            columns=columns.TABLE,
            row=Row.GROUP,
            row_key="validated",
            empty="No case has been graded a second time.",
            hidden=("first",),
            drills={"pair": "Cases of this grade"},
        ),
        Listing(
            key="agreement",
            title="Consistency: agreement in figures",
            build=consistency.in_figures,
            columns=columns.AGREEMENT,
            row=Row.RECORD,
            row_key="figure",
            empty="No case has been graded a second time.",
            hidden=("value_shown", "range"),
        ),
        Listing(
            key="pair",
            title="Cases graded twice",
            build=consistency.pairs,
            columns=columns.PAIRS,
            row=Row.RECORD,
            row_key="row_key",
            panel=IN_FULL,
            empty="No case has been graded a second time.",
            hidden=HIDDEN,
            enter=OPEN_AUDIT,
        ),
        Listing(
            key="action",
            title="Actions",
            build=audit_todo.actions,
            columns=columns.ACTIONS,
            row=Row.RECORD,
            row_key="row_key",
            panel=IN_FULL,
            empty="No action was asked for.",
            hidden=("row_key", "action_id", "case_id"),
            enter="audit-action",
        ),
        Listing(
            key="agency",
            title="What other agencies gave back",
            build=audit_todo.agencies,
            columns=columns.AGENCIES,
            row=Row.RECORD,
            row_key="row_key",
            empty="No agency has given a return.",
            hidden=HIDDEN,
        ),
        Listing(
            key="replaced",
            title="Cases replaced, and why",
            build=audit_round.replaced,
            columns=columns.REPLACED,
            row=Row.RECORD,
            row_key="row_key",
            panel=IN_FULL,
            empty="No case was replaced.",
            hidden=HIDDEN,
            enter=OPEN_AUDIT,
        ),
        Listing(
            key="detail",
            title="Audits behind a figure",
            build=grades.behind,
            columns=columns.CASES,
            row=Row.RECORD,
            row_key="row_key",
            panel=IN_FULL,
            empty="None of them is one that you see case by case.",
            hidden=HIDDEN,
            behind=True,
            enter=OPEN_AUDIT,
        ),
    ),
    extras=(
        Extra(
            name="audit-draw", key="D", id="audits.draw", label="Draw",
            tooltip="A quarter's cases: shown first, then kept",
        ),
        Extra(
            name="audit-case", key="m", id="audits.case", label="Case",
            tooltip="Assign, replace, reopen, flag as an exemplar",
        ),
        Extra(
            name="audit-briefing", key="B", id="audits.briefing", label="Briefing",
            tooltip="The round's briefing, in Word or Excel",
        ),
    ),
    keys=("table.open", "report.switch", "audits.case", "audits.draw", "audits.briefing"),
)  # fmt: skip
