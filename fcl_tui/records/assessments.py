"""Assessments: the records that figures count, and what a comparison needs beside its measures."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import Calendar, add_months
from fcl_tui.definitions.days.spells import within
from fcl_tui.definitions.figures.against_target import FEWEST, against_target
from fcl_tui.definitions.wording.labels import NOT_HERE
from fcl_tui.definitions.wording.omissions import said
from fcl_tui.measures.assessments import BANDS
from fcl_tui.prepared.assessments import as_known

COLUMNS = (
    "team", "worker", "completed", "in_time", "percent_in_time", "target", "median_days",
    "p90_days", "open", "open_0_20", "open_21_35", "open_36_45", "open_over_45",
)  # fmt: skip
DETAIL_COLUMNS = (
    "assessment_id", "person_id", "name", "date_of_birth", "team", "worker", "state", "start_date",
    "clock_start", "due_date", "authorised_date", "working_days", "open_days", "band", "in_time",
    "outcome", "outcomes", "child_seen", "factors", "referral_id", "referral_closed", "worker_id",
    "source_row",
)  # fmt: skip
COUNTS = ("completed", "in_time", "late", "not_timed")


def default_period(as_at: date) -> tuple[date, date]:
    """The 12 months ending on the day, both days in it: 1 April 2025 to 31 March 2026."""
    day_after = pl.lit(as_at) + pl.duration(days=1)
    start: date = pl.select(add_months(day_after, -12)).item()
    return start, as_at


def period(as_at: date, from_day: date | None, to_day: date | None) -> tuple[date, date]:
    """The days that completed assessments are counted in: as asked for, and never after the as-at day."""
    start, end = default_period(as_at if to_day is None else min(to_day, as_at))
    return from_day or start, end


def records(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    *,
    from_day: date | None = None,
    to_day: date | None = None,
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """One row per assessment that was authorised in the period or is open on the day.

    Args:
        from_day, to_day: the period, both days in it; default the 12 months to the as-at day.
        person_ids: keep these children's; None keeps all.

    Returns:
        the columns of `assessment_frame.as_known` and completed (Boolean: authorised in the period), band (of
        an open one: open_0_20 and on; null without a clock), month (first day of the month of authorisation,
        of the completed), type (the outcome of the completed).
    """
    days = pl.col("open_days")
    between = {
        name: (days >= low if low is not None else pl.lit(value=True))
        & (days <= high if high is not None else pl.lit(value=True))
        for name, (low, high, _) in BANDS.items()
    }
    span = period(as_at, from_day, to_day)
    completed = ((pl.col("state") == "completed") & within("authorised_date", *span)).fill_null(value=False)
    rows = (
        as_known(scan, calendar, as_at, since=span[0])
        .with_columns(
            completed=completed,
            band=pl.coalesce(
                *(pl.when(days.is_not_null() & inside).then(pl.lit(name)) for name, inside in between.items())
            ),
        )
        .filter(pl.col("completed") | (pl.col("state") == "open"))
        .with_columns(
            month=pl.when("completed").then(pl.col("authorised_date").dt.month_start()),
            type=pl.when("completed").then("outcome"),
        )
    )
    return rows if person_ids is None else rows.filter(pl.col("person_id").is_in(person_ids))


def _share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """Per cent, unrounded; null, never 0, when there is nothing to count."""
    return pl.when(whole > 0).then(part / whole * 100)


def beside_all(
    groups: pl.LazyFrame,
    records: pl.LazyFrame,
    target: float,
    *,
    workers: bool,
    fewest: int = FEWEST,
    trends: pl.LazyFrame | None = None,
) -> pl.LazyFrame:
    """Teams or workers beside all of them.

    Args:
        groups: by team, or by team, worker and worker_id, with the measures of assessments.
        records: those of every team, whichever is shown.
        target: per cent in time aimed at.
        workers: the groups are workers.
        fewest: percentages of fewer cases are called neither good nor bad.
        trends: what `trend` gives for the same groups.

    Returns:
        COLUMNS (worker null by team), percent_all_teams (of every team's records), difference (percentage
        points), not_timed, worker_id, late, met (see `against_target`), row_key (String, unique), met_shown
        (the state and the percentage in one; of few cases how many), open_bands (the open ones by band as one
        text), trend (see `trend`; null without trends); by team, worker.
    """
    in_time = (pl.col("completed") & pl.col("in_time").fill_null(value=False)).sum()
    timed = (pl.col("completed") & pl.col("in_time").is_not_null()).sum()
    everyone = records.select(_share(in_time, timed).alias("percent_all_teams"))
    if not workers:
        groups = groups.with_columns(worker=pl.lit(None, pl.String), worker_id=pl.lit(None, pl.String))
    names = ["team", "worker", "worker_id"] if workers else ["team"]
    beside = (
        groups.with_columns(trend=pl.lit(None, pl.String))
        if trends is None
        else groups.join(trends, on=names, how="left", nulls_equal=True)
    )
    cases = pl.col("completed") - pl.col("not_timed")
    return (
        beside.join(everyone, how="cross")
        .with_columns(
            target=pl.lit(target), difference=pl.col("percent_in_time") - pl.col("percent_all_teams")
        )
        .with_columns(
            met=against_target("percent_in_time", cases=cases, fewest=fewest),
            open_bands=pl.concat_str(pl.col(list(BANDS)).cast(pl.String), separator=" "),
            row_key=pl.concat_str("team", "worker", "worker_id", separator="|", ignore_nulls=True),
        )
        .with_columns(met_shown=_met_shown(cases))
        .select(
            *COLUMNS,
            "percent_all_teams",
            "difference",
            "not_timed",
            "worker_id",
            "late",
            "met",
            "row_key",
            "met_shown",
            "open_bands",
            "trend",
        )
        .sort("team", "worker", "worker_id", nulls_last=True)
    )


def _met_shown(cases: pl.Expr) -> pl.Expr:
    percent = pl.concat_str(pl.col("percent_in_time").round().cast(pl.Int64).cast(pl.String), pl.lit("%"))
    few = pl.concat_str(cases.cast(pl.String), pl.lit(" only"))
    words = pl.when(pl.col("met") == "too_few").then(few).otherwise(percent)
    return (
        pl.when(pl.col("met") == "no_figure").then("met").otherwise(pl.concat_str("met", pl.lit("|"), words))
    )


def of_total(groups: pl.LazyFrame, target: float) -> pl.LazyFrame:
    """Outcomes with their share of all: type, count, percent_of_total, target, actual, percent_of_target,
    in_time, median_days, late; the most frequent first."""
    return (
        groups.with_columns(target=pl.lit(target))
        .with_columns(
            percent_of_total=_share(pl.col("count"), pl.col("count").sum()),
            percent_of_target=_share(pl.col("actual"), pl.col("target")),
        )
        .select(
            "type", "count", "percent_of_total", "target", "actual", "percent_of_target", "in_time",
            "median_days", "late",
        )
        .sort("count", "type", descending=[True, False])
    )  # fmt: skip


def every_month(
    groups: pl.LazyFrame, span: tuple[date, date], target: float, fewest: int = FEWEST
) -> pl.LazyFrame:
    """Months of the period in order, also those without any assessment.

    Returns:
        month (its first day), completed, in_time, percent_in_time, median_days, p90_days, target, not_timed,
        late, met, month_name ("Mar 2026").
    """
    first, last = (pl.lit(day, pl.Date) for day in span)
    months = pl.LazyFrame({"at": [0]}).select(month=pl.date_ranges(first.dt.month_start(), last, "1mo"))
    return (
        months.explode("month")
        .join(groups, on="month", how="left")
        .with_columns(pl.col(COUNTS).fill_null(0), target=pl.lit(target))
        .with_columns(
            met=against_target(
                "percent_in_time", cases=pl.col("completed") - pl.col("not_timed"), fewest=fewest
            ),
            month_name=pl.col("month").dt.to_string("%b %Y"),
        )
        .select(
            "month", "completed", "in_time", "percent_in_time", "median_days", "p90_days", "target",
            "not_timed", "late", "met", "month_name",
        )
        .sort("month")
    )  # fmt: skip


def whole_months(months: pl.LazyFrame, start: date) -> pl.LazyFrame:
    """The months of `every_month` without one of which the period has only the end."""
    return months.filter(pl.col("month") >= pl.lit(start))


def listed(records: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """The assessments one by one: DETAIL_COLUMNS, days (working days taken or so far), row_key (unique).

    The longest on the clock first.
    """
    who = scan("people").select("person_id", "name", "date_of_birth")
    longest = pl.coalesce("open_days", "working_days")
    return (
        records.join(who, on="person_id", how="left")
        .select(DETAIL_COLUMNS)
        .with_columns(
            days=pl.coalesce("working_days", "open_days"),
            row_key=pl.concat_str(
                "assessment_id", "person_id", "source_row", separator="|", ignore_nulls=True
            ),
        )
        .sort(longest.is_null(), -longest, "start_date", "person_id", "assessment_id", "source_row")
    )


def headline(months: pl.DataFrame, last: date) -> str:
    """One line over a comparison by month: the period to its last day, how many were completed, in time."""
    row = months.select(
        first=pl.col("month").min(),
        done=pl.col("completed").sum(),
        timed=pl.col("completed").sum() - pl.col("not_timed").sum(),
        in_time=pl.col("in_time").sum(),
        target=pl.col("target").first(),
    ).row(0, named=True)
    share = f"{100 * row['in_time'] / row['timed']:.1f}%" if row["timed"] else "no cases"
    return (
        f"{row['done']:,} completed {row['first']:%b %Y} to {last:%d/%m/%Y}"
        f"   {share} in 45 working days   target {row['target']:.0f}%"
    )


def left_out(
    scan: Scan, calendar: Calendar, as_at: date, from_day: date | None = None, to_day: date | None = None
) -> pl.LazyFrame:
    """What the figures leave out: reason, count (above zero), what (assessments, months).

    Months: those of the period that lie before the first assessment of a source that holds only some.
    """
    start, _ = period(as_at, from_day, to_day)
    rows = records(scan, calendar, as_at, from_day=from_day, to_day=to_day)
    untimed = rows.filter(pl.col("completed") & pl.col("in_time").is_null())
    bandless = rows.filter((pl.col("state") == "open") & pl.col("band").is_null())
    coverage = Coverage.read(scan)
    whole = coverage.tables.get("cin_assessments", "full") == "full"
    silent = pl.LazyFrame(
        {
            "reason": [f"{NOT_HERE}: no figure here can be known"],
            "count": [0 if coverage.has("cin_assessments") else 1],
            "what": ["table of assessments"],
        }
    )
    earliest = (
        scan("assessments")
        .select(first=pl.col("start_date").min())
        .filter(pl.lit(not whole) & (pl.col("first") > pl.lit(start)))
    )
    first = pl.col("first")
    months = (first.dt.year() - start.year) * 12 + first.dt.month() - start.month

    return pl.concat(
        [
            said(untimed, "completed, but without a date to count from, so in no percentage", "assessments"),
            said(bandless, "open, but without a date to count from, so in no band", "assessments"),
            earliest.select(
                reason=pl.concat_str(
                    pl.lit("incomplete: this source holds no assessment begun before "),
                    first.dt.strftime("%d/%m/%Y"),
                ),
                count=months.cast(pl.Int64),
                what=pl.lit("months"),
            ),
            silent,
        ]
    ).filter(pl.col("count") > 0)
