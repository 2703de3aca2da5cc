"""Section 47 enquiries and initial conferences."""

import polars as pl

from fcl_tui.timescales.cycles import named, row_of
from fcl_tui.timescales.families.care import FAR
from fcl_tui.timescales.families.front_door import once, referrals
from fcl_tui.timescales.inputs import Ground

WANTS_CONFERENCE = r'(?i)CONFERENCE\w*"?\s*:\s*"?(?:Y|YES|TRUE|1)\b'
"""An outcome flag of a section 47 enquiry that asks for a conference."""


def _enquiries(on: Ground) -> pl.LazyFrame:
    """Section 47 enquiries with the day their referral closed."""
    closings = (
        referrals(on)
        .filter(pl.col("referral_id").is_not_null())
        .select("referral_person", "referral_id", "closed")
    )
    return (
        on.scan("s47_enquiry")
        .select(
            person_id="s47e_person_id",
            enquiry="s47e_s47_enquiry_id",
            referral_id="s47e_referral_id",
            started="s47e_s47_start_date",
            finished="s47e_s47_end_date",
            nfa=(pl.col("s47e_s47_nfa") == "Y").fill_null(False),
            wants=pl.col("s47e_s47_outcome_json").str.contains(WANTS_CONFERENCE).fill_null(False),
            spell=named("s47e_s47_enquiry_id", "s47e_s47_start_date"),
            row=row_of("s47_enquiry", "s47e_s47_enquiry_id"),
            started_by=pl.lit("strategy discussion"),
        )
        .join(
            closings,
            left_on=["person_id", "referral_id"],
            right_on=["referral_person", "referral_id"],
            how="left",
        )
    )


def s47(on: Ground) -> pl.LazyFrame:
    """Section 47 enquiries, from the strategy discussion to their end."""
    return once(
        _enquiries(on).with_columns(
            done_date="finished", ended="closed", ended_by=pl.lit("the referral was closed")
        ),
        "s47_15wd",
    )


def _conferences(on: Ground) -> pl.LazyFrame:
    """Conferences by person_id and enquiry: held (Date|null), conference_row, transfer (Boolean).

    One that names no enquiry belongs to the child's latest one on its day; one that names no child is of
    the enquiry's only child.
    """
    rows = on.scan("initial_cp_conference").select(
        person_id="icpc_person_id",
        enquiry="icpc_s47_enquiry_id",
        held="icpc_icpc_date",
        transfer=(pl.col("icpc_icpc_transfer_in") == "Y").fill_null(False),
        conference_row=row_of("initial_cp_conference", "icpc_icpc_id"),
    )
    enquiries = _enquiries(on).select("person_id", "started", "enquiry")
    whose = enquiries.group_by("enquiry").agg(
        owner=pl.col("person_id").first(), one_child=pl.col("person_id").n_unique() == 1
    )
    rows = (
        rows.join(whose.filter("one_child"), on="enquiry", how="left")
        .with_columns(person_id=pl.coalesce("person_id", "owner"))
        .drop("owner", "one_child")
    )
    named_none = pl.col("enquiry").is_null()
    loose = (
        rows.filter(named_none, pl.col("held").is_not_null(), ~pl.col("transfer"))
        .drop("enquiry")
        .sort("held")
        .join_asof(
            enquiries.filter(pl.col("started").is_not_null()).sort("started", "enquiry"),
            left_on="held",
            right_on="started",
            by="person_id",
            strategy="backward",
            check_sortedness=False,
            coalesce=False,
        )
        .drop("started")
    )
    return (
        pl.concat([rows.filter(~named_none), loose], how="diagonal_relaxed")
        .filter(pl.col("enquiry").is_not_null())
        .sort("held", "conference_row", nulls_last=True)
        .group_by("person_id", "enquiry", maintain_order=True)
        .agg(
            done_date=pl.col("held").first(),
            conference_row=pl.col("conference_row").first(),
            transfer=pl.col("transfer").all(),
            recorded=pl.lit(True).first(),
        )
    )


def icpc(on: Ground) -> pl.LazyFrame:
    """Initial conferences, from the strategy discussion that started the enquiry.

    An enquiry that ended asking for a conference, or has a conference recorded, needs one. One that is
    still open needs one if it ends so: it is given, and says so, and goes away when the enquiry ends
    without one. A transfer-in conference is another rule's. Where a protection plan was made and no
    conference is recorded, one was held: nothing is overdue, and nothing is claimed.
    """
    plans = (
        on.scan("cp_plans")
        .filter(pl.col("cppl_cp_plan_start_date").is_not_null())
        .select(person_id="cppl_person_id", planned="cppl_cp_plan_start_date")
    )
    made = (
        _enquiries(on)
        .select("person_id", "spell", "started")
        .join(plans, on="person_id")
        .filter(pl.col("planned") >= pl.col("started"))
        .group_by("person_id", "spell")
        .agg(pl.col("planned").min())
    )
    needed = pl.col("recorded").fill_null(False) | (pl.col("wants") & ~pl.col("nfa"))
    by_plan = pl.col("needed") & pl.col("done_date").is_null() & pl.col("planned").is_not_null()
    by_plan = by_plan & (pl.col("planned") <= pl.coalesce("closed", FAR))
    return once(
        _enquiries(on)
        .join(_conferences(on), on=["person_id", "enquiry"], how="left")
        .join(made, on=["person_id", "spell"], how="left")
        .with_columns(needed=needed)
        .filter(
            ~pl.col("transfer").fill_null(False),
            pl.col("needed") | ~(pl.col("nfa") & pl.col("finished").is_null()),
        )
        .with_columns(
            ended=pl.when(by_plan)
            .then("planned")
            .when("needed")
            .then("closed")
            .otherwise(pl.min_horizontal("finished", "closed")),
            waived=~pl.col("needed") | by_plan,
            ended_by=pl.when(by_plan)
            .then(pl.lit("a protection plan was made; its conference is not in the source"))
            .when("needed")
            .then(pl.lit("the referral was closed"))
            .otherwise(pl.lit("the enquiry ended without a conference")),
            assumed=pl.when(~pl.col("needed")).then(
                pl.lit("the enquiry is not finished: due if it ends in a conference")
            ),
            row=pl.concat_str("row", "conference_row", separator="; ", ignore_nulls=True),
        ),
        "icpc_15wd",
    )
