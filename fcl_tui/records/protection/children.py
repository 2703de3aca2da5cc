"""Children on a child protection plan on a day, each once, and the list that Annex A keeps."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.days.calendar import add_months
from fcl_tui.records.child.spans import TWO_YEARS, care, length, protection_plans
from fcl_tui.records.over_time.on_days import DAY, beside, marked, open_beside, with_who
from fcl_tui.records.protection.plans import category, with_earlier

EMERGENCY = ("L1", "L2")
"""Police protection, emergency protection order"""
DRIFT_MONTHS = 15
MOST = 3


def children(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child on a child protection plan on the day; of several plans the latest begun.

    Returns:
        day, first, last, person_id, record (the plan's number), start (Date), days (Int64, calendar days to
        the day), category (String: the latest), open_for (band), two_years (Boolean: over 729 days),
        months_15 (Boolean: open 15 months or more), earlier (Int64: plans before), previous (String: 0, 1, 2,
        "3 or more"), unborn, looked_after (Boolean, never null), source_row, and the
        columns of `on_days.with_who`.

    Source: Department for Education, children in need census; Annex A list 7.
    """
    plans = open_beside(days, with_earlier(scan)).sort(
        "day", "person_id", "start", "record", "source_row", nulls_last=False
    )
    one = plans.unique(["day", "person_id"], keep="last", maintain_order=True)
    rows = with_who(marked(one, days, care(scan), "looked_after"), scan)
    rows = rows.join(_expected(scan), on="person_id", how="left")
    born = pl.col("date_of_birth")
    lasted = (DAY - pl.col("start")).dt.total_days()
    return rows.with_columns(
        days=lasted,
        category=category("category"),
        two_years=(lasted > TWO_YEARS).fill_null(value=False),
        open_for=length(pl.col("start"), DAY, lasted > TWO_YEARS),
        months_15=(add_months(pl.col("start"), DRIFT_MONTHS) <= DAY).fill_null(value=False),
        previous=pl.when(pl.col("earlier") >= MOST)
        .then(pl.lit(f"{MOST} or more"))
        .otherwise(pl.col("earlier").cast(pl.String)),
        unborn=((born > DAY) | (born.is_null() & pl.col("expected").is_not_null())).fill_null(value=False),
    ).drop("end", "first_category", "last_ended", "expected")


def _expected(scan: Scan) -> pl.LazyFrame:
    return scan("people").select("person_id", expected="expected_date_of_birth")


def listed(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child of Annex A list 7: on a plan on the day, or whose plan ended in the six months to it.

    Returns:
        day, first, last, person_id, emergency (Boolean: police protection or an emergency protection order
        began in the six months to the day), order_date (Date: the latest of them), and the columns of
        `on_days.with_who`.
    """
    since = add_months(DAY, -6)
    ended = ((pl.col("end") > since) & (pl.col("end") <= DAY)).fill_null(value=False)
    begun = (pl.col("start") <= DAY).fill_null(value=True)
    still = (pl.col("end") > DAY).fill_null(value=True)
    one = (
        beside(days, protection_plans(scan), begun, still | ended)
        .select("day", "first", "last", "person_id")
        .unique()
    )
    orders = scan("legal_status").select(
        person_id="lega_person_id", legal="lega_legal_status", order_date="lega_legal_status_start_date"
    )
    made = (
        beside(
            days,
            orders.filter(pl.col("legal").is_in(EMERGENCY)),
            pl.col("order_date") > since,
            pl.col("order_date") <= DAY,
        )
        .group_by("day", "person_id")
        .agg(pl.col("order_date").max())
    )
    told = one.join(made, on=["day", "person_id"], how="left")
    return with_who(told.with_columns(emergency=pl.col("order_date").is_not_null()), scan)
