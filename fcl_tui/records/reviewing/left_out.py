"""Reviews: the line on top, and what is in none of the figures."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import statuses_at
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.days.spells import open_on, within
from fcl_tui.definitions.wording.labels import NOT_HERE
from fcl_tui.definitions.wording.omissions import rows_held, said, timescales_absent
from fcl_tui.measures.reviews import KIND_NAMES
from fcl_tui.records import headline
from fcl_tui.records.not_counted import not_counted, partly_held
from fcl_tui.records.reviewing.due import HISTORY, KINDS, with_history
from fcl_tui.records.reviewing.held import recorded
from fcl_tui.timescales.state import at

TABLE_OF = {"looked_after": "cla_reviews", "child_protection": "cp_reviews"}


def _theirs(frame: pl.LazyFrame, person_ids: list[str] | None) -> pl.LazyFrame:
    return frame if person_ids is None else frame.filter(pl.col("person_id").is_in(person_ids))


def _absent(scan: Scan) -> pl.LazyFrame:
    return timescales_absent(lambda name: scan(name).filter(pl.col("rule").is_in(list(KINDS))))


def _of_others(scan: Scan, as_at: date, person_ids: list[str] | None) -> pl.LazyFrame:
    plans = scan("cp_plans").filter(open_on(as_at, "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"))
    theirs = plans.filter(pl.col("cppl_cp_plan_ola") == "Y").select(person_id="cppl_person_id").unique()
    return said(
        _theirs(theirs, person_ids),
        "on a protection plan held for another authority, which reviews it",
        "children",
    )


def _short_breaks(scan: Scan, as_at: date, person_ids: list[str] | None) -> pl.LazyFrame:
    first = _theirs(statuses_at(scan, as_at), person_ids)
    return said(
        first.filter(pl.col("status") == "short_break"),
        "in short breaks: the days of their placements are not in the standard dataset",
        "children",
    )


def left_out_now(
    scan: Scan, calendar: Calendar, as_at: date, person_ids: list[str] | None = None
) -> pl.LazyFrame:
    """What is in no figure of now, and why: reason, count (above zero), what. Of the whole authority."""
    items = scan("due_items").filter(pl.col("rule").is_in(list(KINDS)))
    stood = _theirs(at(items, scan("rules"), calendar, as_at, unfinished=True), person_ids)
    spells = _theirs(scan("statuses").filter(open_on(as_at)), person_ids)
    status = pl.col("status")

    def without(prefixes: tuple[str, ...], children: pl.LazyFrame) -> pl.LazyFrame:
        has = stood.filter(pl.any_horizontal(pl.col("rule").str.starts_with(one) for one in prefixes))
        return children.select("person_id").unique().join(has, on="person_id", how="anti")

    in_care = spells.filter((status == "looked_after") & ~pl.col("short_break").fill_null(value=False))
    return pl.concat(
        [
            said(
                stood.filter(pl.col("state") == "not_required"),
                "need not be held: they would be due on or after the birthday that ends the duty",
                "reviews",
            ),
            _short_breaks(scan, as_at, person_ids),
            _of_others(scan, as_at, person_ids),
            said(
                without(("cla_review", "adoption_placement_review"), in_care),
                "looked after, without anything in the source to count reviews from",
                "children",
            ),
            said(
                without(("cp_review",), spells.filter(status == "child_protection")),
                "on a protection plan, without anything in the source to count reviews from",
                "children",
            ),
            _absent(scan),
            rows_held(scan),
        ]
    ).filter(pl.col("count") > 0)


def _conference_days(scan: Scan) -> pl.LazyFrame:
    return scan("initial_cp_conference").select(date=pl.col("icpc_icpc_date").cast(pl.Date))


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
    usual = [kind for kind in KIND_NAMES if kind not in ("cp_prebirth", "cin_plan")]
    absent = [KIND_NAMES[kind] for kind in usual if kind not in known]
    rules = [rule for rule, kind in KINDS.items() if kind in known]
    every = _theirs(recorded(scan), person_ids)
    return pl.concat(
        [
            pl.LazyFrame(
                {
                    "reason": [
                        f"{NOT_HERE} for a period, as at most the latest is held: {'; '.join(absent)}"
                    ],
                    "count": [len(absent)],
                    "what": ["kinds of review"],
                },
                schema={"reason": pl.String, "count": pl.Int64, "what": pl.String},
            ),
            *not_counted(scan, calendar, as_at, span, rules, person_ids, "reviews"),
            *(
                partly_held(every.filter(pl.col("kind") == kind).select("date"), span, f"{word} reviews")
                for kind, word in (("looked_after", "looked-after"), ("child_protection", "child protection"))
                if coverage.tables.get(TABLE_OF[kind]) == "partial"
            ),
            *(
                [partly_held(_conference_days(scan), span, "initial conferences")]
                if coverage.tables.get(HISTORY["conference"]) == "partial"
                else []
            ),
            rows_held(scan),
        ]
    ).filter(pl.col("count") > 0)


def left_out_official(scan: Scan, as_at: date, person_ids: list[str] | None = None) -> pl.LazyFrame:
    """Who is in neither of the official figures, and why."""
    known = with_history(Coverage.read(scan))
    gone = [
        word
        for word, kind in (("plans reviewed", "cp_first"), ("looked-after children reviewed", "cla_first"))
        if kind not in known
    ]
    lines = [_of_others(scan, as_at, person_ids), _short_breaks(scan, as_at, person_ids), rows_held(scan)]
    if gone:
        reason = f"{NOT_HERE}, as it does not hold every review: {', '.join(gone)}"
        lines.append(pl.LazyFrame({"reason": [reason], "count": [len(gone)], "what": ["figures"]}))
    return pl.concat(lines).filter(pl.col("count") > 0)


def left_out_conferences(
    scan: Scan, span: tuple[date, date], person_ids: list[str] | None = None
) -> pl.LazyFrame:
    """Conferences in no figure: transfers in, those without a date."""
    rows = _theirs(
        scan("initial_cp_conference").select(
            person_id="icpc_person_id",
            date=pl.col("icpc_icpc_date").cast(pl.Date),
            transfer=(pl.col("icpc_icpc_transfer_in") == "Y").fill_null(value=False),
        ),
        person_ids,
    )
    lines = [
        said(
            rows.filter(pl.col("transfer"), within("date", *span)),
            "are transfers in: the day of the notification is not in the standard dataset",
            "conferences",
        ),
        said(
            rows.filter(pl.col("date").is_null()),
            "without a date, so not held yet or in no period",
            "conferences",
        ),
        rows_held(scan),
    ]
    coverage = Coverage.read(scan)
    if coverage.tables.get("initial_cp_conference") == "partial":
        lines.append(partly_held(_conference_days(scan), span, "initial conferences"))
    if not coverage.has("initial_cp_conference"):
        lines.append(said(pl.LazyFrame({"one": [1]}), f"conferences: {NOT_HERE}", "figure"))
    return pl.concat(lines).filter(pl.col("count") > 0)


def left_out_held(scan: Scan, as_at: date, person_ids: list[str] | None = None) -> pl.LazyFrame:
    """Recorded reviews in no figure, and what of them the source cannot say."""
    coverage = Coverage.read(scan)
    every = _theirs(recorded(scan), person_ids)
    asked = {
        "looked-after reviews": ("cla_reviews", None),
        "review conferences": ("cp_reviews", None),
        "whether a looked-after review was cancelled": ("cla_reviews", "clar_cla_review_cancelled"),
        "how a child took part in a looked-after review": ("cla_reviews", "clar_cla_review_participation"),
        "how a child took part in a review conference": ("cp_reviews", "cppr_cp_review_participation"),
        "whether a review conference was quorate": ("cp_reviews", "cppr_cp_review_quorate"),
    }
    absent = [word for word, (table, field) in asked.items() if not coverage.has(table, field)]
    latest = [table for table in TABLE_OF.values() if table in coverage.latest_only]
    lines = [
        said(every.filter(pl.col("date").is_null()), "without a date, so in no period", "reviews"),
        said(
            every.filter(pl.col("date") > pl.lit(as_at)),
            "dated after the as-at day, so not held yet",
            "reviews",
        ),
        rows_held(scan),
    ]
    for words, names in ((f"{NOT_HERE}: ", absent), (f"{NOT_HERE} except each child's latest: ", latest)):
        if names:
            reason = words + ", ".join(name.replace("_", " ") for name in names)
            lines.append(pl.LazyFrame({"reason": [reason], "count": [len(names)], "what": ["figures"]}))
    return pl.concat(lines).filter(pl.col("count") > 0)


def headline_now(kinds: pl.DataFrame, target: float) -> str:
    """One line over any view of now."""
    told = headline.sums(kinds, "open", "up_to_date", "overdue", "due_4w", "due_8w")
    return (
        f"{headline.now(told, target)}   due in 4 weeks {told['due_4w']:,}, in 8 weeks {told['due_8w']:,}"
        f"   {told['open']:,} to be held"
    )


def headline_period(months: pl.DataFrame, span: tuple[date, date], target: float) -> str:
    """One line over any view of a period."""
    told = headline.sums(months, "fell_due", "in_time", "late", "missed", "outstanding")
    return f"{headline.period(told, span, target)}, {told['outstanding']:,} not held yet"
