"""Published figures of other areas beside our own: neighbours, region, England; and the population of rates.

A statistic at, or for the year to, 31 March Y uses the mid-year population of Y - 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from typing import Any, Literal

import polars as pl

from data.dataclass import dataclass

POPULATION = "population_0_17"
RATES = {"cin_rate": "cin_open", "referral_rate": "referrals"}
"""Rates per 10,000 that no file of authorities prints: worked out of the count and the population"""
MEASURED, OF_A_REGION = "region:measured", "region"
"""The area of what a region's authorities gave together, and the kind of its files"""
PUT_TOGETHER = "published"
"""The kind of a list put together by hand: a file as published takes precedence over it"""
CELL = ["key", "grouping", "area_code", "year"]
WHO = ("own", "neighbours", "region", "england")
"""Who a comparator is, in the order in which they are shown"""
NEIGHBOURS = 10
"""Statistical neighbours of an authority"""
Average = Literal["mean", "median"]
COMPARED: dict[str, Any] = {
    "key": pl.String,
    "grouping": pl.String,
    "who": pl.String,
    "label": pl.String,
    "year": pl.Int64,
    "value": pl.Float64,
    "symbol": pl.String,
    "precision": pl.Int64,
    "count": pl.Int64,
    "source": pl.String,
    "day": pl.Date,
}
"""who: of WHO; label: South East, Statistical neighbours (mean of 9); year: to 31 March, or at it;
count: neighbours with a value, null of the others; symbol: why there is no value; day: of a figure that a
region's authorities gave together on it, null of a year's"""


def current(known: pl.LazyFrame) -> pl.LazyFrame:
    """The value that counts of each key, group, area and year, with the rates that are worked out.

    Args:
        known: every value ever loaded: key, grouping, area_code, year, value, symbol, precision,
            derived, seq, file, kind, newest, loaded_at. Newer years take
            precedence, then what was loaded later.

    Returns:
        one row per cell: key, grouping, area_code, year, value, symbol, precision, source (String: the file,
        how it was worked out, and the day it was loaded), day (Date, of a region's own figures).
    """
    order = [(pl.col("kind") != PUT_TOGETHER).alias("_order"), "newest", "seq"]
    newest = known.sort(order).unique(CELL, keep="last", maintain_order=True)
    told = newest.with_columns(source=source_of(), day=day_of())
    columns = [*CELL, "value", "symbol", "precision", "source", "day"]
    printed = told.select(columns)
    rates = with_rates(printed).select(columns)
    return pl.concat([printed, rates.join(printed, on=CELL, how="anti")])


def day_of() -> pl.Expr:
    """The day of a region's own figures; null of what is published for a year."""
    return pl.when(pl.col("kind") == OF_A_REGION).then("published")


def source_of() -> pl.Expr:
    """The file, how the value was worked out of its columns, and when it was published or loaded."""
    how = pl.concat_str(pl.lit(": "), "derived").fill_null("")
    how_old = pl.when(pl.col("kind") == OF_A_REGION).then(pl.lit("as at ")).otherwise(pl.lit("published "))
    published = pl.concat_str(how_old, pl.col("published").dt.strftime("%d/%m/%Y"))
    loaded = pl.concat_str(pl.lit("loaded "), pl.col("loaded_at").dt.strftime("%d/%m/%Y"))
    return pl.format("{}{}, {}", "file", how, pl.coalesce(published, loaded))


def with_rates(printed: pl.LazyFrame) -> pl.LazyFrame:
    """The rates of RATES: count x 10,000 / the population of the year before, or of the newest before it.

    Returns:
        the columns of `current`, a row for each count of an area with a population.
    """
    people = population_of(printed).sort("mid_year")
    counts = printed.filter(pl.col("key").is_in(list(RATES.values())), pl.col("grouping") == "")
    joined = (
        counts.with_columns(mid=pl.col("year") - 1)
        .sort("mid")
        .join_asof(
            people,
            left_on="mid",
            right_on="mid_year",
            by="area_code",
            strategy="backward",
            check_sortedness=False,
        )
        .filter(pl.col("people").is_not_null())
    )
    older = pl.when(pl.col("mid_year") < pl.col("mid")).then(
        pl.format(" (mid-{} is not loaded)", pl.col("mid"))
    )
    said = pl.format(
        "{} / population of mid-{}{} of {}", "source", "mid_year", older.fill_null(""), "people_source"
    )
    return joined.with_columns(
        key=pl.col("key").replace_strict({count: rate for rate, count in RATES.items()}),
        value=pl.col("value") * 10_000 / pl.col("people"),
        precision=pl.when(pl.col("value").is_not_null()).then(pl.lit(1, pl.Int64)),
        source=said,
    )


