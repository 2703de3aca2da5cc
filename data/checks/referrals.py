"""Referrals that say "no further action" and show that there was some."""

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

ADVICE = 'Correct the answer to "no further action" (the child is no client while it says yes), or the other.'


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


def _through_enquiries(part: Part) -> pl.DataFrame:
    """Conferences whose referral is that of their section 47 enquiry."""
    enquiries = part.rows("s47_enquiry", referral="s47e_referral_id", enquiry="s47e_s47_enquiry_id")
    conferences = part.rows("initial_cp_conference", enquiry="icpc_s47_enquiry_id")
    return enquiries.drop_nulls("referral").join(
        conferences.drop_nulls("enquiry"), on=["person_id", "source", "enquiry"], how="semi"
    )
