"""One row per assessment: its clock, its working days, what came of it, whose it is."""

from dataclasses import replace
from datetime import date

import polars as pl

from data.frames import Scan
from data.schema.fields import Field, names_of
from fcl_tui.definitions.allocations import latest_first
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.directory import named
from fcl_tui.definitions.event_kinds import flags
from fcl_tui.timescales.engine import due_items
from fcl_tui.timescales.rulebook.rules import Rules

RULE = "assessment_45wd"
"""The timescale that gives an assessment its clock and its due date."""

MAIN_OUTCOMES = (
    (r"strategy|section 47", "Strategy discussion or section 47"),
    (r"look after|looked after", "Request to look after"),
    (r"legal", "Legal action"),
    (r"specialist", "Specialist assessment"),
    (r"services|short breaks|child in need|cin plan", "Services or child in need plan"),
    (r"private fostering", "Private fostering"),
    (r"other agency|early help", "Referred to another agency"),
    (r"no further action", "No further action"),
)
"""An assessment with several outcomes is counted once, under the first of these that it names."""

OTHER_OUTCOME, FURTHER_ACTION, NO_OUTCOME = "Other", "Further action, kind not recorded", "Not recorded"

FIELDS = (
    Field("assessment_id", "String", "key", "the number of the assessment"),
    Field("person_id", "String", "person", "the child's number"),
    Field("referral_id", "String", "key", "the child's referral; null where the number is another child's"),
    Field("start_date", "Date", "kept", "null when not known"),
    Field("clock_start", "Date", "kept", "the referral's date for its first assessment, else its own start"),
    Field("authorised_date", "Date", "kept", "null while it is open"),
    Field("due_date", "Date", "kept", "the 45th working day, which is still in time"),
    Field("working_days", "Int64", "kept", "clock to authorised; null while open"),
    Field("in_time", "Boolean", "kept", "null while open or without a clock"),
    Field("outcome", "String", "hidden", "the main one, in words"),
    Field("no_further_action", "String", "kept", "Y or N"),
    Field("child_seen", "String", "kept", "Y, N or U"),
    Field("factors", "String", "hidden", "codes, comma-separated"),
    Field(
        "team",
        "String",
        "kept",
        "the assessment's own, else of those allocated on the day it was authorised",
    ),
    Field(
        "worker",
        "String",
        "kept",
        "the assessment's own, else who was allocated on the day it was authorised",
    ),
    Field("team_id", "String", "kept", "the team's number"),
    Field("worker_id", "String", "kept", "the worker's number"),
    Field("belongs_by", "String", "kept", "whose team and worker these are: assessment or allocation"),
    Field("outcomes", "String", "hidden", "all of them, in words"),
    Field("referral_closed", "Date", "kept", "when its referral was closed"),
    Field("source", "String", "kept", "the source that the row came from"),
    Field("source_row", "String", "key", "the row of the source"),
)
"""The prepared frame `assessments`: one row per assessment."""


def _factors(scan: Scan) -> pl.LazyFrame:
    """Factor codes of each assessment, from a JSON list (`["1A", "2B"]`) or an object of yes and no."""
    text = "cinf_assessment_factors_json"
    raw = pl.col(text)
    listed = raw.str.extract_all(r'"?\b\d{1,2}[A-Z]?\b"?').list.eval(pl.element().str.replace_all('"', ""))
    said_yes = raw.str.extract_all(r'(?i)"[^"]+"\s*:\s*(?:"(?:y|yes|true|1)"|true|1)\s*(?:,|\})').list.eval(
        pl.element().str.extract(r'"[^"]*?(\d{1,2}[A-Z]?)[^"]*"', 1)
    )
    codes = pl.when(raw.str.contains(":")).then(said_yes).otherwise(listed)
    rows = scan("assessment_factors").select(pl.col("cinf_assessment_id").alias("assessment_id"), text)
    known = rows.drop_nulls()
    different = known.select(text).unique().with_columns(code=codes)  # each text is read once, not once a row
    return (
        known.join(different, on=text, how="left")
        .select("assessment_id", "code")
        .explode("code")
        .filter(pl.col("code").is_not_null())
        .unique()
        .sort("assessment_id", pl.col("code").str.extract(r"^(\d+)").cast(pl.Int32), "code")
        .group_by("assessment_id", maintain_order=True)
        .agg(factors=pl.col("code").str.join(", "))
    )


