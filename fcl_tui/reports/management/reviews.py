"""Reviews: which are due or overdue now, what was held in time in a period, and the official figures."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from fcl_tui.measures import reviews as measures
from fcl_tui.reports.management import review_columns as columns
from fcl_tui.reports.management import review_records as beside
from fcl_tui.reports.management.on_time import HIDDEN, beside_all, chart, rows_behind
from fcl_tui.reports.management.on_time import MONTH as MONTHS
from fcl_tui.reports.management.on_time import TEAM as TEAMS
from fcl_tui.reports.official.listing import official_view
from fcl_tui.reports.parameters.shared import CLIENT, FROM, KIND, TEAM, TO, WORKER
from fcl_tui.reports.spec import Breakdown, Dimension, Listing, Option, Parts, Records, Report, Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

OPTIONS = tuple(Option(value, words) for value, words in measures.KIND_NAMES.items())


_compared = partial(beside_all, target="review_target", order=(*measures.KIND_NAMES, *measures.EVERY_NAMES))
_KIND = Dimension(key="kind", title="Kinds of review", by=("kind", "kind_name"), label=("kind_name",))
_OFFICER = Dimension(key="officer", title="Reviewing officers", by=("officer",), where="led")


def _beside_now(context: Context, query: Query) -> Parts:
    return beside.beside_now(NOW, context, query)


def _beside_period(context: Context, query: Query) -> Parts:
    return beside.beside_period(MONTH, context, query)


NOW = Breakdown(
    key="now",
    title="Now, by kind of review",
    records=beside.OPEN,
    dimension=_KIND,
    measures=measures.NOW,
    listing="detail",
    columns=(columns.KIND, columns.AGAINST, *columns.NOW),
    row_key="row_key",
    finish=partial(_compared, share="percent_up_to_date", out_of="open"),
    parts=_beside_now,
    empty="No reviews are to be held here.",
    hidden=HIDDEN,
    into={"now-team": "Teams, this kind of review"},
)
PERIOD = replace(
    NOW,
    key="period",
    title="In the period, by kind of review",
    records=beside.DUE,
    measures=measures.PERIOD,
    listing="fell-due",
    columns=(columns.KIND, columns.AGAINST, *columns.PERIOD, *columns.OF_TOTAL),
    finish=partial(_compared, share="percent_in_time", out_of="fell_due"),
    parts=_beside_period,
    chart=chart("review_target"),
    empty="No review fell due in this period.",
    into={"period-team": "Teams, this kind of review"},
)
MONTH = replace(
    PERIOD,
    key="month",
    title="In the period, by month",
    dimension=MONTHS,
    columns=(columns.MONTH, columns.AGAINST, *columns.PERIOD),
    into={},
)
EVERY = replace(
    NOW,
    key="every",
    title="Every review in time (official)",
    records=beside.PLANS,
    measures=measures.OFFICIAL,
    listing="plans",
    columns=(replace(columns.KIND, width=36), columns.AGAINST, *columns.EVERY),
    finish=partial(_compared, share="percent_every", out_of="counted"),
    parts=beside.beside_every,
    empty="No plan of three months and no child looked after for four weeks.",
    into={},
)
CONFERENCE = replace(
    NOW,
    key="conference",
    title="Conferences in 15 working days, by month",
    records=beside.CONFERENCES,
    dimension=MONTHS,
    measures=measures.CONFERENCE,
    listing="conferences",
    columns=(columns.MONTH, columns.AGAINST, *columns.CONFERENCE),
    finish=partial(_compared, share="percent_in_15", out_of="conferences"),
    parts=beside.beside_conferences,
    empty="No conference was held in this period.",
    into={},
)
TOOK_PART = replace(
    NOW,
    key="held",
    title="Held, cancelled, taking part",
    records=beside.HELD,
    measures=measures.HELD,
    listing="held-detail",
    columns=(replace(columns.KIND, width=22), *columns.HELD),
    finish=partial(_compared, share="percent_took_part", out_of="reviews"),
    parts=beside.beside_held,
    empty="No review is recorded in this period.",
    into={},
)
_LISTED: tuple[tuple[str, str, Records, Callable[[Context, Query], Parts], str], ...] = (
    ("fell-due", "Reviews that fell due", beside.DUE, _beside_period, "days_late"),
    ("plans", "Plans and children", beside.PLANS, beside.beside_every, "since"),
    ("conferences", "Conferences", beside.CONFERENCES, beside.beside_conferences, "conference"),
    ("held-detail", "Reviews recorded", beside.HELD, beside.beside_held, "date"),
)

REPORT = Report(
    key="reviews",
    parameters=(TEAM, WORKER, replace(KIND, options=OPTIONS), FROM, TO, CLIENT),
    views=(
        NOW,
        replace(
            NOW,
            key="now-team",
            title="Now, by team",
            dimension=TEAMS,
            columns=(columns.TEAM, columns.AGAINST, *columns.NOW),
            into={"now": "Kinds of review of this team"},
        ),
        replace(
            NOW,
            key="now-officer",
            title="Now, by reviewing officer",
            dimension=_OFFICER,
            columns=(columns.OFFICER, columns.AGAINST, *columns.NOW),
            into={},
        ),
        PERIOD,
        replace(
            PERIOD,
            key="period-team",
            title="In the period, by team",
            dimension=TEAMS,
            columns=(columns.TEAM, columns.AGAINST, *columns.PERIOD, columns.CLA, columns.CP),
            into={"period": "Kinds of review of this team"},
        ),
        replace(
            PERIOD,
            key="period-officer",
            title="In the period, by reviewing officer",
            dimension=_OFFICER,
            columns=(columns.OFFICER, columns.AGAINST, *columns.PERIOD, columns.CLA, columns.CP),
            into={},
        ),
        MONTH,
        EVERY,
        replace(
            EVERY,
            key="every-team",
            title="Every review in time, by team",
            dimension=Dimension(
                key="team_kind",
                title="Teams",
                by=("team", "kind", "kind_name"),
                label=("team", "kind_name"),
            ),
            columns=(
                columns.TEAM,
                replace(columns.KIND, width=24, frozen=False),
                columns.AGAINST,
                *columns.EVERY,
            ),
        ),
        CONFERENCE,
        replace(
            CONFERENCE,
            key="conference-team",
            title="Conferences in 15 working days, by team",
            dimension=TEAMS,
            columns=(columns.TEAM, columns.AGAINST, *columns.CONFERENCE),
        ),
        TOOK_PART,
        replace(
            TOOK_PART,
            key="held-team",
            title="Held, cancelled, by team",
            dimension=TEAMS,
            columns=(columns.TEAM, *columns.HELD),
        ),
        replace(
            TOOK_PART,
            key="held-officer",
            title="Held, cancelled, by reviewing officer",
            dimension=replace(_OFFICER, where="true"),
            columns=(columns.OFFICER, *columns.HELD),
        ),
        replace(
            TOOK_PART,
            key="participation",
            title="How children took part",
            dimension=Dimension(
                key="code",
                title="How children took part",
                by=("code", "kind_name"),
                label=("code", "kind_name"),
                where="NOT cancelled",
            ),
            columns=(columns.CODE, replace(columns.KIND, width=22, frozen=False), *columns.CODES),
        ),
        official_view("reviews"),
        Listing(
            key="detail",
            title="Reviews to be held",
            build=partial(rows_behind, records=beside.OPEN, beside=_beside_now, by="days_late"),
            columns=columns.LISTED["detail"],
            row=Row.ITEM,
            row_key="item_id",
            opens="person_id",
            empty=NOW.empty,
            hidden=("item_short",),
            behind=True,
        ),
        *(
            Listing(
                key=key,
                title=title,
                build=partial(rows_behind, records=records, beside=told, by=by),
                columns=columns.LISTED[key],
                row=Row.CHILD,
                row_key="row_key",
                opens="person_id",
                empty="Nothing to show.",
                hidden=("row_key", "item_short"),
                behind=True,
            )
            for key, title, records, told, by in _LISTED
        ),
    ),
    overdue_figure="overdue",
    explains=("timescales",),
    keys=("table.open", "report.team", "report.switch", "report.overdue"),
)
