"""Child and family assessments and return interviews: one clock each."""

from datetime import timedelta

import polars as pl

from fcl_tui.definitions.days.calendar import birthday
from fcl_tui.timescales.cycles import row_of, whole
from fcl_tui.timescales.families.care import FAR, all_periods
from fcl_tui.timescales.inputs import Ground, clock

ADULT = 18
NOT_ASSESSED = "no assessment is recorded for this referral"
OPEN_CASE = "the child was already on a plan or in care when referred: a referral on an open case"
NO_SUCH_ORDER = "finished before it started: the dates need checking"


def once(frame: pl.LazyFrame, rule: str, step: str = "first") -> pl.LazyFrame:
    """Clocks of one cycle. One that was done before it started has no due date."""
    given = frame.collect_schema().names()
    unknown = pl.col("unknown") if "unknown" in given else pl.lit(None, pl.String)
    backwards = pl.when(pl.col("done_date") < pl.col("started")).then(pl.lit(NO_SUCH_ORDER))
    return clock(
        whole(frame).with_columns(
            rule=pl.lit(rule),
            step=pl.lit(step),
            cycle=pl.lit(1),
            unknown=pl.coalesce(unknown, backwards),
            source_rows="row",
        )
    )


def referrals(on: Ground) -> pl.LazyFrame:
    """One row each: referral_id, referral_person, referred, closed (Date), nfa (Boolean), referral_row."""
    return (
        on.scan("cin_episodes")
        .filter(pl.col("cine_person_id").is_not_null())
        .select(
            referral_id="cine_referral_id",
            referral_person="cine_person_id",
            referred="cine_referral_date",
            closed="cine_close_date",
            nfa=(pl.col("cine_referral_nfa") == "Y").fill_null(False),
            referral_row=row_of("cin_episodes", "cine_referral_id"),
        )
        .sort("referral_person", "referred", "referral_id")
        .unique(["referral_person", "referral_id"], keep="first", maintain_order=True)
    )


def _assessments(on: Ground) -> pl.LazyFrame:
    """Assessments with their referrals: the one it names, else the child's latest when it started."""
    known = referrals(on)
    by_id = known.filter(pl.col("referral_id").is_not_null())
    rows = (
        on.scan("cin_assessments")
        .filter(pl.col("cina_person_id").is_not_null())
        .select(
            person_id="cina_person_id",
            assessment="cina_assessment_id",
            referral_id="cina_referral_id",
            own_start="cina_assessment_start_date",
            done_date="cina_assessment_auth_date",
            own_row=row_of("cin_assessments", "cina_assessment_id"),
        )
    )
    right = ["referral_person", "referral_id"]
    pointing = rows.filter(pl.col("referral_id").is_not_null()).join(
        by_id, left_on=["person_id", "referral_id"], right_on=right, how="left"
    )
    loose = (
        rows.filter(pl.col("referral_id").is_null())
        .drop("referral_id")
        .sort("own_start")
        .join_asof(
            known.filter(pl.col("referred").is_not_null()).sort("referred", "referral_id"),
            left_on="own_start",
            right_on="referred",
            by_left="person_id",
            by_right="referral_person",
            strategy="backward",
            check_sortedness=False,
            coalesce=False,
        )
    )
    return pl.concat([pointing, loose], how="diagonal_relaxed").select(
        "person_id",
        "assessment",
        "referral_id",
        "own_start",
        "done_date",
        "own_row",
        "referred",
        "closed",
        "nfa",
        "referral_row",
    )


FIRST_BEGINS_WITHIN = timedelta(weeks=9)
"""The first assessment of a referral begins within this, which is about its whole 45 working days."""


def _earliest(on: Ground) -> pl.LazyFrame:
    """The day from which a source that holds only recent assessments holds all: the first authorised."""
    return on.scan("cin_assessments").select(
        earliest=pl.coalesce(
            pl.col("cina_assessment_auth_date").min(), pl.col("cina_assessment_start_date").min()
        )
    )


