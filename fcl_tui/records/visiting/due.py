"""Visits: the children as they are now, and what fell due and was made in a period."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.spells import within
from fcl_tui.measures.visits import KIND_NAMES
from fcl_tui.records.on_time import fell_due, named_kinds, open_now
from fcl_tui.records.over_time.holders import held_on

KINDS = {
    "cp_visit": "child_protection",
    "cin_visit": "child_in_need",
    "cla_visit": "looked_after",
    "cla_visit_care_order_home": "looked_after",
    "adoption_placement_visit": "looked_after",
    "pa_contact": "care_leaver",
    "pa_visit_first": "care_leaver",
    "pa_visit_later": "care_leaver",
}
"""The kind of visit by the rule that says when it is due."""

TABLES = {
    "child_protection": ("cp_visits", "cppv", "cp_visit"),
    "child_in_need": ("cin_visits", "cinv", "cin_visit"),
    "looked_after": ("cla_visits", "clav", "cla_visit"),
}
"""Where the visits of each kind are; contacts of care leavers are kept as the latest date alone."""

INTERNAL = {"child_protection": "cp_visit_internal", "child_in_need": "cin_visit_internal"}
"""The settings that hold the internal line, in working days."""


def with_history(coverage: Coverage) -> list[str]:
    """The kinds of which the source holds every visit, so that a period can be answered."""
    return [
        kind
        for kind, (table, _, _) in TABLES.items()
        if coverage.has(table) and table not in coverage.latest_only
    ]


def visits(scan: Scan, coverage: Coverage) -> pl.LazyFrame:
    """Every recorded visit of the three kinds.

    Returns:
        person_id (a looked-after visit without one takes it from its period of care), kind, date (Date),
        seen, alone, bedroom (Y, N, U or null), was_seen (Boolean: not N; a blank counts as seen), seen_asked,
        alone_asked, bedroom_asked (Boolean: the source carries that field), source_row, visit_id.
    """
    owners = (
        scan("cla_episodes")
        .select(period="clae_cla_id", owner="clae_person_id")
        .drop_nulls()
        .unique("period", keep="first", maintain_order=True)
    )

    def of(kind: str) -> pl.LazyFrame:
        table, stem, name = TABLES[kind]
        field = f"{stem}_{name}"
        rows = scan(table)
        bedroom = f"{field}_bedroom"
        person = pl.col(f"{stem}_person_id")
        if kind == "looked_after":
            rows = rows.join(owners, left_on="clav_cla_id", right_on="period", how="left")
            person = pl.coalesce(person, "owner")
        has_bedroom = kind != "looked_after"
        return rows.select(
            person.alias("person_id"),
            pl.lit(kind).alias("kind"),
            pl.col(f"{field}_date").cast(pl.Date).alias("date"),
            pl.col(f"{field}_seen").alias("seen"),
            pl.col(f"{field}_seen_alone").alias("alone"),
            (pl.col(bedroom) if has_bedroom else pl.lit(None, pl.String)).alias("bedroom"),
            pl.lit(coverage.has(table, f"{field}_seen")).alias("seen_asked"),
            pl.lit(coverage.has(table, f"{field}_seen_alone")).alias("alone_asked"),
            pl.lit(has_bedroom and coverage.has(table, bedroom)).alias("bedroom_asked"),
            "source",
            "source_row",
            pl.col(f"{field}_id").alias("visit_id"),
        )

    return pl.concat(of(kind) for kind in TABLES).with_columns(
        was_seen=(pl.col("seen") != "N").fill_null(value=True)
    )


def with_internal_line(rows: pl.LazyFrame, settings: Mapping[str, Any], calendar: Calendar) -> pl.LazyFrame:
    """Add internal_date: so many working days from the start of the due day's clock, never later than it.

    Null where the kind has no internal line, or there is no due date.
    """
    line = pl.lit(None, pl.Int64)
    for kind, name in INTERNAL.items():
        if (days := settings.get(name)) is not None:
            line = pl.when(pl.col("kind") == kind).then(pl.lit(int(days))).otherwise(line)
    known = line.is_not_null() & pl.col("due_date").is_not_null()
    by_due = known & (pl.col("unit") == "wd")  # counted back from the due day, so day 0 is what it was there
    back = calendar.add_working_days(
        pl.when(by_due).then("due_date"), pl.when(by_due).then(line - pl.col("interval")).otherwise(0)
    )
    forward = calendar.add_working_days(
        pl.when(known).then("started"), pl.when(known).then(line).otherwise(0)
    )
    internal = pl.min_horizontal("due_date", pl.when(by_due).then(back).when(known).then(forward))
    return rows.with_columns(internal_date=pl.when(known).then(internal))


def children_now(
    scan: Scan,
    history: Scan,
    calendar: Calendar,
    as_at: date,
    settings: Mapping[str, Any],
    *,
    kind: str | None = None,
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """One row per child and kind of visit that is required on the day; of several items the worst.

    Args:
        scan: the frames for what is open on the day.
        history: the same with everything, for the visits.
        settings: cp_visit_internal, cin_visit_internal (working days; missing: no internal line).

    Returns:
        the columns of `on_time.open_now`, and: kind_name, never (Boolean: overdue without a visit that counts
        in the plan or placement), visited (Boolean), last_visit (Date), alone (Y, N, U, null: at the last
        visit), alone_asked (Boolean: the source carries it), internal_date (Date; null without an internal
        line) and internal_standing (up_to_date, overdue). By due date, name.
    """
    kinds = {rule: one for rule, one in KINDS.items() if kind in (None, one)}
    worst = pl.col("standing").replace_strict({"overdue": 0, "not_known": 1, "up_to_date": 2})
    rows = (
        open_now(scan, calendar, as_at, kinds, person_ids)
        .with_columns(worst=worst)
        .sort("person_id", "kind", "worst", "due_date", "item_id", nulls_last=True)
        .unique(["person_id", "kind"], keep="first", maintain_order=True)
        .drop("worst")
    )
    coverage = Coverage.read(scan)
    last = (
        visits(history, coverage)
        .filter(pl.col("was_seen"))
        .group_by("person_id", "kind", last_visit="date")
        .agg(
            alone=pl.when((pl.col("alone") == "Y").any()).then(pl.lit("Y")).otherwise(pl.col("alone").max()),
            alone_asked=pl.col("alone_asked").any(),
        )
    )
    leaver = pl.col("kind") == "care_leaver"
    visited = (pl.col("cycle") > 1) | leaver & pl.col("started").is_not_null()
    day = pl.lit(as_at)
    return (
        with_internal_line(rows, settings, calendar)
        .with_columns(last_visit=pl.when(visited).then("started"), visited=visited.fill_null(value=False))
        .join(last, on=["person_id", "kind", "last_visit"], how="left")
        .with_columns(
            named_kinds(KIND_NAMES),
            pl.col("alone_asked").fill_null(value=False),
            never=(pl.col("standing") == "overdue") & ~pl.col("visited"),
            internal_standing=pl.when(pl.col("internal_date") >= day)
            .then(pl.lit("up_to_date"))
            .when(pl.col("internal_date") < day)
            .then(pl.lit("overdue")),
        )
        .sort("due_date", "name", "person_id", "kind", nulls_last=True)
    )


def of_period(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    span: tuple[date, date],
    settings: Mapping[str, Any],
    *,
    kind: str | None = None,
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """What fell due in the period, and what was made in it: two kinds of row, told apart by `record`.

    Kinds of which the source holds only the latest visit are left out: of those nobody can say what fell due.

    Returns:
        record (due, made), row_key (unique), the columns of `on_time.fell_due` (due_date, state, days_late,
        cycle null for a visit made), kind_name, internal_date, visit_date (Date: the visit that was made, or
        that did what fell due), call (String: family, worker and day of a visit made), and of a visit made
        those of `visits`. team and worker are those of the day it was done; see `fell_due` for what was not.
    """
    coverage = Coverage.read(scan)
    known = [one for one in with_history(coverage) if kind in (None, one)]
    due = fell_due(
        scan, calendar, as_at, span, {rule: one for rule, one in KINDS.items() if one in known}, person_ids
    )
    due = with_internal_line(due, settings, calendar).with_columns(
        record=pl.lit("due"), row_key=pl.concat_str(pl.lit("due|"), "item_id"), visit_date="done_date"
    )
    made = visits(scan, coverage).filter(within("date", *span), pl.col("kind").is_in(known))
    if person_ids is not None:
        made = made.filter(pl.col("person_id").is_in(person_ids))
    families = scan("family").select(person_id="fami_person_id", family_id="fami_family_id").drop_nulls()
    family = families.sort("person_id", "family_id").unique("person_id", keep="first")
    made = (
        held_on(made.with_columns(credit_day="date"), scan, as_at)
        .join(family, on="person_id", how="left")
        .with_columns(
            record=pl.lit("made"),
            visit_date="date",
            month=pl.col("date").dt.month_start(),
            row_key=pl.concat_str(
                pl.lit("made"),
                "kind",
                "source",
                "source_row",
                "visit_id",
                "person_id",
                separator="|",
                ignore_nulls=True,
            ),
            call=pl.concat_str(
                pl.coalesce("family_id", "person_id", "source_row"),
                "worker",
                pl.col("date").cast(pl.String),
                separator="|",
                ignore_nulls=True,
            ),
        )
        .drop("date", "family_id")
    )
    return pl.concat([due, made], how="diagonal_relaxed").with_columns(
        named_kinds(KIND_NAMES),
        pl.col("seen_asked", "alone_asked", "bedroom_asked", "was_seen").fill_null(value=False),
    )
