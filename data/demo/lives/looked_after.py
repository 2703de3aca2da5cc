"""Periods of care: placements, legal statuses, and the episodes in which either of them changes."""

import polars as pl

from data.demo.days import Days, after, days_between
from data.demo.dice import Dice, repeated
from data.demo.finish import numbered, table

_YEAR = 365.25
_SMALL = {"U6": 50.0, "U5": 4, "U3": 16, "U1": 8, "U4": 14, "P1": 7, "R3": 1}
_SCHOOL = {"U6": 42.0, "U4": 22, "U1": 8, "U3": 9, "K2": 13, "P1": 4, "S1": 1, "R1": 1}
_TEEN = {
    "K3": 34.0,
    "U6": 20,
    "U4": 14,
    "K2": 17,
    "U1": 4,
    "U3": 4,
    "P1": 3,
    "K1": 0.7,
    "R5": 0.8,
    "S1": 1,
    "Z1": 1.5,
}
_ALONE = {"K3": 55.0, "U6": 38, "U3": 5, "Z1": 2}
_MOVED = {
    "CARPL": 44.0,
    "CREQB": 17,
    "CREQO": 8,
    "CHILD": 8,
    "LAREQ": 10,
    "CLOSE": 3,
    "STAND": 3,
    "ALLEG": 1,
    "PLACE": 3,
    "OTHER": 3,
}


