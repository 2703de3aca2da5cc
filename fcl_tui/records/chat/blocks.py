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
SEVERAL, ALSO, ETHNICITY, AGE, APART = "several", "also", "ethnicity", "age", "apart"
BLOCKS = {
    SEVERAL: "Children with several",
    ALSO: "Also on another page",
    ETHNICITY: "Ethnic background",
    AGE: AGES,
    APART: "Not among the ages above",
}
"""The blocks that every page has, by the word that its rows are asked for with"""
UNBORN, UNKNOWN = "Not born yet", "Age or sex not known"


def several(records: pl.LazyFrame, noun: str) -> pl.LazyFrame:
    """Children with 2, 3, 4 and 5 or more records."""
    each = records.group_by("person_id").len("many").with_columns(pl.col("many").clip(1, MOST).cast(pl.Int64))
    counts = each.group_by("many").len("value")
    every = pl.LazyFrame({"many": list(range(2, MOST + 1))}, schema={"many": pl.Int64})
    words = pl.when(pl.col("many") == MOST).then(pl.format("{} or more {}", "many", pl.lit(noun)))
    told = every.join(counts, on="many", how="left").with_columns(
        block=pl.lit(BLOCKS[SEVERAL]),
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
    words = {"block": pl.lit(BLOCKS[ALSO]), "item": pl.lit(f"Also in {title}")}
    return _finished(told.with_columns(**words))


def ethnicity(records: pl.LazyFrame) -> pl.LazyFrame:
    """Children by broad ethnic group, every group there."""
    children = records.unique("person_id").group_by(item=pl.col("ethnicity")).len("value")
    every = pl.LazyFrame({"item": GROUPS}, schema={"item": pl.String}).with_row_index("_order")
    told = every.join(children, on="item", how="left").with_columns(pl.col("value").fill_null(0))
    out_of = pl.col("value").sum().cast(pl.Int64)
    return _finished(told.sort("_order").with_columns(block=pl.lit(BLOCKS[ETHNICITY]), out_of=out_of))


def bars(records: pl.LazyFrame, column: str, title: str) -> pl.LazyFrame:
    """Records by a column, the most first; those without it are told as not recorded."""
    told = records.group_by(item=named(column)).len("value").sort(["value", "item"], descending=[True, False])
    return _finished(told.with_columns(block=pl.lit(title), out_of=pl.col("value").sum().cast(pl.Int64)))


def ages(records: pl.LazyFrame) -> pl.LazyFrame:
    """Children by single year of age, male and female; the unborn and those not known apart, below."""
    children = records.unique("person_id").select("age", "sex", "age_band")
    known = children.filter(_drawn())
    counts = known.with_columns(_year()).group_by("age").agg(male=_of("Male"), female=_of("Female"))
    top = known.select(last=pl.col("age").max().clip(17, OLDEST))
    every = top.select(age=pl.int_ranges(0, pl.col("last") + 1)).explode("age").drop_nulls()
    drawn = every.join(counts, on="age", how="left").sort("age", descending=True)
    told = drawn.with_columns(
        pl.col("male", "female").fill_null(0),
        item=pl.col("age").cast(pl.String),
        block=pl.lit(AGES),
        value=pl.sum_horizontal("male", "female"),
    )
    apart = children.select(pl.concat_list(_unborn().sum(), _not_known().sum()).alias("value"))
    apart = apart.explode("value")
    words = pl.LazyFrame({"item": [UNBORN, UNKNOWN]})
    rest = pl.concat([words, apart], how="horizontal").with_columns(block=pl.lit(BLOCKS[APART]))
    return pl.concat([_finished(told), _finished(rest.filter(pl.col("value") > 0))])


def named(column: str) -> pl.Expr:
    """What a record is told by, as the rows of its block are called."""
    return pl.col(column).cast(pl.String).fill_null("Not recorded")


def children_of(records: pl.LazyFrame, block: str, item: str) -> pl.LazyFrame:
    """The first record of each child that a row of a block counts.

    Args:
        block: several, ethnicity, age or apart; item: what the row is called.
    """
    children = records.unique("person_id", keep="first", maintain_order=True)
    if block == SEVERAL:
        many = pl.len().clip(1, MOST).cast(pl.String)
        each = records.group_by("person_id").agg(_many=many).filter(pl.col("_many") == item.partition(" ")[0])
        return children.join(each, on="person_id", how="semi")
    if block == ETHNICITY:
        return children.filter(pl.col("ethnicity") == item)
    if block == AGE:
        return children.filter(_drawn(), _year().cast(pl.String) == item)
    return children.filter(_unborn() if item == UNBORN else _not_known())


def _drawn() -> pl.Expr:
    return pl.col("age").is_not_null() & pl.col("sex").is_in(["Male", "Female"])


def _year() -> pl.Expr:
    return pl.col("age").clip(0, OLDEST)


def _unborn() -> pl.Expr:
    return pl.col("age_band") == "Not born"


def _not_known() -> pl.Expr:
    return ~_unborn() & (pl.col("age").is_null() | ~pl.col("sex").is_in(["Male", "Female"]))


def _of(sex: str) -> pl.Expr:
    return (pl.col("sex") == sex).sum().cast(pl.Int64)


def _finished(frame: pl.LazyFrame) -> pl.LazyFrame:
    missing = [name for name in ROWS if name not in frame.collect_schema()]
    told = frame.with_columns(pl.lit(None, ROWS[name]).alias(name) for name in missing)
    return told.select(pl.col(name).cast(kind) for name, kind in ROWS.items())
