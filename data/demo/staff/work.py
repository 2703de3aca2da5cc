"""Who worked with whom: the spells of each worker on each case, from the front door to leaving care."""

import polars as pl

from data.demo.days import Days, after, days_between
from data.demo.dice import Dice, repeated

_REASONS = {"LEFTRL": 38, "MANAGE": 24, "ABSENC": 13, "ORGRST": 12, "PCCHAN": 4, "CHCHAN": 3, "OTHERS": 6}
_HANDOVER = 25
"""calendar days after entering care until the looked-after team takes the case over"""


def phases(episodes: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """One row per team's time with a case: whose it is, step (Int), kind (of team), role, start, end."""
    plan = pl.min_horizontal("cin_1", "cp")
    handed = after(pl.col("care"), dice.between(12, _HANDOVER + 10, "handover", "ep"))
    handed = pl.when(pl.col("entry") == "short_break").then(pl.col("care")).otherwise(days.working(handed))
    sent = pl.coalesce(plan, handed)
    finish = pl.col("close")
    out = pl.col("care_end")
    disabled = pl.col("group").is_in(["disabled", "short_breaks"])
    uasc = pl.col("entry") == "uasc"
    adult = pl.col("path") == "leaver"
    grown = days.working(pl.max_horizontal(after(pl.col("eighteen"), -640), after(pl.col("care"), 95)))
    in_hand = episodes.with_columns(handed=handed, sent=sent, grown=grown)
    none = pl.lit(None, dtype=pl.Date)

    def step(
        number: int, kind: pl.Expr | str, start: str, end: pl.Expr, when: pl.Expr, role: str = "CW"
    ) -> pl.DataFrame:
        return in_hand.filter(when).select(
            "ep",
            "child",
            "fam",
            "household",
            "back",
            "open",
            "pod",
            step=pl.lit(number),
            kind=pl.lit(kind) if isinstance(kind, str) else kind,
            role=pl.lit(role),
            start=pl.col(start),
            end=end,
        )

    has_assessment, has_plan, has_care = (
        pl.col("assess").is_not_null(),
        plan.is_not_null(),
        pl.col("care").is_not_null() & (pl.col("entry") != "short_break"),
    )
    care_team = pl.when(uasc).then(pl.lit("unaccompanied")).otherwise(pl.lit("looked_after"))
    plan_team = pl.when(disabled).then(pl.lit("disability")).otherwise(pl.lit("pod"))
    to_leaving = pl.when(adult).then(pl.max_horizontal(out, "handed")).otherwise(finish)
    steps = [
        step(0, "front_door", "referral", pl.coalesce("assess", finish), pl.lit(value=True)),
        step(1, "assessment", "assess", pl.min_horizontal(sent, finish), has_assessment),
        step(2, plan_team, "sent", pl.min_horizontal(handed, finish), has_plan),
        step(3, plan_team, "sent", finish, has_assessment & (pl.col("entry") == "short_break")),
        step(4, care_team, "handed", to_leaving, has_care),
        step(5, "leaving", "care_end", finish, adult),
        step(
            6,
            "leaving",
            "grown",
            finish,
            has_care & (adult | (pl.col("open") & (pl.col("grown") <= days.as_at))),
            "PA",
        ),
        step(7, "reviewing", "care", out, has_care, "IRO"),
        step(8, "reviewing", "cp", pl.col("cp_end"), pl.col("cp").is_not_null(), "IRO"),
    ]
    frame = pl.concat(steps)
    end = pl.when(pl.col("end") <= days.as_at).then("end").otherwise(none)
    return frame.with_columns(end=end).filter(
        (pl.col("start") <= days.as_at)
        & (pl.col("end").is_null() | (pl.col("end") > pl.col("start")) | (pl.col("step") == 0))
    )


def spells(phase_rows: pl.DataFrame, workers: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """One row per involvement: the columns of `phases` plus team, worker, turn (0 the first), reason."""
    length = days_between(pl.col("start"), pl.col("end").fill_null(days.as_at))
    tenure = pl.when(pl.col("kind").is_in(["pod", "assessment", "front_door"])).then(300).otherwise(520)
    turns = 1 + (length / tenure * (0.35 + 0.9 * dice.share("turnover", "ep", "step"))).floor().clip(0, 7)
    frame = repeated(phase_rows.with_columns(turns=turns, length=length), pl.col("turns"), "turn")
    weight = 0.25 + dice.share("tenure", "ep", "step", "turn")
    part = pl.col("weight").cum_sum().over("ep", "step") / pl.col("weight").sum().over("ep", "step")
    frame = frame.with_columns(weight=weight).with_columns(
        left=days.working_before(after(pl.col("start"), (part * pl.col("length")).cast(pl.Int64)))
    )
    final = pl.col("turn") == pl.col("turn").max().over("ep", "step")
    frame = frame.with_columns(
        end=pl.when(final).then("end").otherwise(pl.max_horizontal("left", "start")),
    ).with_columns(
        start=pl.when(pl.col("turn") == 0).then("start").otherwise(pl.col("end").shift().over("ep", "step"))
    )
    reason = (
        pl.when((pl.col("turn") == 0) & (pl.col("step") == 0))
        .then(pl.lit("FCONTA"))
        .when(pl.col("turn") == 0)
        .then(pl.lit("TSPROC"))
        .otherwise(dice.pick(_REASONS, "reason", "ep", "step", "turn"))
    )
    return _staffed(frame.with_columns(reason=reason), workers, dice).drop(
        "weight", "left", "length", "turns"
    )


def _staffed(frame: pl.DataFrame, workers: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Give each spell a team and a worker; open cases are shared out evenly, siblings together."""
    teams = workers.group_by("kind").agg(teams=pl.col("place").n_unique().cast(pl.Int64))
    place = (
        pl.when(pl.col("kind") == "assessment")
        .then(pl.col("pod") % pl.col("teams"))
        .otherwise((dice.share("team", "household", "back") * pl.col("teams")).floor().cast(pl.Int64))
    )
    frame = frame.join(teams, on="kind", maintain_order="left").with_columns(place=place)
    current = workers.filter(pl.col("role") == "worker").with_columns(
        rota=(pl.col("fte") * 5).round().cast(pl.Int64)
    )
    rota = repeated(current, pl.col("rota"), "day").sort("kind", "place", "day", "slot")
    rota = rota.with_columns(
        seat=pl.int_range(pl.len()).over("kind", "place"), seats=pl.len().over("kind", "place")
    )
    everyone = workers.filter(pl.col("role") != "manager").sort("kind", "place", "role", "slot")
    everyone = everyone.with_columns(
        seat=pl.int_range(pl.len()).over("kind", "place"), seats=pl.len().over("kind", "place")
    )
    here = ["kind", "place"]
    now, then = frame.filter(pl.col("end").is_null()), frame.filter(pl.col("end").is_not_null())
    family = pl.col("household").rank("dense").over(*here, "role").cast(pl.Int64) - 1
    seats_now = rota.group_by(here).agg(seats=pl.len().cast(pl.Int64))
    seats_then = everyone.group_by(here).agg(seats=pl.len().cast(pl.Int64))
    chosen = (dice.share("who", "household", "back", "step", "turn") * pl.col("seats")).floor().cast(pl.Int64)
    now = now.join(seats_now, on=here, maintain_order="left").with_columns(seat=family % pl.col("seats"))
    then = then.join(seats_then, on=here, maintain_order="left").with_columns(seat=chosen)
    who = ["kind", "place", "seat", "team", "worker"]
    return pl.concat(
        [
            now.join(rota.select(who), on=["kind", "place", "seat"], maintain_order="left"),
            then.join(everyone.select(who), on=["kind", "place", "seat"], maintain_order="left"),
        ]
    ).drop("teams", "seats", "seat", "place")


def vacant(frame: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """End the allocation of some open cases without a successor: the worker has left, the post is vacant."""
    lost = (
        (pl.col("role") == "CW")
        & pl.col("end").is_null()
        & pl.col("kind").is_in(["pod", "assessment", "looked_after"])
        & dice.chance(0.022, "vacancy", "household", "back")
    )
    ended = days.working_before(days.today, dice.between(1, 18, "vacant since", "household"))
    return frame.with_columns(end=pl.when(lost & (ended > pl.col("start"))).then(ended).otherwise("end"))


def same_adviser(frame: pl.DataFrame) -> pl.DataFrame:
    """A care leaver's allocated worker in the leaving care team is the personal adviser."""
    adviser = frame.filter((pl.col("role") == "PA") & pl.col("end").is_null()).select(
        "ep", adviser="worker", adviser_team="team"
    )
    mine = (pl.col("step") == 5) & pl.col("end").is_null() & pl.col("adviser").is_not_null()
    return (
        frame.join(adviser, on="ep", how="left", maintain_order="left")
        .with_columns(
            worker=pl.when(mine).then("adviser").otherwise("worker"),
            team=pl.when(mine).then("adviser_team").otherwise("team"),
        )
        .drop("adviser", "adviser_team")
    )


def at(frame: pl.DataFrame, ep: str, step: int, name: str) -> pl.DataFrame:
    """The last worker and team of each episode in one step: `ep`, `<name>_team`, `<name>_worker`."""
    return (
        frame.filter((pl.col("step") == step) & (pl.col("role") == "CW"))
        .group_by("ep")
        .agg(pl.col("team").sort_by("turn").last(), pl.col("worker").sort_by("turn").last())
        .select(
            pl.col("ep").alias(ep),
            pl.col("team").alias(f"{name}_team"),
            pl.col("worker").alias(f"{name}_worker"),
        )
    )


def involvement_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """The involvements table, without keys; `child` and `ep` are still the demo's own numbers."""
    return frame.select(
        "child",
        "ep",
        invo_professional_id="worker",
        invo_professional_role_id="role",
        invo_professional_team="team",
        invo_involvement_start_date="start",
        invo_involvement_end_date="end",
        invo_worker_change_reason="reason",
    )
