"""The children to be visited on each day, and when each was last seen."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.measures.visits import KIND_NAMES
from fcl_tui.records.care.looked_after import in_care, placed_groups, placement_on
from fcl_tui.records.due.over_time import running, told
from fcl_tui.records.gone_missing.episodes import FAR
from fcl_tui.records.on_time import named_kinds
from fcl_tui.records.visiting.due import KINDS, visits
from fcl_tui.timescales.state import at

_KEY = ["day", "person_id"]


def in_status(scan: Scan, days: pl.LazyFrame, status: str) -> pl.LazyFrame:
    """day, first, last, person_id (unique per day), since: who has a status on each day.

    since (Date): the latest begun of the spells open then.
    """
    spells = scan("statuses").filter(pl.col("status") == status).select("person_id", "start", "end")
    return (
        days.join(spells, how="cross")
        .filter(open_on(pl.col("day")))
        .group_by("day", "first", "last", "person_id")
        .agg(since=pl.col("start").max())
    )


def on_cin_plan(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """day, first, last, person_id (unique per day), since: on a child in need plan and neither protected nor
    looked after."""
    plans = scan("cin_plans").select(
        person_id="cinp_person_id", start="cinp_cin_plan_start_date", end="cinp_cin_plan_end_date"
    )
    return (
        days.join(plans.drop_nulls("person_id"), how="cross")
        .filter(open_on(pl.col("day")))
        .group_by("day", "first", "last", "person_id")
        .agg(since=pl.col("start").max())
        .join(in_status(scan, days, "child_protection"), on=_KEY, how="anti")
        .join(in_care(scan, days), on=_KEY, how="anti")
    )


def _items(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """day, person_id, kind: whether every visit of the kind is in time, and none was made yet.

    in_time: no due day of a clock that runs has passed, also where the child will be 18 by then; standing
    from the timescale for looked-after children, whose official form is "not overdue".
    """
    day, due = pl.col("day"), pl.col("due_date")
    wanted = {rule: kind for rule, kind in KINDS.items() if kind != "care_leaver"}
    stood = at(running(scan, days, wanted), scan("rules"), calendar, day, unfinished=True)
    overdue = (pl.col("state") == "overdue").fill_null(value=False)
    return stood.group_by("day", "person_id", kind="record_kind").agg(
        in_time=(due >= day).fill_null(value=False).all(),
        not_overdue=~overdue.any(),
        never=((pl.col("cycle") == 1) & (due < day)).fill_null(value=False).all(),
    )


def _last_seen(children: pl.LazyFrame, seen: pl.LazyFrame) -> pl.LazyFrame:
    """day, person_id, kind, last_seen (Date), alone (Boolean; yes if any of that day's visits says so)."""
    return (
        children.select("day", "person_id", "kind", "since")
        .join(seen, on=["person_id", "kind"], how="inner")
        .filter(pl.col("date") <= pl.col("day"), (pl.col("date") >= pl.col("since")).fill_null(value=True))
        .filter(pl.col("date") == pl.col("date").max().over("day", "person_id", "kind"))
        .group_by("day", "person_id", "kind")
        .agg(last_seen=pl.col("date").max(), alone=(pl.col("alone") == "Y").fill_null(value=False).any())
    )


def rows(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day, child and kind of visit: on a protection plan, on a child in need plan, looked after.

    Returns:
        day, first, last, person_id, kind (child_protection, child_in_need, looked_after), since (Date: start
        of the plan, or of care), in_time (Boolean: the day's clock has not run out; looked after: not
        overdue), never (Boolean: its first clock has run out), last_seen (Date: the last visit in the plan or
        period of care at which the child was seen; null when there is none), seen, alone (Boolean),
        placement, provider (of a looked-after child), far (Boolean: over 20 miles from home), kind_name,
        gap (Int64, calendar days since then, or since the start), under_4 (String), and the
        columns of
        `over_time.with_person` and `with_holder`.
    """
    of_kind = {
        "child_protection": in_status(scan, days, "child_protection"),
        "child_in_need": on_cin_plan(scan, days),
        "looked_after": in_care(scan, days).select("day", "first", "last", "person_id", "since"),
    }
    children = pl.concat(frame.with_columns(kind=pl.lit(kind)) for kind, frame in of_kind.items()).cache()
    seen = visits(scan, Coverage.read(scan)).filter("was_seen").select("person_id", "kind", "date", "alone")
    care = pl.col("kind") == "looked_after"
    on = ["day", "person_id", "kind"]
    found = (
        children.join(_items(scan, calendar, days), on=on, how="left")
        .join(_last_seen(children, seen), on=on, how="left")
        .with_columns(
            in_time=pl.when(care)
            .then(pl.col("not_overdue").fill_null(value=True))
            .otherwise(pl.col("in_time").fill_null(value=False)),
            never=pl.col("never").fill_null(value=False) & pl.col("last_seen").is_null(),
            seen=pl.col("last_seen").is_not_null(),
            alone=pl.col("alone").fill_null(value=False),
            gap=(pl.col("day") - pl.coalesce("last_seen", "since")).dt.total_days(),
        )
        .drop("not_overdue")
        .cache()
    )
    of_care = found.filter(care).select(_KEY).unique()
    lives = placed_groups(placement_on(of_care, scan)).select(*_KEY, "placement", "provider", "miles")
    return (
        told(found, scan)
        .join(lives, on=_KEY, how="left")
        .with_columns(
            named_kinds(KIND_NAMES),
            far=pl.col("miles") > FAR,
            under_4=pl.when(pl.col("age") < 4).then(pl.lit("Under 4")).otherwise(pl.lit("4 and over")),
        )
    )
