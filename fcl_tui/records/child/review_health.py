"""Health, education and plans of one child: the latest of each topic, and what there was since a day."""

from datetime import date

import polars as pl

from data.frames import Scan
from data.schema.codes import label_expr
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.wording.labels import NOT_HERE, blank_to_null
from fcl_tui.records.due.items import open_items

TAKES_PART = ("Care plan began", "Pathway plan or its review", "Child in need plan began")
"""Events of plans that stand with health and education, named as the reader looks for them"""
CHECKS = {"HEALTH": "Health assessment", "DENTAL": "Dental check", "SURVEILLANCE": "Health surveillance"}
OF_RULE = {
    "health_initial": "Health assessment",
    "health_review": "Health assessment",
    "dental_check": "Dental check",
    "immunisations": "Immunisations",
    "sdq": "Strengths and difficulties",
    "pathway_assessment": "Pathway plan",
    "pathway_review": "Pathway plan",
    "cin_plan_review": "Child in need plan",
}
"""The topic that a rule's due date belongs to."""
TOPICS = {
    "Health assessment": "cla_health",
    "Dental check": "cla_health",
    "Immunisations": "cla_immunisations",
    "Strengths and difficulties": "sdq_scores",
    "Care plan": "cla_care_plan",
    "Education, health and care plan": "ehcp_named_plan",
}
"""What is asked about every looked-after child, and the table it is known from."""
OF_EVENT = {
    "Strengths and difficulties questionnaire": "Strengths and difficulties",
    "Immunisations checked": "Immunisations",
    "Immunisations recorded": "Immunisations",
    "Care plan began": "Care plan",
    "Pathway plan or its review": "Pathway plan",
    "Child in need plan began": "Child in need plan",
    "Substance misuse recorded": "Substance misuse",
}


def _of(scan: Scan, table: str, column: str, person_id: str) -> pl.LazyFrame:
    return scan(table).filter(pl.col(column) == person_id)


def health_and_plans(
    scan: Scan, calendar: Calendar, as_at: date, person_id: str, first: date, *, looked_after: bool
) -> pl.LazyFrame:
    """Health, education and plans: the latest of each topic, whatever its day, and all from the first day on.

    Args:
        looked_after: topics of which nothing is recorded are named too (a child in care has each of them).

    Returns:
        topic, date (Date; null: none, or not dated), result (words; "none recorded", "not in this source"),
        due_date, state (of the next one, on the topic's latest row alone), counted (Boolean: in the period),
        row_key (unique).
    """
    rows = _topics(scan, as_at, person_id)
    rank = pl.col("date").rank("ordinal", descending=True).over("topic")
    rows = rows.with_columns(
        _newest=rank.fill_null(pl.col("date").is_not_null().sum().over("topic") + 1) == 1,
        _done=(pl.col("_completed") & (rank == rank.filter("_completed").min().over("topic"))),
    )
    begin = pl.lit(first)
    inside = (pl.col("date") >= begin).fill_null(value=False)
    rows = rows.with_columns(counted=inside).filter(
        inside | pl.col("_newest") | pl.col("_done").fill_null(value=False)
    )
    coverage = Coverage.read(scan)
    asked = [
        (topic, "none recorded" if coverage.has(table) else NOT_HERE)
        for topic, table in TOPICS.items()
        if looked_after or topic.startswith("Education")
    ]
    expected = pl.LazyFrame(asked, schema={"topic": pl.String, "result": pl.String}, orient="row")
    rows = pl.concat(
        [
            rows,
            expected.join(rows, on="topic", how="anti").with_columns(
                _newest=pl.lit(value=True), counted=pl.lit(value=False)
            ),
        ],
        how="diagonal",
    )
    due = (
        open_items(scan, calendar, as_at, [person_id])
        .filter(pl.col("rule").is_in(list(OF_RULE)), pl.col("state") != "not_required")
        .with_columns(topic=pl.col("rule").replace_strict(OF_RULE, return_dtype=pl.String))
        .sort("due_date", nulls_last=True)
        .unique("topic", keep="first", maintain_order=True)
        .select("topic", "due_date", "state", _newest=pl.lit(value=True))
    )
    place = pl.col("topic").replace_strict(
        {name: at_ for at_, name in enumerate(TOPICS)}, default=len(TOPICS), return_dtype=pl.Int32
    )
    return (
        rows.join(due, on=("topic", "_newest"), how="left")
        .with_columns(row_key=pl.concat_str("topic", pl.int_range(pl.len()).cast(pl.String), separator="|"))
        .sort(place, "topic", "date", "row_key", descending=[False, False, True, False], nulls_last=True)
        .select("topic", "date", "result", "due_date", "state", "counted", "source_row", "row_key")
    )


def _topics(scan: Scan, as_at: date, person_id: str) -> pl.LazyFrame:
    """topic, date, result, source_row, _completed (Boolean): every record up to the day, and undated ones."""
    status = blank_to_null(pl.col("clah_health_check_status"))
    kind = blank_to_null(pl.col("clah_health_check_type"))
    checks = _of(scan, "cla_health", "clah_person_id", person_id).select(
        "source_row",
        topic=kind.replace(CHECKS).fill_null("Health check"),
        date=pl.col("clah_health_check_date").cast(pl.Date),
        result=label_expr(status, "health_check_status").fill_null("not recorded whether completed"),
        _completed=(status == "Completed").fill_null(value=False),
    )
    events = _of(scan, "events", "person_id", person_id).filter(
        pl.col("kind").is_in(["health", "education"]) | pl.col("event").is_in(TAKES_PART),
        ~pl.col("event").str.starts_with("Health check"),
    )
    education = pl.col("kind") == "education"
    others = events.select(
        "source_row",
        topic=pl.when(education)
        .then(pl.lit("Education, health and care plan"))
        .otherwise(pl.col("event").str.replace(" without a date", "", literal=True).replace(OF_EVENT)),
        date="date",
        result=pl.when(education)
        .then(pl.concat_str("event", "detail", separator="; ", ignore_nulls=True))
        .otherwise(pl.col("detail").fill_null("recorded")),
        _completed=pl.lit(value=True),
    )
    rows = pl.concat([checks, others], how="vertical_relaxed")
    return rows.filter(pl.col("date").is_null() | (pl.col("date") <= pl.lit(as_at)))