def population_of(printed: pl.LazyFrame) -> pl.LazyFrame:
    """Children aged 0 to 17: area_code, mid_year (Int64), people (Int64), people_source."""
    people = printed.filter(pl.col("key") == POPULATION, pl.col("value").is_not_null())
    return people.select(
        "area_code",
        mid_year=pl.col("year"),
        people=pl.col("value").cast(pl.Int64),
        people_source=pl.col("source"),
    )


def compared(
    values: pl.LazyFrame,
    areas: pl.DataFrame,
    authority: str,
    region: str | None,
    neighbours: list[str],
    average: Average,
) -> pl.LazyFrame:
    """Our own published figure, and those of neighbours, region and England beside it.

    The mean or median is of the neighbours that have a value, of each year; where no neighbour's own figures
    were loaded, it is the one published for this authority.

    Args:
        values: as `current` gives them.
        areas: area_code, area_name.
        neighbours: the codes of the areas.

    Returns:
        COMPARED, in the order of WHO.
    """
    names = dict(areas.select("area_code", pl.col("area_name").fill_null(pl.col("area_code"))).iter_rows())
    single = {authority: "own", "E92000001": "england", MEASURED: "region"}
    single |= {region: "region"} if region else {}
    alone = values.filter(pl.col("area_code").is_in(list(single))).with_columns(
        who=pl.col("area_code").replace_strict(single, return_dtype=pl.String),
        label=pl.col("area_code").replace(names),
        count=pl.lit(None, pl.Int64),
    )
    of_several = _average(values.filter(pl.col("area_code").is_in(neighbours)), len(neighbours), average)
    published = values.filter(pl.col("area_code") == f"{authority}:{average}").with_columns(
        who=pl.lit("neighbours"),
        label=pl.lit(f"Statistical neighbours ({average})"),
        count=pl.lit(None, pl.Int64),
    )
    instead = published.join(
        of_several.filter(pl.col("value").is_not_null()), on=["key", "grouping", "year"], how="anti"
    )
    of_several = of_several.join(instead, on=["key", "grouping", "year"], how="anti")
    frames = [frame.select(*COMPARED) for frame in (alone, of_several, instead)]
    order = pl.col("who").replace_strict({who: at for at, who in enumerate(WHO)}, return_dtype=pl.Int64)
    # the figures of a region's authorities stand instead of the published ones as soon as they are newer
    return pl.concat(frames).sort("key", "grouping", ended(), order)


def ended() -> pl.Expr:
    """The day of a figure: its own, or the 31 March that its year ends on."""
    return pl.coalesce("day", pl.date(pl.col("year"), 3, 31))


def when() -> pl.Expr:
    """The year of a figure, or the month of one that a region's authorities gave: 2025, Oct 2026."""
    return pl.coalesce(pl.col("day").dt.strftime("%b %Y"), pl.col("year").cast(pl.String))


def _average(values: pl.LazyFrame, many: int, average: Average) -> pl.LazyFrame:
    there = pl.col("value").is_not_null()
    middle = pl.col("value").mean() if average == "mean" else pl.col("value").median()
    grouped = values.group_by("key", "grouping", "year").agg(
        value=middle,
        symbol=pl.when(~there.any()).then(pl.col("symbol").drop_nulls().first()),
        precision=pl.when(there.any()).then(pl.lit(1, pl.Int64)),
        count=there.sum().cast(pl.Int64),
        day=pl.lit(None, pl.Date),
        source=pl.col("source").filter(there).first().fill_null(pl.col("source").first()),
    )
    label = pl.format("Statistical neighbours ({} of {})", pl.lit(average), pl.col("count"))
    few = pl.when(pl.col("count") < many).then(
        pl.format("{}, {} without a value", label, many - pl.col("count"))
    )
    return grouped.with_columns(who=pl.lit("neighbours"), label=few.otherwise(label))


