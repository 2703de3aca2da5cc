"""What the Board did, from its events: exceptions and how they stand, thanks, meetings, comments, owners."""

from __future__ import annotations

from datetime import date

import polars as pl

OPEN = ("requested", "acknowledged", "drafted", "submitted", "more_wanted", "accepted", "monitoring")
"""How an exception report that is not closed can stand, in the order it goes through"""
NEXT = {
    "requested": ("acknowledged", "drafted", "submitted", "withdrawn"),
    "acknowledged": ("drafted", "submitted", "withdrawn"),
    "drafted": ("drafted", "submitted", "withdrawn"),
    "submitted": ("accepted", "more_wanted"),
    "more_wanted": ("drafted", "submitted"),
    "accepted": ("monitoring", "closed"),
    "monitoring": ("closed", "more_wanted"),
}
"""What can happen to one that stands so"""
BY_OWNER = ("acknowledged", "drafted", "submitted")
"""What an indicator's owner does; the rest is the Board's"""
ANSWER = ("figures", "cause", "cause_known", "done", "actions", "trajectory", "risks", "asked", "findings")
"""The parts of an answer: what the figure is, cause (known, believed, not_known), already done, actions
(what, who, by when), trajectory (expected value by period: 2026-27Q3=88; 2026-27Q4=90), risks to children,
help or decision asked for, links to audit findings"""
NO_DAY = pl.lit(None, pl.Date)


def _text(name: str) -> pl.Expr:
    """A text of an event's body; null where it has none."""
    return pl.col("body").str.json_path_match(f"$.{name}")


def exceptions(events: pl.LazyFrame, as_at: date) -> pl.LazyFrame:
    """One row per exception report, the newest request first.

    Args:
        events: as `data.office.board.read` gives them.

    Returns:
        subject (its number), no, period, state (the last thing that happened to it), reason, owner (String),
        due (Date), meeting, requested_by, requested_at (Datetime), changed_by, changed_at, the parts of
        ANSWER as last drafted or submitted (String), review (the Board's last words), versions (how often it
        was drafted or submitted), overdue (Boolean: due before the day, and not submitted).
    """
    rows = events.filter(pl.col("kind") == "exception").sort("seq")
    asked = ("reason", "owner", "due", "meeting")
    rows = rows.with_columns(_text(name).alias(name) for name in (*asked, *ANSWER, "review"))
    answered = pl.col("event").is_in(["drafted", "submitted"])
    told = rows.group_by("subject", maintain_order=True).agg(
        pl.col("no", "period").first(),
        *(pl.col(name).drop_nulls().last() for name in asked),
        *(pl.col(name).filter(answered).last() for name in ANSWER),
        pl.col("review").drop_nulls().last(),
        state=pl.col("event").last(),
        requested_by=pl.col("made_by").first(),
        requested_at=pl.col("made_at").first(),
        changed_by=pl.col("made_by").last(),
        changed_at=pl.col("made_at").last(),
        versions=answered.sum().cast(pl.Int64),
    )
    due = pl.col("due").str.to_date(strict=False)
    waits = pl.col("state").is_in(["requested", "acknowledged", "drafted", "more_wanted"])
    return (
        told.with_columns(due=due)
        .with_columns(overdue=(waits & (pl.col("due") < as_at)).fill_null(value=False))
        .sort("requested_at", descending=True)
    )


def open_exceptions(events: pl.LazyFrame, as_at: date) -> pl.LazyFrame:
    """no, exception (how it stands), subject: the newest open one of each indicator that has one."""
    told = exceptions(events, as_at).filter(pl.col("state").is_in(OPEN))
    return told.unique("no", keep="first", maintain_order=True).select("no", "subject", exception="state")


def thanks(events: pl.LazyFrame) -> pl.LazyFrame:
    """One row per note of thanks, the newest first.

    Returns:
        subject, no, period, state (worded, signed, sent), to_whom, words, signed_by, made_by, made_at (of the
        last event).
    """
    rows = events.filter(pl.col("kind") == "thanks").sort("seq")
    rows = rows.with_columns(_text(name).alias(name) for name in ("to_whom", "words", "signed_by"))
    return (
        rows.group_by("subject", maintain_order=True)
        .agg(
            pl.col("no", "period").first(),
            pl.col("to_whom", "words", "signed_by").drop_nulls().last(),
            pl.col("made_by", "made_at").last(),
            state=pl.col("event").last(),
        )
        .sort("made_at", descending=True)
    )


def meetings(events: pl.LazyFrame) -> pl.LazyFrame:
    """One row per meeting: subject, forum, day (Date), period, chair, state (open, frozen, held, minuted),
    minutes, made_by, made_at (of the last event); the newest day first."""
    rows = events.filter(pl.col("kind") == "meeting").sort("seq")
    rows = rows.with_columns(_text(name).alias(name) for name in ("forum", "day", "chair", "minutes"))
    return (
        rows.group_by("subject", maintain_order=True)
        .agg(
            pl.col("period").first(),
            pl.col("forum", "day", "chair", "minutes").drop_nulls().last(),
            pl.col("made_by", "made_at").last(),
            state=pl.col("event").last(),
        )
        .with_columns(pl.col("day").str.to_date(strict=False))
        .sort("day", descending=True)
    )


def comments(events: pl.LazyFrame) -> pl.LazyFrame:
    """no, period, why, actions, made_by, made_at: every comment, the newest first."""
    rows = events.filter(pl.col("kind") == "comment").sort("seq", descending=True)
    return rows.select("no", "period", "made_by", "made_at", why=_text("why"), actions=_text("actions"))


def owners(events: pl.LazyFrame) -> pl.LazyFrame:
    """no, owner: who writes for an indicator, as it was said last."""
    rows = events.filter(pl.col("kind") == "owner").sort("seq").unique("no", keep="last")
    return rows.select("no", owner=_text("owner"))


def rebases(events: pl.LazyFrame) -> pl.LazyFrame:
    """no, from (Date), reason: where control charts begin anew."""
    rows = events.filter(pl.col("kind") == "rebase")
    told = rows.select("no", _text("from").str.to_date(strict=False).alias("from"), reason=_text("reason"))
    return told.drop_nulls("from").unique(["no", "from"], keep="last")


def trajectory(told: str | None) -> list[tuple[str, float]]:
    """The expected values of an answer by period: 2026-27Q3=88; 2026-27Q4=90.5; others are left out."""
    parts = [one.partition("=") for one in (told or "").split(";")]
    found = []
    for name, _, value in parts:
        try:
            found.append((name.strip(), float(value)))
        except ValueError:
            continue
    return found
