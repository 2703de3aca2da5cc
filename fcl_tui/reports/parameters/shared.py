"""The parameters that reports share. Each is declared once, with one key on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.reports.parameters.audits import ALL as OF_AUDITS
from fcl_tui.reports.parameters.board import ALL as OF_THE_BOARD
from fcl_tui.reports.parameters.parameter import Option, Parameter

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query


def _teams(context: Context, query: Query) -> pl.LazyFrame:  # noqa: ARG001  the same face as _workers
    import polars as pl

    from fcl_tui.definitions.choices import teams

    note = pl.format("{} clients", pl.col("clients"))
    return teams(context.scan_open, context.as_at).select(value="team", note=note)


def _workers(context: Context, query: Query) -> pl.LazyFrame:
    import polars as pl

    from fcl_tui.definitions.choices import workers

    held = workers(context.scan_open, context.as_at, query.text("team"))
    return held.select(value="worker", note=pl.format("{}  {}", pl.col("clients"), pl.col("team")))


TEAM = Parameter(
    name="team",
    label="Team",
    help="One team, by name.",
    kind="name",
    key="t",
    names=_teams,
    resets=("worker",),
    question="Which team?",
    everyone="all teams",
)
WORKER = Parameter(
    name="worker",
    label="Worker",
    help="One worker, by name.",
    kind="name",
    key="o",
    names=_workers,
    question="Which worker?",
    everyone="all workers",
)
OVERDUE = Parameter(
    name="overdue",
    label="Overdue",
    help="Overdue only.",
    kind="flag",
    key="d",
    words="overdue only",
    former=("overdue_only",),
)
CLIENT = Parameter(
    name="client",
    label="Client",
    help="One client, by number.",
    kind="text",
    metavar="ID",
    saved=False,
)
PERIOD = Parameter(
    name="period",
    label="Period",
    help="The period, by name: last-month, this-quarter, year-to-date (from 1 April), 2025-26.",
    kind="period",
    key="P",
    question="Which period?",
    metavar="NAME",
)
"""Comes with FROM and TO, which it gives their days on the as-at day"""
FROM = Parameter(
    name="from",
    label="From",
    help="The first day of the period.",
    kind="date",
    metavar="DATE",
    brings=(PERIOD,),
)
TO = Parameter(
    name="to",
    label="To",
    help="The last day of the period.",
    kind="date",
    metavar="DATE",
)
HISTORY = Parameter(
    name="history",
    label="History",
    help="Past due items too.",
    kind="flag",
    words="with past items",
)
EVERYTHING = Parameter(
    name="everything",
    label="Everything",
    help="Every event of a chronology, not only the significant ones.",
    kind="flag",
    key="e",
    words="everything",
    saved=False,
)
KINDS = Parameter(
    name="kinds",
    label="Kinds",
    help="These kinds of a chronology's events only: legal,placement.",
    kind="text",
    metavar="A,B",
    saved=False,
)
SEVERITY = Parameter(
    name="severity",
    label="Severity",
    help="Problems of this severity only: error, warning or note.",
    kind="choice",
)
SOURCE = Parameter(
    name="source",
    label="Source",
    help="Problems of this source only.",
    kind="text",
)
RULE = Parameter(
    name="rule",
    label="Kind of problem",
    help="One kind of problem, as end_before_start.",
    kind="text",
)
MARKS = Parameter(
    name="marks",
    label="Marks",
    help="Only items unmarked, marked by you (mine), or come back: booking missed, no answer (broken).",
    kind="choice",
    key="M",
    options=(
        Option("unmarked", "Unmarked"),
        Option("mine", "Marked by me"),
        Option("broken", "Come back: missed bookings, no answer, snooze over"),
    ),
    question="Which items?",
    everyone="all",
    metavar="unmarked|mine|broken",
    former=("which",),
)
MEASURE = Parameter(
    name="measure",
    label="Figure",
    help="One figure, by its official key.",
    kind="choice",
    key="i",
    question="Which figure?",
    metavar="KEY",
)
"""A report that declares it gives the options."""
MONTH_END = Parameter(
    name="month",
    label="Month to",
    help="A figure's rows as at the end of this month, 2026-03-31, or of these days: 2026-01-01/2026-03-31.",
    kind="text",
    metavar="DATE",
    saved=False,
)
BEHIND = Parameter(
    name="behind",
    label="Behind",
    help="With --detail, the rows of this figure: an official key; of ChAT contacts/source/Police.",
    kind="text",
    metavar="FIGURE",
    saved=False,
)
KIND = Parameter(
    name="kind",
    label="Kind",
    help="One kind of visit or review only.",
    kind="choice",
    key="K",
    question="Which kind?",
    everyone="all kinds",
)
"""A report that declares it gives the options."""
ALL = (
    CLIENT, TEAM, WORKER, KIND, PERIOD, FROM, TO, OVERDUE, MARKS, SEVERITY, SOURCE, RULE, HISTORY, EVERYTHING,
    KINDS, MEASURE, MONTH_END, BEHIND, *OF_AUDITS, *OF_THE_BOARD,
)  # fmt: skip
"""Every parameter there is, in the order of `fcl-tui report --help`"""
OF_MEASURES = (FROM, TO, TEAM)
"""Those of `fcl-tui measure`"""
