"""What a review needs to know of one child: what was due, done and changed since the last one."""

from datetime import date

import polars as pl

from data.frames import Scan
from data.schema.codes import label_expr
from fcl_tui.definitions.care_periods import legal_statuses
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.spells import within
from fcl_tui.definitions.wording.labels import NOT_HERE, STATUS_NAMES, answer, blank_to_null
from fcl_tui.definitions.wording.omissions import said
from fcl_tui.measures.visits import KIND_NAMES
from fcl_tui.records.child import summary as client_summary
from fcl_tui.records.child.relationships import relationships
from fcl_tui.records.child.review_health import TAKES_PART
from fcl_tui.records.due.items import open_items, severity
from fcl_tui.records.gone_missing.episodes import known
from fcl_tui.records.over_time.holders import held_on
from fcl_tui.records.visiting.due import visits as every_visit
from fcl_tui.timescales.state import at

ELSEWHERE = ("assessment", "visit", "review", "missing", "health", "education", "worker", "leaving_care")
"""Kinds of event that another part than the changes shows."""
AS_SPELLS = (
    "Placement began", "Placement ended", "Legal status", "Legal status ended", "Care episode began",
    "Care ended", "Child protection plan began", "Child protection plan ended", "Care plan began",
    "Care plan ended",
)  # fmt: skip
"""Events that stand among the changes as what holds from one day until another, or with health and plans."""


def _of(scan: Scan, table: str, column: str, person_id: str) -> pl.LazyFrame:
    return scan(table).filter(pl.col(column) == person_id)


def due_and_done(scan: Scan, calendar: Calendar, as_at: date, person_id: str, first: date) -> pl.LazyFrame:
    """What is still to be done, and what fell due or was done from the first day on.

    Returns:
        the columns of `timescales.state.at`, and: item (the rule's plain name), days_shown (days late
        or left of what is open; in time, or days late, of what is not), still_open (Boolean). Open ones
        first, the worst first; then the latest. What was not required is left out.
    """
    day, begin = pl.lit(as_at), pl.lit(first)
    shown = open_items(scan, calendar, as_at, [person_id]).select("item_id", "days_shown")
    touched = (
        pl.col("due_date").is_between(begin, day)
        | (pl.col("done_date") >= begin).fill_null(value=False)
        | ((pl.col("state") == "missed") & (pl.col("ended") >= begin)).fill_null(value=False)
    )
    over = (
        pl.when(pl.col("state").is_in(["late", "missed"]))
        .then(pl.format("{} d late", "days_late"))
        .when(pl.col("state") == "on_time")
        .then(pl.lit("in time"))
    )
    return (
        at(_of(scan, "due_items", "person_id", person_id), scan("rules"), calendar, as_at)
        .filter(pl.col("state").fill_null("") != "not_required", pl.col("open") | touched)
        .join(shown, on="item_id", how="left")
        .with_columns(
            item=pl.coalesce("name", "rule"),
            days_shown=pl.when("open").then("days_shown").otherwise(over),
            still_open=pl.col("open"),
            _rank=pl.when("open").then(severity().fill_null(1)).otherwise(9),
            _far=-pl.coalesce("done_date", "due_date").to_physical(),
        )
        .drop("name")
        .sort("_rank", pl.when(pl.col("_rank") < 9).then("due_date"), "_far", "item_id", nulls_last=True)
        .drop("_rank", "_far", "open")
    )