def assessment(on: Ground) -> pl.LazyFrame:
    """Child and family assessments: the first of a referral from the referral, others from their start."""
    whose, in_order = ("person_id", "referral_id"), ("own_start", "assessment")
    number = pl.int_range(pl.len()).over(whose, order_by=in_order, nulls_last=True)
    first = pl.col("referral_id").is_not_null() & (number == 0)
    usable = pl.col("referred").is_not_null() & (
        pl.col("own_start").is_null() | (pl.col("referred") <= pl.col("own_start"))
    )
    by_referral = first & usable & pl.lit(on.settings.assessment_clock == "referral")
    # Of a source that holds only recent assessments, the earliest held may be a further one of an old case.
    perhaps_further = (
        pl.lit(on.partial("cin_assessments"))
        & (pl.col("referred") < pl.col("earliest"))
        & (pl.col("own_start") > pl.col("referred") + FIRST_BEGINS_WITHIN)
    ).fill_null(False)
    from_referral = by_referral & ~perhaps_further
    lost = pl.col("referral_id").is_not_null() & pl.col("referred").is_null()
    made = (
        _assessments(on)
        .join(_earliest(on), how="cross")
        .with_columns(from_referral=from_referral, perhaps_further=by_referral & perhaps_further)
        .with_columns(started=pl.when("from_referral").then("referred").otherwise("own_start"))
        .select(
            "person_id",
            "done_date",
            "started",
            # The name it had while the referral waited: what people said of it then stays with it.
            spell=pl.coalesce(
                pl.when("from_referral").then(pl.lit("referral ") + pl.col("referral_id")),
                "assessment",
                pl.lit("from ") + pl.col("started").cast(pl.String),
            ),
            ended="closed",
            ended_by=pl.lit("the referral was closed"),
            started_by=pl.when("from_referral")
            .then(pl.lit("referral"))
            .otherwise(pl.lit("assessment start")),
            assumed=pl.when(lost)
            .then(pl.lit("its referral is not in the source: the assessment's own start is taken"))
            .when("perhaps_further")
            .then(
                pl.lit(
                    "earlier assessments are not in the source: taken as a further one, from its own start"
                )
            ),
            row=pl.concat_str(
                pl.when("from_referral").then("referral_row"), "own_row", separator="; ", ignore_nulls=True
            ),
        )
    )
    return pl.concat([once(made, "assessment_45wd"), once(_awaited(on), "assessment_45wd")])


def _awaited(on: Ground) -> pl.LazyFrame:
    """Referrals that still want an assessment, so that one not begun is not forgotten.

    Left out: no further action; in a source that holds only part of the assessments, referrals older than
    the first one authorised there, as theirs may have been authorised before. The wait ends, with nothing
    missed, when the referral is closed. It never begins where the child was already on a plan or in care
    before the referral: work on an open case goes on without a new assessment, and the item says so. A plan
    or care that begins on the day of the referral or later is no assessment: the referral stays owed.
    """
    assessed = _assessments(on).select("person_id", "referral_id").filter(pl.col("referral_id").is_not_null())
    waiting = (
        referrals(on)
        .filter(~pl.col("nfa"), pl.col("referred").is_not_null(), pl.col("referral_id").is_not_null())
        .rename({"referral_person": "person_id"})
        .join(assessed.unique(), on=["person_id", "referral_id"], how="anti")
    )
    if on.partial("cin_assessments"):
        known = pl.col("earliest").is_null() | (pl.col("referred") >= pl.col("earliest"))
        waiting = waiting.join(_earliest(on), how="cross").filter(known)
    already = (
        waiting.select("person_id", "referral_id", "referred")
        .join(_open_work(on), on="person_id")
        .filter(pl.col("began") < pl.col("referred"), pl.coalesce("over", FAR) > pl.col("referred"))
        .sort("began", "work_row", nulls_last=True)
        .group_by("person_id", "referral_id", maintain_order=True)
        .agg(pl.col("work_row").first(), already=pl.lit(True).first())
    )
    open_case = pl.col("already").fill_null(False)
    return waiting.join(already, on=["person_id", "referral_id"], how="left").select(
        "person_id",
        spell=pl.lit("referral ") + pl.col("referral_id"),
        started="referred",
        done_date=pl.lit(None, pl.Date),
        ended=pl.when(open_case).then("referred").otherwise("closed"),
        ended_by=pl.when(open_case)
        .then(pl.lit(OPEN_CASE))
        .otherwise(pl.lit("the referral was closed without an assessment")),
        waived=pl.lit(True),
        started_by=pl.lit("referral"),
        assumed=pl.lit(NOT_ASSESSED),
        row=pl.concat_str("referral_row", "work_row", separator="; ", ignore_nulls=True),
    )


