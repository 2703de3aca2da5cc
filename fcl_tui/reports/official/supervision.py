"""Supervision of staff, from the office database: what the reader may see of it, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.measures import supervision_official as measures
from fcl_tui.reports.official.family import Family
from fcl_tui.reports.spec import Dimension

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context

REPORT = "staff-supervision"
HERE = "fcl_tui.reports.official.supervision"
SUPERVISOR = Dimension(key="supervisor", title="Supervisors", by=("supervisor",))
NEWLY = Dimension(key="newly_qualified", title="Newly qualified or not", by=("newly_qualified",))
STATE = Dimension(key="state", title="In time or not", by=("state",))
STATUS = Dimension(key="status", title="What a child counts as", by=("status_mix",))


def _seen(context: Context) -> tuple[pl.LazyFrame, pl.Expr]:
    """The supervisions that the reader may see, and which holders' rows are theirs."""
    import polars as pl

    from fcl_tui.records.supervising.workers import SHAPE

    known = context.supervisions()
    if known is None:
        return pl.LazyFrame(schema=SHAPE), pl.lit(value=True)
    mine = pl.col("team").is_in(list(known.teams)) | pl.col("worker").is_in(list(known.workers))
    return known.rows, pl.lit(value=True) if known.everyone else mine


def workers(context: Context, days: pl.LazyFrame) -> pl.LazyFrame:
    """As `supervising.rows.worker_rows`."""
    from fcl_tui.records.supervising.rows import worker_rows
    from fcl_tui.records.supervising.workers import named_newly

    rows, mine = _seen(context)
    newly = named_newly(context.scan, context.settings.get("newly_qualified", ()))
    return worker_rows(context.scan, context.settings, rows, newly, context.leave().lazy(), mine, days)


def supervisors(context: Context, days: pl.LazyFrame) -> pl.LazyFrame:
    """As `supervising.rows.supervisor_rows`."""
    from fcl_tui.records.supervising.rows import supervisor_rows

    return supervisor_rows(workers(context, days))


def gaps(context: Context, days: pl.LazyFrame) -> pl.LazyFrame:
    """As `supervising.rows.gap_rows`."""
    from fcl_tui.records.supervising.rows import gap_rows

    rows, mine = _seen(context)
    return gap_rows(context.scan, rows, mine, days)


def sessions(context: Context, days: pl.LazyFrame) -> pl.LazyFrame:
    """As `supervising.rows.session_rows`."""
    from fcl_tui.records.supervising.rows import session_rows

    rows, mine = _seen(context)
    return session_rows(context.scan, rows, mine, days)


def children(context: Context, days: pl.LazyFrame) -> pl.LazyFrame:
    """As `supervising.rows.child_rows`."""
    from fcl_tui.records.supervising.rows import child_rows

    rows, mine = _seen(context)
    return child_rows(context.scan, context.settings, rows, mine, days)


WORKERS = Family(
    key="supervised",
    report=REPORT,
    noun="worker",
    plural="workers",
    rows=f"{HERE}:workers",
    measures=measures.WORKERS,
    dimensions=(SUPERVISOR, NEWLY, STATE),
    identified_by=("worker", "team", "last_held"),
    of_context=True,
    of_office=True,
)
SUPERVISORS = Family(
    key="supervisors",
    report=REPORT,
    noun="supervisor",
    plural="supervisors",
    rows=f"{HERE}:supervisors",
    measures=(measures.SPAN,),
    dimensions=(SUPERVISOR,),
    identified_by=("supervisor", "workers"),
    of_context=True,
    of_office=True,
)
GAPS = Family(
    key="gaps",
    report=REPORT,
    noun="gap between sessions",
    plural="gaps between sessions",
    rows=f"{HERE}:gaps",
    measures=(measures.GAP, measures.LONGEST),
    identified_by=("worker", "before", "held", "gap"),
    of_context=True,
    of_office=True,
)
SESSIONS = Family(
    key="sessions",
    report=REPORT,
    noun="supervision",
    plural="supervisions",
    rows=f"{HERE}:sessions",
    measures=measures.SESSIONS,
    dimensions=(SUPERVISOR,),
    identified_by=("worker", "held_on", "kind", "state"),
    of_context=True,
    of_office=True,
)
CHILDREN = Family(
    key="discussed",
    report=REPORT,
    noun="child with an open case",
    plural="children with an open case",
    rows=f"{HERE}:children",
    measures=measures.OF_CHILDREN,
    dimensions=(STATUS,),
    identified_by=("worker", "last_discussed"),
    of_context=True,
    of_office=True,
)
FAMILIES = (WORKERS, SUPERVISORS, GAPS, SESSIONS, CHILDREN)