def _main_outcome(outcomes: pl.Expr, nothing_more: pl.Expr) -> pl.Expr:
    said = outcomes.str.to_lowercase()
    main = [pl.when(said.str.contains(pattern)).then(pl.lit(name)) for pattern, name in MAIN_OUTCOMES]
    return pl.coalesce(
        *main,
        pl.when(outcomes.is_not_null()).then(pl.lit(OTHER_OUTCOME)),
        pl.when(nothing_more == "N").then(pl.lit(FURTHER_ACTION)),
        pl.lit(NO_OUTCOME),
    )


def _rows(scan: Scan) -> pl.LazyFrame:
    nothing_more = pl.col("cina_assessment_outcome_nfa")
    outcomes = pl.coalesce(
        flags("cina_assessment_outcome_json"), pl.when(nothing_more == "Y").then(pl.lit("no further action"))
    )
    rows = scan("cin_assessments").filter(pl.col("cina_person_id").is_not_null())
    told = ["cina_assessment_outcome_json", "cina_assessment_outcome_nfa"]
    # each text is read once, not once a row
    words = (
        rows.select(told)
        .unique()
        .with_columns(outcomes=outcomes, outcome=_main_outcome(outcomes, nothing_more))
    )
    known = scan("cin_episodes").filter(pl.col("cine_referral_id").is_not_null())
    # by number and child: the number that a row gives may be another child's referral
    referrals = known.select(
        person_id="cine_person_id",
        referral_id="cine_referral_id",
        closed="cine_close_date",
        own=pl.lit(value=True),
    ).unique(["person_id", "referral_id"], keep="first", maintain_order=True)
    numbers = known.select(referral_id="cine_referral_id", known=pl.lit(value=True)).unique()
    another_childs = pl.col("known").is_not_null() & pl.col("own").is_null()
    return (
        rows.join(words, on=told, how="left", nulls_equal=True, maintain_order="left")
        .select(
            pl.col("cina_assessment_id").alias("assessment_id"),
            pl.col("cina_person_id").alias("person_id"),
            pl.col("cina_referral_id").alias("referral_id"),
            pl.col("cina_assessment_start_date").alias("start_date"),
            pl.col("cina_assessment_auth_date").alias("authorised_date"),
            "outcome",
            "outcomes",
            nothing_more.alias("no_further_action"),
            pl.col("cina_assessment_child_seen").alias("child_seen"),
            pl.col("cina_assessment_team").alias("team_id"),
            pl.col("cina_assessment_worker_id").alias("worker_id"),
            "source",
            "source_row",
        )
        .join(referrals, on=["person_id", "referral_id"], how="left")
        .join(numbers, on="referral_id", how="left")
        .with_columns(referral_id=pl.when(~another_childs).then("referral_id"))
        .drop("known", "own")
    )


def _clocks(scan: Scan, rules: Rules, calendar: Calendar, items: pl.LazyFrame) -> pl.LazyFrame:
    """When each assessment's clock started and ends, as the timescales say; one row per assessment.

    Also where the authority has put the rule out of force: `items` has none of it then.
    """
    if not rules[RULE].on:
        alone = {key: replace(rule, on=key == RULE) for key, rule in rules.rules.items()}
        items = due_items(scan, replace(rules, rules=alone), calendar)
    key = pl.col("source_rows").str.extract(r"cin_assessments/([^;]+)")
    return (
        items.filter(pl.col("rule") == RULE)
        .select("person_id", assessment_id=key, clock_start="started", due_date="due_date")
        .filter(pl.col("assessment_id").is_not_null())
        .sort("person_id", "assessment_id", "clock_start")
        .unique(["person_id", "assessment_id"], keep="first", maintain_order=True)
    )


