"""The demo's own supervisions of staff: workers who hold children, some supervised late, some never."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from data.demo.dice import Dice

HELD = 8
"""Supervisions of one worker, at most"""


def supervisions(tables: Mapping[str, pl.DataFrame], seed: int, as_at: date) -> pl.DataFrame:
    """A row a supervision, all text, under the headings of `fcl-tui supervision import`."""
    dice, day = Dice(seed), pl.lit(as_at)
    teams = tables["department"].lazy().select(team="dept_team_id", team_name="dept_team_name").unique("team")
    cases = (
        tables["involvements"]
        .lazy()
        .filter(
            pl.col("invo_professional_role_id") != "IRO",  # who reviews holds no case
            pl.col("invo_involvement_start_date") <= day,
            pl.col("invo_involvement_end_date").is_null() | (pl.col("invo_involvement_end_date") > day),
        )
        .drop_nulls(["invo_professional_id", "invo_person_id"])
        .sort("invo_person_id")
        .group_by(worker="invo_professional_id", maintain_order=True)
        .agg(
            held=pl.col("invo_person_id").unique(maintain_order=True),
            team=pl.col("invo_professional_team").drop_nulls().mode(maintain_order=True).first(),
        )
        .join(teams, on="team", how="left")
        .sort("worker")
        .with_row_index("nth")
        .filter(pl.col("nth") % 9 != 8)
    )
    numbers = pl.LazyFrame({"turn": range(HELD + 1)}).with_columns(past=pl.col("turn") - 1)
    late = pl.when(pl.col("nth") % 4 == 3).then(30).otherwise(0)
    ago = pl.col("past") * 28 + late + dice.between(1, 20, "supervised", "nth", "turn")
    booked = pl.col("past") < 0
    rows = cases.join(numbers, how="cross").filter(~booked | (pl.col("nth") % 3 != 0))
    ahead = dice.between(1, 21, "booked", "nth", "turn")
    children = pl.col("held").list.slice(pl.max_horizontal("past", 0) * 3, 4).list.join("; ")
    return rows.select(
        worker="worker",
        supervisor=pl.concat_str(pl.lit("Manager, "), pl.col("team_name").fill_null("No team")),
        date=(day - pl.duration(days=pl.when(booked).then(-ahead).otherwise(ago))).dt.strftime("%Y-%m-%d"),
        kind=pl.when(pl.col("turn") % 4 == 3).then(pl.lit("case")).otherwise(pl.lit("personal")),
        state=pl.when(booked).then(pl.lit("booked")).otherwise(pl.lit("held")),
        children=pl.when(booked).then(pl.lit("")).otherwise(children),
    ).unique(["worker", "date", "kind"], maintain_order=True).collect()  # fmt: skip
