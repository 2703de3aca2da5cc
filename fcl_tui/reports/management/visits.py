"""Visits: which children are up to date now, and what was made in time of what fell due in a period."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from fcl_tui.measures import visits as measures
from fcl_tui.reports.management import visit_columns as columns
from fcl_tui.reports.management.on_time import HIDDEN, beside_all, chart, rows_behind, span_of, target_of
from fcl_tui.reports.management.on_time import MONTH as MONTHS
from fcl_tui.reports.management.on_time import TEAM as TEAMS
from fcl_tui.reports.management.whose import SHOWN, WHO
from fcl_tui.reports.official.listing import official_view
from fcl_tui.reports.parameters.shared import CLIENT, FROM, KIND, TEAM, TO, WORKER
from fcl_tui.reports.spec import Breakdown, Dimension, Listing, Option, Parts, Records, Report, Row

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

OPTIONS = tuple(Option(value, words) for value, words in measures.KIND_NAMES.items())
EMPTY = "No visits are due here."
NOTHING_FELL_DUE = "No visit fell due or was made in this period."


def _now(context: Context, query: Query) -> pl.LazyFrame:
    from fcl_tui.records.visiting.due import children_now

    return children_now(
        context.scan_open,
        context.scan,
        context.calendar,
        context.as_at,
        context.settings,
        kind=query.text("kind"),
        person_ids=query.person_ids(),
    )


def _period(context: Context, query: Query) -> pl.LazyFrame:
    from fcl_tui.records.visiting.due import of_period

    return of_period(
        context.scan,
        context.calendar,
        context.as_at,
        span_of(context, query),
        context.settings,
        kind=query.text("kind"),
        person_ids=query.person_ids(),
    )


CHILDREN = Records(noun="child and kind of visit", plural="children by kind of visit", rows=_now)
VISITS = Records(noun="visit due or made", plural="visits due or made", rows=_period)


def _beside_now(context: Context, query: Query) -> Parts:
    """The kinds for the line on top, and who is in no figure."""
    import polars as pl

    from fcl_tui.records.visiting.left_out import headline_now, left_out_now
    from fcl_tui.reports.run import groups_of

    kinds = groups_of(NOW_KIND, context, replace(query, view="now"), _now(context, query))
    return Parts(
        pl.LazyFrame(),
        left_out_now(context.scan_open, context.calendar, context.as_at, query.person_ids()),
        {"kinds": kinds},
        lambda frames: headline_now(frames["kinds"], target_of(context, "visit_target")),
    )


def _beside_period(context: Context, query: Query) -> Parts:
    """The months for the chart, the line on top, and what is in no figure."""
    import polars as pl

    from data.frames import collect
    from fcl_tui.records.visiting.left_out import headline_period, left_out_period
    from fcl_tui.reports.run import groups_of

    span = span_of(context, query)
    visits = collect(_period(context, query)).lazy()  # once, for the months and for all together
    months = groups_of(MONTH, context, replace(query, view="month"), visits)
    return Parts(
        pl.LazyFrame(),
        left_out_period(context.scan, context.calendar, context.as_at, span, query.person_ids()),
        {"months": months},
        lambda frames: headline_period(frames["months"], span, target_of(context, "visit_target")),
    )


_compared = partial(beside_all, target="visit_target", order=tuple(measures.KIND_NAMES))
_WORKER = Dimension(key="worker", title="Workers", by=("team", "worker"), label=(SHOWN,))
_KIND = Dimension(key="kind", title="Kinds of visit", by=("kind", "kind_name"), label=("kind_name",))
NOW_KIND = Breakdown(
    key="now",
    title="Now, by kind of visit",
    records=CHILDREN,
    dimension=_KIND,
    measures=measures.NOW,
    listing="detail",
    columns=(columns.KIND, columns.AGAINST, *columns.NOW, columns.OF_TOTAL[1]),
    row_key="row_key",
    finish=partial(_compared, share="percent_up_to_date", out_of="children"),
    parts=_beside_now,
    empty=EMPTY,
    hidden=HIDDEN,
    into={"now-team": "Teams, this kind of visit"},
)
PERIOD_KIND = replace(
    NOW_KIND,
    key="period",
    title="In the period, by kind of visit",
    records=VISITS,
    measures=measures.PERIOD,
    listing="fell-due",
    columns=(columns.KIND, columns.AGAINST, *columns.PERIOD, *columns.OF_TOTAL),
    finish=partial(_compared, share="percent_in_time", out_of="fell_due"),
    parts=_beside_period,
    chart=chart("visit_target"),
    empty=NOTHING_FELL_DUE,
    into={"period-team": "Teams, this kind of visit"},
)
MONTH = replace(
    PERIOD_KIND,
    key="month",
    title="In the period, by month",
    dimension=MONTHS,
    columns=(columns.MONTH, columns.AGAINST, *columns.PERIOD),
    into={},
)

REPORT = Report(
    key="visits",
    parameters=(TEAM, WORKER, replace(KIND, options=OPTIONS), FROM, TO, CLIENT),
    views=(
        NOW_KIND,
        replace(
            NOW_KIND,
            key="now-team",
            title="Now, by team",
            dimension=TEAMS,
            columns=(columns.TEAM, columns.AGAINST, *columns.NOW),
            into={"now-worker": "Workers of this team"},
        ),
        replace(
            NOW_KIND,
            key="now-worker",
            title="Now, by worker",
            dimension=_WORKER,
            columns=(
                WHO,
                columns.AGAINST,
                *columns.NOW,
                replace(columns.TEAM, frozen=False, priority=8),
            ),
            into={},
        ),
        PERIOD_KIND,
        replace(
            PERIOD_KIND,
            key="period-team",
            title="In the period, by team",
            dimension=TEAMS,
            columns=(columns.TEAM, columns.AGAINST, *columns.PERIOD),
            into={"period-worker": "Workers of this team"},
        ),
        replace(
            PERIOD_KIND,
            key="period-worker",
            title="In the period, by worker",
            dimension=_WORKER,
            columns=(
                WHO,
                columns.AGAINST,
                *columns.PERIOD,
                replace(columns.TEAM, frozen=False, priority=8),
            ),
            into={},
        ),
        MONTH,
        official_view("visits"),
        Listing(
            key="detail",
            title="Children now",
            build=partial(rows_behind, records=CHILDREN, beside=_beside_now),
            columns=columns.NOW_LISTED,
            row=Row.ITEM,
            row_key="item_id",
            opens="person_id",
            empty=EMPTY,
            hidden=("item_short",),
            behind=True,
        ),
        Listing(
            key="fell-due",
            title="Visits due or made in the period",
            build=partial(rows_behind, records=VISITS, beside=_beside_period),
            columns=columns.PERIOD_LISTED,
            row=Row.CHILD,
            row_key="row_key",
            opens="person_id",
            empty=NOTHING_FELL_DUE,
            hidden=("row_key", "item_short"),
            behind=True,
        ),
    ),
    views_after={"team": ("now-worker", "now-team")},
    overdue_figure="overdue",
    explains=("timescales",),
    keys=("table.open", "report.team", "report.switch", "report.overdue"),
)
