"""How the share in time went, month by month, for each team or worker."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from fcl_tui.definitions.days.calendar import add_months


def full_months(as_at: date) -> tuple[date, date]:
    """The last twelve whole months on the day, first and last day: a month begun is no month to compare."""
    after = pl.lit(as_at) + pl.duration(days=1)
    first: date = pl.select(add_months(after.dt.month_start(), -12)).item()
    last: date = pl.select(after.dt.month_start() - pl.duration(days=1)).item()
    return first, last


def trend(records: pl.LazyFrame, names: Sequence[str], span: tuple[date, date]) -> pl.LazyFrame:
    """Per cent in time in each month of `span`: names, trend (String: whole figures, "-" for no case)."""
    months = pl.LazyFrame({"at": [0]}).select(month=pl.date_ranges(pl.lit(span[0]), pl.lit(span[1]), "1mo"))
    timed = records.filter(pl.col("completed") & pl.col("in_time").is_not_null())
    percent = (pl.col("in_time").mean() * 100).round().cast(pl.Int64)
    share = timed.group_by(*names, "month").agg(share=percent)
    return (
        records.select(names)
        .unique()
        .join(months.explode("month"), how="cross")
        .join(share, on=[*names, "month"], how="left", nulls_equal=True)
        .sort("month")
        .group_by(names)
        .agg(trend=pl.col("share").cast(pl.String).fill_null("-").str.join(" "))
    )
