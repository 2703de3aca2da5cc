"""Missing episodes and return interviews."""

import polars as pl

from data.demo.days import Days, after, days_between, months
from data.demo.dice import Dice, choose, repeated
from data.demo.finish import numbered, table


def missing(care: pl.DataFrame, episodes: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Missing episodes: few children, some of them again and again, most found the next day."""
    at_home = episodes.filter(pl.col("care").is_null() & (pl.col("back") == 0) & pl.col("open")).select(
        "child", "back", "person", "born", spell="ep", start="referral", end="close", share=pl.lit(0.05)
    )
    in_care = care.filter(pl.col("entry") != "short_break").select(
        "child", "back", "person", "born", "spell", "start", "end", share=pl.lit(0.2)
    )
    frame = pl.concat([in_care, at_home])
    finish = pl.min_horizontal(pl.col("end").fill_null(days.as_at), days.today)
    frame = frame.with_columns(finish=finish, from_=pl.max_horizontal("start", months(pl.col("born"), 132)))
    room = days_between(pl.col("from_"), pl.col("finish"))
    runs = frame.with_columns(room=room).filter((room > 5) & dice.chance(pl.col("share"), "runs", "child"))
    often = (
        pl.when(dice.chance(0.25, "often", "child"))
        .then(5 + dice.waiting(8, 30, "how often", "child"))
        .otherwise(1 + dice.waiting(1.2, 6, "times", "child"))
    )
    runs = repeated(runs.with_columns(often=pl.min_horizontal(often, room // 4)), pl.col("often"), "nth")
    ids = ("child", "back", "nth")
    day = after(pl.col("from_"), (dice.share("missing", *ids) * pl.col("room")).cast(pl.Int64))
    start = day.cast(pl.Datetime("us")) + pl.duration(
        minutes=dice.between(15 * 4, 23 * 4 + 3, "left at", *ids) * 15
    )
    hours = 2 + dice.waiting(14, 160, "away", *ids)
    runs = runs.with_columns(on=start).sort("child", "on")
    away = pl.col("on") + pl.duration(hours=hours, minutes=dice.between(0, 3, "found at", *ids) * 15)
    next_one = pl.col("on").shift(-1).over("child") - pl.duration(hours=1)
    now = pl.lit(days.as_at).cast(pl.Datetime("us"))
    runs = runs.filter(pl.col("on") < now).with_columns(until=pl.min_horizontal(away, next_one))
    runs = runs.filter(pl.col("until") > pl.col("on")).with_columns(
        until=pl.when(pl.col("until") < now).then("until")
    )
    lately = days_between(pl.col("on").dt.date(), pl.lit(days.as_at)) < 90
    not_offered = pl.when(lately).then(choose(dice.share("offered", *ids), {"Y": 84, "N": 11, "NA": 5}))
    offered = not_offered.otherwise(choose(dice.share("offered", *ids), {"Y": 96, "NA": 4}))
    runs = numbered(runs, "miss_table_id", 760_001, "on", "person").with_columns(
        offered=pl.when(pl.col("until").is_not_null()).then(offered)
    )
    accepted = pl.when(dice.chance(0.68, "accepted", *ids)).then(pl.lit("Y")).otherwise(pl.lit("N"))
    return table(
        "missing",
        runs.with_columns(
            miss_person_id="person",
            miss_missing_episode_start_date="on",
            miss_missing_episode_type=dice.pick({"M": 88, "A": 12}, "missing type", *ids),
            miss_missing_episode_end_date="until",
            miss_missing_rhi_offered="offered",
            miss_missing_rhi_accepted=pl.when(pl.col("offered") == "Y")
            .then(accepted)
            .when(pl.col("offered") == "NA")
            .then(pl.lit("NA")),
        ),
    )