def visits(scan: Scan, as_at: date, person_id: str, first: date) -> pl.LazyFrame:
    """Visits and contacts from the first day on, the latest first.

    Returns:
        date, visit (what kind, in words), seen, alone, bedroom (yes, no, not known, not recorded, "not in
        this source"; null where it is not asked), was_seen (Boolean), worker (who held the case that day; the
        source names no visitor), source_row, row_key (unique).
    """
    coverage = Coverage.read(scan)

    def words(flag: str) -> pl.Expr:
        given = answer(blank_to_null(pl.col(flag))).fill_null("not recorded")
        asked = pl.col(f"{flag}_asked")
        bedroom = pl.lit(flag == "bedroom") & (pl.col("kind") == "looked_after")
        return pl.when(~bedroom).then(pl.when(asked).then(given).otherwise(pl.lit(NOT_HERE))).alias(flag)

    made = every_visit(scan, coverage).filter(pl.col("person_id") == person_id, within("date", first, as_at))
    rows = made.select(
        "person_id",
        "date",
        "was_seen",
        "source_row",
        words("seen"),
        words("alone"),
        words("bedroom"),
        visit=pl.col("kind").replace_strict(KIND_NAMES, return_dtype=pl.String),
        row_key=pl.concat_str("kind", "source", "source_row", "visit_id", separator="|", ignore_nulls=True),
    )
    contact = (
        _of(scan, "events", "person_id", person_id)
        .filter(pl.col("event") == "Latest contact with care leaver", within("date", first, as_at))
        .select(
            "person_id",
            "date",
            "source_row",
            visit=pl.lit("Care leaver contact"),
            row_key=pl.concat_str(pl.lit("contact|"), "source_row"),
        )
    )
    every = pl.concat([rows, contact], how="diagonal").with_columns(credit_day="date")
    return (
        held_on(every, scan, as_at)
        .select("date", "visit", "seen", "alone", "bedroom", "worker", "was_seen", "source_row", "row_key")
        .sort("date", "row_key", descending=[True, False])
    )


def changes(scan: Scan, as_at: date, person_id: str, first: date) -> pl.LazyFrame:
    """Where the child lives, under what order and in what status, as it held from the first day on.

    Returns:
        start (Date), what (Placement, Legal status, a status, or an event), detail (words), end (Date; null =
        still so on the day), miles (Float64, a placement's distance from home), changed (Boolean: began or
        ended in the period), source_row, row_key (unique). Spells that hold, then those that ended, then
        events such as a section 47 enquiry; within each the latest first.
    """
    provider = label_expr(blank_to_null(pl.col("clap_cla_placement_provider")), "placement_provider")
    why = label_expr(blank_to_null(pl.col("clap_cla_placement_change_reason")), "placement_change_reason")
    left = pl.col("clap_cla_placement_end_date") <= pl.lit(as_at)
    placements = _of(scan, "cla_placement", "clap_person_id", person_id).select(
        "source_row",
        what=pl.lit("Placement"),
        start="clap_cla_placement_start_date",
        end="clap_cla_placement_end_date",
        miles="clap_cla_placement_distance",
        detail=pl.concat_str(
            label_expr(blank_to_null(pl.col("clap_cla_placement_type")), "placement_type"),
            provider,
            pl.when(left).then(pl.concat_str(pl.lit("ended: "), why)),
            separator="; ",
            ignore_nulls=True,
        ),
    )
    legal = (
        legal_statuses(lambda name: _legal_rows(scan, name, person_id))
        .with_columns(what=pl.lit("Legal status"), source_row=pl.lit(None, pl.String))
        .select(
            "source_row",
            "what",
            start="legal_start",
            end="legal_end",
            detail=label_expr(pl.col("legal_status"), "legal_status"),
        )
    )
    kind, short = pl.col("status"), pl.col("short_break") & (pl.col("status") == "looked_after")
    status = _of(scan, "statuses", "person_id", person_id).select(
        "source_row",
        "start",
        "end",
        what=pl.when(short).then(pl.lit(STATUS_NAMES["short_break"])).otherwise(kind.replace(STATUS_NAMES)),
        detail=pl.when(kind == "child_protection")
        .then(label_expr(pl.col("detail"), "cp_category"))
        .when(kind == "child_in_need")
        .then(label_expr(pl.col("detail"), "primary_need"))
        .when(kind == "care_leaver")
        .then("detail"),
    )
    day, begin = pl.lit(as_at), pl.lit(first)
    spells = (
        pl.concat([placements, legal, status], how="diagonal")
        .filter(pl.col("start").is_null() | (pl.col("start") <= day))
        .with_columns(end=pl.when(pl.col("end") <= day).then("end"))
        .filter(pl.col("end").is_null() | (pl.col("end") >= begin))
        .with_columns(_group=pl.when(pl.col("end").is_null()).then(0).otherwise(1))
    )
    happened = (
        _of(scan, "events", "person_id", person_id)
        .filter(within("date", first, as_at), ~pl.col("kind").is_in(ELSEWHERE))
        .filter(~pl.col("event").is_in(AS_SPELLS + TAKES_PART), pl.col("significant"))
        .select("source_row", "detail", what="event", start="date", end="date", _group=pl.lit(2))
    )
    rows = pl.concat([spells, happened], how="diagonal_relaxed")
    key = pl.concat_str("what", "start", "end", "source_row", "detail", separator="|", ignore_nulls=True)
    return (
        rows.with_columns(
            changed=(pl.col("start") >= begin).fill_null(value=False) | pl.col("end").is_not_null(),
            row_key=key,
        )
        .with_columns(
            row_key=pl.concat_str(
                "row_key", pl.int_range(pl.len()).over("row_key").cast(pl.String), separator="|"
            )
        )
        .sort("_group", pl.col("start").is_null(), -pl.col("start").to_physical(), "what", "row_key")
        .drop("_group")
    )


