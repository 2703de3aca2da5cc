"""Spells of being looked after, on a protection plan, a care leaver, in need."""

import polars as pl

from data.frames import Scan
from data.schema.fields import Field, names_of
from fcl_tui.definitions.care_periods import NEW_PERIOD, by_day, in_periods, known_start_or_open
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import birthday

NO_LONGER_ELIGIBLE = ("No Current Eligibility",)
LEFT_THE_SERVICE = ("DIED",)
ADULT_FROM, SUPPORT_UNTIL = 16, 26
"""A care leaver is aged 16 to 25: the spell runs from the 16th birthday to the 26th, that day not in it."""

FIELDS = (
    Field("person_id", "String", "person", "the child's number"),
    Field("status", "String", "kept", "looked_after, child_protection, care_leaver or child_in_need"),
    Field("start", "Date", "kept", "null when not known"),
    Field("end", "Date", "kept", "null while it is open"),
    Field("short_break", "Boolean", "kept", "care in a series of short breaks alone"),
    Field("legal_status", "String", "kept", "code; of looked-after children only"),
    Field(
        "detail",
        "String",
        "hidden",
        "number of the period of care, category of abuse, eligibility or primary need: codes",
    ),
    Field("source_row", "String", "key", "the row of the source"),
)
"""The prepared frame `statuses`: one row per spell."""

COLUMNS = names_of(FIELDS)


def _looked_after(scan: Scan) -> pl.LazyFrame:
    """Periods of care, days of short breaks apart (`care_periods.in_periods`)."""
    person = "person_id"
    return (
        in_periods(by_day(scan))
        .group_by(person, "period", maintain_order=True)
        .agg(
            start=pl.col("start").min(),
            end=pl.when(pl.col("end").is_null().any()).then(None).otherwise(pl.col("end").max()),
            short_break=pl.col("short_break").first(),
            legal_status=pl.col("legal_status").sort_by("end", nulls_last=True, maintain_order=True).last(),
            detail=pl.col("number").last(),
            source_row=pl.col("source_row").first(),
        )
        .select(person, pl.lit("looked_after").alias("status"), *COLUMNS[2:])
    )


def _plain(
    frame: pl.LazyFrame, status: str, person: str, *, start: pl.Expr, end: pl.Expr, detail: pl.Expr
) -> pl.LazyFrame:
    return frame.filter(pl.col(person).is_not_null()).select(
        pl.col(person).alias("person_id"),
        pl.lit(status).alias("status"),
        start.alias("start"),
        end.alias("end"),
        pl.lit(value=False).alias("short_break"),
        pl.lit(None, pl.String).alias("legal_status"),
        detail.alias("detail"),
        "source_row",
    )


def _child_protection(scan: Scan) -> pl.LazyFrame:
    start, end = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
    plans = scan("cp_plans").filter(
        pl.col("cppl_cp_plan_ola").fill_null("N") != "Y", known_start_or_open(start, end)
    )
    category = pl.coalesce("cppl_cp_plan_latest_category", "cppl_cp_plan_initial_category")
    return _plain(
        plans, "child_protection", "cppl_person_id", start=pl.col(start), end=pl.col(end), detail=category
    )


def _child_in_need(scan: Scan) -> pl.LazyFrame:
    start, end = "cine_referral_date", "cine_close_date"
    referrals = scan("cin_episodes").filter(
        pl.col("cine_referral_nfa").fill_null("N") != "Y", known_start_or_open(start, end)
    )
    return _plain(
        referrals,
        "child_in_need",
        "cine_person_id",
        start=pl.col(start),
        end=pl.col(end),
        detail=pl.col("cine_cin_primary_need_code"),
    )


def leaver_since(scan: Scan) -> pl.LazyFrame:
    """The first day on which a young person with a leaving care record can have been a care leaver.

    The record has no date of its own: it says how things are in the data loaded. No one is a care leaver
    before the sixteenth birthday, nor before first entering care (short breaks apart). Where the source
    does not hold the beginning of care, the birthday alone counts.

    Returns:
        person_id (unique; everyone with a leaving care record), since (Date; null when neither is known),
        entered (Date; first entering care, null when not known).
    """
    whose = scan("care_leavers").select(person_id="clea_person_id").drop_nulls().unique()

    def theirs(name: str) -> pl.LazyFrame:
        keys = {"cla_episodes": "clae_person_id", "legal_status": "lega_person_id"}
        return scan(name).join(whose, left_on=keys[name], right_on="person_id", how="semi")

    new = pl.col("begun").fill_null(NEW_PERIOD) == NEW_PERIOD
    entered = (
        by_day(theirs)
        .filter(~pl.col("short_break"))
        .group_by("person_id", maintain_order=True)
        .agg(entered=pl.coalesce("entered", pl.when(new).then("start")).first())
    )
    born = (
        scan("person")
        .select(person_id="pers_person_id", dob="pers_dob")
        .unique("person_id", keep="first", maintain_order=True)
    )
    return (
        whose.join(entered, on="person_id", how="left")
        .join(born, on="person_id", how="left")
        .select(
            "person_id", "entered", since=pl.max_horizontal(birthday(pl.col("dob"), ADULT_FROM), "entered")
        )
    )


def _care_leaver(scan: Scan) -> pl.LazyFrame:
    eligibility, touch = pl.col("clea_care_leaver_eligibility"), pl.col("clea_care_leaver_in_touch")
    carried = Coverage.read(scan).has("care_leavers", "clea_care_leaver_eligibility")
    told = eligibility.is_not_null() | pl.lit(not carried)
    born = (
        scan("person")
        .select("pers_person_id", "pers_dob")
        .unique("pers_person_id", keep="first", maintain_order=True)
    )
    young = (
        scan("care_leavers")
        .filter(
            told & ~eligibility.fill_null("").is_in(NO_LONGER_ELIGIBLE),
            ~touch.fill_null("").is_in(LEFT_THE_SERVICE),
        )
        .join(born, left_on="clea_person_id", right_on="pers_person_id", how="left")
        .join(leaver_since(scan), left_on="clea_person_id", right_on="person_id", how="left")
    )
    dob = pl.col("pers_dob")
    return _plain(
        young,
        "care_leaver",
        "clea_person_id",
        start=pl.col("since"),
        end=birthday(dob, SUPPORT_UNTIL),
        detail=eligibility,
    )


def statuses(scan: Scan) -> pl.LazyFrame:
    """Every spell of every status, the whole history, independent of the as-at day.

    Looked after: periods of care (`care_periods`); days on which every legal status is V3 or V4 are a spell
    of their own with short_break true. Child protection: plans, those held for another authority
    left out. Care leaver: an eligible category (any record, where the source cannot carry eligibility), not
    died, aged 16 to 25, and not before first entering care (`leaver_since`). Child in need: a referral not
    ended in no further action. A death ends every spell.

    Returns:
        one row per spell, in the columns of `FIELDS`; sorted by person_id, start.
    """
    died = (
        scan("person")
        .filter(pl.col("pers_death_date").is_not_null())
        .select(pl.col("pers_person_id").alias("person_id"), "pers_death_date")
        .unique("person_id", keep="first", maintain_order=True)
    )
    spells = pl.concat(
        [_looked_after(scan), _child_protection(scan), _care_leaver(scan), _child_in_need(scan)]
    )
    return (
        spells.join(died, on="person_id", how="left")
        .with_columns(end=pl.min_horizontal("end", "pers_death_date"))
        .select(COLUMNS)
        .sort("person_id", "start", "status", "source_row")
    )
