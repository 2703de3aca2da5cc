"""The standing registers of the Board: their lines as last entered, and how many are open, late, in time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from fcl_tui.definitions.board.registers import REGISTERS

if TYPE_CHECKING:
    from fcl_tui.definitions.days.calendar import Calendar


def lines(items: pl.LazyFrame, calendar: Calendar, as_at: date) -> pl.LazyFrame:
    """The lines of the registers, each as it was entered last, overdue first.

    Args:
        items: as `data.office.board.read` gives them.

    Returns:
        the columns of items, with due worked out by the register's rule where a line does not say, standing
        (overdue, due, on_time, late, note: no day), register_title, row_key.
    """
    kept = items.sort("seq").unique(["register", "reference"], keep="last", maintain_order=True)
    rules = pl.LazyFrame(
        [(one.key, one.title, one.days) for one in REGISTERS],
        schema={"register": pl.String, "register_title": pl.String, "_days": pl.Int64},
        orient="row",
    )
    rows = kept.join(rules, on="register", how="left")
    worked = calendar.add_working_days(pl.col("received"), pl.col("_days").fill_null(0))
    by_rule = pl.when(pl.col("_days").is_not_null()).then(worked)
    rows = rows.with_columns(due=pl.coalesce("due", by_rule))
    done, due = pl.col("done"), pl.col("due")
    standing = (
        pl.when(done.is_not_null() & (due.is_null() | (done <= due)))
        .then(pl.lit("on_time|Done in time"))
        .when(done.is_not_null())
        .then(pl.lit("late|Done late"))
        .when(due < as_at)
        .then(pl.lit("overdue"))
        .when(due.is_not_null())
        .then(pl.lit("due|Open"))
        .otherwise(pl.lit("note|Open"))
    )
    rank = pl.when(done.is_null()).then(0).otherwise(1)
    return (
        rows.with_columns(standing=standing, row_key=pl.format("{} {}", "register", "reference"), _rank=rank)
        .sort("_rank", "due", "register", "reference", nulls_last=True)
        .drop("_rank", "_days")
    )


def summary(items: pl.LazyFrame, calendar: Calendar, as_at: date) -> pl.LazyFrame:
    """One row per register, in their order.

    Returns:
        register, title, lines, open, overdue, done, in_time, in_time_pct (Float64, of those done; null where
        none is), rule.
    """
    state = pl.col("standing")
    counts = (
        lines(items, calendar, as_at)
        .group_by("register")
        .agg(
            lines=pl.len().cast(pl.Int64),
            open=pl.col("done").is_null().sum().cast(pl.Int64),
            overdue=(state == "overdue").sum().cast(pl.Int64),
            done=pl.col("done").is_not_null().sum().cast(pl.Int64),
            in_time=state.str.starts_with("on_time").sum().cast(pl.Int64),
        )
    )
    every = pl.LazyFrame(
        [(one.key, one.title, one.rule) for one in REGISTERS],
        schema={"register": pl.String, "title": pl.String, "rule": pl.String},
        orient="row",
    )
    told = every.join(counts, on="register", how="left", maintain_order="left")
    numbers = ("lines", "open", "overdue", "done", "in_time")
    return told.with_columns(pl.col(*numbers).fill_null(0)).with_columns(
        in_time_pct=pl.when(pl.col("done") > 0).then(pl.col("in_time") * 100 / pl.col("done"))
    )