def _open_work(on: Ground) -> pl.LazyFrame:
    """Plans and periods of care: person_id, began, over (Date, null while open), work_row."""
    work = [
        on.scan(table).select(
            person_id=f"{stem}_person_id",
            began=f"{stem}_{plan}_start_date",
            over=f"{stem}_{plan}_end_date",
            work_row=row_of(table, f"{stem}_{plan}_id"),
        )
        for table, stem, plan in (("cin_plans", "cinp", "cin_plan"), ("cp_plans", "cppl", "cp_plan"))
    ]
    care = all_periods(on).select("person_id", began="started", over="ended", work_row="row")
    return pl.concat([*work, care])


def with_closing(frame: pl.LazyFrame, on: Ground) -> pl.LazyFrame:
    """Add `closed`: when the case that was open on `started` closed, by the child's latest referral then."""
    closings = (
        referrals(on)
        .filter(pl.col("referred").is_not_null())
        .select("referral_person", "referred", "closed", "referral_id")
    )
    after = pl.when(pl.col("closed") >= pl.col("started")).then("closed")
    return (
        frame.sort("started")
        .join_asof(
            closings.sort("referred", "referral_id"),
            left_on="started",
            right_on="referred",
            by_left="person_id",
            by_right="referral_person",
            strategy="backward",
            check_sortedness=False,
            coalesce=False,
        )
        .with_columns(closed=after)
        .drop("referred", "referral_id")
    )


def return_interview(on: Ground) -> pl.LazyFrame:
    """Return interviews. The source says whether one was offered and accepted, not when: it is never late.

    It ends when the case is closed, the child turns 18, or so long has gone by (`lapses_after`) that an
    interview about that return serves nobody: after that it can only have been missed.
    """
    offered = pl.col("miss_missing_rhi_offered").str.to_uppercase().fill_null("")
    accepted = pl.col("miss_missing_rhi_accepted").str.to_uppercase().fill_null("")
    settled = (accepted == "Y") | (offered == "NA") | ((offered == "Y") & accepted.is_in(["N", "NA"]))
    back = pl.col("miss_missing_episode_end_date").cast(pl.Date)
    grown = birthday(pl.col("dob"), ADULT)
    lapsed = on.due("return_interview", "lapses_after", pl.col("started"))
    open_until = pl.min_horizontal("closed", grown, lapsed)
    births = on.births().drop("died")
    returns = (
        on.scan("missing")
        .filter((pl.col("miss_missing_episode_type") == "M").fill_null(True), back.is_not_null())
        .select(
            person_id="miss_person_id",
            spell=pl.coalesce("miss_table_id", pl.lit("back ") + back.cast(pl.String)),
            started=back,
            settled=settled,
            said=pl.when(accepted == "Y")
            .then(pl.lit("the interview was accepted; its day is not in the source"))
            .when(offered == "NA")
            .then(pl.lit("an interview did not apply"))
            .otherwise(pl.lit("an interview was offered and not accepted")),
            started_by=pl.lit("return"),
            assumed=pl.lit("the day of the interview is not in the source"),
            row=row_of("missing", "miss_table_id"),
        )
    )
    return once(
        with_closing(returns, on)
        .join(births, on="person_id", how="left")
        .with_columns(
            done_date=pl.lit(None, pl.Date),
            ended=pl.when("settled").then("started").otherwise(open_until),
            ended_by=pl.when("settled")
            .then("said")
            .when(open_until == grown)
            .then(pl.lit("the child turned 18"))
            .when(open_until == pl.col("closed"))
            .then(pl.lit("the case was closed"))
            .otherwise(pl.lit("too long ago to act on")),
            waived="settled",
        ),
        "return_interview",
    )
