"""The demo's own list of foster carers: households of children who live with its carers on the day."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from data.demo.dice import Dice

TOGETHER = 2
"""Children of one household, at most"""


def carers(tables: Mapping[str, pl.DataFrame], seed: int, as_at: date) -> pl.DataFrame:
    """A row a household, all text, under the headings of `carers.csv`; some with nobody placed."""
    dice, day = Dice(seed), pl.lit(as_at)
    place = tables["cla_placement"].lazy()
    live = (
        place.filter(
            pl.col("clap_cla_placement_type").str.starts_with("U"),
            pl.col("clap_cla_placement_provider") == "PR1",
            pl.col("clap_cla_placement_start_date") <= day,
            pl.col("clap_cla_placement_end_date").is_null() | (pl.col("clap_cla_placement_end_date") > day),
        )
        .sort("clap_cla_placement_start_date", "clap_person_id")
        .unique("clap_person_id", keep="last", maintain_order=True)
        .with_columns(connected=pl.col("clap_cla_placement_type").is_in(["U1", "U3"]))
        .with_columns(nth=pl.int_range(pl.len()).over("connected") // TOGETHER)
        .group_by("connected", "nth", maintain_order=True)
        .agg(children=pl.col("clap_person_id").str.join("; "), placed=pl.len().cast(pl.Int64))
    )
    spare = pl.LazyFrame({"connected": [False, False], "nth": [9_001, 9_002], "children": ["", ""]})
    rows = pl.concat([live, spare.with_columns(placed=pl.lit(0, pl.Int64))]).with_row_index("row")
    workers = tables["professionals"].sort("prof_professional_id")["prof_professional_name"]
    ids = ("connected", "nth")
    approved = day - pl.duration(days=dice.between(200, 3_000, "approved", *ids))
    new = pl.col("connected") & (pl.col("nth") % 3 == 0)

    def ago(least: int, most: int, what: str) -> pl.Expr:
        return (day - pl.duration(days=dice.between(least, most, what, *ids))).dt.strftime("%Y-%m-%d")

    return rows.select(
        household=pl.format("Carer {}", pl.col("row") + 101),
        approved=pl.when(~new).then(approved.dt.strftime("%Y-%m-%d")).fill_null(""),
        last_review=pl.when(~new).then(ago(10, 400, "review")).fill_null(""),
        places=pl.max_horizontal(pl.col("placed") - (pl.col("nth") == 1), 1)
        + dice.between(0, 1, "places", *ids),
        worker=pl.lit(workers[: min(4, workers.len())].to_list(), pl.List(pl.String)).list.get(
            pl.col("row") % min(4, workers.len())
        ),
        last_supervision=ago(1, 60, "supervision"),
        last_unannounced=ago(5, 420, "unannounced"),
        temporary_from=pl.when(new).then(ago(20, 130, "temporary")).fill_null(""),
        temporary_extended=pl.lit(""),
        children="children",
    ).collect()
