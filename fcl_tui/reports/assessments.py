"""Assessments by team, worker, outcome and month, and the assessments behind any of the figures."""

from datetime import date
from typing import Literal

import polars as pl

from fcl_tui.reports.assessment_frame import as_known
from fcl_tui.reports.coverage import Coverage
from fcl_tui.reports.frames import Scan
from fcl_tui.reports.spells import within
from fcl_tui.timescales.calendar import Calendar, add_months

TARGET = 90.0
"""Per cent of assessments authorised in time that an authority aims at, unless its settings say otherwise."""

By = Literal["team", "worker", "outcome", "month"]
BANDS: dict[str, tuple[int, int]] = {
    "open_0_20": (-(10**6), 20),
    "open_21_35": (21, 35),
    "open_36_45": (36, 45),
    "open_over_45": (46, 10**6),
}
"""Working days on the clock of an open assessment, both ends in the band."""

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


def default_period(as_at: date) -> tuple[date, date]:
    """The 12 months ending on the day, both days in it: 1 April 2025 to 31 March 2026."""
    day_after = pl.lit(as_at) + pl.duration(days=1)
    start: date = pl.select(add_months(day_after, -12)).item()
    return start, as_at


def _period(as_at: date, from_day: date | None, to_day: date | None) -> tuple[date, date]:
    start, end = default_period(as_at if to_day is None else min(to_day, as_at))
    return from_day or start, end


def _rows(scan: Scan, calendar: Calendar, as_at: date, period: tuple[date, date]) -> pl.LazyFrame:
    """Completed in the period or open on the day; adds completed (Boolean) and band (of the open)."""
    completed = (pl.col("state") == "completed") & within("authorised_date", *period)
    days = pl.col("open_days")
    band = pl.coalesce(
        *(pl.when(days.is_between(low, high)).then(pl.lit(name)) for name, (low, high) in BANDS.items())
    )
    return (
        as_known(scan, calendar, as_at, since=period[0])
        .with_columns(completed=completed.fill_null(value=False), band=band)
        .filter(pl.col("completed") | (pl.col("state") == "open"))
    )


def _share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """Per cent, unrounded; null, never 0, when there is nothing to count."""
    return pl.when(whole > 0).then(part / whole * 100)


_DONE = pl.col("completed")
_IN_TIME = (_DONE & pl.col("in_time").fill_null(value=False)).sum().cast(pl.Int64)
_TIMED = (_DONE & pl.col("in_time").is_not_null()).sum().cast(pl.Int64)
_DAYS = pl.col("working_days").filter(_DONE)


def _figures(target: float) -> list[pl.Expr]:
    return [
        _DONE.sum().cast(pl.Int64).alias("completed"),
        _IN_TIME.alias("in_time"),
        _share(_IN_TIME, _TIMED).alias("percent_in_time"),
        pl.lit(target).alias("target"),
        _DAYS.median().alias("median_days"),
        _DAYS.quantile(0.9, "equiprobable").alias("p90_days"),
        (pl.col("state") == "open").sum().cast(pl.Int64).alias("open"),
        *((pl.col("band") == name).sum().cast(pl.Int64).alias(name) for name in BANDS),
        (_DONE.sum().cast(pl.Int64) - _TIMED).alias("not_timed"),
    ]


def _by_holder(rows: pl.LazyFrame, by: By, team: str | None, target: float) -> pl.LazyFrame:
    everyone = rows.select(_share(_IN_TIME, _TIMED).alias("percent_all_teams"))
    kept = rows if team is None else rows.filter(pl.col("team") == team)
    if by == "team":
        grouped = kept.group_by("team").agg(
            pl.lit(None, pl.String).alias("worker"),
            pl.lit(None, pl.String).alias("worker_id"),
            *_figures(target),
        )
    else:
        grouped = kept.group_by("team", "worker", "worker_id").agg(_figures(target))
    return (
        grouped.join(everyone, how="cross")
        .with_columns(difference=pl.col("percent_in_time") - pl.col("percent_all_teams"))
        .select(*COLUMNS, "percent_all_teams", "difference", "not_timed", "worker_id")
        .sort("team", "worker", "worker_id", nulls_last=True)
    )


def _by_outcome(rows: pl.LazyFrame, target: float) -> pl.LazyFrame:
    total = pl.col("count").sum()
    return (
        rows.filter(_DONE)
        .group_by(pl.col("outcome").alias("type"))
        .agg(
            count=pl.len().cast(pl.Int64),
            target=pl.lit(target),
            actual=_share(_IN_TIME, _TIMED),
            in_time=_IN_TIME,
            median_days=_DAYS.median(),
        )
        .with_columns(
            percent_of_total=_share(pl.col("count"), total),
            percent_of_target=_share(pl.col("actual"), pl.col("target")),
        )
        .select(
            "type",
            "count",
            "percent_of_total",
            "target",
            "actual",
            "percent_of_target",
            "in_time",
            "median_days",
        )
        .sort("count", "type", descending=[True, False])
    )


def _by_month(rows: pl.LazyFrame, period: tuple[date, date], target: float) -> pl.LazyFrame:
    months = pl.LazyFrame(
        {"from": [period[0]], "to": [period[1]]}, schema={"from": pl.Date, "to": pl.Date}
    ).select(month=pl.date_ranges(pl.col("from").dt.month_start(), "to", "1mo"))
    found = (
        rows.filter(_DONE).group_by(month=pl.col("authorised_date").dt.month_start()).agg(_figures(target))
    )
    counts = ("completed", "in_time", "not_timed")
    return (
        months.explode("month")
        .join(found, on="month", how="left")
        .with_columns(*(pl.col(name).fill_null(0) for name in counts), target=pl.lit(target))
        .select(
            "month",
            "completed",
            "in_time",
            "percent_in_time",
            "median_days",
            "p90_days",
            "target",
            "not_timed",
        )
        .sort("month")
    )