def periods(episodes: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """One row per period of care: spell (the episode's number), cla (String key), start, end, route, who."""
    frame = episodes.filter(pl.col("care").is_not_null()).select(
        "child",
        "fam",
        "back",
        "ep",
        "household",
        "person",
        "ref",
        "born",
        "eighteen",
        "group",
        "path",
        "entry",
        "need",
        "left",
        spell="ep",
        start="care",
        end="care_end",
    )
    frame = numbered(frame, "cla", 440_001, "start", "person")
    adopted = pl.col("group") == "was_adopted"
    young = days_between(pl.col("born"), pl.col("start")) < 4 * _YEAR
    lately = days_between(pl.col("start"), pl.lit(days.as_at)) < 1100
    adopting = pl.col("end").is_null() & young & lately & (pl.col("entry") != "short_break")
    route = (
        pl.when(pl.col("entry").is_in(["uasc", "short_break"]))
        .then("entry")
        .when(adopted | (adopting & dice.chance(0.5, "adoption plan", "fam")))
        .then(pl.lit("adoption"))
        .otherwise(
            dice.pick({"agreed": 24, "proceedings": 56, "urgent": 18, "remand": 2}, "route", "fam", "back")
        )
    )
    return frame.with_columns(route=route)


def placements(care: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """One row per placement: `periods`, nth, of, on, until (Date), kind, placement (String key), reason."""
    length = days_between(pl.col("start"), pl.col("end").fill_null(days.as_at))
    moves = dice.pick({"1": 36, "2": 29, "3": 18, "4": 10, "5": 7}, "placements", "child", "back").cast(
        pl.Int64
    )
    most = pl.when(pl.col("entry") == "short_break").then(1).otherwise(1 + length // 35)
    frame = care.with_columns(length=length, of=pl.min_horizontal(moves, most).clip(1))
    frame = repeated(frame.with_columns(times=pl.col("of")), pl.col("times"), "nth")
    final = pl.col("nth") == pl.col("of") - 1
    weight = (
        0.2 + dice.share("placement length", "child", "back", "nth") + pl.when(final).then(0.9).otherwise(0.0)
    )
    frame = frame.with_columns(weight=weight)
    part = pl.col("weight").cum_sum().over("spell") / pl.col("weight").sum().over("spell")
    until = after(pl.col("start"), (part * pl.col("length")).cast(pl.Int64))
    frame = frame.with_columns(until=pl.when(final).then("end").otherwise(until)).with_columns(
        on=pl.when(pl.col("nth") == 0).then("start").otherwise(pl.col("until").shift().over("spell"))
    )
    frame = numbered(frame.with_columns(kind=_kind(dice, final)), "placement", 470_001, "on", "person")
    return frame.sort("spell", "nth").with_columns(
        reason=pl.when(pl.col("until").is_null())
        .then(None)
        .when(pl.col("nth") == pl.col("of") - 1)
        .then(pl.lit("CARPL"))
        .otherwise(dice.pick(_MOVED, "moved", "child", "back", "nth"))
    )


def _kind(dice: Dice, final: pl.Expr) -> pl.Expr:
    ids = ("child", "back", "nth")
    age = days_between(pl.col("born"), pl.col("on")) / _YEAR
    supported = pl.when(pl.col("on").dt.year() >= 2024).then(pl.lit("K3")).otherwise(pl.lit("H5"))
    kind = (
        pl.when(pl.col("route") == "short_break")
        .then(dice.pick({"K2": 60, "U6": 40}, "placed", *ids))
        .when((pl.col("route") == "adoption") & final & (pl.col("nth") > 0))
        .then(dice.pick({"A6": 82, "A5": 18}, "placed", *ids))
        .when(pl.col("route") == "remand")
        .then(dice.pick({"R5": 50, "K1": 25, "K2": 25}, "placed", *ids))
        .when((pl.col("entry") == "uasc") & (age >= 16))
        .then(dice.pick(_ALONE, "placed", *ids))
        .when(age >= 16)
        .then(dice.pick(_TEEN, "placed", *ids))
        .when(age >= 8)
        .then(dice.pick(_SCHOOL, "placed", *ids))
        .otherwise(dice.pick(_SMALL, "placed", *ids))
    )
    return pl.when(kind == "K3").then(supported).otherwise(kind)


def placement_rows(homes: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """The placement table."""
    ids = ("child", "back", "nth")
    foster = pl.col("kind").str.starts_with("U") | pl.col("kind").str.starts_with("A")
    provider = (
        pl.when(pl.col("kind") == "P1")
        .then(pl.lit("PR0"))
        .when(pl.col("kind").is_in(["U1", "U3"]))
        .then(pl.lit("PR1"))
        .when(foster)
        .then(dice.pick({"PR1": 56, "PR4": 38, "PR2": 3, "PR5": 3}, "provider", *ids))
        .otherwise(dice.pick({"PR4": 74, "PR1": 14, "PR5": 10, "PR3": 2}, "provider", *ids))
    )
    miles = -(1.0 - dice.share("miles", *ids)).log() * pl.when(foster).then(11.0).otherwise(26.0)
    registered = pl.col("kind").is_in(["P1"]).not_()
    urn = pl.format("SC{}", dice.between(1_040_000, 1_040_260, "urn", *ids))
    return table(
        "cla_placement",
        homes.sort("placement").with_columns(
            clap_cla_placement_id="placement",
            clap_cla_id="cla",
            clap_person_id="person",
            clap_cla_placement_start_date="on",
            clap_cla_placement_type="kind",
            clap_cla_placement_urn=pl.when(registered).then(urn),
            clap_cla_placement_distance=pl.when(pl.col("kind") == "P1")
            .then(0.0)
            .otherwise(miles.clip(0.3, 290).round(1)),
            clap_cla_placement_provider=provider,
            clap_cla_placement_postcode=pl.format(
                "SX{} {}{}",
                dice.between(1, 28, "area", *ids),
                dice.between(1, 9, "sector", *ids),
                dice.pick(["AB", "DE", "FG", "HJ", "LN", "PQ", "RS", "TU", "WX"], "unit", *ids),
            ),
            clap_cla_placement_end_date="until",
            clap_cla_placement_change_reason="reason",
        ),
    )


def legal(care: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """One row per legal status: of `periods`, and nth, status, on, until."""
    whole = repeated(care.with_columns(times=pl.lit(4)), pl.col("times"), "nth")
    ids = ("fam", "back")
    interim = (
        pl.when(pl.col("route") == "agreed")
        .then(10**6)
        .when(pl.col("route") == "urgent")
        .then(dice.between(3, 8, "to interim", *ids))
        .otherwise(dice.between(0, 70, "to interim", *ids))
    )
    first_stage = pl.when((pl.col("route") == "adoption") | (interim < 4)).then(0).otherwise(interim)
    full = first_stage + dice.between(150, 300, "to order", *ids)
    ordered = full + dice.between(5, 40, "to placement order", *ids)
    begins = (
        pl.when(pl.col("nth") == 0)
        .then(0)
        .when(pl.col("nth") == 1)
        .then(first_stage)
        .when(pl.col("nth") == 2)
        .then(full)
        .otherwise(ordered)
    )
    single = pl.col("route").is_in(["uasc", "short_break", "agreed", "remand"])
    opening = (
        pl.when(pl.col("route") == "short_break")
        .then(dice.pick({"V4": 70, "V3": 30}, "short break", "child"))
        .when(pl.col("route") == "remand")
        .then(pl.lit("J1"))
        .when(pl.col("route") == "urgent")
        .then(dice.pick({"L1": 55, "L2": 45}, "urgent", *ids))
        .otherwise(pl.lit("V2"))
    )
    status = (
        pl.when(pl.col("nth") == 0)
        .then(pl.when(~single & (first_stage == 0)).then(pl.lit("C1")).otherwise(opening))
        .when(pl.col("nth") == 1)
        .then(pl.lit("C1"))
        .when(pl.col("nth") == 2)
        .then(pl.lit("C2"))
        .otherwise(pl.lit("E1"))
    )
    frame = whole.with_columns(status=status, on=after(pl.col("start"), begins.clip(0, 20_000)))
    keep = (
        (pl.col("nth") == 0)
        | (~single & (pl.col("nth") == 1) & (first_stage > 0))
        | (~single & (pl.col("nth") == 2))
        | ((pl.col("route") == "adoption") & (pl.col("nth") == 3))
    )
    in_court = pl.when(pl.col("nth") == 0).then("on").otherwise(days.working(pl.col("on")))
    frame = frame.filter(keep).with_columns(on=in_court)
    frame = frame.filter((pl.col("nth") == 0) | (pl.col("on") < pl.col("end").fill_null(days.as_at)))
    frame = frame.sort("spell", "on").with_columns(
        until=pl.coalesce(pl.col("on").shift(-1).over("spell"), "end")
    )
    return numbered(frame, "lega_legal_status_id", 420_001, "on", "person")


def legal_rows(statuses: pl.DataFrame) -> pl.DataFrame:
    """The legal status table."""
    return table(
        "legal_status",
        statuses.with_columns(
            lega_person_id="person",
            lega_legal_status="status",
            lega_legal_status_start_date="on",
            lega_legal_status_end_date="until",
        ),
    )


def episode_rows(
    care: pl.DataFrame, homes: pl.DataFrame, statuses: pl.DataFrame, dice: Dice, days: Days
) -> pl.DataFrame:
    """Episodes of care: a new one whenever the placement, the legal status or both change."""
    moved = homes.select("spell", "on", moved=pl.lit(value=True), changed=pl.lit(value=False))
    changed = statuses.select("spell", "on", moved=pl.lit(value=False), changed=pl.lit(value=True))
    points = (
        pl.concat([moved, changed])
        .group_by("spell", "on")
        .agg(pl.col("moved").any(), pl.col("changed").any())
    )
    points = points.sort("on", "spell")
    where = homes.select("spell", "on", "placement").sort("on", "spell")
    frame = points.join_asof(where, on="on", by="spell", strategy="backward", check_sortedness=False).join(
        care, on="spell", how="left", maintain_order="left"
    )
    frame = frame.sort("spell", "on").with_columns(following=pl.col("on").shift(-1).over("spell"))
    why = (
        pl.when(pl.col("on") == pl.col("start"))
        .then(pl.lit("S"))
        .when(pl.col("moved") & pl.col("changed"))
        .then(pl.lit("B"))
        .when("moved")
        .then(pl.lit("P"))
        .otherwise(pl.lit("L"))
    )
    seen = after(pl.lit(days.as_at), -dice.waiting(45, 200, "iro", "child"))
    iro = days.working_before(pl.max_horizontal(pl.min_horizontal(seen, "end"), "start"))
    last = pl.col("following").is_null()
    frame = numbered(frame, "clae_cla_episode_id", 450_001, "on", "person")
    return table(
        "cla_episodes",
        frame.with_columns(
            clae_person_id="person",
            clae_cla_placement_id="placement",
            clae_cla_episode_start_date="on",
            clae_cla_episode_start_reason=why,
            clae_cla_primary_need_code="need",
            clae_cla_episode_ceased_date=pl.coalesce("following", "end"),
            clae_cla_episode_ceased_reason=pl.when(last).then("left").otherwise(pl.lit("X1")),
            clae_cla_id="cla",
            clae_referral_id="ref",
            clae_cla_last_iro_contact_date=pl.when(last & (iro > pl.col("start"))).then(iro),
            clae_entered_care_date="start",
        ),
    )
