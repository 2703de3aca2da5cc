"""One child in depth: who the child is, what happened, who matters, what was assessed, what is due."""

from collections.abc import Collection
from datetime import date
from typing import Literal

import polars as pl

from data.frames import Scan
from data.schema.codes import label_expr, labels
from fcl_tui.definitions.caseload import described_at, statuses_at
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.event_kinds import in_order
from fcl_tui.definitions.wording.labels import NOT_HERE, answer, code_and_label
from fcl_tui.prepared.assessments import as_known
from fcl_tui.prepared.events.chronology import EVENTS
from fcl_tui.records.client_overview import soonest_first
from fcl_tui.records.due.items import open_items, required, severity, worst

CHRONOLOGY_COLUMNS = (
    "date", "event", "kind", "detail", "worker", "significant", "source_row", "team", "source",
    "days_since",
)  # fmt: skip
OVERVIEW_COLUMNS = (
    "person_id", "name", "date_of_birth", "age", "status", "also", "legal_status", "placement",
    "placement_since", "team", "worker", "personal_adviser", "status_since", "sex", "gender",
    "ethnicity", "upn", "expected_date_of_birth", "date_of_death", "first_known", "last_event",
    "last_seen", "due_state", "overdue", "items", "source", "source_row", "first_event",
)  # fmt: skip
ASSESSMENT_COLUMNS = (
    "assessment_id", "start_date", "clock_start", "due_date", "authorised_date", "state", "working_days",
    "open_days", "in_time", "outcome", "outcomes", "child_seen", "factors", "factor_codes", "team", "worker",
    "referral_id", "source_row",
)  # fmt: skip


def _one(frame: pl.LazyFrame, person_id: str) -> pl.LazyFrame:
    return frame.filter(pl.col("person_id") == person_id)


def _placement(scan: Scan, as_at: date, person_id: str) -> pl.LazyFrame:
    return (
        scan("cla_placement")
        .filter(pl.col("clap_person_id") == person_id)
        .filter(open_on(as_at, "clap_cla_placement_start_date", "clap_cla_placement_end_date"))
        .sort("clap_cla_placement_start_date", "clap_cla_placement_id", descending=True, nulls_last=True)
        .head(1)
        .select(
            person_id="clap_person_id",
            placement=code_and_label(pl.col("clap_cla_placement_type"), "placement_type"),
            placement_since="clap_cla_placement_start_date",
        )
    )


def _status_since(scan: Scan, as_at: date, person_id: str) -> pl.LazyFrame:
    """The earliest start of an open spell of the status that holds."""
    status = _one(statuses_at(scan, as_at), person_id).select("person_id", now="status")
    spell = pl.when(pl.col("short_break")).then(pl.lit("short_break")).otherwise("status")
    return (
        _one(scan("statuses"), person_id)
        .filter(open_on(as_at))
        .join(status, on="person_id")
        .filter(spell == pl.col("now"))
        .group_by("person_id")
        .agg(status_since=pl.col("start").min())
    )


def overview(scan: Scan, calendar: Calendar, as_at: date, person_id: str) -> pl.LazyFrame:
    """Who the child is and where things stand on the day.

    Returns:
        OVERVIEW_COLUMNS: one row, none when nobody has the number. status is "closed" for a child without an
        open spell; placement in words; sex, gender, ethnicity in words; first_known and last_event: days of
        the first and the latest dated event; first_event: what the first was; last_seen: the latest visit at
        which the child was not said to be unseen; due_state: the worst state of what is due; overdue and
        items: counts.
    """
    person = _one(scan("people"), person_id)
    past = _one(scan("events"), person_id).filter(pl.col("date") <= as_at)
    unseen = pl.col("detail").fill_null("").str.contains("child seen: no")
    life = past.group_by("person_id").agg(
        first_known=pl.col("date").min(),
        first_event=pl.col("event").sort_by(in_order()).first(),
        last_event=pl.col("date").max(),
        last_seen=pl.col("date").filter((pl.col("kind") == "visit") & ~unseen).max(),
    )
    due = (
        open_items(scan, calendar, as_at, [person_id])
        .filter(required())
        .group_by("person_id")
        .agg(
            due_state=worst(severity().min()),
            overdue=(pl.col("state") == "overdue").sum().cast(pl.Int64),
            items=pl.len().cast(pl.Int64),
        )
    )
    facts = person.select(
        "person_id",
        "upn",
        "expected_date_of_birth",
        "date_of_death",
        "source",
        "source_row",
        sex=label_expr(pl.col("sex"), "sex"),
        gender=label_expr(pl.col("gender"), "gender"),
        ethnicity=label_expr(pl.col("ethnicity"), "ethnicity"),
    )
    rows = described_at(scan, as_at, person)
    for more in (facts, life, due, _placement(scan, as_at, person_id), _status_since(scan, as_at, person_id)):
        rows = rows.join(more, on="person_id", how="left")
    return rows.with_columns(pl.col("overdue", "items").fill_null(0)).select(OVERVIEW_COLUMNS)


