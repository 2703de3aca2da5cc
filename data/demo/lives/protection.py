"""Child protection conferences, plans, reviews and visits, and children in need plans and visits."""

import json

import polars as pl

from data.demo.days import Days, days_between, months
from data.demo.dice import Dice, yes
from data.demo.finish import numbered, table
from data.demo.lives import visits
from data.demo.staff import work

CATEGORIES = {"NEG": 46.0, "EMO": 38, "PHY": 8, "SAB": 4, "MUL": 4}
_PLAN = json.dumps(
    {
        "OUTCOME_NFA_FLAG": "N",
        "REFERRAL_TO_OTHER_AGENCY_FLAG": "N",
        "SINGLE_ASSESSMENT_FLAG": "N",
        "PROV_OF_SERVICES_FLAG": "N",
        "CP_FLAG": "Y",
        "OTHER_OUTCOMES_EXIST_FLAG": "N",
    }
)
_NO_PLAN = json.dumps(
    {
        "OUTCOME_NFA_FLAG": "N",
        "REFERRAL_TO_OTHER_AGENCY_FLAG": "N",
        "SINGLE_ASSESSMENT_FLAG": "N",
        "PROV_OF_SERVICES_FLAG": "Y",
        "CP_FLAG": "N",
        "OTHER_OUTCOMES_EXIST_FLAG": "N",
    }
)


