"""Since which review a summary counts, the reviews, and what the source cannot tell of each part."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from data.frames import Scan, collect
from data.schema.codes import label_expr
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.wording.labels import NOT_HERE, answer, blank_to_null
from fcl_tui.records.reviewing.due import with_officer
from fcl_tui.records.reviewing.held import recorded

NAMES = {
    "looked_after": "Looked-after review",
    "child_protection": "Review child protection conference",
    "initial": "Initial child protection conference",
    "pathway": "Pathway plan or its review",
}
OF_STATUS = {
    "looked_after": ("looked_after",),
    "child_protection": ("child_protection", "initial"),
    "care_leaver": ("pathway",),
}
"""The kinds of review that a child of each status has. A child in need plan's reviews are in no source."""
BEFORE_THE_PLAN = 31
"""Days for which a conference before a plan began still counts as the one that made it."""
WITHOUT_STATUS = "12 months to the day; the child has no open case"
EARLIER = 3
"""Reviews before the period that are listed too, to show whether the child usually takes part."""

KNOWN_FROM: dict[str, tuple[tuple[str, str, str | None], ...]] = {
    "due": (),
    "visits": (
        ("child protection visits", "cp_visits", None),
        ("child in need visits", "cin_visits", None),
        ("looked-after visits", "cla_visits", None),
        ("whether seen alone (child protection)", "cp_visits", "cppv_cp_visit_seen_alone"),
        ("whether seen alone (child in need)", "cin_visits", "cinv_cin_visit_seen_alone"),
        ("whether seen alone (looked after)", "cla_visits", "clav_cla_visit_seen_alone"),
    ),
    "changes": (
        ("placements", "cla_placement", None),
        ("legal statuses", "legal_status", None),
        ("section 47 enquiries", "s47_enquiry", None),
    ),
    "missing": (
        ("missing episodes", "missing", None),
        ("whether a return interview was offered", "missing", "miss_missing_rhi_offered"),
        ("whether a return interview was accepted", "missing", "miss_missing_rhi_accepted"),
    ),
    "health": (
        ("health and dental checks", "cla_health", None),
        ("immunisations", "cla_immunisations", None),
        ("strengths and difficulties questionnaires", "sdq_scores", None),
        ("care plans", "cla_care_plan", None),
        ("education, health and care plans", "ehcp_named_plan", None),
    ),
    "assessments": (("assessments", "cin_assessments", None), ("factors", "assessment_factors", None)),
    "people": (
        ("mothers", "mother", None),
        ("family groups", "family", None),
        ("workers", "involvements", None),
    ),
    "reviews": (
        ("looked-after reviews", "cla_reviews", None),
        ("review conferences", "cp_reviews", None),
        ("how the child took part (looked after)", "cla_reviews", "clar_cla_review_participation"),
        ("how the child took part (child protection)", "cp_reviews", "cppr_cp_review_participation"),
    ),
}
"""What each part is known from: words, table, and the field where only that may be lacking."""


def of_child(scan: Scan, as_at: date, person_id: str) -> pl.LazyFrame:
    """Every dated review of one child up to the day, held or cancelled; also conferences and pathway plans.

    Returns:
        row_key, person_id, date (Date), kind (of NAMES), review (words), cancelled (Boolean), took_part
        (words: how the child took part; "not recorded", "not in this source"; null where it is not asked),
        outcome (words or null). A pathway plan has the date of its latest review alone.
    """
    coverage = Coverage.read(scan)
    carried = {
        "looked_after": coverage.has("cla_reviews", "clar_cla_review_participation"),
        "child_protection": coverage.has("cp_reviews", "cppr_cp_review_participation"),
    }
    said = label_expr(blank_to_null(pl.col("participation")), "review_participation")
    known = pl.col("kind").replace_strict(carried, default=None, return_dtype=pl.Boolean)
    outcome = pl.concat_str(
        pl.when("ended").then(pl.lit("plan ended")).when(~pl.col("ended")).then(pl.lit("plan continues")),
        pl.when(~pl.col("quorate")).then(pl.lit("not quorate")),
        separator="; ",
        ignore_nulls=True,
    )
    reviews = recorded(scan).select(
        "source",
        "source_row",
        "person_id",
        "date",
        "kind",
        "cancelled",
        took_part=pl.when(~pl.col("cancelled")).then(
            pl.when(~known).then(pl.lit(NOT_HERE)).otherwise(said.fill_null("not recorded"))
        ),
        outcome=blank_to_null(outcome),
    )
    nothing = {"cancelled": pl.lit(value=False), "took_part": pl.lit(None, pl.String)}
    made = answer(pl.col("icpc_icpc_outcome_cp_flag"))
    conferences = scan("initial_cp_conference").select(
        "source",
        "source_row",
        person_id="icpc_person_id",
        date=pl.col("icpc_icpc_date").cast(pl.Date),
        kind=pl.lit("initial"),
        **nothing,
        outcome=pl.concat_str(pl.lit("plan made: "), made),
    )
    pathway = scan("care_leavers").select(
        "source",
        "source_row",
        person_id="clea_person_id",
        date=pl.col("clea_pathway_plan_review_date").cast(pl.Date),
        kind=pl.lit("pathway"),
        **nothing,
        outcome=pl.lit(None, pl.String),
    )
    return (
        pl.concat([reviews, conferences, pathway], how="diagonal")
        .filter(pl.col("person_id") == person_id, pl.col("date") <= pl.lit(as_at))
        .with_columns(
            row_key=pl.concat_str("kind", "source", "source_row", separator="|", ignore_nulls=True),
            review=pl.col("kind").replace_strict(NAMES, return_dtype=pl.String),
        )
        .drop("source")
    )


