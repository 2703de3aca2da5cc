"""Referrals that say "no further action" and show that there was some, and those of a child who had died."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from data.checks.part import Part, told

DONE = (
    ("initial_cp_conference", "icpc_referral_id", "a child protection conference"),
    ("cp_plans", "cppl_referral_id", "a child protection plan"),
    ("cin_plans", "cinp_referral_id", "a child in need plan"),
)
"""Table, its link to the referral, and what it is called: what follows only from further action."""

GOES_WITH_NONE = ("RC7", "RC8")
"""Reasons for closure that fit: services ceased for any other reason, and no further action."""

ADVICE = (
    'Correct the answer to "no further action" (while it is yes the child is not a client), or the other.'
)


def referral_checks(part: Part) -> Iterator[pl.DataFrame]:
    """Issues of referrals with no further action beside a conference, plan or other reason for closure."""
    none = part.rows(
        "cin_episodes",
        referral="cine_referral_id",
        nfa="cine_referral_nfa",
        reason="cine_close_reason",
    ).filter(pl.col("nfa") == "Y")
    link = ["person_id", "source", "referral"]
    for table, field, what in DONE:
        done = part.rows(table, referral=field).drop_nulls("referral").unique(link)
        if table == "initial_cp_conference":
            done = pl.concat([done, _through_enquiries(part).select(done.columns)]).unique(link)
        reason = f'The referral says "no further action" and has {what}. {ADVICE}'
        yield told(
            none.join(done, on=link, how="semi"), "cin_episodes", "nfa_with_action", "warning", reason,
            column="cine_referral_nfa", value=pl.col("nfa"),
        )  # fmt: skip
    other = pl.col("reason").str.contains(r"^RC\d") & ~pl.col("reason").is_in(GOES_WITH_NONE)
    reason = f'The referral says "no further action" and was closed for another reason. {ADVICE}'
    yield told(
        none.filter(other), "cin_episodes", "nfa_with_action", "warning", reason, column="cine_close_reason",
        value=pl.col("reason"),
    )  # fmt: skip


DIED, DIED_IN_CARE = "RC2", "E2"
"""Reasons for closure and for the end of care."""


def after_death(part: Part) -> Iterator[pl.DataFrame]:
    """Issues of referrals that came after the child's death, however that is known."""
    referrals = part.rows(
        "cin_episodes", start="cine_referral_date", end="cine_close_date", reason="cine_close_reason"
    )
    care = part.rows(
        "cla_episodes", end="clae_cla_episode_ceased_date", reason="clae_cla_episode_ceased_reason"
    )
    known = part.rows("person", died="pers_death_date").select("person_id", "died")
    ended = [rows.filter(pl.col("reason") == reason).select("person_id", died="end")
             for rows, reason in ((referrals, DIED), (care, DIED_IN_CARE))]  # fmt: skip
    died = pl.concat([known, *ended]).drop_nulls().group_by("person_id").agg(pl.col("died").min())
    reason = pl.concat_str(
        pl.lit("The child died on "),
        pl.col("died").dt.strftime("%d/%m/%Y"),
        pl.lit(", before this referral. Correct the date of the referral or of the death, or the child."),
    )
    yield told(
        referrals.join(died, on="person_id", how="inner").filter(pl.col("start") > pl.col("died")),
        "cin_episodes", "referral_after_death", "error", reason, column="cine_referral_date",
        value=pl.col("start"),
    )  # fmt: skip


def _through_enquiries(part: Part) -> pl.DataFrame:
    """Conferences whose referral is that of their section 47 enquiry."""
    enquiries = part.rows("s47_enquiry", referral="s47e_referral_id", enquiry="s47e_s47_enquiry_id")
    conferences = part.rows("initial_cp_conference", enquiry="icpc_s47_enquiry_id")
    return enquiries.drop_nulls("referral").join(
        conferences.drop_nulls("enquiry"), on=["person_id", "source", "enquiry"], how="semi"
    )
