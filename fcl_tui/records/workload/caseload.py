"""The children whom somebody holds on a day, and how that changed over a period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from data.frames import Scan, collect
from fcl_tui.definitions.allocations import latest_first
from fcl_tui.definitions.caseload import UNALLOCATED, clients_at
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.periods import twelve_months
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.wording.amounts import amount
from fcl_tui.definitions.wording.labels import NOT_HERE, STATUS_NAMES
from fcl_tui.definitions.wording.omissions import rows_held, said
from fcl_tui.records.due.items import open_items, required

MIX = (
    "both",
    "looked_after",
    "child_protection",
    "cin_plan",
    "cin_no_plan",
    "care_leaver",
    "short_break",
)
"""What a child counts as, each child once: the status now, with "looked after and on a plan" apart, and
children in need with and without a plan apart."""

MIX_NAMES = STATUS_NAMES | {
    "both": "Looked after and on a plan",
    "cin_plan": "Child in need plan",
    "cin_no_plan": "Child in need, no plan",
}


def children_held(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    person_ids: list[str] | None = None,
    *,
    ever: Scan | None = None,
    points: Mapping[str, float] | None = None,
) -> pl.LazyFrame:
    """One row per client on the day: whom the case belongs to, what the child counts as, what is overdue.

    Args:
        person_ids: keep these children; None keeps all.
        ever: the frames with what has ended too; None: `scan` has it.
        points: what a child counts, by mix; one that is not named counts 1.

    Returns:
        the columns of `caseload.clients_at`, then mix (of MIX), family_id (null where the source names no
        family), worker_id, fte (Float64: the worker's full-time equivalent; null where it is not recorded),
        agency, registered (Boolean, null where there is no worker), since (Date: since when this worker),
        held_days (Int64, calendar days with this worker), open_since (Date: the open referral), open_days,
        workers (Int64: case workers on the day; two or more is dual allocation), overdue (Int64: due items
        overdue), unallocated (Boolean: nobody holds the case), year_workers (Int64: different case workers in
        the twelve months to the day), points (Float64). By name, person_id.
    """
    clients = clients_at(scan, as_at)
    if person_ids is not None:
        clients = clients.filter(pl.col("person_id").is_in(person_ids))
    on_plan = (
        scan("cin_plans")
        .filter(open_on(as_at, "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"))
        .select(person_id="cinp_person_id", on_cin_plan=pl.lit(value=True))
        .unique()
    )
    families = scan("family").select(person_id="fami_person_id", family_id="fami_family_id")
    family = families.drop_nulls().sort("person_id", "family_id").unique("person_id", keep="first")
    opened = (
        scan("cin_episodes")
        .filter(open_on(as_at, "cine_referral_date", "cine_close_date"))
        .group_by(person_id="cine_person_id")
        .agg(open_since=pl.col("cine_referral_date").min())
    )
    late = (
        open_items(scan, calendar, as_at, person_ids)
        .filter(required() & (pl.col("state") == "overdue").fill_null(value=False))
        .group_by("person_id")
        .agg(overdue=pl.len().cast(pl.Int64))
    )
    return (
        clients.join(_holders(scan, as_at), on="person_id", how="left")
        .join(on_plan, on="person_id", how="left")
        .join(family, on="person_id", how="left")
        .join(opened, on="person_id", how="left")
        .join(late, on="person_id", how="left")
        .join(_workers_in_year(ever or scan, as_at), on="person_id", how="left")
        .with_columns(mix=_mix())
        .with_columns(
            points=pl.col("mix").replace_strict(
                dict(points or {"both": 1.0}), default=1.0, return_dtype=pl.Float64
            ),
            year_workers=pl.col("year_workers").fill_null(0),
            overdue=pl.col("overdue").fill_null(0),
            workers=pl.col("workers").fill_null(0),
            unallocated=pl.col("worker") == UNALLOCATED,
            held_days=_days(as_at, "since"),
            open_days=_days(as_at, "open_since"),
        )
        .drop("on_cin_plan")
    )


def _days(as_at: date, column: str) -> pl.Expr:
    return (pl.lit(as_at) - pl.col(column)).dt.total_days()


def _mix() -> pl.Expr:
    status, also = pl.col("status"), pl.col("also").fill_null("")
    on_plan = also.str.contains(STATUS_NAMES["child_protection"].lower(), literal=True)
    return (
        pl.when((status == "looked_after") & on_plan)
        .then(pl.lit("both"))
        .when((status == "child_in_need") & pl.col("on_cin_plan").fill_null(value=False))
        .then(pl.lit("cin_plan"))
        .when(status == "child_in_need")
        .then(pl.lit("cin_no_plan"))
        .otherwise(status)
    )


def _workers_in_year(scan: Scan, as_at: date) -> pl.LazyFrame:
    """person_id, year_workers (Int64): different allocated case workers in the twelve months to the day.

    Those who had the case before care count; one who came back counts once, as in the children looked after
    statistics on social worker stability. An allocation that began and ended on one day counts.
    """
    before = twelve_months(as_at)[0] - timedelta(days=1)
    began = pl.col("start").is_null() | (pl.col("start") <= pl.lit(as_at))
    lasted = pl.col("end").is_null() | (pl.col("end") > pl.lit(before))
    return (
        scan("allocations")
        .filter((pl.col("role") == "allocated_worker") & (pl.col("rank") < 2) & began & lasted)
        .group_by("person_id")
        .agg(year_workers=pl.coalesce("worker_id", "worker").drop_nulls().n_unique().cast(pl.Int64))
    )


def _holders(scan: Scan, as_at: date) -> pl.LazyFrame:
    """Who holds each case, by number: the allocated worker, for others the personal adviser."""
    held = scan("allocations").filter(open_on(as_at))
    case = pl.col("role") == "allocated_worker"
    worker_first = (
        latest_first(held, "person_id", "role")
        .sort("person_id", "role")
        .unique("person_id", keep="first", maintain_order=True)
    )
    several = (
        held.filter(case & (pl.col("rank") < 2))
        .group_by("person_id")
        .agg(workers=pl.col("worker_id").n_unique().cast(pl.Int64))
    )
    staff = scan("professionals").select(
        worker_id="prof_professional_id",
        fte=pl.col("prof_full_time_equivalency").cast(pl.Float64),
        agency="prof_agency_worker_flag",
        registered=pl.col("prof_social_worker_registration_no").is_not_null(),
    )
    return (
        worker_first.select("person_id", "worker_id", since="start")
        .join(staff.unique("worker_id"), on="worker_id", how="left")
        .join(several, on="person_id", how="full", coalesce=True)
    )


def with_staff(
    groups: pl.LazyFrame, records: pl.LazyFrame, by: tuple[str, ...], limit: float | None
) -> pl.LazyFrame:
    """Add to teams or workers what depends on the people who hold the cases.

    Args:
        groups: one row per group of `by`, with the measures of caseload.
        records: the children of every group.
        by: ("team",) or ("team", "worker").
        limit: cases per full-time worker above which a caseload is over; None: no limit is set.

    Returns:
        groups plus workers (Int64: different holders; the unallocated are nobody), fte (Float64, their
        full-time equivalents, a blank one taken as 1.0), points_per_fte (Float64: of the children held),
        fte_assumed (Int64: holders taken as 1.0), per_fte
        (Float64, children held by them per full-time equivalent; null without anyone), over_limit (Int64:
        workers above the limit; null without a limit), load (String: over, near, within; null without a
        limit), row_key. Most per full-time equivalent first, the unallocated on top.
    """
    held = records.filter(~pl.col("unallocated"))
    worker = ("team", "worker", "worker_id")
    staff = held.group_by(worker).agg(
        cases=pl.col("person_id").n_unique(),
        known=pl.col("fte").first(),
        fte=pl.col("fte").first().fill_null(1.0),
        points=pl.col("points").sum(),
    )
    per = pl.when(pl.col("fte") > 0).then(pl.col("cases") / pl.col("fte"))
    over = (per > limit).sum().cast(pl.Int64) if limit is not None else pl.lit(None, pl.Int64)
    sums = staff.group_by(by).agg(
        workers=pl.col("worker_id").fill_null(pl.col("worker")).n_unique().cast(pl.Int64),
        fte=pl.col("fte").sum(),
        fte_assumed=pl.col("known").is_null().sum().cast(pl.Int64),
        _cases=pl.col("cases").sum(),
        _points=pl.col("points").sum(),
        over_limit=over,
    )
    joined = groups.join(sums, on=by, how="left").with_columns(
        pl.col("workers").fill_null(0),
        per_fte=pl.when(pl.col("fte") > 0).then(pl.col("_cases") / pl.col("fte")),
        points_per_fte=pl.when(pl.col("fte") > 0).then(pl.col("_points") / pl.col("fte")),
        row_key=pl.concat_str(by, separator="|"),
        _nobody=pl.col("unallocated") == pl.col("children"),
    )
    return (
        joined.with_columns(load=_load(limit, workers=len(by) > 1))
        .sort("_nobody", "per_fte", *by, descending=[True, True, *[False] * len(by)], nulls_last=True)
        .drop("_cases", "_points", "_nobody")
    )


def _load(limit: float | None, *, workers: bool) -> pl.Expr:
    """Against the limit: a worker by the cases per full-time equivalent, a team by its workers over it."""
    if limit is None:
        return pl.lit(None, pl.String)
    if not workers:
        return pl.when(pl.col("over_limit") > 0).then(pl.lit("over")).otherwise(pl.lit("within"))
    per = pl.col("per_fte")
    return (
        pl.when(per.is_null())
        .then(pl.lit(None, pl.String))
        .when(per > limit)
        .then(pl.lit("over"))
        .when(per > limit * 0.9)
        .then(pl.lit("near"))
        .otherwise(pl.lit("within"))
    )


def headline(workers: pl.DataFrame, limit: float | None, comparator: str | None = None) -> str:
    """One line over any view: children, holders, average, the unallocated, those over the limit.

    Args:
        comparator: another average with its year, in the authority's own words, to stand beside it.
    """
    sums: dict[str, Any] = workers.select(
        children=pl.col("children").sum(),
        unallocated=pl.col("unallocated").sum(),
        held=pl.col("children").sum() - pl.col("unallocated").sum(),
        workers=pl.col("workers").sum(),
        fte=pl.col("fte").sum(),
        over=(pl.col("load") == "over").sum(),
        overdue=pl.col("with_overdue").sum(),
    ).row(0, named=True)
    average = f"{sums['held'] / sums['fte']:.1f}" if sums["fte"] else "-"
    beside = f" ({' '.join(comparator.split())})" if comparator else ""
    over = f"!! {sums['over']:,} over {limit:g} per FTE" if limit is not None else "no caseload limit set"
    children, among = amount(sums["children"], "children"), amount(sums["workers"], "workers")
    return (
        f"{children}   {'!! ' if sums['unallocated'] else ''}{sums['unallocated']:,} "
        f"unallocated   {average} per FTE{beside} over {among}   {over}"
        f"   {sums['overdue']:,} with something overdue"
    )


def left_out(scan: Scan, records: pl.LazyFrame) -> pl.LazyFrame:
    """What the figures cannot know or leave out: reason, count (above zero), what."""
    known = collect(scan("family").select(pl.len())).item()
    no_family = records.filter(pl.col("family_id").is_null())
    blank = records.filter(pl.col("fte").is_null() & ~pl.col("unallocated")).unique(["worker", "worker_id"])
    several = records.filter(pl.col("workers") > 1)
    lines = [
        said(blank, "have no full-time equivalent recorded and count as 1.0", "workers"),
        said(several, "have more than one case worker; each counts once, for the latest started", "children"),
        rows_held(scan),
    ]
    if not Coverage.read(scan).has("involvements"):
        lines.append(
            said(records, f"have no team or worker here: who holds a case is {NOT_HERE}", "children")
        )
    if known:
        lines.append(said(no_family, "are in no family group and count as a family each", "children"))
    else:
        lines.append(said(records.head(1), "families: not in this source", "figure"))
    return pl.concat(lines).filter(pl.col("count") > 0)
