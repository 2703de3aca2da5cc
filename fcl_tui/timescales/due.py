"""From clocks to due items: the interval, the due date, the limits, and the item's name."""

from datetime import date

import polars as pl

from fcl_tui.definitions.calendar import Calendar, add_months, birthday
from fcl_tui.timescales.rules import Rules

COLUMNS: dict[str, type[pl.DataType]] = {
    "item_id": pl.String,
    "person_id": pl.String,
    "rule": pl.String,
    "kind": pl.String,
    "cycle": pl.Int32,
    "started": pl.Date,
    "due_date": pl.Date,
    "done_date": pl.Date,
    "ended": pl.Date,
    "limit_date": pl.Date,
    "limit_reason": pl.String,
    "interval": pl.Int32,
    "unit": pl.String,
    "assumed": pl.String,
    "started_by": pl.String,
    "source_rows": pl.String,
    "step": pl.String,
    "ended_by": pl.String,
    "waived": pl.Boolean,
    "soft": pl.Boolean,
    "unknown": pl.String,
    "soon": pl.Int32,
    "soon_unit": pl.String,
    "local_team": pl.String,
    "known_from": pl.Date,
    "at_latest": pl.Date,
}
"""The prepared frame `due_items`."""

EXACT = {"care_proceedings_26w": "proceedings_inclusive"}
"""Rules whose first day is day 1 when the setting says so."""


def later(start: pl.Expr, every: pl.Expr | int, unit: str, calendar: Calendar) -> pl.Expr:
    """The day `every` units after `start`."""
    if unit == "wd":
        return calendar.add_working_days(start, every)
    if unit == "m":
        return add_months(start, every)
    days = every * (7 if unit == "w" else 1)
    return start + (pl.duration(days=days) if isinstance(days, pl.Expr) else pl.duration(days=pl.lit(days)))


def with_due_dates(clocks: pl.LazyFrame, rules: Rules, calendar: Calendar) -> pl.LazyFrame:
    """Add interval, unit, soon, soon_unit, local_team and due_date (null where `unknown` says why).

    A `team` in the clocks is the key of a team with intervals of its own; without one, everyone's hold.
    """
    intervals = rules.intervals().lazy()
    if "team" not in clocks.collect_schema().names():
        clocks = clocks.with_columns(team=pl.lit(""))
    joined = clocks.join(intervals, on=["rule", "step", "team"], how="left").filter(
        pl.col("valid_from").is_null() | (pl.col("started") >= pl.col("valid_from")),
        pl.col("until").is_null() | pl.col("started").is_null() | (pl.col("started") < pl.col("until")),
    )
    for rule in rules.rules.values():
        if rule.valid_from or rule.until:
            first, last = rule.valid_from or date.min, rule.until or date.max
            over = (pl.col("started") < first) | (pl.col("started") >= last)
            joined = joined.filter((pl.col("rule") != rule.key) | ~over.fill_null(False))
    inclusive = [rule for rule, setting in EXACT.items() if getattr(rules.settings, setting)]
    less = pl.when(pl.col("unit") == "wd").then(rules.settings.count_from_day).otherwise(0)
    less = pl.when(pl.col("rule").is_in(inclusive)).then(pl.lit(1)).otherwise(less)
    known = pl.col("unknown").is_null() & pl.col("started").is_not_null() & pl.col("interval").is_not_null()

    def ends(unit: str) -> pl.Expr:
        mine = known & (pl.col("unit") == unit)
        start, every = pl.when(mine).then("started"), pl.when(mine).then("interval")
        if unit == "wd":
            return later(start, every - less, unit, calendar)
        return later(start, every, unit, calendar) - pl.duration(days=less)

    due = pl.coalesce(ends("wd"), ends("d"), ends("w"), ends("m")).cast(pl.Date)
    return joined.with_columns(due_date=pl.when(due < pl.col("started")).then("started").otherwise(due)).drop(
        "valid_from", "until", "team"
    )


def items(clocks: pl.LazyFrame, people: pl.LazyFrame, rules: Rules, calendar: Calendar) -> pl.LazyFrame:
    """The due items of these clocks.

    Args:
        clocks: one row per cycle, in the shape of `ground.CLOCK`.
        people: person_id (unique), dob, died (Date).
    """
    facts = pl.LazyFrame(
        [(rule.key, rule.kind, rule.limit_age) for rule in rules.rules.values()],
        schema={"rule": pl.String, "kind": pl.String, "rule_limit": pl.Int32},
        orient="row",
    )
    ages = sorted({rule.limit_age for rule in rules.rules.values() if rule.limit_age} | {25})
    age = pl.coalesce("limit_age", "rule_limit")
    birthdays = people.with_columns(birthday(pl.col("dob"), years).alias(f"aged {years}") for years in ages)
    limit = pl.coalesce(*(pl.when(age == years).then(f"aged {years}") for years in ages))
    dead = pl.col("died").is_not_null() & (pl.col("ended").is_null() | (pl.col("died") <= pl.col("ended")))
    past = (pl.col("unit") == "wd") & (pl.col("due_date").dt.year() > calendar.last_year)
    return (
        with_due_dates(clocks, rules, calendar)
        .join(birthdays, on="person_id", how="left")
        .join(facts, on="rule", how="left")
        .with_columns(
            item_id=pl.concat_str("person_id", "rule", "spell", "cycle", separator="|"),
            limit_date=limit,
            limit_reason=pl.when(limit.is_not_null()).then(
                pl.format("due on or after the {}th birthday", age)
            ),
            ended=pl.when(dead).then("died").otherwise("ended"),
            ended_by=pl.when(dead).then(pl.lit("the child died")).otherwise("ended_by"),
            waived=pl.col("waived") | dead,
            assumed=pl.concat_str(
                "assumed",
                pl.when(past).then(
                    pl.lit(f"bank holidays after {calendar.last_year} are not known yet: the day may move")
                ),
                separator="; ",
                ignore_nulls=True,
            ),
        )
        .with_columns(
            limit_reason=pl.col("limit_reason").str.replace("21th", "21st"),
            assumed=pl.when(pl.col("assumed") != "").then("assumed"),
        )
        .select(pl.col(name).cast(kind) for name, kind in COLUMNS.items())
    )