def _legal_rows(scan: Scan, name: str, person_id: str) -> pl.LazyFrame:
    return _of(scan, name, "lega_person_id", person_id) if name == "legal_status" else scan(name)


def missing(scan: Scan, as_at: date, person_id: str, first: date) -> pl.LazyFrame:
    """Missing episodes that began or ended from the first day on, still run, or wait for their interview.

    Returns:
        start_day, end_day (Date; null = not back), what (missing, away; "not known"), hours (Float64; null
        where times are not held), days (Int64, calendar days), offered, accepted (words; "not recorded", "not
        in this source"), interview (words: waiting, or null), source_row, row_key; the latest first.
    """
    coverage = Coverage.read(scan)

    def words(column: str, field: str) -> pl.Expr:
        given = label_expr(pl.col(column), "return_interview").fill_null("not recorded")
        return coverage.said(given, "missing", field).alias(column)

    begin = pl.lit(first)
    both = coverage.has("missing", "miss_missing_rhi_accepted")
    return (
        known(scan, as_at, [person_id])
        .filter(
            pl.col("running") | (pl.col("end_day") >= begin) | (pl.col("start_day") >= begin) | "outstanding"
        )
        .select(
            "start_day",
            "end_day",
            "hours",
            "days",
            words("offered", "miss_missing_rhi_offered"),
            words("accepted", "miss_missing_rhi_accepted"),
            "source_row",
            "row_key",
            what=pl.col("kind").fill_null("not known"),
            interview=pl.when("running")
            .then(pl.lit("still missing"))
            .when(pl.col("outstanding") & pl.lit(both))
            .then(pl.lit("waiting: over 3 days since the return")),
        )
        .sort("start_day", "row_key", descending=[True, False])
    )


def assessments(scan: Scan, calendar: Calendar, as_at: date, person_id: str, first: date) -> pl.LazyFrame:
    """The assessments that are open, or began or were authorised from the first day on, and the latest.

    Returns:
        the columns of `client_summary.assessments`, the latest first.
    """
    begin = pl.lit(first)
    inside = (
        pl.col("authorised_date").is_null()
        | (pl.col("authorised_date") >= begin)
        | (pl.col("start_date") >= begin).fill_null(value=False)
    )
    rows = client_summary.assessments(scan, calendar, as_at, person_id)
    return rows.filter(inside | (pl.int_range(pl.len()) == 0))


def people(scan: Scan, as_at: date, person_id: str, first: date) -> pl.LazyFrame:
    """The relatives, the present workers, and those whose work ended from the first day on."""
    gone = pl.col("end") >= pl.lit(first)
    rows = relationships(scan, as_at, person_id).filter(pl.col("current") | gone.fill_null(value=False))
    family = pl.col("relation") == "family"  # whose number means nothing to those who meet
    return rows.with_columns(detail=pl.when(family).then(pl.lit("same family group")).otherwise("detail"))


def undated(scan: Scan, person_id: str) -> pl.LazyFrame:
    """The child's events without a date that no part shows: reason, count, what."""
    rows = _of(scan, "events", "person_id", person_id).filter(
        pl.col("date").is_null(),
        ~pl.col("kind").is_in(["health", "education"]),
        ~pl.col("event").is_in(AS_SPELLS + TAKES_PART),
    )
    return said(rows, "without a date that any part could show it by", "events").filter(pl.col("count") > 0)
