"""Which of the next eight weeks' days are worked, by everyone and by each worker."""

from datetime import date, timedelta

import polars as pl

from fcl_tui.definitions.days.calendar import Calendar

DAYS = 56
"""Eight weeks, the as-at day included."""

WEEKEND, HOLIDAY, CLOSED, LEAVE = "weekend", "bank holiday", "local closure", "leave"
LOCAL_CLOSURE = "Local closure"
SATURDAY = 6


def same_name(name: str) -> pl.Expr:
    """A worker's name as it is compared: case and spaces make no difference."""
    return pl.col(name).str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()


def calendar_days(calendar: Calendar, as_at: date) -> pl.LazyFrame:
    """Say of each of the eight weeks' days whether it is worked.

    Returns:
        date, weekday (Mon to Sun), working_day (Boolean), bank_holiday (its name, or null), falls_on
        (weekend, bank holiday, local closure, or null on a working day); 56 rows in order.
    """
    span = pl.date_range(as_at, as_at + timedelta(days=DAYS - 1), eager=True).alias("date")
    holidays = calendar.frame().lazy().unique("date").rename({"name": "bank_holiday"})
    weekend = pl.col("date").dt.weekday() >= SATURDAY
    shut = pl.col("bank_holiday").is_not_null()
    why = (
        pl.when(shut & (pl.col("bank_holiday") == LOCAL_CLOSURE))
        .then(pl.lit(CLOSED))
        .when(shut)
        .then(pl.lit(HOLIDAY))
        .when(weekend)
        .then(pl.lit(WEEKEND))
    )
    return (
        span.to_frame()
        .lazy()
        .join(holidays, on="date", how="left", maintain_order="left")
        .select(
            "date",
            pl.col("date").dt.strftime("%a").alias("weekday"),
            (~shut & ~weekend).alias("working_day"),
            "bank_holiday",
            why.alias("falls_on"),
        )
    )


def away(leave: pl.DataFrame, as_at: date) -> pl.LazyFrame:
    """One row per worker and day of leave within the eight weeks: key, date."""
    last = as_at + timedelta(days=DAYS - 1)
    return (
        leave.lazy()
        .filter(pl.col("first") <= pl.lit(last), pl.col("last") >= pl.lit(as_at))
        .select(
            same_name("worker").alias("key"),
            pl.date_ranges(
                pl.max_horizontal("first", pl.lit(as_at)), pl.min_horizontal("last", pl.lit(last))
            ).alias("date"),
        )
        .explode("date")
        .unique()
    )


def last_worked(calendar: Calendar, as_at: date, leave: pl.DataFrame, keys: pl.LazyFrame) -> pl.LazyFrame:
    """For each worker and day the last day before it that the worker works, not before the as-at day.

    Returns:
        key, date, off (Boolean: on leave), falls_on, before (Date, or null when no such day is left).
    """
    gone = away(leave, as_at).with_columns(off=pl.lit(True))
    free = pl.col("working_day") & ~pl.col("off")
    return (
        keys.unique()
        .join(calendar_days(calendar, as_at), how="cross")
        .join(gone, on=["key", "date"], how="left")
        .with_columns(off=pl.col("off").fill_null(value=False))
        .sort("key", "date")
        .with_columns(before=pl.when(free).then("date").forward_fill().over("key", order_by="date"))
        .with_columns(
            falls_on=pl.coalesce("falls_on", pl.when("off").then(pl.lit(LEAVE))),
            before=pl.col("before").shift(1).over("key", order_by="date"),
        )
        .select("key", "date", "off", "falls_on", "before")
    )
