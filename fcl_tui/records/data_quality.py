"""Problems in the data by kind, team, worker, severity, source; the list to fix; what has changed."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import described_at
from fcl_tui.definitions.problem_kinds import kind, what_to_do
from fcl_tui.definitions.wording.amounts import amount

NO_CHILD = "No child named"
"""The team and worker of an issue that says no child."""

SEVERITIES = ("error", "warning", "note")
"""Most serious first. error: it cannot be right, or could not be used. warning: it is doubtful, or missing.
note: nothing has to be done."""

DETAIL_COLUMNS = (
    "severity", "kind", "advice", "team", "worker", "name", "person_id", "date_of_birth", "value", "column",
    "file", "place", "row", "effect", "change", "rule", "ssd_table", "known", "holder", "row_key",
)  # fmt: skip

MOST = 1_000_000
"""Rows of the list that one sheet of a workbook holds."""

_SAME = ("rule", "ssd_table", "person_id", "column", "value", "_at", "_nth")
_HIDDEN = "(hidden)"


def _matchable(issues: pl.LazyFrame) -> pl.LazyFrame:
    """Issues with what they are known by from one load to the next.

    A database's row has its number for ever (`ssd_cp_visits/V1`); a line of a file moves, so there the rule,
    table, child, column and value have to do, and of several alike the first matches the first.
    """
    row = pl.col("row")
    lasting = row.str.starts_with("ssd_") & ~row.str.contains(r"row \d+$")
    same = [name for name in _SAME if name != "_nth"]
    return issues.with_columns(_at=pl.when(lasting).then(row)).with_columns(
        _nth=pl.int_range(pl.len()).over(same)
    )


def changed(issues: pl.LazyFrame, before: pl.LazyFrame | None) -> pl.LazyFrame:
    """Issues of now, and those of the snapshot before that are gone.

    Args:
        issues, before: frames of `data.issues.model`; before None when there is nothing to compare with.

    Returns:
        the columns of `issues` plus change (String: new, still_there, gone; null without a before).
    """
    if before is None:
        return issues.with_columns(change=pl.lit(None, pl.String))
    now, then = _matchable(issues), _matchable(before)
    seen = then.select(*_SAME, _seen=pl.lit(value=True))
    marked = now.join(seen, on=_SAME, how="left", nulls_equal=True).with_columns(
        change=pl.when("_seen").then(pl.lit("still_there")).otherwise(pl.lit("new"))
    )
    gone = then.join(now, on=_SAME, how="anti", nulls_equal=True).with_columns(change=pl.lit("gone"))
    columns = [*issues.collect_schema().names(), "change"]
    return pl.concat([marked.select(columns), gone.select(columns)])


def trend(issues: pl.LazyFrame, before: pl.LazyFrame) -> pl.LazyFrame:
    """What has come and gone between two snapshots.

    Returns:
        one row per rule: rule, kind, before, now, new, gone, still_there (Int64); most now first.
    """
    counts = {
        name: (pl.col("change") == name).sum().cast(pl.Int64) for name in ("new", "gone", "still_there")
    }
    return (
        changed(issues, before)
        .group_by("rule")
        .agg(**counts)
        .select(
            "rule",
            kind(pl.col("rule")).alias("kind"),
            (pl.col("still_there") + pl.col("gone")).alias("before"),
            (pl.col("still_there") + pl.col("new")).alias("now"),
            *counts,
        )
        .sort("now", "gone", "rule", descending=[True, True, False])
    )


def records(
    issues: pl.LazyFrame, scan: Scan, as_at: date, *, before: pl.LazyFrame | None = None
) -> pl.LazyFrame:
    """One row per problem now, or in the snapshot before and gone since.

    Args:
        issues: the snapshot's, as `data.issues.model` describes them.
        scan: gives the prepared frames that say who holds each child's case on the day.
        before: the issues of the snapshot before; None when there is none to compare with.

    Returns:
        the columns of `changed`, and kind (the rule in words), name, date_of_birth, team, worker (who hold
        the child's case on the day; NO_CHILD when no child is named), known (Boolean: the child is there).
    """
    rows = changed(issues, before)
    children = rows.select("person_id").drop_nulls().unique()
    who = described_at(scan, as_at, children).select("person_id", "name", "date_of_birth", "team", "worker")
    known = scan("people").select("person_id", known=pl.lit(value=True))
    nobody = pl.col("person_id").is_null()
    return (
        rows.join(who, on="person_id", how="left")
        .join(known, on="person_id", how="left")
        .with_columns(
            pl.when(nobody).then(pl.lit(NO_CHILD)).otherwise("team").alias("team"),
            pl.when(nobody).then(pl.lit(NO_CHILD)).otherwise("worker").alias("worker"),
            pl.col("known").fill_null(value=False),
            kind=kind(pl.col("rule")),
        )
    )


def _rank() -> pl.Expr:
    order = {name: number for number, name in enumerate(SEVERITIES)}
    return pl.col("severity").replace_strict(order, default=len(SEVERITIES), return_dtype=pl.Int8)


def ordered(
    groups: pl.LazyFrame, by: tuple[str, ...], records: pl.LazyFrame | None, *, compared: bool
) -> pl.LazyFrame:
    """The problems side by side, in the order in which people look at them.

    Args:
        groups: one row per group with the measures of `fcl_tui.measures.data_quality`.
        by: the group's columns.
        records: for kinds of problem, whose advice is in them; None for other groups.
        compared: whether there was a snapshot before.

    Returns:
        by, then issues, children, errors, warnings, notes, new, gone (Int64; new and gone null where nothing
        was compared), advice (of kinds) and row_key (String, unique). Kinds and severities: most serious
        first; the others: most errors, then most issues first. A kind that has gone altogether has issues 0.
    """
    if not compared:
        groups = groups.with_columns(pl.lit(None, pl.Int64).alias(name) for name in ("new", "gone"))
    groups = groups.with_columns(row_key=pl.concat_str(by, separator="|", ignore_nulls=True))
    rest = [False] * len(by)
    if by[0] == "severity":
        groups = groups.sort(_rank(), "issues", *by, descending=[False, True, *rest])
    else:
        groups = groups.sort(
            pl.col(by[0]) == NO_CHILD, "errors", "issues", *by, descending=[False, True, True, *rest]
        )
    figures = ("issues", "children", "errors", "warnings", "notes", "new", "gone")
    if records is None:
        return groups.select(*by, *figures, "row_key")
    reasons = records.group_by(by).agg(_reason=pl.col("reason").min())
    return groups.join(reasons, on=by, how="left", nulls_equal=True, maintain_order="left").select(
        *by, *figures, what_to_do(pl.col("rule"), pl.col("_reason")).alias("advice"), "row_key"
    )


def listed(records: pl.LazyFrame, *, gone: bool = False) -> pl.LazyFrame:
    """The problems one by one, in the order a team would work through them.

    Args:
        records: some of `records`.
        gone: list those that are gone, which are no longer there to fix.

    Returns:
        one row per issue: severity, kind (the rule in words), advice (what is wrong and what to do), team and
        worker (who hold the child's case on the day; NO_CHILD when no child is named), name, person_id,
        date_of_birth, value, column, file (the source), place, row, effect, change (new, still_there or gone;
        null where nothing was compared), rule, ssd_table, known (Boolean: the child is somewhere in the
        snapshot), holder (team and worker in one), row_key (String, unique, the same after a refresh). By
        team, worker and child, most serious first; those that name no child last.
    """
    parts = ["rule", "source", "ssd_table", "place", "row", "column", "value", "person_id"]
    nth = pl.int_range(pl.len()).over(parts).cast(pl.String)
    whole = [pl.col(part).fill_null("") for part in parts]
    nobody = pl.col("team") == NO_CHILD
    order = ("team", "worker", "name", "person_id")
    place = ("rule", "source", "place", "row", "column")
    is_gone = (pl.col("change") == "gone").fill_null(value=False)
    return (
        records.filter(is_gone if gone else ~is_gone)
        .sort(nobody, *order, _rank(), *place, "value", "ssd_table", "reason", nulls_last=True)
        .with_columns(
            file="source",
            advice="reason",
            holder=pl.when(nobody).then("team").otherwise(pl.concat_str("team", pl.lit(": "), "worker")),
            row_key=pl.concat_str(*whole, nth, separator="|"),
        )
        .select(DETAIL_COLUMNS)
    )  # fmt: skip


def discreet(rows: pl.DataFrame) -> pl.DataFrame:
    """A list of problems without what names a child or tells a birth date in its value and advice.

    Kept are the kinds of advice that hold no value.
    """
    telling = (
        pl.col("column").fill_null("").str.contains(r"name|dob|postcode|upn|_json$")
        | (pl.col("rule") == "adult_open_as_child")
    )  # fmt: skip
    said = pl.when(telling).then(what_to_do(pl.col("rule"), pl.lit(_HIDDEN))).otherwise("advice")
    return rows.with_columns(
        value=pl.when(telling & pl.col("value").is_not_null()).then(pl.lit(_HIDDEN)).otherwise("value"),
        advice=said,
    )


def headline(sums: pl.DataFrame, compared_with: date | None) -> str:
    """One line over any view: how many, how serious, what changed since when."""
    row = sums.row(0, named=True)
    shapes = {"errors": "!! ", "warnings": "! ", "notes": "- "}
    told = "  ".join(
        f"{shape if row[name] else ''}{amount(row[name], name)}" for name, shape in shapes.items()
    )
    if compared_with is None:
        return f"{told}   nothing earlier to compare with"
    return f"{told}   {row['new']:,} new, {row['gone']:,} gone since {compared_with:%d/%m/%Y}"
