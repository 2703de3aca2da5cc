"""Reviews: those to be held as they stand now, and those that fell due in a period."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.directory import named
from fcl_tui.definitions.wording.labels import NOT_HERE
from fcl_tui.measures.reviews import KIND_NAMES
from fcl_tui.records.on_time import fell_due, named_kinds, open_now
from fcl_tui.records.over_time.holders import holding

KINDS = {
    "cla_review_first": "cla_first",
    "cla_review_second": "cla_second",
    "cla_review_later": "cla_later",
    "adoption_placement_review": "adoption",
    "cp_review_first": "cp_first",
    "cp_review_later": "cp_later",
    "cp_prebirth_review": "cp_prebirth",
    "icpc_15wd": "conference",
    "pathway_assessment": "pathway_first",
    "pathway_review": "pathway",
    "cin_plan_review": "cin_plan",
}
"""The kind of review by the rule that says when it is due."""

IN_CARE = ("cla_first", "cla_second", "cla_later", "adoption")
LED = (*IN_CARE, "cp_first", "cp_later", "cp_prebirth")
"""The kinds that a reviewing officer leads; conferences and pathway plans are in no officer's row."""

HISTORY = {
    **dict.fromkeys(IN_CARE, "cla_reviews"),
    **dict.fromkeys(("cp_first", "cp_later", "cp_prebirth"), "cp_reviews"),
    "conference": "initial_cp_conference",
    "pathway_first": "care_leavers",
}
"""The kinds a period can be answered for, and the table of what was held. Pathway plan reviews are kept as
the latest date alone, and reviews of child in need plans not at all."""

OFFICER_ROLES = (
    "iro",
    "rev",
    "reviewing officer",
    "independent reviewing officer",
    "cp chair",
    "child protection chair",
    "conference chair",
    "independent chair",
    "child protection conference chair",
)
"""Roles (lower case, letters only) that mean the reviewing officer or the chair of the conferences."""
NO_OFFICER = "No reviewing officer"


def officers(scan: Scan) -> pl.LazyFrame:
    """Every spell of being a child's reviewing officer: person_id, officer (name), start, end, source_row."""
    words = (
        pl.col("invo_professional_role_id")
        .str.to_lowercase()
        .str.replace_all(r"[^a-z]+", " ")
        .str.strip_chars()
    )
    mine = words.is_in(OFFICER_ROLES) | words.str.contains("reviewing officer", literal=True)
    rows = (
        scan("involvements")
        .filter(mine.fill_null(value=False) & pl.col("invo_person_id").is_not_null())
        .select(
            "source_row",
            person_id="invo_person_id",
            worker_id="invo_professional_id",
            team_id="invo_professional_team",
            start="invo_involvement_start_date",
            end="invo_involvement_end_date",
        )
    )
    return named(rows, scan).select("person_id", "start", "end", "source_row", officer="worker")


def with_officer(rows: pl.LazyFrame, scan: Scan, day: str) -> pl.LazyFrame:
    """Add officer: the reviewing officer on the day in the column `day`, of several the latest started.

    "No reviewing officer" where the child had none; "not in this source" where no involvement names
    one.
    """
    spells = officers(scan)
    known = spells.select(_known=pl.len() > 0)
    on = ("person_id", day)
    then = (
        holding(rows, spells, day)
        .sort(
            *on,
            "start",
            "source_row",
            "officer",
            descending=[False, False, True, True, True],
            nulls_last=True,
        )
        .unique(on, keep="first", maintain_order=True)
        .select(*on, "officer")
    )
    nobody = pl.when(pl.col("_known")).then(pl.lit(NO_OFFICER)).otherwise(pl.lit(NOT_HERE))
    return (
        rows.join(then, on=on, how="left")
        .join(known, how="cross")
        .with_columns(officer=pl.coalesce("officer", nobody))
        .drop("_known")
    )


def _of(kind: str | None) -> dict[str, str]:
    return {rule: one for rule, one in KINDS.items() if kind in (None, one)}


def open_reviews(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    *,
    kind: str | None = None,
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """One row per review that is still to be held on the day.

    Returns:
        the columns of `on_time.open_now`, and: kind_name, officer (on the day, as `with_officer`), led
        (Boolean: a kind that a reviewing officer leads). By due date, name.
    """
    rows = open_now(scan, calendar, as_at, _of(kind), person_ids).with_columns(_day=pl.lit(as_at))
    return (
        with_officer(rows, scan, "_day")
        .drop("_day")
        .with_columns(
            named_kinds(KIND_NAMES),
            led=pl.col("kind").is_in(LED),
        )
        .sort("due_date", "name", "person_id", "item_id", nulls_last=True)
    )


def with_history(coverage: Coverage) -> list[str]:
    """The kinds of which the source holds every one, so that a period can be answered."""
    return [
        kind
        for kind, table in HISTORY.items()
        if coverage.has(table) and (table == "care_leavers" or table not in coverage.latest_only)
    ]


def of_period(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    span: tuple[date, date],
    *,
    kind: str | None = None,
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """One row per review that fell due in the period, of the kinds that the source has the history of.

    Returns:
        record ("due"), row_key (unique), the columns of `on_time.fell_due`, kind_name, led, and officer: the
        reviewing officer on the day that team and worker are taken from.
    """
    known = with_history(Coverage.read(scan))
    kinds = {rule: one for rule, one in _of(kind).items() if one in known}
    rows = fell_due(scan, calendar, as_at, span, kinds, person_ids)
    rows = rows.with_columns(_day=pl.coalesce("credit_day", pl.lit(as_at)))
    return (
        with_officer(rows, scan, "_day")
        .drop("_day")
        .with_columns(
            named_kinds(KIND_NAMES), led=pl.col("kind").is_in(LED), record=pl.lit("due"), row_key="item_id"
        )
    )
