"""Who there is: children in sibling groups, each with the path the service took with them."""

from typing import NamedTuple

import polars as pl

from data.demo.days import Days, after
from data.demo.dice import Dice, choose, repeated
from data.demo.districts import CHILDREN, District

YEAR = 365.25


class Group(NamedTuple):
    """Children who are at the same point with the service."""

    name: str
    share: float
    """of the open children asked for; closed groups are counted against the open too"""
    path: str
    """what the service did in the latest referral: see `episodes`"""
    open: bool
    ages: tuple[float, float, float]
    """youngest, oldest, and how much the young outweigh the old (1 is even)"""
    siblings: bool = True


GROUPS = (
    Group("protection", 0.165, "cp", True, (-0.06, 16.5, 1.5)),
    Group("in_need", 0.294, "cin", True, (0.2, 17.3, 1.1)),
    Group("disabled", 0.075, "cin", True, (3, 17.5, 0.9), siblings=False),
    Group("short_breaks", 0.004, "cla", True, (6, 16.5, 1), siblings=False),
    Group("assessing", 0.12, "assessing", True, (0.1, 17.3, 1.1)),
    Group("enquiry", 0.02, "enquiry", True, (0.1, 16.5, 1.3)),
    Group("new", 0.02, "new", True, (0.1, 17, 1)),
    Group("looked_after", 0.1645, "cla", True, (0.2, 17.9, 0.42)),
    Group("unaccompanied", 0.0225, "cla", True, (15.6, 17.95, 0.8), siblings=False),
    Group("leaver", 0.115, "leaver", True, (17.6, 24.9, 1.2), siblings=False),
    Group("was_referred", 0.8, "nfa", False, (0.1, 17.2, 1.1)),
    Group("was_assessed", 1.0, "assess", False, (0.1, 17.2, 1.1)),
    Group("was_enquiry", 0.4, "s47", False, (0.1, 16.5, 1.2)),
    Group("was_in_need", 1.05, "cin", False, (0.2, 17, 1.1)),
    Group("was_protection", 0.6, "cp", False, (0.1, 16, 1.5)),
    Group("was_looked_after", 0.16, "cla", False, (0.1, 16.8, 1.1)),
    Group("was_adopted", 0.03, "cla", False, (0.05, 4.5, 2), siblings=False),
    Group("was_leaver", 0.08, "leaver", False, (21.2, 25.5, 1), siblings=False),
    Group("contact_only", 0.9, "contact", False, (0.2, 17.3, 1)),
)


def children(district: District, dice: Dice, days: Days) -> pl.DataFrame:
    """One row per child.

    Columns: child (Int64, from 1 in the first district), fam (Int64: siblings of one group share it),
    household (Int64: families of several groups may share it), place (Int64: 0 the youngest of fam),
    group, path (String), open (Boolean), anchor (Date: when the present stage began, the same for siblings),
    born (Date).
    """
    frames: list[pl.DataFrame] = []
    first_family = first_child = district.before(CHILDREN) + 1
    for group in GROUPS:
        wanted = max(1, round(district.children * group.share))
        frame = _families(group, wanted, first_family, dice)
        first_family = frame.item(-1, "fam") + 1
        frames.append(frame.with_columns(child=pl.int_range(first_child, first_child + wanted)))
        first_child += wanted
    frame = pl.concat(frames)
    return _households(_lives(frame, dice, days), dice)


def _families(group: Group, wanted: int, first: int, dice: Dice) -> pl.DataFrame:
    families = pl.select(fam=pl.int_range(first, first + wanted)).with_columns(
        size=choose(dice.share("family size", "fam"), {"1": 52, "2": 28, "3": 13, "4": 7}).cast(pl.Int64)
        if group.siblings
        else pl.lit(1)
    )
    youngest, oldest, skew = (float(age) for age in group.ages)
    in_care = group.name == "looked_after"
    # the youngest of a large family is young
    crowded = 1 + (0.1 if in_care else 0.45) * (pl.col("size") - 1)
    age = youngest + dice.share("age", "fam").pow(skew) * (oldest - youngest) / crowded
    if in_care:  # those who came as babies, besides the many teenagers
        small = 0.1 + 4.9 * dice.share("small", "fam")
        age = pl.when(dice.chance(0.24, "came small", "fam")).then(small).otherwise(age)
    return (
        repeated(families, pl.col("size"), "place")
        .head(wanted)
        .select(
            "fam",
            "place",
            group=pl.lit(group.name),
            path=pl.lit(group.path),
            open=pl.lit(group.open),
            oldest=pl.lit(float(oldest)),
            youngest=age,
        )
    )


def _lives(frame: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Ages become birth dates; the present stage gets its beginning, within the youngest one's life."""
    lived = pl.col("youngest") * YEAR
    group = pl.col("group")
    wait = (
        pl.when(group == "protection")
        .then(dice.waiting(190, 720, "stage", "fam").clip(upper_bound=(lived + 55).clip(4)))
        .when(group == "in_need")
        .then(dice.waiting(170, 800, "stage", "fam").clip(upper_bound=lived * 0.8))
        .when(group == "disabled")
        .then(dice.waiting(420, 1500, "stage", "fam").clip(upper_bound=lived * 0.6))
        .when(group == "short_breaks")
        .then(dice.between(90, 1200, "stage", "fam"))
        .when(group == "looked_after")
        .then((15 + dice.waiting(900, 3650, "stage", "fam")).clip(upper_bound=lived * 0.85))
        .when(group == "unaccompanied")
        .then(dice.waiting(330, 900, "stage", "fam").clip(upper_bound=lived - 14.6 * YEAR))
        .when(group == "new")
        .then(dice.between(0, 4, "stage", "fam"))
        .when(group == "enquiry")
        .then(dice.between(3, 30, "stage", "fam"))
        .when(group == "assessing")
        .then(
            pl.when(dice.chance(0.92, "stage tail", "fam"))
            .then(dice.between(1, 60, "stage", "fam"))
            .otherwise(64 + dice.waiting(26, 150, "stage", "fam"))
        )
        .otherwise(dice.between(130, days.years * 365, "stage", "fam"))
        .cast(pl.Int64)
        .clip(0)
    )
    anchor = after(days.today, -wait)
    older = pl.col("place") * dice.between(330, 1150, "gap", "child")
    age = (lived + older).clip(
        upper_bound=pl.max_horizontal((pl.col("oldest") + 0.4).clip(0, 17.9) * YEAR - pl.col("place"), lived)
    )
    alive_today = pl.col("open") | (pl.col("path") == "leaver") | (pl.col("path") == "contact")
    twin = dice.chance(0.03, "twin", "fam") & (pl.col("place") == 1)
    days_old = pl.when(twin).then(lived).otherwise(age).cast(pl.Int64)
    return frame.with_columns(
        anchor=days.working_before(anchor),
        born=after(pl.when(alive_today).then(days.today).otherwise(anchor), -days_old),
    )


def _households(frame: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Let one family in eight of a looked-after, closed or contact-only group be kin of another's."""
    others = frame.filter(pl.col("group").is_in(["in_need", "protection", "was_in_need"]))["fam"]
    kin = dice.chance(0.13, "kin", "fam") & pl.col("group").is_in(
        ["looked_after", "was_looked_after", "was_adopted", "was_assessed", "contact_only", "assessing"]
    )
    candidates = others.unique(maintain_order=True)
    index = (dice.share("kin whom", "fam") * candidates.len()).cast(pl.UInt32)
    return frame.with_columns(
        household=pl.when(kin).then(pl.lit(candidates).gather(index)).otherwise(pl.col("fam"))
    ).drop("youngest", "oldest")
