"""One indicator in depth: its values, what was superseded, expected and reported; and what is due."""

from __future__ import annotations

from datetime import date

import polars as pl

from fcl_tui.definitions.board.periods import period
from fcl_tui.records.board.events import trajectory
from fcl_tui.records.board.shown import figure, standing, way

PARTS = pl.when(pl.col("numerator").is_not_null() & (pl.col("unit") == "percent")).then(
    pl.format(
        "{} of {}",
        pl.col("numerator").cast(pl.Int64, strict=False),
        pl.col("denominator").cast(pl.Int64, strict=False),
    )
)


def values(steps: pl.LazyFrame, entered: pl.LazyFrame, drawn: pl.LazyFrame) -> pl.LazyFrame:
    """The values of one indicator as people read them, newest first; those superseded after the one in force.

    Args:
        steps: `board.series` of it. entered: every value entered for it. drawn: `board.charts` of it.
    """
    signals = drawn.select("no", "period_end", signal="signal_words").unique(
        ["no", "period_end"], keep="last"
    )
    now = steps.join(signals, on=["no", "period_end"], how="left").with_columns(
        figure=figure(),
        parts=PARTS,
        standing=standing(),
        way=way(),
        target=figure("green"),
        replaces_shown=figure("replaces"),
        _old=pl.lit(0),
    )
    units = steps.select("no", "unit").unique()
    old = (
        entered.join(steps.select("value_id"), on="value_id", how="anti")
        .join(units, on="no", how="inner")
        .with_columns(
            figure=figure(),
            parts=PARTS,
            standing=pl.lit("no_figure|" + "Superseded"),
            status=pl.lit("superseded"),
            _old=pl.lit(1),
        )
    )
    both = pl.concat([now, old], how="diagonal_relaxed")
    columns = [
        "period", "period_end", "figure", "parts", "standing", "way", "signal", "target", "status", "origin",
        "source", "made_by", "made_at", "replaces_shown", "note", "value", "numerator", "denominator",
        "snapshot_id", "definition_version", "no",
    ]  # fmt: skip
    ways = [False, True, False, True]
    ordered = both.sort(["no", "period_end", "_old", "made_at"], descending=ways, nulls_last=True)
    return ordered.select(columns).with_row_index("row_key").with_columns(pl.col("row_key").cast(pl.String))


def points(drawn: pl.LazyFrame, steps: pl.LazyFrame) -> pl.LazyFrame:
    """What the chart of one indicator is drawn of, oldest first.

    Args:
        drawn: the points of its control chart.
        steps: `board.series` of it, drawn where it has no such points.

    Returns:
        label (Date, the last day of each), value (null where it has none), lower, mean, upper (null where it
        has no limits; drawn no further than 0 and 100 of a percentage), signal (what a point shows; null:
        nothing), tone (good, bad, quiet), target (of the newest step).
    """
    aim = steps.sort("period_end").select(target=pl.col("green").last(), unit=pl.col("unit").last())
    limits = pl.col("limits") != "none"
    tones = {"improvement": "good", "concern": "bad", "change": "quiet"}
    shown = drawn.select(
        "no",
        label="period_end",
        value="value",
        lower=pl.when(limits).then("lower"),
        mean=pl.when(limits).then("mean"),
        upper=pl.when(limits).then("upper"),
        signal=pl.when(pl.col("signal") != 0).then("signal_words"),
    )
    last = pl.col("period_end") == pl.col("period_end").max()
    nothing = pl.lit(None, pl.Float64)
    others = steps.join(drawn.select("no").unique(), on="no", how="anti").select(
        "no",
        label="period_end",
        value="value",
        lower=nothing,
        mean=nothing,
        upper=nothing,
        signal=pl.when(last).then(pl.lit("no control chart is drawn of this indicator")),
    )
    both = pl.concat([shown, others]).with_columns(
        tone=pl.col("signal").replace_strict(tones, default="quiet", return_dtype=pl.String)
    )
    # sorted last: joining each row with the one of `aim` does not keep their order
    return with_limits_to_show(both.join(aim, how="cross")).drop("unit").sort("label")


def with_expected(points: pl.LazyFrame, answer: str | None) -> pl.LazyFrame:
    """The chart's points with what an answer to an exception report expects.

    Args:
        answer: the trajectory as it was written: 2026-27Q3=88; 2026-27Q4=90.5.

    Returns:
        the columns of `points`; where the answer names periods also `expected` (Float64), and a row more for
        each of them that has no point yet.
    """
    ends = {one.last: value for name, value in trajectory(answer) if (one := period(name)) is not None}
    if not ends:
        return points
    said = pl.LazyFrame({"label": list(ends), "expected": list(ends.values())})
    joined = points.join(said, on="label", how="full", coalesce=True).sort("label")
    return joined.with_columns(pl.col("target").forward_fill().backward_fill())


