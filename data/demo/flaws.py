"""Problems real extracts have, put in on purpose, about one row in a thousand, never among the newest rows.

They are: visits of a person who is not in the person table (numbers 9999…), a missing birth date, an
end before its start, an open case without a worker.
"""

from collections.abc import Iterable

import polars as pl

from data.demo.days import Days
from data.demo.dice import Dice

ORPHAN = "9999"
"""Person numbers that begin so, after the number of their district if there are any, belong to nobody."""

_VISITS = {
    "cp_visits": "cppv_person_id",
    "cin_visits": "cinv_person_id",
    "cla_visits": "clav_person_id",
}
_SPELLS = {
    "cin_plans": ("cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
    "cp_plans": ("cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    "early_help_episodes": ("earl_episode_start_date", "earl_episode_end_date"),
    "address": ("addr_address_start_date", "addr_address_end_date"),
}


def flawed(tables: dict[str, pl.DataFrame], dice: Dice, days: Days) -> dict[str, pl.DataFrame]:
    """The tables with the problems in them; row counts stay as they are."""
    result = dict(tables)
    for name, person in _VISITS.items():
        result[name] = _orphans(tables[name], name, person, dice)
    for name, (start, end) in _SPELLS.items():
        result[name] = _backwards(tables[name], name, start, end, dice, days)
    result["person"] = _birthless(tables, dice)
    result["involvements"] = _unallocated(tables, dice)
    return result


def _drawn(frame: pl.DataFrame, name: str, probability: float, dice: Dice) -> pl.DataFrame:
    numbered = frame.with_row_index("row_")
    return numbered.with_columns(hit_=dice.chance(probability, "flaw " + name, "row_"))


def _undrawn(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop("row_", "hit_")


def _orphans(frame: pl.DataFrame, name: str, person: str, dice: Dice) -> pl.DataFrame:
    drawn = _drawn(frame, name, 0.0006, dice)
    nobody = pl.concat_str(pl.lit(ORPHAN), (pl.col("row_") % 89 + 10).cast(pl.String))
    old = pl.col("row_") < pl.len() * 0.9
    return _undrawn(
        drawn.with_columns(pl.when(pl.col("hit_") & old).then(nobody).otherwise(person).alias(person))
    )


def _backwards(frame: pl.DataFrame, name: str, start: str, end: str, dice: Dice, days: Days) -> pl.DataFrame:
    drawn = _drawn(frame, name, 0.002, dice)
    past = pl.col(end) < pl.lit(days.as_at).dt.offset_by("-60d")
    wrong = pl.col(start).dt.offset_by("-7d")
    return _undrawn(drawn.with_columns(pl.when(pl.col("hit_") & past).then(wrong).otherwise(end).alias(end)))


def _ids(values: Iterable[str | None]) -> list[str]:
    return sorted(value for value in values if value is not None)


def _birthless(tables: dict[str, pl.DataFrame], dice: Dice) -> pl.DataFrame:
    """Closed referrals' children only, and a few open ones: no birth date at all."""
    drawn = _drawn(tables["person"], "person", 0.0012, dice)
    return _undrawn(drawn.with_columns(pers_dob=pl.when("hit_").then(None).otherwise("pers_dob")))


def _unallocated(tables: dict[str, pl.DataFrame], dice: Dice) -> pl.DataFrame:
    """One open case in four hundred has never had a worker recorded: its rows name nobody."""
    drawn = _drawn(tables["cin_episodes"], "cases", 0.0025, dice)
    cases = drawn.filter(
        pl.col("hit_") & pl.col("cine_close_date").is_null() & (pl.col("cine_referral_nfa") == "N")
    )
    lost = (
        pl.col("invo_referral_id").is_in(_ids(cases["cine_referral_id"]))
        & pl.col("invo_involvement_end_date").is_null()
    )
    frame = tables["involvements"]
    return frame.with_columns(
        pl.when(lost).then(None).otherwise("invo_professional_id").alias("invo_professional_id")
    )
