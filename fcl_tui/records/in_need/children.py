"""Children in need on a day, each once, and what they stand on."""

import polars as pl

from data.frames import Scan, collect
from fcl_tui.definitions.care_periods import known_start_or_open
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.records.child.spans import care, leaving_care, length, need_plans, protection_plans
from fcl_tui.records.front_door.referrals import need
from fcl_tui.records.over_time.on_days import DAY, beside, marked, open_beside, with_who

LOOKED_AFTER, PROTECTION, NEED_PLAN, LEAVER, ASSESSMENT, NOTHING = (
    "Looked after", "Child protection plan", "Child in need plan", "Care leaver", "Open assessment",
    "In need, no plan",
)  # fmt: skip
DRIFT_DAYS = 20
"""Working days after its last assessment by which a child in need should have a plan, or be closed"""


def episodes(scan: Scan) -> pl.LazyFrame:
    """Every episode of need: a referral that did not end in no further action.

    Returns:
        record (the referral's number), person_id, start, end (Date; null = open), need (code and meaning),
        reason (code: why it closed), team_id, worker_id (as written on the referral), source_row.
    """
    start, end = "cine_referral_date", "cine_close_date"
    return (
        scan("cin_episodes")
        .filter(
            pl.col("cine_person_id").is_not_null(),
            (pl.col("cine_referral_nfa") != "Y").fill_null(value=True),
            known_start_or_open(start, end),
        )
        .select(
            record="cine_referral_id",
            person_id="cine_person_id",
            start=start,
            end=end,
            need=need(),
            reason="cine_close_reason",
            team_id="cine_referral_team",
            worker_id="cine_referral_worker_id",
            source_row="source_row",
        )
    )


def open_episodes(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per episode of need open on the day, two of a child are two.

    Returns:
        day, first, last, the columns of `episodes`, open_for (band of `spans.length`), and the
        columns of `on_days.with_who`.
    """
    return with_who(_opened(scan, days), scan, advisers=True)


def _opened(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    return open_beside(days, episodes(scan)).with_columns(open_for=length(pl.col("start"), DAY))


def _assessments(scan: Scan) -> pl.LazyFrame:
    begun = pl.coalesce("start_date", "clock_start", "authorised_date")
    return scan("assessments").select("person_id", "referral_id", begun=begun, done="authorised_date")


def _assessed(opened: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """day, person_id of those with an assessment of an open episode done by the day.

    One without a referral's number is of an episode begun on or before the day it was authorised.
    """
    done = _assessments(scan).filter(pl.col("done").is_not_null())
    since = (pl.col("done") >= pl.col("start")).fill_null(value=True)
    numbered = pl.col("referral_id").is_not_null()
    of_it = pl.when(numbered).then(pl.col("referral_id") == pl.col("record")).otherwise(since)
    return (
        opened.select("day", "person_id", "record", "start")
        .join(done, on="person_id", how="inner")
        .filter(pl.col("done") <= DAY, of_it)
        .select("day", "person_id", assessed=pl.lit(value=True))
        .unique()
    )


def children(scan: Scan, calendar: Calendar, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per child in need on the day: with an open episode, whatever else the child stands on.

    Of several open episodes the latest begun says the need and the length.

    Returns:
        day, first, last, person_id, record (the episode's number), start (Date), need, open_for (band),
        episodes (Int64: open), looked_after, on_plan (child protection), need_plan (child in need),
        care_leaver, assessing (an assessment is open), awaiting (no assessment done on an open episode, no
        plan, not looked after), drifting (last assessment authorised over 20 working days ago, none open, no
        plan, neither looked after nor a care leaver; all Boolean, never null), case_status (String: the order
        of Annex A list 6), status (String: the status of every report), authorised (Date: the last
        assessment), source_row, and the columns of `on_days.with_who`.

    Source: Department for Education, children in need census; Annex A list 6.
    """
    opened = collect(_opened(scan, days)).lazy()  # joined below too
    ordered = opened.sort("day", "person_id", "start", "record", "source_row", nulls_last=False)
    one = ordered.group_by("day", "first", "last", "person_id", maintain_order=True).agg(
        pl.col("record", "start", "need", "open_for", "source_row").last(),
        episodes=pl.len().cast(pl.Int64),
    )
    doing = _assessments(scan).select("person_id", start="begun", end="done")
    rows = one
    for name, spells in {
        "looked_after": care(scan), "on_plan": protection_plans(scan), "need_plan": need_plans(scan),
        "care_leaver": leaving_care(scan), "assessing": doing,
    }.items():  # fmt: skip
        rows = marked(rows, days, spells, name)
    last = (
        beside(days, _assessments(scan).filter(pl.col("done").is_not_null()), pl.col("done") <= DAY)
        .group_by("day", "person_id")
        .agg(authorised=pl.col("done").max())
    )
    rows = (
        rows.join(_assessed(opened, scan), on=["day", "person_id"], how="left")
        .join(last, on=["day", "person_id"], how="left")
        .with_columns(
            pl.col("assessed").fill_null(value=False),
            since=calendar.working_days_between(pl.col("authorised"), DAY),
        )
    )
    no_plan = ~pl.col("on_plan") & ~pl.col("need_plan") & ~pl.col("looked_after")
    told = rows.with_columns(
        awaiting=no_plan & ~pl.col("assessed"),
        drifting=no_plan
        & ~pl.col("care_leaver")
        & ~pl.col("assessing")
        & (pl.col("since") > DRIFT_DAYS).fill_null(value=False),
        case_status=_first(
            {"looked_after": LOOKED_AFTER, "on_plan": PROTECTION, "need_plan": NEED_PLAN,
             "care_leaver": NEED_PLAN, "assessing": ASSESSMENT}, NOTHING),
        status=_first(
            {"looked_after": LOOKED_AFTER, "on_plan": PROTECTION, "care_leaver": LEAVER}, "Child in need"),
    ).drop("assessed", "since")  # fmt: skip
    return with_who(told, scan, advisers=True)


def _first(words: dict[str, str], otherwise: str) -> pl.Expr:
    """The words of the first of the columns that is true."""
    told = [pl.when(pl.col(name)).then(pl.lit(text)) for name, text in words.items()]
    return pl.coalesce(*told, pl.lit(otherwise))
