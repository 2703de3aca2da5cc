"""What happened in a child's life, from every table that says so, in one frame."""

import polars as pl

from data.frames import Scan
from data.schema.fields import Field, names_of
from fcl_tui.definitions.directory import named
from fcl_tui.definitions.event_kinds import EventKind, in_order, with_flags
from fcl_tui.prepared.ehc_plans import EDUCATION, with_children
from fcl_tui.prepared.events.any_child import LEAVING_AND_ANY_CHILD
from fcl_tui.prepared.events.care import CARE
from fcl_tui.prepared.events.protection import FRONT_DOOR_AND_PROTECTION

FIELDS = (
    Field("person_id", "String", "person", "the child's number"),
    Field("date", "Date", "kept", "null when not known"),
    Field("event", "String", "kept", "what happened, in plain words"),
    Field("kind", "String", "kept", "one of event_kinds.KINDS"),
    Field("detail", "String", "hidden", "more of it, in plain words, or null"),
    Field("worker", "String", "kept", "name, or null"),
    Field("team", "String", "kept", "name, or null"),
    Field("significant", "Boolean", "kept", "false for visits, checks and other routine"),
    Field("source", "String", "kept", "the source that the row came from"),
    Field("source_row", "String", "key", "the row of the source"),
)
"""The prepared frame `events`: one row per event."""

EVENTS: tuple[EventKind, ...] = FRONT_DOOR_AND_PROTECTION + CARE + LEAVING_AND_ANY_CHILD
"""Every event of the tables that name their child. Each of their rows gives at least one event."""


def _column(name: str | None) -> pl.Expr:
    return pl.col(name).cast(pl.String) if name else pl.lit(None, pl.String)


def _other_days(kind: EventKind) -> list[pl.Expr]:
    """The dates of the other events that the kind's row may give."""
    return [
        pl.col(other.date)
        for other in EDUCATION + EVENTS
        if other.table == kind.table and other.date != kind.date
    ]


def _given_by(scan: Scan, kind: EventKind) -> pl.LazyFrame:
    rows = scan(kind.table).filter(pl.col(kind.person).is_not_null())
    if kind.where is not None:
        rows = rows.filter(kind.where())
    day = pl.col(kind.date).cast(pl.Date)
    name, significant = pl.lit(kind.event), pl.lit(kind.significant)
    if not kind.always:
        rows = rows.filter(day.is_not_null())
    elif kind.undated is not None:
        alone = pl.all_horizontal(pl.lit(value=True), *(other.is_null() for other in _other_days(kind)))
        rows = rows.filter(day.is_not_null() | alone)
        name = pl.when(day.is_null()).then(pl.lit(kind.undated)).otherwise(name)
        significant = significant & day.is_not_null()
    if kind.flags is not None:
        rows = with_flags(rows, kind.flags)
    detail = kind.detail() if kind.detail is not None else pl.lit(None, pl.String)
    return rows.select(
        pl.col(kind.person).alias("person_id"),
        day.alias("date"),
        name.alias("event"),
        pl.lit(kind.kind).alias("kind"),
        detail.cast(pl.String).alias("detail"),
        _column(kind.worker).alias("worker_id"),
        _column(kind.team).alias("team_id"),
        significant.alias("significant"),
        "source",
        "source_row",
    )


def events(scan: Scan) -> pl.LazyFrame:
    """Every event of every child, the whole history.

    Each row of an event table that names a child gives at least one event, also without a date, and more for
    its other dates (an end, an outcome). What may not have happened has no event without its date: such a row
    is named for the record it is (`EventKind.undated`).

    Returns:
        one row per event, in the columns of `FIELDS`; sorted by person_id and `event_kinds.in_order`.
    """
    plans = with_children(scan)
    every = pl.concat(
        [_given_by(plans, kind) for kind in EDUCATION] + [_given_by(scan, kind) for kind in EVENTS]
    )
    return (
        named(every, scan).select(names_of(FIELDS)).sort("person_id", *in_order(), "detail", "worker", "team")
    )
