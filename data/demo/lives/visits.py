"""Chains of visits and reviews: each one follows the last, mostly in time, some late, a few very late."""

import polars as pl

from data.demo.days import Days, after, days_between
from data.demo.dice import Dice, repeated

Habit = tuple[tuple[float, int, int], ...]
"""How long until the next: probabilities (adding up to 1) with the shortest and longest wait."""

CP_VISITS: Habit = ((0.815, 5, 10), (0.125, 11, 14), (0.046, 12, 24), (0.014, 22, 42))
CIN_VISITS: Habit = ((0.785, 11, 20), (0.145, 21, 26), (0.055, 24, 36), (0.015, 36, 60))
CARE_VISITS: Habit = ((0.82, 26, 41), (0.125, 43, 54), (0.045, 50, 80), (0.01, 80, 120))
LONG_CARE_VISITS: Habit = ((0.85, 55, 88), (0.115, 92, 105), (0.035, 105, 140))


def waits(habit: Habit, dice: Dice, what: str, *whom: str) -> pl.Expr:
    """One wait of a habit."""
    share, upto = dice.share(what + " habit", *whom), 0.0
    kinds: list[pl.Expr] = []
    for probability, low, high in habit:
        here = (share >= upto) & (share < upto + probability)
        kinds.append(pl.when(here).then(dice.between(low, high, what + " wait", *whom)))
        upto += probability
    _, _, high = habit[-1]
    return pl.coalesce(*kinds, pl.lit(high, dtype=pl.Int64))


def working_chain(
    spells: pl.DataFrame,
    habit: Habit,
    what: str,
    dice: Dice,
    days: Days,
    by: tuple[str, ...] = ("fam", "back"),
) -> pl.DataFrame:
    """Visits counted in working days within spells of `spell, start, end`; brothers and sisters on one day.

    Adds nth (from 0) and on (Date), which is after start, within the spell, and not after the as-at day.
    """
    end = pl.col("end").fill_null(days.as_at)
    shortest = habit[0][1]
    most = (days.working_days_between(pl.col("start"), end) // shortest + 1).clip(0, 900)
    frame = repeated(spells, most, "nth")
    frame = frame.with_columns(wait=waits(habit, dice, what, *by, "nth"))
    frame = frame.with_columns(on=days.working(pl.col("start"), pl.col("wait").cum_sum().over("spell")))
    return written(frame.filter(pl.col("on") <= end), what, dice, days).drop("wait")


def written(frame: pl.DataFrame, what: str, dice: Dice, days: Days) -> pl.DataFrame:
    """Leave out some visits of the last days: they were made, and are not yet in the system."""
    lately = days_between(pl.col("on"), pl.lit(days.as_at)) <= 4
    return frame.filter((lately & dice.chance(0.4, what + " not yet recorded", "child", "nth")).not_())


def seen(what: str, share: float, dice: Dice) -> dict[str, pl.Expr]:
    """Was the child seen, seen alone, and the bedroom: Y, N or (rarely, for bedrooms) not recorded."""
    old_enough = days_between(pl.col("born"), pl.col("on")) > 4 * 365
    met = dice.chance(share, what + " seen", "child", "spell", "nth")
    alone = dice.chance(0.72, what + " alone", "child", "spell", "nth") & old_enough & met
    room = dice.chance(0.5, what + " bedroom", "child", "spell", "nth") & met
    return {
        "seen": pl.when(met).then(pl.lit("Y")).otherwise(pl.lit("N")),
        "alone": pl.when(alone).then(pl.lit("Y")).otherwise(pl.lit("N")),
        "bedroom": pl.when(room)
        .then(pl.lit("Y"))
        .when(dice.chance(0.9, what + " noted", "spell", "nth"))
        .then(pl.lit("N")),
    }


def review_chain(
    spells: pl.DataFrame, second: int, late: float, what: str, dice: Dice, days: Days
) -> pl.DataFrame:
    """Review meetings: the first after about `first` days (a column), then `second` months, then every six.

    Adds nth, due (Date, by the months from the last one held) and on (Date). `spells` has spell, start,
    end, first (days to the first) and first_due (Date).
    """
    end = pl.col("end").fill_null(days.as_at)
    frame = repeated(spells, (days_between(pl.col("start"), end) // 75 + 2).clip(0, 60), "nth")
    ids = ("fam", "back", "nth")
    overran = dice.chance(late, what + " late", *ids)
    length = (
        pl.when(pl.col("nth") == 0).then("first").when(pl.col("nth") == 1).then(second * 30).otherwise(181)
    )
    early = (
        pl.when(pl.col("nth") == 0)
        .then(dice.between(0, 5, what + " early", *ids))
        .otherwise(dice.between(2, 22, what + " early", *ids))
    )
    spread = length + pl.when(overran).then(6 + dice.waiting(13, 70, what + " over", *ids)).otherwise(-early)
    frame = frame.with_columns(wait=spread)
    frame = frame.with_columns(
        on=days.working_before(after(pl.col("start"), pl.col("wait").cum_sum().over("spell").cast(pl.Int64)))
    )
    last = pl.col("on").shift().over("spell")
    due = (
        pl.when(pl.col("nth") == 0)
        .then("first_due")
        .when(pl.col("nth") == 1)
        .then(last.dt.offset_by(f"{second}mo"))
        .otherwise(last.dt.offset_by("6mo"))
    )
    frame = frame.with_columns(due=due).filter((pl.col("on") <= end) & (pl.col("on") > pl.col("start")))
    unwritten = dice.chance(0.35, what + " not yet recorded", "fam", "back") & (
        days_between(pl.col("on"), pl.lit(days.as_at)) < 16
    )
    return frame.filter((pl.col("end").is_null() & unwritten).not_()).drop("wait")


def participation(age_on: str, dice: Dice, what: str) -> pl.Expr:
    """How the child took part in a review held on the day in the column `age_on`."""
    young = days_between(pl.col("born"), pl.col(age_on)) < 4 * 365.25
    return (
        pl.when(young)
        .then(pl.lit("PN0"))
        .otherwise(
            dice.pick(
                {"PN1": 48, "PN2": 6, "PN3": 3, "PN4": 4, "PN5": 8, "PN6": 25, "PN7": 6},
                what,
                "child",
                "spell",
                "nth",
            )
        )
    )