def assessments(
    scan: Scan, rules: Rules, calendar: Calendar, allocations: pl.LazyFrame, items: pl.LazyFrame
) -> pl.LazyFrame:
    """Every assessment with its clock, in working days (the 45th is still in time).

    Args:
        allocations: `allocations.allocations(scan)`.
        items: `engine.due_items(scan, rules, calendar)`.

    Returns:
        one row per assessment, in the columns of `FIELDS`; sorted by person_id, start_date.
    """
    clocks = _clocks(scan, rules, calendar, items)
    rows = _rows(scan).join(clocks, on=["person_id", "assessment_id"], how="left")
    day = ("person_id", "authorised_date")
    holders = latest_first(
        rows.select(day)
        .filter(pl.col("authorised_date").is_not_null())
        .unique()
        .join(allocations.filter(pl.col("role") == "allocated_worker"), on="person_id", how="inner")
        .filter(open_on(pl.col("authorised_date"))),
        *day,
    ).select(*day, held_by=pl.col("worker"), held_id="worker_id", held_team="team", held_team_id="team_id")
    own = pl.col("worker").is_not_null() | pl.col("team").is_not_null()
    taken = calendar.working_days_between(pl.col("clock_start"), pl.col("authorised_date"))
    return (
        named(rows, scan)
        .join(holders, on=day, how="left")
        .join(_factors(scan), on="assessment_id", how="left")
        .with_columns(
            belongs_by=pl.when(own).then(pl.lit("assessment")).otherwise(pl.lit("allocation")),
            worker=pl.coalesce("worker", "held_by"),
            worker_id=pl.coalesce("worker_id", "held_id"),
            team=pl.coalesce("team", "held_team"),
            team_id=pl.coalesce("team_id", "held_team_id"),
            referral_closed=pl.col("closed"),
            working_days=taken.cast(pl.Int64),
        )
        .with_columns(in_time=pl.col("authorised_date") <= pl.col("due_date"))
        .select(names_of(FIELDS))
        .sort("person_id", "start_date", "assessment_id", "source_row")
    )


def as_known(scan: Scan, calendar: Calendar, as_at: date, since: date | None = None) -> pl.LazyFrame:
    """The assessments as they stood on a day: later authorisations not yet known.

    Args:
        since: leave out what was authorised before this day, by then; None leaves out nothing.

    Returns:
        the prepared assessments begun on or before the day (or without a start date), with authorised_date,
        working_days, in_time and outcome null where the authorisation came later; state (completed or open);
        open_days (Int64, working days on the clock so far, null when completed or without a clock); team and
        worker of an open one without its own: those allocated on the day; "No team", "Unallocated" where
        nobody is known.
    """
    day = pl.lit(as_at)
    known = pl.col("authorised_date") <= day
    done = known.fill_null(value=False)
    kept = ~done | (pl.col("authorised_date") >= pl.lit(since)) if since is not None else pl.lit(value=True)
    rows = (
        scan("assessments")
        .filter(kept)
        .filter(pl.coalesce("start_date", "clock_start", "authorised_date").fill_null(day) <= day)
        .with_columns(state=pl.when(done).then(pl.lit("completed")).otherwise(pl.lit("open")))
    )
    holders = latest_first(
        scan("allocations").filter(pl.col("role") == "allocated_worker").filter(open_on(as_at)), "person_id"
    ).select(
        "person_id", now_worker="worker", now_worker_id="worker_id", now_team="team", now_team_id="team_id"
    )
    by_now = (pl.col("state") == "open") & (pl.col("belongs_by") == "allocation")

    def whose(column: str) -> pl.Expr:
        return pl.when(by_now).then(pl.col(f"now_{column}")).otherwise(pl.col(column))

    def when_known(column: str) -> pl.Expr:
        return pl.when(pl.col("state") == "completed").then(pl.col(column)).alias(column)

    return (
        rows.join(holders, on="person_id", how="left")
        .with_columns(
            *(
                when_known(column)
                for column in (
                    "authorised_date",
                    "working_days",
                    "in_time",
                    "outcome",
                    "outcomes",
                    "no_further_action",
                )
            ),
            open_days=pl.when(pl.col("state") == "open").then(
                calendar.working_days_between(pl.col("clock_start"), day).cast(pl.Int64)
            ),
            team=whose("team").fill_null("No team"),
            worker=whose("worker").fill_null("Unallocated"),
            team_id=whose("team_id"),
            worker_id=whose("worker_id"),
        )
        .drop("now_worker", "now_worker_id", "now_team", "now_team_id")
    )
