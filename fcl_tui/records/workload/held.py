"""Open case worker involvements on each day, and the workers who have them."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import NO_TEAM, UNALLOCATED
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.records.care.looked_after import in_care
from fcl_tui.records.over_time.people import with_person
from fcl_tui.records.visiting.children import in_status
from fcl_tui.records.workload.caseload import MIX_NAMES
from fcl_tui.timescales.state import at

_KEY = ["day", "person_id"]
OTHER = "Other"
LEAVING_CARE = 2
"""The rank of an allocation that the leaving care record alone tells of: no involvement"""


def case_workers(scan: Scan) -> pl.LazyFrame:
    """Every involvement of a case worker: the columns of `allocations`, without the leaving care record's."""
    case = (pl.col("role") == "allocated_worker") & (pl.col("rank") < LEAVING_CARE)
    return scan("allocations").filter(case, pl.col("person_id").is_not_null())


def involved(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and involvement of a case worker open on it.

    Returns:
        day, first, last, person_id, worker, worker_id, team, since (Date), held_days (Int64, calendar days),
        latest (Boolean: of the child's, the one started last), several (Boolean: the child has two or more).
    """
    order = pl.struct("rank", started=-pl.col("since").to_physical().fill_null(0))
    rows = (
        days.join(case_workers(scan), how="cross")
        .filter(open_on(pl.col("day")))
        .select(
            *("day", "first", "last", "person_id", "worker_id", "rank", "source_row"),
            worker=pl.col("worker").fill_null(UNALLOCATED),
            team=pl.col("team").fill_null(NO_TEAM),
            since="start",
        )
        .sort(*_KEY, order, "source_row", "worker_id", descending=[False, False, False, True, True])
    )
    return rows.with_columns(
        latest=pl.int_range(pl.len()).over(_KEY) == 0,
        several=pl.len().over(_KEY) > 1,
        held_days=(pl.col("day") - pl.col("since")).dt.total_days(),
    ).drop("rank", "source_row")


def staff(scan: Scan) -> pl.LazyFrame:
    """worker_id (unique), fte (Float64; null where it is not recorded), agency, registered (Boolean)."""
    return (
        scan("professionals")
        .select(
            worker_id="prof_professional_id",
            fte=pl.col("prof_full_time_equivalency").cast(pl.Float64),
            agency=(pl.col("prof_agency_worker_flag") == "Y").fill_null(value=False),
            registered=pl.col("prof_social_worker_registration_no").is_not_null(),
        )
        .drop_nulls("worker_id")
        .unique("worker_id", keep="first", maintain_order=True)
    )


def with_mix(rows: pl.LazyFrame, scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """Add mix, status_mix (in words): what each child counts as on the day, once, the first that holds."""

    def flag(children: pl.LazyFrame, name: str) -> pl.LazyFrame:
        return children.select(*_KEY).unique().with_columns(pl.lit(value=True).alias(name))

    plans = scan("cin_plans").select(
        person_id="cinp_person_id", start="cinp_cin_plan_start_date", end="cinp_cin_plan_end_date"
    )
    on_plan = days.join(plans, how="cross").filter(open_on(pl.col("day")))
    of = {
        "care": in_care(scan, days),
        "protected": in_status(scan, days, "child_protection"),
        "leaver": in_status(scan, days, "care_leaver"),
        "need": in_status(scan, days, "child_in_need"),
        "planned": on_plan,
    }
    for name, children in of.items():
        rows = rows.join(flag(children, name), on=_KEY, how="left")
    held = {name: pl.col(name).fill_null(value=False) for name in of}
    mix = (
        pl.when(held["care"] & held["protected"])
        .then(pl.lit("both"))
        .when(held["care"])
        .then(pl.lit("looked_after"))
        .when(held["protected"])
        .then(pl.lit("child_protection"))
        .when(held["leaver"])
        .then(pl.lit("care_leaver"))
        .when(held["planned"])
        .then(pl.lit("cin_plan"))
        .when(held["need"])
        .then(pl.lit("cin_no_plan"))
        .otherwise(pl.lit("other"))
    )
    names = MIX_NAMES | {"other": OTHER}
    return (
        rows.with_columns(mix=mix)
        .drop(list(of))
        .with_columns(status_mix=pl.col("mix").replace_strict(names, default=OTHER, return_dtype=pl.String))
    )


def held_rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and open involvement of a case worker.

    Returns:
        the columns of `involved`, mix, status_mix, family (String: the family, else the child's own number),
        agency (Boolean), and those of `over_time.with_person`.
    """
    families = scan("family").select(person_id="fami_person_id", family_id="fami_family_id")
    family = families.drop_nulls().sort("person_id", "family_id").unique("person_id", keep="first")
    agency = staff(scan).select("worker_id", "agency")
    rows = with_mix(involved(scan, days), scan, days)
    return with_person(
        rows.join(family, on="person_id", how="left")
        .join(agency, on="worker_id", how="left")
        .with_columns(
            family=pl.coalesce("family_id", pl.concat_str(pl.lit("child "), "person_id")),
            agency=pl.col("agency").fill_null(value=False),
        )
        .drop("family_id"),
        scan,
    )


def overdue_rows(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and child with an open case worker, the one started last: overdue (Boolean)."""
    day = pl.col("day")
    items = days.join(scan("due_items"), how="cross")
    late = (
        at(items, scan("rules"), calendar, day, unfinished=True)
        .filter(pl.col("state") == "overdue")
        .select(*_KEY, overdue=pl.lit(value=True))
        .unique()
    )
    held = involved(scan, days).filter("latest")
    return with_person(held.join(late, on=_KEY, how="left"), scan).with_columns(
        pl.col("overdue").fill_null(value=False)
    )


def worker_rows(scan: Scan, settings: Mapping[str, Any], days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and worker with an open involvement as a case worker.

    Returns:
        day, first, last, person_id (null: a worker is no child), worker, worker_id, team (of most of the
        cases), cases (Int64, children), fte (Float64: null where it is not recorded), fte_or_1 (Float64: 1
        there), registered, agency (Boolean), points (Float64, by the setting caseload_points), over
        (Boolean: cases by full-time equivalent above the setting caseload_limit).
    """
    weights = dict(settings.get("caseload_points") or {"both": 1.0})
    limit = settings.get("caseload_limit")
    points = pl.col("mix").replace_strict(weights, default=1.0, return_dtype=pl.Float64)
    held = with_mix(involved(scan, days), scan, days).with_columns(
        points=points, _worker=pl.coalesce("worker_id", "worker")
    )
    over = pl.lit(None, pl.Boolean) if limit is None else pl.col("cases") / pl.col("fte_or_1") > float(limit)
    return (
        held.unique(["day", "_worker", "person_id"], keep="first", maintain_order=True)
        .group_by("day", "first", "last", "_worker", maintain_order=True)
        .agg(
            worker_id=pl.col("worker_id").first(),
            worker=pl.col("worker").first(),
            team=pl.col("team").mode().sort().first(),
            cases=pl.col("person_id").n_unique().cast(pl.Int64),
            points=pl.col("points").sum(),
        )
        .drop("_worker")
        .join(staff(scan), on="worker_id", how="left")
        .with_columns(
            pl.col("registered", "agency").fill_null(value=False),
            fte_or_1=pl.when(pl.col("fte") > 0).then("fte").otherwise(1.0),
            person_id=pl.lit(None, pl.String),
        )
        .with_columns(over=over)
    )
