"""The blocks of a page of ChAT, from its records: several each, on another page too, ages, groups."""

from __future__ import annotations

import polars as pl

ROWS = {
    "block": pl.String,
    "item": pl.String,
    "value": pl.Float64,
    "out_of": pl.Int64,
    "male": pl.Int64,
    "female": pl.Int64,
}
"""value: records or children; out_of: what its share is of, null where it is of none; male, female: ages"""
MOST = 5
GROUPS = ("White", "Mixed", "Asian", "Black", "Other", "Not recorded")
AGES = "Age and sex"
OLDEST = 25


def several(records: pl.LazyFrame, noun: str) -> pl.LazyFrame:
    """Children with 2, 3, 4 and 5 or more records."""
    each = records.group_by("person_id").len("many").with_columns(pl.col("many").clip(1, MOST).cast(pl.Int64))
    counts = each.group_by("many").len("value")
    every = pl.LazyFrame({"many": list(range(2, MOST + 1))}, schema={"many": pl.Int64})
    words = pl.when(pl.col("many") == MOST).then(pl.format("{} or more {}", "many", pl.lit(noun)))
    told = every.join(counts, on="many", how="left").with_columns(
        block=pl.lit("Children with several"),
        item=words.otherwise(pl.format("{} {}", "many", pl.lit(noun))),
        value=pl.col("value").fill_null(0),
    )
    whole = each.select(out_of=pl.len().cast(pl.Int64))
    return _finished(told.join(whole, how="cross").sort("many"))


def also_on(records: pl.LazyFrame, others: pl.LazyFrame, title: str) -> pl.LazyFrame:
    """How many of the children are among the children of another page too."""
    children = records.select("person_id").unique()
    there = children.join(others.select("person_id").unique(), on="person_id", how="semi")
    told = children.select(out_of=pl.len().cast(pl.Int64)).join(there.select(value=pl.len()), how="cross")
    words = {"block": pl.lit("Also on another page"), "item": pl.lit(f"Also in {title}")}
    return _finished(told.with_columns(**words))


def ethnicity(records: pl.LazyFrame) -> pl.LazyFrame:
    """Children by broad ethnic group, every group there."""
    children = records.unique("person_id").group_by(item=pl.col("ethnicity")).len("value")
    every = pl.LazyFrame({"item": GROUPS}, schema={"item": pl.String}).with_row_index("_order")
    told = every.join(children, on="item", how="left").with_columns(pl.col("value").fill_null(0))
    out_of = pl.col("value").sum().cast(pl.Int64)
    return _finished(told.sort("_order").with_columns(block=pl.lit("Ethnic background"), out_of=out_of))


def bars(records: pl.LazyFrame, column: str, title: str) -> pl.LazyFrame:
    """Records by a column, the most first; those without it are told as not recorded."""
    named = pl.col(column).cast(pl.String).fill_null("Not recorded")
    told = records.group_by(item=named).len("value").sort(["value", "item"], descending=[True, False])
    return _finished(told.with_columns(block=pl.lit(title), out_of=pl.col("value").sum().cast(pl.Int64)))


def ages(records: pl.LazyFrame) -> pl.LazyFrame:
    """Children by single year of age, male and female; the unborn and those not known apart, below."""
    children = records.unique("person_id").select("age", "sex", "age_band")
    known = children.filter(pl.col("age").is_not_null(), pl.col("sex").is_in(["Male", "Female"]))
    counts = (
        known.with_columns(pl.col("age").clip(0, OLDEST))
        .group_by("age")
        .agg(male=_of("Male"), female=_of("Female"))
    )
    top = known.select(last=pl.col("age").max().clip(17, OLDEST))
    every = top.select(age=pl.int_ranges(0, pl.col("last") + 1)).explode("age").drop_nulls()
    drawn = every.join(counts, on="age", how="left").sort("age", descending=True)
    told = drawn.with_columns(
        pl.col("male", "female").fill_null(0),
        item=pl.col("age").cast(pl.String),
        block=pl.lit(AGES),
        value=pl.sum_horizontal("male", "female"),
    )
    unborn = pl.col("age_band") == "Not born"
    apart = children.select(
        pl.concat_list(
            unborn.sum(),
            (~unborn & (pl.col("age").is_null() | ~pl.col("sex").is_in(["Male", "Female"]))).sum(),
        ).alias("value")
    ).explode("value")
    words = pl.LazyFrame({"item": ["Not born yet", "Age or sex not known"]})
    rest = pl.concat([words, apart], how="horizontal").with_columns(block=pl.lit("Not among the ages above"))
    return pl.concat([_finished(told), _finished(rest.filter(pl.col("value") > 0))])


def _of(sex: str) -> pl.Expr:
    return (pl.col("sex") == sex).sum().cast(pl.Int64)


def _finished(frame: pl.LazyFrame) -> pl.LazyFrame:
    missing = [name for name in ROWS if name not in frame.collect_schema()]
    told = frame.with_columns(pl.lit(None, ROWS[name]).alias(name) for name in missing)
    return told.select(pl.col(name).cast(kind) for name, kind in ROWS.items())
