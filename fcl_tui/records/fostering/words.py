"""What stands beside the figures of fostering: the line on top, and what the source cannot tell."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.wording.amounts import amount
from fcl_tui.definitions.wording.labels import NOT_HERE

KNOWN_FROM = (
    ("placements", "cla_placement", None),
    ("the provider of a placement", "cla_placement", "clap_cla_placement_provider"),
    ("distances", "cla_placement", "clap_cla_placement_distance"),
    ("why placements ended", "cla_placement", "clap_cla_placement_change_reason"),
    ("looked-after visits", "cla_visits", None),
    ("looked-after reviews", "cla_reviews", None),
)


def absent(coverage: Coverage) -> pl.LazyFrame:
    """What the source does not carry, or only the latest of: reason, count, what; none when all is there."""
    lacking = [
        words
        for words, table, field in KNOWN_FROM
        if not coverage.has(table, field) and (field is None or coverage.has(table))
    ]
    latest = "cla_placement" in coverage.latest_only and coverage.has("cla_placement")
    rows = [(f"{NOT_HERE}: {', '.join(lacking)}", len(lacking), "kinds of record")] if lacking else []
    if latest:
        words = "only the latest placement of each child is in this source, so earlier ones are not counted"
        rows.append((words, 1, "kind of record"))
    schema = {"reason": pl.String, "count": pl.Int64, "what": pl.String}
    return pl.LazyFrame(rows, schema=schema, orient="row")


def headline(frames: Mapping[str, pl.DataFrame], *, here: bool) -> str:
    """One line over the children: how many, what is overdue, how settled."""
    if not here:
        return f"Placements: {NOT_HERE}"
    row: dict[str, Any] = frames["sums"].row(0, named=True)
    share = row["foster_three_or_more_percent"]
    settled = "" if share is None else f" ({share:.1f}%)"
    mark = "!! " if row["foster_visit_overdue"] or row["foster_review_overdue"] else ""
    late = f"{mark}overdue: visits {row['foster_visit_overdue']:,}, reviews {row['foster_review_overdue']:,}"
    moved = f"{row['foster_three_or_more']:,}{settled} with 3+ placements in a year"
    return f"{row['foster_children']:,} fostered   {moved}   {late}"


def ends_headline(frames: Mapping[str, pl.DataFrame], *, span: tuple[date, date], here: bool) -> str:
    """One line over placements that ended: in which period, how many, how many unplanned of those known."""
    if not here:
        return f"Placements: {NOT_HERE}"
    row: dict[str, Any] = frames["ends"].row(0, named=True)
    share = row["foster_unplanned_percent"]
    unplanned = (
        ""
        if share is None
        else f", {row['foster_unplanned']:,} unplanned ({share:.1f}% of those with a reason)"
    )
    ended = amount(row["foster_ends"], "foster placements")
    return f"{span[0]:%d/%m/%Y} to {span[1]:%d/%m/%Y}: {ended} ended{unplanned}"


def carers_headline(frames: Mapping[str, pl.DataFrame]) -> str:
    """One line over the carers: households, places, vacancies, who is over, what is overdue."""
    rows = frames["rows"]
    row: dict[str, Any] = rows.select(
        households=pl.len(),
        places=pl.col("places").sum(),
        vacancies=pl.col("vacancies").sum(),
        over=(pl.col("over") > 0).sum(),
        reviews=(pl.col("review_due_state") == "overdue").sum(),
        visits=(pl.col("unannounced_due_state") == "overdue").sum(),
    ).row(0, named=True)
    mark = "!! " if row["over"] or row["reviews"] or row["visits"] else ""
    households, places = amount(row["households"], "households"), amount(row["places"], "places")
    return (
        f"{mark}{households}, {places}, {row['vacancies']:,} vacant   "
        f"over their approval {row['over']:,}   overdue: reviews {row['reviews']:,}, unannounced visits "
        f"{row['visits']:,}"
    )