def chronology(
    scan: Scan,
    as_at: date,
    person_id: str,
    *,
    kinds: Collection[str] | None = None,
    significant_only: bool = False,
) -> pl.LazyFrame:
    """What happened up to the day, oldest first.

    Args:
        kinds: keep these kinds (event_kinds.KINDS); None keeps all.
        significant_only: leave out visits, checks and other routine.

    Returns:
        CHRONOLOGY_COLUMNS, one row per event: date (null = not known, first), event, kind, detail, worker,
        significant, source_row, team, source, days_since (Int64, calendar days since the event shown before
        it; null for the first and for undated ones).
    """
    rows = _one(scan("events"), person_id).filter(pl.col("date").is_null() | (pl.col("date") <= as_at))
    if kinds is not None:
        rows = rows.filter(pl.col("kind").is_in(list(kinds)))
    if significant_only:
        rows = rows.filter(pl.col("significant"))
    return (
        rows.sort(in_order())
        .with_columns(days_since=(pl.col("date") - pl.col("date").shift(1)).dt.total_days())
        .select(CHRONOLOGY_COLUMNS)
    )


def density(
    scan: Scan,
    as_at: date,
    person_id: str,
    *,
    every: Literal["month", "quarter", "year"] = "month",
    kinds: Collection[str] | None = None,
    significant_only: bool = False,
) -> pl.LazyFrame:
    """How much happened when: every month (or quarter, year) from the first event, also empty ones.

    Returns:
        period (Date, its first day), events, significant (counts), gap (Int64, how many empty periods in a
        row this one is the latest of; 0 when it is not empty). No rows when nothing is dated.
    """
    step = {"month": "1mo", "quarter": "1q", "year": "1y"}[every]
    rows = chronology(scan, as_at, person_id, kinds=kinds, significant_only=significant_only).filter(
        pl.col("date").is_not_null()
    )
    found = rows.group_by(period=pl.col("date").dt.truncate(step)).agg(
        events=pl.len().cast(pl.Int64), significant=pl.col("significant").sum().cast(pl.Int64)
    )
    whole = (
        rows.select(first=pl.col("date").min())
        .filter(pl.col("first").is_not_null())
        .select(period=pl.date_ranges(pl.col("first").dt.truncate(step), pl.lit(as_at), step))
        .explode("period")
    )
    run = (pl.col("events") > 0).cum_sum()
    return (
        whole.join(found, on="period", how="left")
        .with_columns(pl.col("events", "significant").fill_null(0))
        .sort("period")
        .with_columns(gap=(pl.col("events") == 0).cast(pl.Int64).cum_sum().over(run))
    )


def assessments(scan: Scan, calendar: Calendar, as_at: date, person_id: str) -> pl.LazyFrame:
    """The child's assessments as known on the day, the latest first.

    Returns:
        assessment_id, start_date, clock_start, due_date, authorised_date (null = open), state, working_days,
        open_days (working days so far), in_time, outcome, outcomes, child_seen (in words), factors (in words,
        separated by "; "), factor_codes, team, worker, referral_id, source_row.
    """
    names = labels("assessment_factors")
    factors = pl.col("factors").str.split(", ").list.eval(pl.element().replace(names)).list.join("; ")
    return (
        _one(as_known(scan, calendar, as_at), person_id)
        .with_columns(answer(pl.col("child_seen")), factors=factors, factor_codes="factors")
        .select(ASSESSMENT_COLUMNS)
        .sort("start_date", "assessment_id", "source_row", descending=True, nulls_last=True)
    )


def due(scan: Scan, calendar: Calendar, as_at: date, person_id: str) -> pl.LazyFrame:
    """What is due for the child: the rows of `due.open_items`, soonest first, what is not required last."""
    person = scan("people").select("person_id", "name")
    return (
        open_items(scan, calendar, as_at, [person_id])
        .join(person, on="person_id", how="left")
        .sort(soonest_first())
        .drop("name")
    )


def left_out(scan: Scan) -> pl.LazyFrame:
    """What a chronology from this source cannot hold.

    Returns:
        reason (words, naming the events), count (Int64, how many kinds of event), what ("kinds of event");
        no rows when the source holds everything.
    """
    coverage = Coverage.read(scan)
    said = {kind.table: kind.event for kind in EVENTS if kind.always}
    absent = [event for table, event in said.items() if not coverage.has(table)]
    latest = [event for table, event in said.items() if coverage.has(table) and table in coverage.latest_only]
    reasons = [(NOT_HERE, absent), ("only the latest of each child is in this source", latest)]
    rows = [
        (f"{words}: {', '.join(events).lower()}", len(events), "kinds of event")
        for words, events in reasons
        if events
    ]
    schema = {"reason": pl.String, "count": pl.Int64, "what": pl.String}
    return pl.LazyFrame(rows, schema=schema, orient="row")
