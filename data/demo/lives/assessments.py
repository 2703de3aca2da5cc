"""Child and family assessments with the factors found, and section 47 enquiries."""

import polars as pl

from data.demo.days import Days, after, days_between
from data.demo.dice import Dice, coded, yes
from data.demo.finish import numbered, table
from data.demo.lives.front_door import flags
from data.demo.staff import work

FACTORS = (
    ("3B", 0.42),
    ("4B", 0.38),
    ("4A", 0.2),
    ("2B", 0.2),
    ("1B", 0.17),
    ("17A", 0.25),
    ("16A", 0.2),
    ("18A", 0.06),
    ("18C", 0.06),
    ("3A", 0.08),
    ("14A", 0.08),
    ("15A", 0.08),
    ("5A", 0.09),
    ("6A", 0.06),
    ("7A", 0.05),
    ("10A", 0.05),
    ("11A", 0.04),
    ("24A", 0.04),
    ("13A", 0.03),
    ("2A", 0.05),
    ("19A", 0.03),
    ("19B", 0.02),
    ("12A", 0.01),
    ("6B", 0.05),
    ("3C", 0.04),
    ("2C", 0.04),
    ("20", 0.1),
    ("22A", 0.003),
    ("23A", 0.003),
    ("8E", 0.004),
)

ASSESSMENT = flags(
    "NFA_FLAG",
    "NFA_S47_END_FLAG",
    "STRATEGY_DISCUSSION_FLAG",
    "CLA_REQUEST_FLAG",
    "PRIVATE_FOSTERING_FLAG",
    "LEGAL_ACTION_FLAG",
    "PROV_OF_SERVICES_FLAG",
    "PROV_OF_SB_CARE_FLAG",
    "SPECIALIST_ASSESSMENT_FLAG",
    "REFERRAL_TO_OTHER_AGENCY_FLAG",
    "OTHER_ACTIONS_FLAG",
    "OTHER_OUTCOMES_EXIST_FLAG",
)
ENQUIRY = flags(
    "NFA_FLAG",
    "LEGAL_ACTION_FLAG",
    "PROV_OF_SERVICES_FLAG",
    "PROV_OF_SB_CARE_FLAG",
    "CP_CONFERENCE_FLAG",
    "NFA_CONTINUE_SINGLE_FLAG",
    "MONITOR_FLAG",
    "OTHER_OUTCOMES_EXIST_FLAG",
)
OF_CASE = ("ep", "person", "ref", "path", "entry", "cp", "care", "cin_1", "s47", "need")
"""What an assessment is told of its case"""


def assessments(
    episodes: pl.DataFrame, spells: pl.DataFrame, dice: Dice, days: Days
) -> dict[str, pl.DataFrame]:
    """Child and family assessments: the first of a referral, later ones on long cases; and their factors."""
    first = episodes.filter(pl.col("assess").is_not_null()).select(
        *OF_CASE,
        nth=pl.lit(0),
        start="assess",
        end="auth",
    )
    begun = pl.coalesce("cin_2", "cin_1", "cp", "care")
    long = episodes.filter(
        (days_between(begun, pl.col("close").fill_null(days.as_at)) > 260)
        & dice.chance(0.3, "again", "fam", "back")
        & (pl.col("path") != "leaver")
    )
    start = days.working(after(begun, dice.between(120, 250, "again when", "fam", "back")))
    took = (
        pl.when(dice.chance(0.82, "again in time", "fam"))
        .then(dice.between(15, 45, "again took", "fam"))
        .otherwise(dice.between(46, 80, "again took", "fam"))
    )
    end = days.working(start, took)
    again = long.select(
        *OF_CASE,
        nth=pl.lit(1),
        start=start,
        end=pl.when(end <= days.as_at).then(end),
    ).filter(pl.col("start") <= days.as_at)
    frame = numbered(pl.concat([first, again]), "cina_assessment_id", 520_001, "start", "person")
    for step, name in ((1, "first"), (2, "plan"), (4, "care")):
        frame = frame.join(work.at(spells, "ep", step, name), on="ep", how="left", maintain_order="left")
    early = pl.col("nth") == 0
    outcome = (
        pl.when(pl.col("end").is_null())
        .then(None)
        .when(early & pl.col("path").is_in(["assess", "s47"]))
        .then(
            dice.pick(
                {"NFA_FLAG": 62, "REFERRAL_TO_OTHER_AGENCY_FLAG": 30, "OTHER_OUTCOMES_EXIST_FLAG": 8},
                "assessment outcome",
                "ep",
            )
        )
        .when(pl.col("entry").is_in(["uasc", "direct"]))
        .then(pl.lit("CLA_REQUEST_FLAG"))
        .when(pl.col("entry") == "short_break")
        .then(pl.lit("PROV_OF_SB_CARE_FLAG"))
        .when(early & pl.col("cp").is_not_null() & pl.col("cin_1").is_null())
        .then(pl.lit("STRATEGY_DISCUSSION_FLAG"))
        .otherwise(
            dice.pick(
                {
                    "PROV_OF_SERVICES_FLAG": 88,
                    "SPECIALIST_ASSESSMENT_FLAG": 5,
                    "LEGAL_ACTION_FLAG": 3,
                    "OTHER_ACTIONS_FLAG": 4,
                },
                "assessment outcome",
                "ep",
                "nth",
            )
        )
    )
    frame = frame.with_columns(outcome=outcome)
    nothing = pl.col("outcome").is_in(["NFA_FLAG", "NFA_S47_END_FLAG"])
    team = [
        pl.when(early)
        .then(pl.col(f"first_{what}"))
        .otherwise(pl.coalesce(f"care_{what}", f"plan_{what}", f"first_{what}"))
        for what in ("team", "worker")
    ]
    rows = table(
        "cin_assessments",
        frame.with_columns(
            cina_person_id="person",
            cina_referral_id="ref",
            cina_assessment_start_date="start",
            cina_assessment_child_seen=pl.when(
                pl.col("end").is_null() & dice.chance(0.3, "not yet seen", "ep")
            )
            .then(None)
            .otherwise(yes(dice.chance(0.955, "assessment seen", "ep", "nth"))),
            cina_assessment_auth_date="end",
            cina_assessment_outcome_json=coded(pl.col("outcome"), ASSESSMENT),
            cina_assessment_outcome_nfa=pl.when(pl.col("end").is_not_null()).then(yes(nothing)),
            cina_assessment_team=team[0],
            cina_assessment_worker_id=team[1],
        ),
    )
    return {"cin_assessments": rows, "assessment_factors": _factors(frame, dice)}


