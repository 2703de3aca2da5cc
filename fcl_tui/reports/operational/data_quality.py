"""Data Quality: problems by kind, team, worker, severity and source; from any count to its list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fcl_tui.measures import data_quality as measures
from fcl_tui.reports.parameters.shared import CLIENT, RULE, SEVERITY, SOURCE, TEAM, WORKER
from fcl_tui.reports.spec import (
    Breakdown,
    Dimension,
    Document,
    Listing,
    Option,
    Panel,
    Parts,
    Records,
    Report,
    Row,
)
from widgets.cells.column import Column
from widgets.cells.plain import plain

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Names

SEVERE = Column("severity", "Severity", 10, kind="state")
ISSUES = Column("issues", "Problems", 8, kind="number", priority=1)
CHILDREN = Column("children", "Children", 8, kind="number", priority=3)
CHANGE = (
    Column("new", "New", 5, kind="number", priority=2),
    Column("gone", "Gone", 5, kind="number", priority=2),
)
SERIOUS = (
    Column("errors", "Errors", 7, kind="number", priority=1),
    Column("warnings", "Warnings", 8, kind="number", priority=1),
    Column("notes", "Notes", 6, kind="number", priority=4),
)
COLUMNS: dict[str, tuple[Column, ...]] = {
    "kind": (
        SEVERE,
        Column(
            "kind",
            "Kind of problem",
            36,
            frozen=True,
            in_files=(Column("kind", "Kind of problem", 36), Column("rule", "Rule", 24)),
        ),
        ISSUES,
        CHILDREN,
        *CHANGE,
    ),
    "team": (Column("team", "Team", 26, frozen=True), *SERIOUS, ISSUES, CHILDREN, *CHANGE),
    "worker": (
        Column("worker", "Worker", 22, frozen=True),
        Column("team", "Team", 18, priority=1),
        *SERIOUS,
        ISSUES,
        CHILDREN,
        *CHANGE,
    ),
    "severity": (SEVERE, ISSUES, CHILDREN, *CHANGE),
    "source": (Column("source", "Source", 30, frozen=True), *SERIOUS, ISSUES, CHILDREN, *CHANGE),
}
LIST_COLUMNS = (
    SEVERE,
    Column("name", "Name", 20, frozen=True),
    Column("kind", "Kind of problem", 24, priority=1),
    Column("value", "Value", 24, priority=1),
    Column("change", "Since", 11, kind="code", priority=2),
    Column("row", "Row", 24, priority=4),
    Column("column", "Column", 26, priority=5),
    Column("person_id", "Id", 8, priority=3),
)
TITLES = {
    "kind": "Kinds of problem",
    "team": "Teams side by side",
    "worker": "Workers side by side",
    "severity": "Severity",
    "source": "Sources",
}
GROUPS: dict[str, tuple[str, ...]] = {
    "kind": ("severity", "kind", "rule"),
    "team": ("team",),
    "worker": ("worker", "team"),
    "severity": ("severity",),
    "source": ("source",),
}


def _records(context: Context, query: Query) -> pl.LazyFrame:
    import polars as pl

    from fcl_tui.records.data_quality import records

    before = context.previous()
    rows = records(
        context.scan("issues"),
        context.scan,
        context.as_at,
        before=None if before is None else before.scan("issues"),
    )
    for column in ("severity", "source", "rule"):
        value = query.text(column)
        if value is not None:
            rows = rows.filter(pl.col(column) == value)
    person_ids = query.person_ids()
    return rows if person_ids is None else rows.filter(pl.col("person_id").is_in(person_ids))


RECORDS = Records(
    noun="problem",
    plural="problems",
    rows=_records,
    identified_by=("rule", "source", "place", "row", "column"),
)


def _ordered(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:
    from fcl_tui.records.data_quality import ordered

    compared = context.previous() is not None
    return ordered(groups, GROUPS[query.view], records if query.view == "kind" else None, compared=compared)


def _beside(context: Context, query: Query) -> Parts:
    """The line over any view: how many, how serious, what changed since when."""
    import polars as pl

    from fcl_tui.records.data_quality import headline
    from fcl_tui.reports.measured.figures import value
    from fcl_tui.reports.run import narrowed

    before = context.previous()
    since = None if before is None else before.day
    sums = narrowed(_records(context, query), query).select(value(measure) for measure in measures.ALL)
    compared = "nothing earlier" if since is None else f"data of {since:%d/%m/%Y}"
    return Parts(
        pl.LazyFrame(),
        None,
        {"sums": sums},
        lambda frames: headline(frames["sums"], since),
        {"compared_with": compared},
    )


def _list(context: Context, query: Query) -> Parts:
    from fcl_tui.records.data_quality import listed
    from fcl_tui.reports.run import behind_drill, narrowed

    rows = behind_drill(REPORT, context, query)
    gone = query.drill is not None and query.drill.measure == "gone"
    if rows is None:
        rows = narrowed(_records(context, query), query)
    return replace(_beside(context, query), rows=listed(rows, gone=gone))


def _where(row: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> list[str]:  # noqa: ARG001
    """What is wrong with the row under the cursor and what to do, and where it is."""
    lines = [plain(row["advice"])] if row.get("advice") else []
    if "effect" in row:
        where = [row[part] for part in ("file", "row", "column", "value") if row.get(part)]
        done = "" if row["effect"] == "kept" else f" ({plain(row['effect'])})"
        lines.append(f"{', '.join(plain(part) for part in where)}{done}")
    return lines


def _holders(column: str, names: Names | None) -> Names:
    """Teams or workers that hold a client, and those that a problem names."""

    def known(context: Context, query: Query) -> pl.LazyFrame:
        import polars as pl

        assert names is not None
        holders = names(context, query).select("value", "note")
        records = _records(context, query)
        team = query.text("team")
        if column == "worker" and team is not None:
            records = records.filter(pl.col("team") == team)
        with_problems = records.select(value=column).unique().drop_nulls()
        others = with_problems.join(holders, on="value", how="anti")
        return pl.concat([holders, others.with_columns(note=pl.lit("no clients now"))]).sort("value")

    return known


def _kind_words(rule: str) -> str:
    """A kind of problem as people read it, its name where it has no words."""
    from fcl_tui.definitions.problem_kinds import KINDS

    return KINDS.get(rule, (rule.replace("_", " ").capitalize(), ""))[0]


PANEL = Panel(lines=_where, below=True)
EMPTY = "No problems here."


def _compare(key: str) -> Breakdown:
    return Breakdown(
        key=key,
        title=TITLES[key],
        records=RECORDS,
        dimension=Dimension(key=key, title=TITLES[key], by=GROUPS[key], label=GROUPS[key][:1]),
        measures=measures.ALL,
        listing="list",
        columns=COLUMNS[key],
        row_key="row_key",
        finish=_ordered,
        parts=_beside,
        panel=PANEL,
        empty=EMPTY,
        hidden=("row_key",),
        into={"list": "The problems"} if key == "kind" else {"kind": "Kinds of problem"},
        direct=True,
    )


REPORT = Report(
    key="data-quality",
    parameters=(
        replace(TEAM, names=_holders("team", TEAM.names)),
        replace(WORKER, names=_holders("worker", WORKER.names)),
        replace(
            SEVERITY,
            options=(
                Option("error", "Errors only"),
                Option("warning", "Warnings only"),
                Option("note", "Notes only"),
            ),
            metavar="error|warning|note",
            key="d",
            key_label="Errors",
            turns=("error",),
        ),
        replace(SOURCE, words_of=str),
        replace(RULE, words_of=_kind_words),
        CLIENT,
    ),
    views=(
        *(_compare(key) for key in COLUMNS),
        Listing(
            key="list",
            title="The list to fix",
            build=_list,
            columns=LIST_COLUMNS,
            row=Row.RECORD,
            row_key="row_key",
            opens="person_id",
            opens_if="known",
            group_by="holder",
            panel=PANEL,
            empty=EMPTY,
            hidden=("rule", "ssd_table", "known", "holder", "row_key"),
            behind=True,
            former="listed",
            unless={"rule": ("kind",)},
            discreet="fcl_tui.records.data_quality:discreet",
        ),
    ),
    export_label="Fix list",
    documents=(
        Document(key="x", label="Excel, the list to fix", format="xlsx", view="list"),
        Document(key="c", label="CSV, the list to fix", format="csv", view="list"),
    ),
    keys=(
        "table.open",
        "report.switch",
        "report.team",
        "report.worker",
        "report.severity",
        "report.export",
    ),
)
