"""Before and in court: pre-proceedings on a day, interim orders begun, and how long proceedings took."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.care_periods import legal_statuses
from fcl_tui.definitions.wording.labels import blank_to_null
from fcl_tui.records.over_time.on_days import DAY, beside, in_period, with_who

INTERIM = "C1"
FINAL = ("C2", "E1")
FINAL_WORDS = {"C2": "Care order", "E1": "Placement order"}
ARRANGEMENTS = "E41"
GUARDIANSHIP = ("E43", "E44", "E45", "E46", "E47", "E48")
_FAR = pl.date(9999, 12, 31)


def preproceedings(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child and letter before proceedings sent by the day, without an outcome.

    Returns:
        day, first, last, person_id, record, start (Date: of the letter), source_row.
    """
    rows = scan("pre_proceedings").select(
        record="prep_table_id",
        person_id="prep_person_id",
        start="prep_pre_pro_letter_date",
        outcome=blank_to_null(pl.col("prep_pre_pro_outcome")),
        source_row="source_row",
    )
    open_ones = rows.filter(pl.col("person_id").is_not_null(), pl.col("outcome").is_null())
    return with_who(beside(days, open_ones.drop("outcome"), pl.col("start") <= DAY), scan)


def _interim(scan: Scan) -> pl.LazyFrame:
    """Runs of interim care orders, those that follow one another without a gap as one.

    Returns:
        person_id, run, start (Date: of the first order), until (Date: when the last is over; null = open).
    """
    legal = legal_statuses(scan).filter(
        pl.col("legal_status") == INTERIM, pl.col("legal_start").is_not_null()
    )
    ordered = legal.sort("person_id", "legal_start", "legal_end", nulls_last=True)
    before = pl.col("legal_end").fill_null(_FAR).shift(1).cum_max().over("person_id")
    apart = (pl.col("legal_start") > before.dt.offset_by("1d")).fill_null(value=False)
    return (
        ordered.with_columns(apart=apart)
        .with_columns(run=pl.col("apart").cum_sum().over("person_id"))
        .group_by("person_id", "run", maintain_order=True)
        .agg(
            start=pl.col("legal_start").first(),
            until=pl.when(pl.col("legal_end").is_null().any())
            .then(None)
            .otherwise(pl.col("legal_end").max()),
        )
    )


def _orders(scan: Scan) -> pl.LazyFrame:
    """The orders that end proceedings: person_id, date, order (String)."""
    legal = legal_statuses(scan).filter(pl.col("legal_status").is_in(FINAL))
    made = legal.select(
        "person_id",
        date="legal_start",
        order=pl.col("legal_status").replace_strict(FINAL_WORDS, return_dtype=pl.String),
    )
    reason = pl.col("clae_cla_episode_ceased_reason")
    left = scan("cla_episodes").filter(reason.is_in((ARRANGEMENTS, *GUARDIANSHIP)))
    ended = left.select(
        person_id="clae_person_id",
        date="clae_cla_episode_ceased_date",
        order=pl.when(reason == ARRANGEMENTS)
        .then(pl.lit("Child arrangements order"))
        .otherwise(pl.lit("Special guardianship order")),
    )
    return pl.concat([made, ended]).filter(pl.col("person_id").is_not_null(), pl.col("date").is_not_null())


def proceedings(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child whose care proceedings were completed in the window of a day, by stand-ins.

    From the first interim care order, instead of the day of issue, which the standard does not hold, to the
    first care or placement order, or care that ends by a special guardianship or child arrangements order.
    Orders are per child: the standard knows no case.

    Returns:
        day, first, last, person_id, start (Date: first interim order), date (Date: the final order), order
        (String), weeks (Float64: calendar days / 7).
    """
    final = (
        _interim(scan)
        .join(_orders(scan), on="person_id", how="inner")
        .filter(pl.col("date") >= pl.col("start"))
        .sort("person_id", "run", "date", "order")
        .unique(["person_id", "run"], keep="first", maintain_order=True)
        # an order ends the proceedings that began last before it
        .sort("person_id", "date", "start")
        .unique(["person_id", "date"], keep="last", maintain_order=True)
        .with_columns(weeks=(pl.col("date") - pl.col("start")).dt.total_days() / 7)
        .drop("run", "until")
    )
    return with_who(beside(days, final, in_period("date")), scan)


def interim_orders(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child and interim care order begun in the period after none: day, first, last, person_id,
    start (Date), and the columns of `on_days.with_who`."""
    begun = _interim(scan).select("person_id", "start")
    return with_who(beside(days, begun, in_period("start")), scan)
