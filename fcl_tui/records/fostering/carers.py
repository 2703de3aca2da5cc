"""Foster carers on a day: what is due for each household, and how full it is."""

from datetime import date

import polars as pl

SOON = {"temporary_ends": 28, "review_due": 28, "supervision_due": 7, "unannounced_due": 28}
"""Calendar days before a due day from which it counts as due soon"""
TEMPORARY_WEEKS, EXTENSION_WEEKS = 16, 8
"""Care Planning, Placement and Case Review (England) Regulations 2010, regulations 24 and 25"""
DUE = {
    "temporary_ends": "end of temporary approval",
    "review_due": "annual review",
    "supervision_due": "supervision",
    "unannounced_due": "unannounced visit",
}
"""What can be due, in the order it is said"""
NO_WORKER = "No supervising worker"


def on_day(listed: pl.LazyFrame, as_at: date, supervision_weeks: int) -> pl.LazyFrame:
    """Say how each household stands on the day.

    Args:
        listed: the columns of `access.carers.carers`. What is dated after the day had not happened on it; a
            household neither approved nor temporarily approved by then is left out.
        supervision_weeks: how often a carer is to be supervised (local).

    Returns:
        row_key (unique), household, worker ("No supervising worker" where none is named), approval (words),
        places, placed, vacancies (Int64, never below 0), over (Int64: children more than places),
        review_due (one year after the last review, else after approval), supervision_due, unannounced_due
        (one year),
        temporary_ends (16 weeks after a temporary approval, 24 where it was extended; null once approved),
        (Date; the due day is in time), each with <name>_state (overdue, due_soon as SOON says, due), state
        (the worst of them, overdue too where children are more than places), what_is_due (words), line;
        the worst first.

    Source: Fostering Services (England) Regulations 2011, regulation 28 (review at least once a year);
    national minimum standards for fostering 21.8 (an unannounced visit a year); regulations 24 and 25 of the
    2010 regulations (temporary approval).
    """
    day = pl.lit(as_at)
    days = ("approved", "last_review", "last_supervision", "last_unannounced", "temporary_from")
    known = listed.with_columns(pl.when(pl.col(one) <= day).then(one).alias(one) for one in days)
    temporary = pl.col("approved").is_null()
    begun = pl.coalesce("approved", "temporary_from")
    weeks = pl.when("temporary_extended").then(TEMPORARY_WEEKS + EXTENSION_WEEKS).otherwise(TEMPORARY_WEEKS)
    rows = (
        known.filter(begun.is_not_null())
        .with_columns(
            row_key=pl.col("line").cast(pl.String),
            worker=pl.col("worker").fill_null(NO_WORKER),
            approval=pl.when(temporary)
            .then(pl.lit("temporary (regulation 24)"))
            .otherwise(pl.concat_str(pl.lit("approved "), pl.col("approved").dt.strftime("%d/%m/%Y"))),
            vacancies=pl.max_horizontal(pl.col("places") - pl.col("placed"), 0),
            over=pl.max_horizontal(pl.col("placed") - pl.col("places"), 0),
            review_due=pl.when(~temporary).then(pl.coalesce("last_review", "approved").dt.offset_by("12mo")),
            supervision_due=pl.coalesce("last_supervision", begun) + pl.duration(weeks=supervision_weeks),
            unannounced_due=pl.coalesce("last_unannounced", begun).dt.offset_by("12mo"),
            temporary_ends=pl.when(temporary).then(pl.col("temporary_from") + pl.duration(weeks=weeks)),
        )
        .with_columns(_state(name, day) for name in DUE)
    )
    said = [_said(state, words) for state, words in (("overdue", "overdue"), ("due_soon", "soon"))]
    full = pl.when(pl.col("over") > 0).then(pl.format("{} over the approval", "over"))
    rank = pl.min_horizontal(_rank(name) for name in DUE)
    worst = pl.when(pl.col("over") > 0).then(0).otherwise(rank)
    return (
        rows.with_columns(
            state=worst.replace_strict({0: "overdue", 1: "due_soon", 2: "due"}, return_dtype=pl.String),
            what_is_due=pl.concat_str(full, *said, separator="; ", ignore_nulls=True),
        )
        .with_columns(what_is_due=pl.when(pl.col("what_is_due") != "").then("what_is_due"))
        .sort(worst, pl.min_horizontal(*DUE), "household")
    )


def _said(state: str, words: str) -> pl.Expr:
    """What stands so, after one word for all of it: overdue: supervision, unannounced visit."""
    names = [pl.when(pl.col(f"{name}_state") == state).then(pl.lit(told)) for name, told in DUE.items()]
    told = pl.concat_str(*names, separator=", ", ignore_nulls=True)
    return pl.when(told != "").then(pl.concat_str(pl.lit(f"{words}: "), told))


def _state(name: str, day: pl.Expr) -> pl.Expr:
    left = (pl.col(name) - day).dt.total_days()
    return (
        pl.when(left < 0)
        .then(pl.lit("overdue"))
        .when(left <= SOON[name])
        .then(pl.lit("due_soon"))
        .when(left.is_not_null())
        .then(pl.lit("due"))
        .alias(f"{name}_state")
    )


def _rank(name: str) -> pl.Expr:
    return pl.col(f"{name}_state").replace_strict(
        {"overdue": 0, "due_soon": 1, "due": 2}, default=None, return_dtype=pl.Int8
    )


def discreet(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with each household called by its row of the list, for a screen that others can see."""
    return rows.with_columns(household=pl.format("Row {}", pl.col("row_key")))