RANKED: dict[str, Any] = {
    "key": pl.String, "area_code": pl.String, "year": pl.Int64, "value": pl.Float64,
}  # fmt: skip


def _none_of(_keys: list[str]) -> pl.DataFrame:
    return pl.DataFrame(schema=RANKED)


def ranked(values: pl.DataFrame, better: Mapping[str, bool], authority: str, day: date) -> pl.DataFrame:
    """Our rank and quartile in the newest year in which we have a figure, of no year that ends after the day.

    1 is the best by what is good, ties take the lowest rank. The quartile is A up to the first of the
    quartiles of the values, from the best, then B and C, else D.

    Args:
        values: key, area_code, year, value, of authorities alone.
        better: by key, whether higher is better.

    Returns:
        key, year, rank, many (authorities with a figure), quartile; in the order of `better`.
    """
    ended = day.year if (day.month, day.day) >= (3, 31) else day.year - 1
    known = values.filter(
        pl.col("key").is_in(list(better)), pl.col("value").is_not_null(), pl.col("year") <= ended
    )
    ours = known.filter(pl.col("area_code") == authority).group_by("key").agg(pl.col("year").max())
    sign = pl.col("key").replace_strict({key: -1.0 if high else 1.0 for key, high in better.items()})
    order = {key: place for place, key in enumerate(better)}
    cost, of = sign * pl.col("value"), ["key", "year"]
    quartile = pl.lit("D")
    for share, name in ((0.75, "C"), (0.5, "B"), (0.25, "A")):
        quartile = (
            pl.when(pl.col("_cost") <= pl.col("_cost").quantile(share, "linear").over(of))
            .then(pl.lit(name))
            .otherwise(quartile)
        )
    told = known.join(ours, on=of, how="semi").with_columns(_cost=cost)
    return (
        told.with_columns(
            rank=pl.col("_cost").rank("min").over(of).cast(pl.Int64),
            many=pl.len().over(of).cast(pl.Int64),
            quartile=quartile,
        )
        .filter(pl.col("area_code") == authority, pl.col("many") > 1)
        .sort(pl.col("key").replace_strict(order, return_dtype=pl.Int64))
        .select("key", "year", "rank", "many", "quartile")
    )


@dataclass(frozen=True)
class Comparators:
    """What is published of us and of others, for measures and reports to ask."""

    rows: pl.DataFrame
    """COMPARED"""
    people: pl.DataFrame
    """of the authority: mid_year, people, people_source, oldest first"""
    authority: str
    of_authorities: Callable[[list[str]], pl.DataFrame] = field(default=_none_of)
    """the values of every authority of some keys: key, area_code, year, value; read when it is called"""

    @property
    def population(self) -> dict[int, int]:
        """Children aged 0 to 17 by the year of the mid-year estimate."""
        return dict(self.people.select("mid_year", "people").iter_rows())

    def newest(self, keys: list[str], day: date, *, yearly: bool = False) -> pl.DataFrame:
        """The newest figure of each key, of nothing that ends after the day: COMPARED.

        Args:
            yearly: what is published for a year, and nothing else.
        """
        told = pl.col("key").is_in(keys) & (pl.col("grouping") == "") & (ended() <= day)
        if yearly:
            told &= pl.col("day").is_null()
        return self.rows.filter(told).unique(["key", "who"], keep="last", maintain_order=True)

    def of(self, key: str, day: date | None = None, grouping: str = "") -> pl.DataFrame:
        """The newest published figures of a key, one row per WHO that has any: COMPARED.

        Args:
            day: no figure of a year that ends after it; none given: the newest there is.
        """
        rows = self.rows.filter(pl.col("key") == key, pl.col("grouping") == grouping)
        if day is not None:
            rows = rows.filter(ended() <= day)
        return rows.unique("who", keep="last", maintain_order=True)
