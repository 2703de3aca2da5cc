"""Cases on the border of a rule, put in on purpose, a few of each: lives made by chance seldom touch them.

They are: a referral nobody assessed although a plan or care began after it; a case closed and referred again
while the child in need plan goes on, with no new assessment; a visit on the day of a move, and a review on
the day of placing for adoption.
"""

import polars as pl

from data.demo.days import Days, after, days_between
from data.demo.dice import Dice
from data.demo.finish import table

FOR_ADOPTION = ("A3", "A4", "A5", "A6")
HOME = "P1"


def bordered(tables: dict[str, pl.DataFrame], dice: Dice, days: Days) -> dict[str, pl.DataFrame]:
    """The tables with the border cases in them; nothing is dated after the day."""
    changed = tables | _never_assessed(tables, dice, days)
    changed["cin_episodes"] = _referred_again(changed, dice, days)
    changed["cla_visits"] = _visited_on_moving(tables, dice, days)
    changed["cla_reviews"] = _reviewed_on_placing(tables, dice, days)
    return changed


def few(frame: pl.DataFrame, share: float, what: str, dice: Dice) -> pl.DataFrame:
    """Some of the rows, in their order: at least one where there is any."""
    count = max(1, round(frame.height * share))
    return (
        frame.with_row_index("row_")
        .sort(dice.share("border " + what, "row_"))
        .head(count)
        .sort("row_")
        .drop("row_")
    )


def _never_assessed(tables: dict[str, pl.DataFrame], dice: Dice, days: Days) -> dict[str, pl.DataFrame]:
    """Take the only assessment of a few late referrals away: one group where care followed, one a plan."""
    lately = pl.col("cine_referral_date") >= after(days.today, -150)
    referrals = tables["cin_episodes"].filter(pl.col("cine_close_date").is_null(), lately)
    whose = pl.col("cina_referral_id")
    only = tables["cin_assessments"].filter(pl.len().over(whose) == 1)
    first = only.join(referrals, left_on="cina_referral_id", right_on="cine_referral_id")
    began = {
        "care": ("cla_episodes", "clae_referral_id", "clae_entered_care_date"),
        "plan": ("cin_plans", "cinp_referral_id", "cinp_cin_plan_start_date"),
    }
    lost: list[str] = []
    for what, (name, referral, start) in began.items():
        work = (
            tables[name].group_by(pl.col(referral).alias("cina_referral_id")).agg(began=pl.col(start).min())
        )
        followed = first.join(work, on="cina_referral_id").filter(
            pl.col("began") >= pl.col("cine_referral_date")
        )
        lost += few(followed.sort("cina_assessment_id"), 0.008, f"not assessed, {what}", dice)[
            "cina_assessment_id"
        ].to_list()
    return {
        "cin_assessments": tables["cin_assessments"].filter(~pl.col("cina_assessment_id").is_in(lost)),
        "assessment_factors": tables["assessment_factors"].filter(~pl.col("cinf_assessment_id").is_in(lost)),
    }


def _referred_again(tables: dict[str, pl.DataFrame], dice: Dice, days: Days) -> pl.DataFrame:
    """Close a few referrals whose child in need plan goes on, and open another on the day, not assessed."""
    episodes = tables["cin_episodes"]
    again = pl.lit(pl.select(days.working_before(after(days.today, -90))).item(), dtype=pl.Date)
    busy = pl.concat(
        [
            tables["cin_assessments"].select(
                ref="cina_referral_id",
                last=pl.coalesce("cina_assessment_auth_date", "cina_assessment_start_date"),
            ),
            tables["s47_enquiry"].select(ref="s47e_referral_id", last=pl.lit(days.as_at)),
            tables["cla_episodes"].select(ref="clae_referral_id", last=pl.lit(days.as_at)),
            tables["cp_plans"].select(ref="cppl_referral_id", last=pl.lit(days.as_at)),
        ]
    )
    quiet = (
        tables["cin_plans"]
        .filter(pl.col("cinp_cin_plan_end_date").is_null())
        .select(cine_referral_id="cinp_referral_id", began="cinp_cin_plan_start_date")
        .join(
            busy.group_by(cine_referral_id="ref").agg(pl.col("last").max()),
            on="cine_referral_id",
            how="left",
        )
        .filter(pl.col("began") < again, pl.col("last").fill_null(pl.col("began")) < again)
    )
    theirs = episodes.filter(
        pl.col("cine_close_date").is_null(),
        pl.col("cine_referral_id").is_in(quiet["cine_referral_id"].implode()),
    )
    if theirs.is_empty():
        return episodes
    chosen = few(theirs, 0.006, "referred again", dice)
    hit = pl.col("cine_referral_id").is_in(chosen["cine_referral_id"].implode())
    newest = episodes["cine_referral_id"].cast(pl.Int64).max()
    new = table(
        "cin_episodes",
        chosen.with_row_index("nth", 1).with_columns(
            cine_referral_id=(pl.col("nth").cast(pl.Int64) + newest).cast(pl.String),
            cine_referral_date=again,
        ),
    )
    closed = episodes.with_columns(
        cine_close_date=pl.when(hit).then(again).otherwise("cine_close_date"),
        cine_close_reason=pl.when(hit).then(pl.lit("RC8")).otherwise("cine_close_reason"),
    )
    return pl.concat([closed, new]).sort("cine_referral_date", "cine_referral_id")


