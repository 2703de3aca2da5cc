"""From clocks to due items: the interval, the due date, the limits, and the item's name."""

from datetime import date

import polars as pl

from data.schema.fields import Field, schema_of
from fcl_tui.definitions.days.calendar import Calendar, add_months, birthday
from fcl_tui.timescales.rulebook.rules import Rules

FIELDS = (
    Field("item_id", "String", "key", "unique and the same after every load: person|rule|spell|cycle"),
    Field("person_id", "String", "person", "the child's number"),
    Field("rule", "String", "kept", "the key of the timescale"),
    Field("kind", "String", "kept", "visit, review, assessment …"),
    Field("cycle", "Int32", "kept", "which time in its spell, from 1"),
    Field("started", "Date", "kept", "when its clock started"),
    Field("due_date", "Date", "kept", "null: cannot be computed, `unknown` says why"),
    Field("done_date", "Date", "kept", "null while it is not done"),
    Field("ended", "Date", "kept", "when it ended without having been done, or the child died"),
    Field("limit_date", "Date", "kept", "the birthday from which it is not required"),
    Field("limit_reason", "String", "kept", "why there is that limit, in words"),
    Field("interval", "Int32", "kept", "how long there is, in units"),
    Field("unit", "String", "kept", "wd working days, d days, w weeks, m months"),
    Field("assumed", "String", "kept", "what was assumed for want of data, in words"),
    Field("started_by", "String", "kept", "what started its clock, in words"),
    Field(
        "source_rows",
        "String",
        "hidden",
        "the rows it was worked out from, as table/row; separated by semicolons",
    ),
    Field("step", "String", "kept", "which interval of the rule it runs by"),
    Field("ended_by", "String", "kept", "what ended it, in words"),
    Field("waived", "Boolean", "kept", "once ended, nothing was missed whatever the day"),
    Field("soft", "Boolean", "kept", "past its due date it asks for a look, it is not overdue"),
    Field("unknown", "String", "kept", "why there is no due date although the cycle exists"),
    Field("soon", "Int32", "kept", "how long before its due date it is due soon"),
    Field("soon_unit", "String", "kept", "wd or d"),
    Field("local_team", "String", "kept", "the team whose own interval it is, or null"),
    Field(
        "known_from",
        "Date",
        "kept",
        "the day on which it became known to be owed, where that is later than its start",
    ),
    Field("at_latest", "Date", "kept", "where the interval is not certain, the latest day it can be due"),
)
"""The prepared frame `due_items`: one row per cycle."""

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
        .select(pl.col(name).cast(kind) for name, kind in schema_of(FIELDS).items())
    )