def with_limits_to_show(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Limits no lower than 0 (a score may be) and no higher than 100 of a percentage; only for showing."""
    lower = pl.when(pl.col("unit") == "score").then(pl.col("lower")).otherwise(pl.col("lower").clip(0))
    upper = pl.when(pl.col("unit") == "percent").then(pl.col("upper").clip(upper_bound=100))
    return rows.with_columns(lower=lower, upper=upper.otherwise(pl.col("upper")))


def expected(exceptions: pl.LazyFrame, steps: pl.LazyFrame) -> pl.LazyFrame:
    """Add trajectory_shown: each value expected, with what came if known: 2026-27Q2 88 (came 86.1)."""
    told = exceptions.with_columns(_one=pl.col("trajectory").str.split(";")).explode("_one")
    told = told.with_columns(
        _period=pl.col("_one").str.split("=").list.get(0, null_on_oob=True).str.strip_chars(),
        _value=pl.col("_one").str.split("=").list.get(1, null_on_oob=True).str.strip_chars(),
    )
    came = steps.select("no", _period="period", _came=figure()).unique(["no", "_period"], keep="last")
    words = pl.concat_str(
        pl.col("_period"),
        pl.lit(" "),
        pl.col("_value"),
        pl.when(pl.col("_came").is_not_null()).then(pl.format(" (came {})", "_came")).otherwise(pl.lit("")),
    )
    joined = told.join(came, on=["no", "_period"], how="left", maintain_order="left")
    lines = joined.group_by("subject", maintain_order=True).agg(
        trajectory_shown=words.drop_nulls().str.join("; ")
    )
    return exceptions.join(lines, on="subject", how="left", maintain_order="left").with_columns(
        kpi=pl.col("no").cast(pl.String),
        trajectory_shown=pl.when(pl.col("trajectory_shown") != "").then("trajectory_shown"),
    )


def as_reported(
    frozen: pl.LazyFrame, meetings: pl.LazyFrame, steps: pl.LazyFrame, definitions: pl.LazyFrame
) -> pl.LazyFrame:
    """Each figure a meeting froze beside what the same period is now, those revised since first.

    Returns:
        no, name, period, reported, now (as people read them), revised (Yes or null), standing (the colour
        then), meeting_day, reported_parts, now_parts, reported_value, now_value, snapshot_id.
    """
    days = meetings.select(meeting="subject", meeting_day="day")
    units = definitions.select("no", "name", "unit")
    own = ["no", "period"]
    now = steps.select(*own, now_value="value", _n="numerator", _d="denominator")
    rows = frozen.join(days, on="meeting", how="left").join(units, on="no", how="inner")
    rows = rows.join(now, on=own, how="left")
    changed = (pl.col("value") - pl.col("now_value")).abs() > 1e-9
    one_known = pl.col("value").is_null() != pl.col("now_value").is_null()
    rows = rows.with_columns(
        reported=figure(),
        now=figure("now_value"),
        reported_parts=PARTS,
        revised=pl.when(changed.fill_null(one_known)).then(pl.lit("revised")),
        standing=standing(),
        reported_value="value",
    )
    rows = rows.with_columns(numerator="_n", denominator="_d").with_columns(now_parts=PARTS)
    return (
        rows.sort(["meeting_day", pl.col("revised").is_null(), "no"], descending=[True, False, False])
        .select(
            "no", "name", "period", "reported", "now", "revised", "standing", "meeting_day", "reported_parts",
            "now_parts", "reported_value", "now_value", "snapshot_id", "meeting",
        )
        .with_columns(row_key=pl.format("{} {}", "meeting", "no"), kpi=pl.col("no").cast(pl.String))
    )  # fmt: skip


def values_due(
    lines: pl.LazyFrame, due: pl.LazyFrame, held: pl.LazyFrame, steps: pl.LazyFrame, as_at: date
) -> pl.LazyFrame:
    """The values that are due and not held, the longest due first; one row per indicator and period.

    Args:
        lines: the Board's lines. due: no, due_period, due_end. held: `board_series.held`.
        steps: `board.series`; a quarter that was entered stands for its months.

    Returns:
        the columns of lines, with due_period, due_end, due_on, days_late, newest (the period held last).
    """
    waiting = due.join(held.select("no", due_period="period"), on=["no", "due_period"], how="anti")
    quarter = pl.col("due_end").dt.truncate("1q").dt.offset_by("3mo").dt.offset_by("-1d")
    whole = steps.filter(pl.col("period").str.contains(r"Q[1-4]$")).select("no", _quarter="period_end")
    waiting = waiting.with_columns(_quarter=quarter).join(whole, on=["no", "_quarter"], how="anti")
    due_on = pl.col("due_end") + pl.duration(days=pl.col("lag_days"))
    told = lines.drop("due_period", "due_end").with_columns(newest=pl.col("period"))
    return (
        waiting.drop("_quarter")
        .join(told, on="no", how="inner")
        .with_columns(due_on=due_on, row_key=pl.format("{} {}", "no", "due_period"))
        .with_columns(days_late=(pl.lit(as_at) - pl.col("due_on")).dt.total_days())
        .sort("due_on", "no", "due_end")
    )