def _visited_on_moving(tables: dict[str, pl.DataFrame], dice: Dice, days: Days) -> pl.DataFrame:
    """Put the first visit of a few placements on the day of the move: for adoption, home, and to others."""
    start, visit = pl.col("clap_cla_placement_start_date"), pl.col("clav_cla_visit_date")
    moves = (
        tables["cla_placement"]
        .join(
            tables["cla_placement"].select(
                "clap_cla_id", clap_cla_placement_start_date="clap_cla_placement_end_date"
            ),
            on=["clap_cla_id", "clap_cla_placement_start_date"],
            how="semi",
        )
        .filter(days.working(start) == start)
    )
    kind = pl.col("clap_cla_placement_type")
    groups = {
        "adoption": kind.is_in(FOR_ADOPTION),
        "home": kind == HOME,
        "other": ~kind.is_in([*FOR_ADOPTION, HOME]),
    }
    first = (
        moves.join(tables["cla_visits"], left_on="clap_cla_id", right_on="clav_cla_id")
        .filter(visit > start, days_between(start, visit) <= 14)
        .sort("clap_cla_placement_id", "clav_cla_visit_date", "clav_cla_visit_id")
        .unique("clap_cla_placement_id", keep="first", maintain_order=True)
    )
    moved = pl.concat(few(first.filter(of), 0.01, f"moved, {what}", dice) for what, of in groups.items())
    return _redated(tables["cla_visits"], "clav_cla_visit_id", "clav_cla_visit_date", moved)


def _reviewed_on_placing(tables: dict[str, pl.DataFrame], dice: Dice, days: Days) -> pl.DataFrame:
    """Put the first review after placing for adoption on the day of placing, for a few."""
    start, held = pl.col("clap_cla_placement_start_date"), pl.col("clar_cla_review_date")
    first = (
        tables["cla_placement"]
        .filter(pl.col("clap_cla_placement_type").is_in(FOR_ADOPTION), days.working(start) == start)
        .join(tables["cla_reviews"], left_on="clap_cla_id", right_on="clar_cla_id")
        .filter(held > start, days_between(start, held) <= 30, pl.col("clar_cla_review_cancelled") != "Y")
        .sort("clap_cla_placement_id", "clar_cla_review_date", "clar_cla_review_id")
        .unique("clap_cla_placement_id", keep="first", maintain_order=True)
    )
    chosen = few(first, 0.1, "reviewed on placing", dice)
    return _redated(tables["cla_reviews"], "clar_cla_review_id", "clar_cla_review_date", chosen)


def _redated(frame: pl.DataFrame, key: str, day: str, chosen: pl.DataFrame) -> pl.DataFrame:
    """The frame with the days of some rows put to the start of the placement they fall in."""
    moved = chosen.select(key, moved="clap_cla_placement_start_date").unique(key, keep="first")
    return (
        frame.join(moved, on=key, how="left", maintain_order="left")
        .with_columns(pl.coalesce("moved", day).alias(day))
        .drop("moved")
    )
