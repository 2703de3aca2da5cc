"""Review Summary: what a review or conference needs to know of one child since the last one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fcl_tui.reports.individual.client_summary import WHO
from fcl_tui.reports.individual.review_summary_columns import COLUMNS, HIDDEN
from fcl_tui.reports.parameters.shared import CLIENT, FROM
from fcl_tui.reports.spec import Document, Listing, Parts, Report, Row

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

SINCE = replace(
    FROM,
    label="Since",
    help="Another day than the last review's to count from; that day is counted.",
    key="e",
    question="Count from which day?",
    saved=False,
)
TITLES = {
    "due": "Due and done",
    "visits": "Visits",
    "changes": "Changes",
    "missing": "Missing",
    "health": "Health",
    "assessments": "Assessments",
    "people": "People",
    "reviews": "Reviews",
}
"""The parts, in the order of the paper; short enough for one line of 80 cells."""
KEYS = {"due": "item_id"}
ROWS = {"due": Row.ITEM, "people": Row.CHILD}


def check(query: Query) -> None:
    """DataError when no client is named."""
    from data.errors import DataError

    if query.text("client") is None:
        raise DataError(WHO)


def _parts(context: Context, query: Query) -> Parts:
    """Every part of the summary; the rows are those of the part asked for."""
    import polars as pl

    from data.errors import DataError
    from data.frames import collect
    from fcl_tui.records.child import review_since
    from fcl_tui.records.child import review_summary as summary
    from fcl_tui.records.child import summary as client_summary
    from fcl_tui.records.child.labels import keyed, not_known_of
    from fcl_tui.records.child.review_health import health_and_plans

    scan, calendar, as_at = context.scan, context.calendar, context.as_at
    person = query.text("client")
    if person is None:
        raise DataError(WHO)
    overview = collect(client_summary.overview(scan, calendar, as_at, person))
    if overview.is_empty():
        raise DataError("No child in this snapshot has that number. fcl-tui find NAME gives the number.")
    facts = overview.row(0, named=True)
    told = review_since.since(scan, as_at, person, facts)
    first = query.day("from") or told["since"]
    if first > as_at:
        raise DataError(f"--from {first:%d/%m/%Y} is after the day of the report, {as_at:%d/%m/%Y}.")
    if query.day("from") is not None:
        told |= {"since": first, "since_what": "the day asked for"}
    in_care = facts["status"] == "looked_after"  # the first of several statuses, so never among the others
    asked = (scan, calendar, as_at, person, first)
    frames: dict[str, pl.LazyFrame] = {
        "due": summary.due_and_done(*asked),
        "visits": summary.visits(scan, as_at, person, first),
        "changes": summary.changes(scan, as_at, person, first),
        "missing": summary.missing(scan, as_at, person, first),
        "health": health_and_plans(*asked, looked_after=in_care),
        "assessments": keyed(summary.assessments(*asked)),
        "people": keyed(summary.people(scan, as_at, person, first)),
        "reviews": review_since.reviews(scan, as_at, person, first),
    }
    parts = {name: collect(frame).lazy() for name, frame in frames.items()}
    not_known = not_known_of(scan, str(facts["status"]))
    lacks = {name: review_since.absent(scan, name) for name in TITLES}
    lacks["due"] = [(not_known, not_known.count(",") + 1, "kinds of due item")] if not_known else []
    schema = {"part": pl.String, "reason": pl.String, "count": pl.Int64, "what": pl.String}
    lines = [(name, *line) for name, told_of in lacks.items() for line in told_of]
    absent = pl.LazyFrame(lines, schema=schema, orient="row")
    undated = collect(summary.undated(scan, person)).lazy()
    left_out = pl.concat([absent.filter(pl.col("part") == query.view).drop("part"), undated])
    added = overview.lazy().with_columns(
        since=pl.lit(told["since"], pl.Date),
        since_what=pl.lit(told["since_what"]),
        last_review=pl.lit(told["last_review"], pl.Date),
    )
    not_here = pl.concat([absent, undated.select(pl.lit("changes").alias("part"), pl.all())])
    return Parts(parts[query.view], left_out, {"overview": added, **parts, "not_here": not_here}, headline)


def headline(frames: Mapping[str, pl.DataFrame]) -> str:
    """Since when, and the figures of the parts in one line; it holds no name."""
    import polars as pl

    facts: dict[str, Any] = frames["overview"].row(0, named=True)
    due, visits = frames["due"], frames["visits"]
    done = due.filter(~pl.col("still_open"))
    late = done.filter(pl.col("state") != "on_time").height
    overdue = due.filter(pl.col("state") == "overdue").height
    told = [f"{overdue} overdue", f"{done.height - late} in time", f"{late} late"]
    told.append(f"alone {_yes(visits['alone'])}")
    mark = "!! " if overdue else ""
    return f"{mark}Since {facts['since']:%d/%m/%Y}, {facts['since_what']}: {', '.join(told)}"


def _yes(answers: pl.Series) -> str:
    """How often yes; in words where the source never says."""
    from fcl_tui.definitions.wording.labels import NOT_HERE

    told = answers.drop_nulls()
    return NOT_HERE if len(told) and (told == NOT_HERE).all() else f"{(told == 'yes').sum()}/{answers.len()}"


def _section(key: str) -> Listing:
    row = ROWS.get(key, Row.RECORD)
    return Listing(
        key=key,
        title=TITLES[key],
        build=_parts,
        columns=COLUMNS[key],
        row=row,
        row_key=KEYS.get(key, "row_key"),
        opens="person_id" if row is Row.CHILD else None,
        empty="None recorded in this time.",
        hidden=HIDDEN,
    )


REPORT = Report(
    key="review-summary",
    parameters=(CLIENT, SINCE),
    views=tuple(_section(key) for key in TITLES),
    switch="sections",
    documents=(
        Document(
            key="w",
            label="Word, to take to the review",
            format="docx",
            build="fcl_tui.export.review:review_paper",
            view="due",
        ),
    ),
    keys=("table.open", "section.next", "report.from", "report.why"),
    explains=("timescales",),
    check=check,
    of_one_child=True,
)