def comparison(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    *,
    by: By = "team",
    from_day: date | None = None,
    to_day: date | None = None,
    team: str | None = None,
    target: float = TARGET,
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """Compare the timeliness of assessments, in working days from the clock's start to authorisation.

    Args:
        from_day, to_day: the period of completion, both days in it; default the 12 months to the as-at day.
        team: keep this team's; the figure for all teams stays that of all.
        target: per cent in time aimed at.
        person_ids: keep these children's, in every figure; None keeps all.

    Returns:
        by team or worker, one row each: team, worker (null by team), completed, in_time, percent_in_time (of
        those with a clock), target, median_days, p90_days (nine in ten took no longer), open on the as-at day
        and by working days so far (open_0_20 and on), percent_all_teams, difference (percentage points),
        not_timed (completed, but without a date to count from), worker_id.
        by outcome: type, count, percent_of_total, target, actual, percent_of_target, in_time, median_days.
        by month: month (its first day), completed, in_time, percent_in_time, median_days, p90_days, target,
        not_timed; every month of the period, also without any.
        Percentages are unrounded, and null where there is nothing to count.
    """
    period = _period(as_at, from_day, to_day)
    rows = _rows(scan, calendar, as_at, period)
    if person_ids is not None:
        rows = rows.filter(pl.col("person_id").is_in(person_ids))
    if by in {"team", "worker"}:
        return _by_holder(rows, by, team, target)
    kept = rows if team is None else rows.filter(pl.col("team") == team)
    return _by_outcome(kept, target) if by == "outcome" else _by_month(kept, period, target)


def detail(
    scan: Scan,
    calendar: Calendar,
    as_at: date,
    *,
    from_day: date | None = None,
    to_day: date | None = None,
    team: str | None = None,
    worker: str | None = None,
    worker_id: str | None = None,
    outcome: str | None = None,
    month: date | None = None,
    which: str | None = None,
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """List the assessments behind a figure of `comparison`, as many as the figure says.

    Args:
        month: any day of the month of completion.
        which: completed, in_time, late, not_timed, open, or a band such as open_36_45; None for all.
        others: as for `comparison`.

    Returns:
        DETAIL_COLUMNS, one row an assessment; the longest on the clock first.
    """
    rows = _rows(scan, calendar, as_at, _period(as_at, from_day, to_day))
    kept: dict[str, pl.Expr] = {
        "completed": _DONE,
        "in_time": _DONE & pl.col("in_time"),
        "late": _DONE & ~pl.col("in_time"),
        "not_timed": _DONE & pl.col("in_time").is_null(),
        "open": pl.col("state") == "open",
        **{name: pl.col("band") == name for name in BANDS},
    }
    wanted = {"team": team, "worker": worker, "worker_id": worker_id, "outcome": outcome}
    conditions = [pl.col(column) == value for column, value in wanted.items() if value is not None]
    if which is not None:
        conditions.append(kept[which])
    if outcome is not None:
        conditions.append(_DONE)
    if month is not None:
        conditions.append(_DONE & (pl.col("authorised_date").dt.month_start() == month.replace(day=1)))
    if person_ids is not None:
        conditions.append(pl.col("person_id").is_in(person_ids))
    who = scan("people").select("person_id", "name", "date_of_birth")
    return (
        rows.filter(*conditions)
        .join(who, on="person_id", how="left")
        .select(DETAIL_COLUMNS)
        .sort(
            pl.coalesce("open_days", "working_days").is_null(),
            -pl.coalesce("open_days", "working_days"),
            "start_date",
            "person_id",
            "assessment_id",
            "source_row",
        )
    )


def left_out(
    scan: Scan, calendar: Calendar, as_at: date, from_day: date | None = None, to_day: date | None = None
) -> pl.LazyFrame:
    """What the figures leave out: reason, count (above zero), what (assessments, months).

    Months: those of the period that lie before the first assessment of a source that holds only some.
    """
    start, _ = _period(as_at, from_day, to_day)
    rows = _rows(scan, calendar, as_at, _period(as_at, from_day, to_day))
    untimed = rows.filter(_DONE & pl.col("in_time").is_null())
    bandless = rows.filter((pl.col("state") == "open") & pl.col("band").is_null())
    whole = Coverage.read(scan).tables.get("cin_assessments", "full") == "full"
    earliest = (
        scan("assessments")
        .select(first=pl.col("start_date").min())
        .filter(pl.lit(not whole) & (pl.col("first") > pl.lit(start)))
    )
    first = pl.col("first")
    months = (first.dt.year() - start.year) * 12 + first.dt.month() - start.month

    def said(frame: pl.LazyFrame, reason: str) -> pl.LazyFrame:
        return frame.select(
            pl.lit(reason).alias("reason"),
            pl.len().cast(pl.Int64).alias("count"),
            pl.lit("assessments").alias("what"),
        )

    return pl.concat(
        [
            said(untimed, "completed, but without a date to count from, so in no percentage"),
            said(bandless, "open, but without a date to count from, so in no band"),
            earliest.select(
                reason=pl.concat_str(
                    pl.lit("not whole: this source holds no assessment begun before "),
                    first.dt.strftime("%d/%m/%Y"),
                ),
                count=months.cast(pl.Int64),
                what=pl.lit("months"),
            ),
        ]
    ).filter(pl.col("count") > 0)