def since(scan: Scan, as_at: date, person_id: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The first day that a summary counts, and why.

    The day of the last review that was held before the as-at day, of the kind that the child's status has: on
    the day of a review, what has happened since the one before is wanted, whether today's is recorded yet or
    not. Only reviews of the present spell of that status count; a conference up to 31 days before the plan is
    the one that made it. Without one, the day on which the present status began; without a status, 12
    months ago.

    Args:
        facts: status and status_since, from `client_summary.overview`.

    Returns:
        since (Date: that day is counted), since_what (words), last_review (Date or None).
    """
    status, begun = str(facts["status"]), facts["status_since"]
    kinds = OF_STATUS.get(status, ())
    held = of_child(scan, as_at, person_id).filter(
        ~pl.col("cancelled"), pl.col("kind").is_in(list(kinds)), pl.col("date") < pl.lit(as_at)
    )
    if begun is not None and status != "care_leaver":
        made_it = (pl.col("kind") == "initial") & (
            pl.col("date") >= pl.lit(begun - timedelta(days=BEFORE_THE_PLAN))
        )
        held = held.filter((pl.col("date") >= pl.lit(begun)) | made_it)
    last = collect(held.sort("date", "row_key").tail(1).select("date", "review"))
    if last.height:
        day, review = last.row(0)
        return {"since": day, "since_what": str(review).lower(), "last_review": day}
    if begun is not None:
        words = "present status began; no review is recorded since then"
        return {"since": begun, "since_what": words, "last_review": None}
    year = pl.select(pl.lit(as_at).dt.offset_by("-12mo")).item()
    return {"since": year, "since_what": WITHOUT_STATUS, "last_review": None}


def reviews(scan: Scan, as_at: date, person_id: str, first: date) -> pl.LazyFrame:
    """The reviews from the first day on, cancelled ones too, and the three held before; the latest first.

    Returns:
        the columns of `of_child` (cancelled in words, null where it was not), officer (the reviewing officer
        on that day), counted (Boolean: in the period).
    """
    rows = of_child(scan, as_at, person_id).sort("date", "row_key", descending=True)
    inside = pl.col("date") >= pl.lit(first)
    earlier = rows.filter(~inside, ~pl.col("cancelled")).head(EARLIER)
    return with_officer(
        pl.concat([rows.filter(inside), earlier]).with_columns(
            counted=inside, cancelled=pl.when("cancelled").then(pl.lit("cancelled"))
        ),
        scan,
        "date",
    ).sort("date", "row_key", descending=True)


def absent(scan: Scan, part: str) -> list[tuple[str, int, str]]:
    """What the source cannot tell of one part: reason (words), count (Int64), what.

    A field is named only where its table is there; tables of which only the latest row is held are named too.
    """
    coverage = Coverage.read(scan)
    needs = KNOWN_FROM[part]
    lacking = [words for words, table, field in needs if field is None and not coverage.has(table)]
    lacking += [
        words
        for words, table, field in needs
        if field and coverage.has(table) and not coverage.has(table, field)
    ]
    latest = [
        words
        for words, table, field in needs
        if field is None and coverage.has(table) and table in coverage.latest_only
    ]
    told = ((NOT_HERE, lacking), ("only the latest of each child is in this source", latest))
    return [
        (f"{reason}: {', '.join(words)}", len(words), "kinds of record") for reason, words in told if words
    ]
