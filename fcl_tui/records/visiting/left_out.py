"""Visits: the line on top, and who or what is in none of the figures."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import statuses_at
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.wording.amounts import amount
from fcl_tui.definitions.wording.labels import NOT_HERE
from fcl_tui.definitions.wording.omissions import rows_held, said, timescales_absent
from fcl_tui.measures.visits import KIND_NAMES
from fcl_tui.records import headline
from fcl_tui.records.not_counted import not_counted, partly_held
from fcl_tui.records.visiting.due import KINDS, TABLES, visits, with_history
from fcl_tui.timescales.state import at

LATEST = f"{NOT_HERE} for a period, as at most the latest visit is held: {{}}"


def _theirs(frame: pl.LazyFrame, person_ids: list[str] | None) -> pl.LazyFrame:
    return frame if person_ids is None else frame.filter(pl.col("person_id").is_in(person_ids))


def left_out_now(
    scan: Scan, calendar: Calendar, as_at: date, person_ids: list[str] | None = None
) -> pl.LazyFrame:
    """Who is in no figure of now, and why: reason, count (above zero), what. Of the whole authority."""
    items = scan("due_items").filter(pl.col("rule").is_in(list(KINDS)))
    stood = _theirs(
        at(items, scan("rules"), calendar, as_at, unfinished=True).with_columns(
            of=pl.col("rule").replace_strict(KINDS, return_dtype=pl.String)
        ),
        person_ids,
    )
    has = stood.select("person_id", "of").unique()
    spells = _theirs(scan("statuses").filter(open_on(as_at)), person_ids)
    first = _theirs(statuses_at(scan, as_at), person_ids)
    status = pl.col("status")

    def without(kind: str, children: pl.LazyFrame) -> pl.LazyFrame:
        return (
            children.select("person_id")
            .unique()
            .join(has.filter(pl.col("of") == kind), on="person_id", how="anti")
        )

    plans = scan("cp_plans").filter(open_on(as_at, "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"))
    elsewhere = _theirs(
        plans.filter(pl.col("cppl_cp_plan_ola") == "Y").select(person_id="cppl_person_id").unique(),
        person_ids,
    )
    in_care = spells.filter((status == "looked_after") & ~pl.col("short_break").fill_null(value=False))
    return pl.concat(
        [
            said(
                stood.filter(pl.col("state") == "not_required").select("person_id", "of").unique(),
                "need no further visit: it would be due on or after the birthday that ends the duty",
                "children",
            ),
            said(
                first.filter(status == "short_break"),
                "in short breaks: the days of their placements are not in the standard dataset",
                "children",
            ),
            said(elsewhere, "on a protection plan held for another authority, which visits them", "children"),
            said(
                without("looked_after", in_care),
                "looked after, without anything in the source to count visits from",
                "children",
            ),
            said(
                without("child_protection", spells.filter(status == "child_protection")).join(
                    elsewhere, on="person_id", how="anti"
                ),
                "on a protection plan, without anything in the source to count visits from",
                "children",
            ),
            said(
                without("child_in_need", first.filter(status == "child_in_need")),
                "in need without an open child in need plan that visits are counted from",
                "children",
            ),
            said(
                without("care_leaver", first.filter(status == "care_leaver")),
                "have left care and are out of service, not entitled now, or their contacts are not known",
                "young people",
            ),
            timescales_absent(lambda name: scan(name).filter(pl.col("rule").is_in(list(KINDS)))),
            rows_held(scan),
        ]
    ).filter(pl.col("count") > 0)


def left_out_period(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    span: tuple[date, date],
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """What is in no figure of a period, and why: reason, count (above zero), what."""
    coverage = Coverage.read(scan)
    known = with_history(coverage)
    absent = [name for kind, name in KIND_NAMES.items() if kind not in known]
    rules = [rule for rule, kind in KINDS.items() if kind in known]
    made = _theirs(visits(scan, coverage), person_ids)
    unseen = made.filter(
        pl.col("date").is_between(*span),
        pl.col("seen").is_null(),
        pl.col("seen_asked"),
        pl.col("kind").is_in(known),
    )
    return pl.concat(
        [
            pl.LazyFrame(
                {
                    "reason": [LATEST.format(", ".join(absent))],
                    "count": [len(absent)],
                    "what": ["kinds of visit"],
                },
                schema={"reason": pl.String, "count": pl.Int64, "what": pl.String},
            ),
            *not_counted(scan, calendar, as_at, span, rules, person_ids, "visits"),
            said(made.filter(pl.col("date").is_null()), "without a date, so in no period", "visits"),
            said(unseen, "do not say whether the child was seen, and count as seen", "visits"),
            *(
                partly_held(
                    made.filter(pl.col("kind") == kind).select("date"),
                    span,
                    f"{KIND_NAMES[kind].lower()} visits",
                )
                for kind in known
                if coverage.tables.get(TABLES[kind][0]) == "partial"
            ),
            rows_held(scan),
        ]
    ).filter(pl.col("count") > 0)


def headline_now(kinds: pl.DataFrame, target: float) -> str:
    """One line over any view of now; a child with two kinds of visit stands in it twice, as in the table."""
    told = headline.sums(kinds, "children", "up_to_date", "overdue", "never", "due_5")
    return (
        f"{headline.now(told, target)}, {told['never']:,} never visited"
        f"   {told['due_5']:,} due in 5 working days   {told['children']:,} to be visited"
    )


def headline_period(months: pl.DataFrame, span: tuple[date, date], target: float) -> str:
    """One line over any view of a period: what fell due, what share in time, visits made."""
    told = headline.sums(months, "fell_due", "in_time", "late", "missed", "outstanding", "visit_count")
    return (
        f"{headline.period(told, span, target)}, {told['outstanding']:,} not done"
        f"   {amount(told['visit_count'], 'visits')} made"
    )