def _factors(frame: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    own = {"9A": pl.col("entry") == "uasc", "6A": pl.col("need") == "N2"}
    parts = [
        pl.when(
            own.get(code, pl.lit(value=False)).fill_null(value=False)
            | dice.chance(share, "factor " + code, "ep", "nth")
        ).then(pl.lit(f'"{code}"'))
        for code, share in (*FACTORS, ("9A", 0.0))
    ]
    nothing = pl.col("outcome") == "NFA_FLAG"
    listed = pl.concat_str(*parts, separator=", ", ignore_nulls=True)
    listed = (
        pl.when(nothing & dice.chance(0.3, "no factors", "ep"))
        .then(pl.lit('"21"'))
        .when(listed == "")
        .then(pl.lit('"20"'))
        .otherwise(listed)
    )
    done = frame.filter(pl.col("end").is_not_null()).with_columns(
        cinf_assessment_factors_json=pl.format("[{}]", listed)
    )
    done = numbered(done, "cinf_table_id", 540_001, "end", "cina_assessment_id")
    return table("assessment_factors", done.with_columns(cinf_assessment_id="cina_assessment_id"))


def enquiries(episodes: pl.DataFrame, spells: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Section 47 enquiries; `s47_key` of `episodes` is their number."""
    frame = episodes.filter(pl.col("s47").is_not_null()).join(
        work.at(spells, "ep", 1, "first"), on="ep", how="left", maintain_order="left"
    )
    outcome = (
        pl.when(pl.col("s47_end").is_null())
        .then(None)
        .when(pl.col("cp").is_not_null() | (pl.col("path") == "enquiry"))
        .then(pl.lit("CP_CONFERENCE_FLAG"))
        .otherwise(
            dice.pick(
                {
                    "NFA_FLAG": 30,
                    "NFA_CONTINUE_SINGLE_FLAG": 55,
                    "PROV_OF_SERVICES_FLAG": 12,
                    "LEGAL_ACTION_FLAG": 3,
                },
                "s47 outcome",
                "fam",
                "back",
            )
        )
    )
    frame = frame.with_columns(outcome=outcome).with_columns(
        s47e_s47_enquiry_id="s47_key",
        s47e_referral_id="ref",
        s47e_person_id="person",
        s47e_s47_start_date="s47",
        s47e_s47_end_date="s47_end",
        s47e_s47_nfa=yes(pl.col("outcome").is_in(["NFA_FLAG", "NFA_CONTINUE_SINGLE_FLAG"])),
        s47e_s47_outcome_json=coded(pl.col("outcome"), ENQUIRY),
        s47e_s47_completed_by_team="first_team",
        s47e_s47_completed_by_worker_id="first_worker",
    )
    return table("s47_enquiry", frame.sort("s47", "s47_key"))
