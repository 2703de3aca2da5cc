"""Open cases without a worker or a team, work left open in closed ones, and adults still open as children."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from data.checks.part import Carried, Part, open_on, told
from data.schema.open_spells import until

WORK = {
    "cin_plans": ("cinp_cin_plan_start_date", "cinp_cin_plan_end_date", "child in need plan"),
    "cp_plans": ("cppl_cp_plan_start_date", "cppl_cp_plan_end_date", "child protection plan"),
    "cin_assessments": ("cina_assessment_start_date", "cina_assessment_auth_date", "assessment"),
}
"""Start, end and name of what is done while a case is open, care apart. Not every source ends enquiries."""

ADULT = 18


class Cases:
    """What is open on the day, of a part's children."""

    def __init__(self, part: Part, day: date) -> None:
        self._part, self._day = part, day
        self.referrals = part.rows(
            "cin_episodes",
            start="cine_referral_date",
            end="cine_close_date",
            nfa=pl.col("cine_referral_nfa").fill_null("U") == "Y",
        )
        self.care = _care(part)

    def open_referrals(self) -> pl.DataFrame:
        """Referrals that are open, further action not refused."""
        return self.referrals.filter(open_on(self._day), ~pl.col("nfa"), pl.col("start").is_not_null())

    def open_care(self) -> pl.DataFrame:
        """Care episodes that are open."""
        return self.care.filter(open_on(self._day))

    def open_work(self, table: str) -> pl.DataFrame:
        """Plans and assessments that are open; plans held for another authority are not ours."""
        start, end, _ = WORK[table]
        ours = pl.col("cppl_cp_plan_ola").fill_null("N") != "Y" if table == "cp_plans" else pl.lit(value=True)
        rows = self._part.rows(table, start=start, end=end, ours=ours)
        return rows.filter("ours", open_on(self._day))


def _care(part: Part) -> pl.DataFrame:
    """Care episodes; one without an end ends when the next open one starts."""
    return (
        part.rows(
            "cla_episodes",
            start=pl.coalesce("clae_cla_episode_start_date", "clae_entered_care_date"),
            end="clae_cla_episode_ceased_date",
            care="clae_cla_id",
        )
        .filter(pl.col("start").is_not_null())
        .sort("person_id", "start", "end", "source_row", nulls_last=True)
        .with_columns(end=until("start", "end", "person_id"))
    )


def case_checks(part: Part, cases: Cases, carried: Carried, day: date) -> Iterator[pl.DataFrame]:
    """Issues of what is open on the day. What a source does not carry at all is not missed."""
    yield from _held_by_nobody(part, cases, carried, day)
    yield from _left_open(cases, day)
    yield from _adults(part, cases, carried, day)
    yield _nowhere(part, cases, carried, day)


def _held_by_nobody(part: Part, cases: Cases, carried: Carried, day: date) -> Iterator[pl.DataFrame]:
    involved = part.rows(
        "involvements",
        start="invo_involvement_start_date",
        end="invo_involvement_end_date",
        worker="invo_professional_id",
        team="invo_professional_team",
    ).filter(pl.col("worker").is_not_null())
    working = involved.filter(open_on(day))
    cases_now = cases.open_referrals()
    alone = carried.by(cases_now, "invo_professional_id").join(working, on="person_id", how="anti")
    reason = "The referral is open and no worker is recorded for the child; add the worker."
    yield told(alone, "cin_episodes", "no_worker", "warning", reason)
    placed = working.filter(pl.col("team").is_not_null())
    without = (
        carried.by(cases_now, "invo_professional_team")
        .join(working, on="person_id", how="semi")
        .join(placed, on="person_id", how="anti")
    )
    reason = "The referral is open and no worker of the child is in a team; add the team to the involvement."
    yield told(without, "cin_episodes", "no_team", "warning", reason)


def _left_open(cases: Cases, day: date) -> Iterator[pl.DataFrame]:
    """Work that is open although every referral of the child is closed."""
    still_open = (pl.col("end").is_null() | (pl.col("end") > day)) & ~pl.col("nfa")
    closed = (
        cases.referrals.group_by("person_id")
        .agg(any_open=still_open.any(), closed_on=pl.col("end").filter(pl.col("end") <= day).max())
        .filter(~pl.col("any_open"), pl.col("closed_on").is_not_null())
    )
    for table, what in [*((table, WORK[table][2]) for table in WORK), ("cla_episodes", "care episode")]:
        rows = cases.open_care() if table == "cla_episodes" else cases.open_work(table)
        reason = pl.concat_str(
            pl.lit(f"The {what} is open and the child's last referral was closed on "),
            pl.col("closed_on").dt.strftime("%d/%m/%Y"),
            pl.lit(f". End the {what}, or open the referral again."),
        )
        yield told(
            rows.join(closed, on="person_id", how="inner"), table, "open_in_closed_case", "warning", reason,
            value=pl.concat_str(pl.lit("since "), pl.col("start")),
        )  # fmt: skip


def _adults(part: Part, cases: Cases, carried: Carried, day: date) -> Iterator[pl.DataFrame]:
    """Who was 18 before the day and is still open as a child.

    Care leavers may have a referral, so a source that does not say who is one is not asked about referrals.
    """
    adults = part.people.filter(pl.col("born").dt.offset_by(f"{ADULT}y") < day)
    leavers = part.rows("care_leavers")
    open_as = {
        "cp_plans": (cases.open_work("cp_plans"), "on a child protection plan", "the plan"),
        "cla_episodes": (cases.open_care(), "looked after", "the care episode"),
        "cin_episodes": (
            carried.by(cases.open_referrals(), "clea_person_id").join(leavers, on="person_id", how="anti"),
            "a child in need",
            "the referral",
        ),
    }
    for table, (rows, how, what) in open_as.items():
        reason = f"Aged 18 or over and still open as {how}; end {what}, or correct the date of birth."
        yield told(
            rows.join(adults, on="person_id", how="inner"), table, "adult_open_as_child", "warning", reason,
            value=pl.concat_str(pl.lit("born "), pl.col("born")),
        )  # fmt: skip


def _nowhere(part: Part, cases: Cases, carried: Carried, day: date) -> pl.DataFrame:
    """Looked after with no placement open."""
    placements = part.rows(
        "cla_placement", start="clap_cla_placement_start_date", end="clap_cla_placement_end_date"
    )
    rows = carried.by(cases.open_care(), "clap_cla_placement_start_date").join(
        placements.filter(open_on(day)), on="person_id", how="anti"
    )
    reason = "The child is looked after and no placement is open; add the placement, or end the care episode."
    return told(
        rows, "cla_episodes", "no_placement", "warning", reason,
        value=pl.concat_str(pl.lit("since "), pl.col("start")),
    )  # fmt: skip