def conferences(episodes: pl.DataFrame, spells: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Initial conferences: those that made a plan, those that did not, and those still to be held."""
    made = pl.col("cp").is_not_null()
    held = (
        pl.when(made)
        .then("cp")
        .when(pl.col("conferred"))
        .then(
            pl.min_horizontal(
                days.working(pl.col("s47"), dice.between(9, 15, "no plan", "fam", "back")), "close"
            )
        )
    )
    frame = episodes.filter(pl.col("icpc_key").is_not_null()).with_columns(held=held)
    frame = frame.join(work.at(spells, "ep", 1, "first"), on="ep", how="left", maintain_order="left")
    meeting = pl.struct("fam", "back", "s47").rank("dense").cast(pl.Int64) + 610_000
    return table(
        "initial_cp_conference",
        frame.with_columns(
            icpc_icpc_id="icpc_key",
            icpc_icpc_meeting_id=meeting.cast(pl.String),
            icpc_s47_enquiry_id="s47_key",
            icpc_person_id="person",
            icpc_cp_plan_id="cp_key",
            icpc_referral_id="ref",
            icpc_icpc_transfer_in=yes(dice.chance(0.02, "transfer in", "fam", "back")),
            icpc_icpc_target_date=days.working(pl.col("s47"), 15),
            icpc_icpc_date="held",
            icpc_icpc_outcome_cp_flag=pl.when(pl.col("held").is_not_null()).then(yes(made)),
            icpc_icpc_outcome_json=pl.when(made)
            .then(pl.lit(_PLAN))
            .when(pl.col("held").is_not_null())
            .then(pl.lit(_NO_PLAN)),
            icpc_icpc_team="first_team",
            icpc_icpc_worker_id="first_worker",
        ).sort("s47", "icpc_key"),
    )


def plans(episodes: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Child protection plans."""
    first = dice.pick(CATEGORIES, "category", "fam", "back")
    later = dice.pick(CATEGORIES, "category now", "fam", "back")
    changed = dice.chance(0.1, "category changed", "child", "back")
    return table(
        "cp_plans",
        episodes.filter(pl.col("cp").is_not_null())
        .sort("cp", "cp_key")
        .with_columns(
            cppl_cp_plan_id="cp_key",
            cppl_referral_id="ref",
            cppl_icpc_id="icpc_key",
            cppl_person_id="person",
            cppl_cp_plan_start_date="cp",
            cppl_cp_plan_end_date="cp_end",
            cppl_cp_plan_ola=yes(
                pl.col("cp_end").is_not_null() & dice.chance(0.012, "other authority", "fam", "back")
            ),
            cppl_cp_plan_initial_category=first,
            cppl_cp_plan_latest_category=pl.when(changed).then(later).otherwise(first),
        ),
    )


def _plan_spells(episodes: pl.DataFrame) -> pl.DataFrame:
    return episodes.filter(pl.col("cp").is_not_null()).select(
        "child",
        "fam",
        "back",
        "person",
        "born",
        "cp_key",
        spell="ep",
        start="cp",
        end="cp_end",
        entry="entry",
    )


def plan_visits(episodes: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Visits to children on protection plans."""
    frame = visits.working_chain(_plan_spells(episodes), visits.CP_VISITS, "cp visit", dice, days)
    met = visits.seen("cp visit", 0.965, dice)
    frame = numbered(frame, "cppv_cp_visit_id", 2_100_001, "on", "person")
    return table(
        "cp_visits",
        frame.with_columns(
            cppv_person_id="person",
            cppv_cp_plan_id="cp_key",
            cppv_cp_visit_date="on",
            cppv_cp_visit_seen=met["seen"],
            cppv_cp_visit_seen_alone=met["alone"],
            cppv_cp_visit_bedroom=met["bedroom"],
        ),
    )


def plan_reviews(episodes: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """Review conferences; most plans end at one."""
    spells = _plan_spells(episodes).with_columns(first=90, first_due=months(pl.col("start"), 3))
    chain = visits.review_chain(spells, 6, 0.06, "cp review", dice, days)
    last = (
        pl.col("end").is_not_null()
        & pl.col("entry").is_null()
        & (days_between(pl.col("start"), pl.col("end")) > 60)
        & dice.chance(0.85, "ends at review", "fam", "back")
    )
    latest = pl.col("on").max().over("spell")
    soon_over = last & (pl.col("on") == latest) & (days_between(pl.col("on"), pl.col("end")) < 50)
    chain = chain.with_columns(goes_on=pl.coalesce(~soon_over, pl.lit(value=True)))
    before = chain.group_by("spell").agg(before=pl.col("on").max())
    closing = spells.filter(last).join(before, on="spell", how="left", maintain_order="left")
    lately = days_between(pl.col("before"), pl.col("end")) < 50
    closing = closing.filter(lately.fill_null(value=False).not_())
    closing = closing.with_columns(
        nth=pl.lit(99, dtype=pl.Int64),
        on=pl.col("end"),
        due=pl.coalesce(months(pl.col("before"), 6), "first_due"),
        goes_on=pl.lit(value=False),
    ).drop("before")
    frame = pl.concat([chain, closing], how="diagonal_relaxed")
    frame = numbered(frame, "cppr_cp_review_id", 640_001, "on", "person")
    meeting = pl.struct("fam", "on").rank("dense").cast(pl.Int64) + 660_000
    return table(
        "cp_reviews",
        frame.with_columns(
            cppr_person_id="person",
            cppr_cp_plan_id="cp_key",
            cppr_cp_review_due="due",
            cppr_cp_review_date="on",
            cppr_cp_review_meeting_id=meeting.cast(pl.String),
            cppr_cp_review_outcome_continue_cp=yes(pl.col("goes_on")),
            cppr_cp_review_quorate=yes(dice.chance(0.97, "quorate", "fam", "nth")),
            cppr_cp_review_participation=visits.participation("on", dice, "cp part"),
        ),
    )


def in_need(episodes: pl.DataFrame, spells: pl.DataFrame, dice: Dice, days: Days) -> dict[str, pl.DataFrame]:
    """Child in need plans and the visits of their time."""
    parts = [
        episodes.filter(pl.col(f"cin_{nth}").is_not_null()).select(
            "child",
            "fam",
            "back",
            "person",
            "born",
            "ref",
            "ep",
            spell=pl.col("ep") * 2 + (nth - 1),
            start=f"cin_{nth}",
            end=f"cin_{nth}_end",
        )
        for nth in (1, 2)
    ]
    frame = numbered(pl.concat(parts), "cinp_cin_plan_id", 570_001, "start", "person")
    frame = frame.join(work.at(spells, "ep", 2, "plan"), on="ep", how="left", maintain_order="left")
    plan_rows = table(
        "cin_plans",
        frame.with_columns(
            cinp_referral_id="ref",
            cinp_person_id="person",
            cinp_cin_plan_start_date="start",
            cinp_cin_plan_end_date="end",
            cinp_cin_plan_team="plan_team",
            cinp_cin_plan_worker_id="plan_worker",
        ),
    )
    chain = visits.working_chain(frame, visits.CIN_VISITS, "cin visit", dice, days)
    met = visits.seen("cin visit", 0.96, dice)
    chain = numbered(chain, "cinv_cin_visit_id", 3_400_001, "on", "person")
    visit_rows = table(
        "cin_visits",
        chain.with_columns(
            cinv_person_id="person",
            cinv_cin_visit_date="on",
            cinv_cin_visit_seen=met["seen"],
            cinv_cin_visit_seen_alone=met["alone"],
            cinv_cin_visit_bedroom=met["bedroom"],
        ),
    )
    return {"cin_plans": plan_rows, "cin_visits": visit_rows}


def pre_proceedings(episodes: pl.DataFrame, dice: Dice, days: Days) -> pl.DataFrame:
    """A few families in pre-proceedings after a protection plan of some months."""
    start = days.working(pl.col("cp") + pl.duration(days=dice.between(70, 200, "plo", "fam", "back")))
    frame = episodes.filter(
        pl.col("cp").is_not_null() & dice.chance(0.06, "plo had", "fam", "back")
    ).with_columns(start=start)
    frame = frame.filter(
        (pl.col("start") <= days.as_at) & (pl.col("start") < pl.col("cp_end").fill_null(days.as_at))
    )
    finish = days.working(pl.col("start"), dice.between(60, 95, "plo took", "fam"))
    frame = numbered(frame, "prep_table_id", 690_001, "start", "person").with_columns(
        finish=pl.when(finish <= days.as_at).then(finish)
    )
    issued = pl.col("entry").is_not_null()
    over = pl.col("finish").is_not_null()
    return table(
        "pre_proceedings",
        frame.with_columns(
            prep_person_id="person",
            prep_plo_family_id=(pl.col("household") + 30_000).cast(pl.String),
            prep_pre_pro_decision_date="start",
            prep_initial_pre_pro_meeting_date=pl.min_horizontal(
                days.working(pl.col("start"), 10), pl.lit(days.as_at)
            ),
            prep_pre_pro_outcome=pl.when(over & issued)
            .then(pl.lit("Issue proceedings"))
            .when(over)
            .then(pl.lit("Step down")),
            prep_agree_stepdown_issue_date="finish",
            prep_cp_plans_referral_period=1,
            prep_legal_gateway_outcome=pl.lit("B"),
            prep_prev_pre_proc_child=0,
            prep_prev_care_proc_child=0,
            prep_pre_pro_letter_date=pl.min_horizontal(days.working(pl.col("start"), 3), pl.lit(days.as_at)),
            prep_care_pro_letter_date=pl.when(over & issued).then("finish"),
            prep_pre_pro_meetings_num=dice.between(1, 4, "plo meetings", "fam"),
            prep_pre_pro_parents_legal_rep=yes(dice.chance(0.8, "plo legal", "fam")),
        ),
    )


def voice(episodes: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """What some children on plans said about the work with them."""
    old = days_between(pl.col("born"), pl.col("cp")) > 7 * 365
    frame = episodes.filter(
        pl.col("cp").is_not_null() & pl.col("open") & old & dice.chance(0.3, "voice", "child")
    )
    frame = numbered(frame, "voch_table_id", 20_001, "person")
    asked = ("explained_worries", "story_help_understand", "agree_worker", "plan_safe", "tablet_help_explain")
    answers = {f"voch_{name}": yes(dice.chance(0.75, name, "child")) for name in asked}
    return table("voice_of_child", frame.with_columns(voch_person_id="person", **answers))
