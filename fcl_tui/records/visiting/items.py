"""Visits to be made on each day, those that fell due by then, those made, and first visits to placements."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.care_periods import legal_statuses
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.measures.visits import KIND_NAMES
from fcl_tui.records.due.over_time import fallen_due, to_be_done, told
from fcl_tui.records.on_time import named_kinds
from fcl_tui.records.visiting.due import KINDS, visits, with_history

OFFICIAL = {rule: kind for rule, kind in KINDS.items() if kind != "care_leaver"}
"""Contacts of care leavers are counted with the care leavers"""
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
SHORT_BREAKS = ("V3", "V4")
WEEK = pl.duration(days=7)


def open_rows(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and visit to be made then: as `due_over_time.to_be_done`, kind_name, child, holder."""
    items = to_be_done(scan, calendar, days, OFFICIAL)
    return told(items, scan).with_columns(named_kinds(KIND_NAMES))


def due_rows(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and visit that fell due in its window: as `due_over_time.fallen_due`, child, holder.

    Kinds of which the source holds only the latest visit are left out: nobody can say what fell due.
    """
    known = with_history(Coverage.read(scan))
    kinds = {rule: kind for rule, kind in OFFICIAL.items() if kind in known}
    items = fallen_due(scan, calendar, days, kinds)
    return told(items, scan).with_columns(named_kinds(KIND_NAMES))


def made_rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and visit made in its window.

    Returns:
        record (made), day, first, last, the columns of `visits`, kind_name, visit_month (Date, its first
        day), child and holder.
    """
    coverage = Coverage.read(scan)
    known = visits(scan, coverage).filter(pl.col("kind").is_in(with_history(coverage)))
    made = days.join(known, how="cross").filter(pl.col("date").is_between("first", "last"))
    return told(made, scan).with_columns(named_kinds(KIND_NAMES), record=pl.lit("made"))


def _visited(scan: Scan) -> pl.LazyFrame:
    """person_id, date of looked-after visits at which the child was seen."""
    every = visits(scan, Coverage.read(scan))
    return every.filter("was_seen", pl.col("kind") == "looked_after").select("person_id", "date").drop_nulls()


def placement_rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and placement begun in its window whose first week is over before the day.

    Temporary placements (T0 to T4), short breaks, and placements that ended unvisited within the week are
    left out.

    Returns:
        day, first, last, person_id, placement_id, started, due_date (Date: a week after), visited (Date: the
        first visit in that week at which the child was seen; null when there was none), ended (Date), child
        and holder.

    Source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 28(2)(a).
    """
    kind = pl.col("clap_cla_placement_type").str.strip_chars().str.to_uppercase()
    placed = (
        scan("cla_placement")
        .filter(~kind.is_in(TEMPORARY).fill_null(value=False), pl.col("clap_person_id").is_not_null())
        .select(
            "source_row",
            person_id="clap_person_id",
            placement_id="clap_cla_placement_id",
            started="clap_cla_placement_start_date",
            ended="clap_cla_placement_end_date",
        )
        .drop_nulls("started")
        .with_columns(due_date=pl.col("started") + WEEK)
    )
    short = (
        legal_statuses(scan)
        .join(placed.select("person_id", "source_row", "started"), on="person_id", how="inner")
        .filter(open_on(pl.col("started"), "legal_start", "legal_end"))
        .group_by("source_row")
        .agg(short=pl.col("legal_status").is_in(SHORT_BREAKS).all())
    )
    seen = (
        placed.select("person_id", "source_row", "started", "due_date")
        .join(_visited(scan), on="person_id", how="inner")
        .filter(pl.col("date").is_between("started", "due_date"))
        .group_by("source_row")
        .agg(visited=pl.col("date").min())
    )
    rows = (
        placed.join(short, on="source_row", how="left")
        .filter(~pl.col("short").fill_null(value=False))
        .join(seen, on="source_row", how="left")
        .drop("short")
    )
    unvisited = pl.col("visited").is_null() & (pl.col("ended") <= pl.col("due_date")).fill_null(value=False)
    asked = days.join(rows.filter(~unvisited), how="cross")
    return told(
        asked.filter(pl.col("started").is_between("first", "last"), pl.col("due_date") < pl.col("day")), scan
    )
