"""The parts of ChAT under their official keys: the same numbers as its pages show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect
from fcl_tui.records.chat import blocks as chat
from fcl_tui.reports.official import registry
from fcl_tui.reports.strategic.chat.pages import PAGES, Page
from fcl_tui.reports.strategic.chat.records import records, window
from fcl_tui.reports.strategic.chat.rows import blocks_of, headline_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

GROUPS = {"group": pl.String, "numerator": pl.Float64, "denominator": pl.Float64, "value": pl.Float64,
          "unit": pl.String, "period": pl.String}  # fmt: skip
SOURCES = ("source", "organisation")


def pyramid(context: Context, query: Query) -> pl.LazyFrame:
    """group: page / age / sex."""

    def sexes(rows: pl.DataFrame) -> pl.DataFrame:
        sides = rows.select("item", "male", "female")
        long = sides.unpivot(on=["male", "female"], index="item", variable_name="sex", value_name="many")
        item = pl.format("{} / {}", "item", pl.col("sex").str.to_titlecase())
        return long.select(item=item, value=pl.col("many").cast(pl.Float64), out_of=pl.lit(None, pl.Int64))

    return _of(context, query, lambda _: [chat.AGE], "children", then=sexes)


def ethnic(context: Context, query: Query) -> pl.LazyFrame:
    """group: page / ethnic background."""
    return _of(context, query, lambda _: [chat.ETHNICITY], "%")


def source_bar(context: Context, query: Query) -> pl.LazyFrame:
    """group: page / source or organisation."""

    def bars(page: Page) -> list[str]:
        return [column for column, _ in page.bars if column in SOURCES]

    return _of(context, query, bars, "records")


def multiples(context: Context, query: Query) -> pl.LazyFrame:
    """group: page / how many records."""
    return _of(context, query, lambda _: [chat.SEVERAL], "children")


def overlap(context: Context, query: Query) -> pl.LazyFrame:
    """group: page / the page that they are on too."""
    return _of(context, query, lambda _: [chat.ALSO], "%")


def headline(context: Context, query: Query) -> pl.LazyFrame:
    """group: the key of each figure of the first page."""
    rows = collect(headline_parts(context, query).rows)
    units = {key: registry.family_of(key).measure(key).unit for key in rows["measure"].to_list()}
    return rows.lazy().select(
        "numerator",
        "denominator",
        "value",
        group="measure",
        unit=pl.col("measure").replace_strict(units, return_dtype=pl.String),
        period=_period(pl.col("first").cast(pl.String), pl.col("last").cast(pl.String)),
    )


def team(context: Context, query: Query) -> pl.LazyFrame:
    """group: page / team / worker."""
    frames = []
    for page in PAGES:
        if not registry.family_of(page.of).held:
            continue
        counts = records(page, context, query).group_by("team", "worker").len("value")
        held = (pl.col(name).fill_null("not recorded") for name in ("team", "worker"))
        told = counts.sort("team", "worker", nulls_last=True).select(
            group=pl.concat_str(pl.lit(page.title), *held, separator=" / "),
            value=pl.col("value").cast(pl.Float64),
        )
        frames.append(_finished(collect(told), page, context, "records"))
    return pl.concat(frames).lazy()


def _of(
    context: Context,
    query: Query,
    names: Callable[[Page], list[str]],
    unit: str,
    then: Callable[[pl.DataFrame], pl.DataFrame] | None = None,
) -> pl.LazyFrame:
    """The rows of blocks of every page; of a share the per cent."""
    frames = [pl.DataFrame(schema=GROUPS)]
    for page in PAGES:
        found = blocks_of(page, context, query, names(page))
        rows = found.filter(pl.col("block") != chat.BLOCKS[chat.APART])
        rows = rows if then is None else then(rows)
        whole = pl.col("out_of")
        share = pl.when(whole > 0).then(pl.col("value") * 100 / whole)
        told = rows.select(
            group=pl.format("{} / {}", pl.lit(page.title), "item"),
            numerator="value",
            denominator=whole.cast(pl.Float64),
            value=share if unit == "%" else pl.col("value"),
        )
        frames.append(_finished(told, page, context, unit))
    return pl.concat(frames).lazy()


def _finished(told: pl.DataFrame, page: Page, context: Context, unit: str) -> pl.DataFrame:
    _, first, last = window(context, page.window)
    missing = [pl.lit(None).alias(name) for name in ("numerator", "denominator") if name not in told.columns]
    said = told.with_columns(
        *missing, unit=pl.lit(unit), period=_period(pl.lit(first.isoformat()), pl.lit(last.isoformat()))
    )
    return said.select(pl.col(name).cast(kind) for name, kind in GROUPS.items())


def _period(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    return pl.when(first == last).then(last).otherwise(pl.concat_str(first, last, separator="/"))
