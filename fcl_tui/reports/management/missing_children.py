"""Missing Children: who is missing now, episodes in the period, who goes often, the interviews after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fcl_tui.measures import missing as measures
from fcl_tui.reports.management.missing_columns import (
    CARE_COLUMNS,
    CHILD_COLUMNS,
    COHORT_COLUMNS,
    COLUMNS,
    EPISODE_COLUMNS,
    HIDDEN,
    NOW_COLUMNS,
    PEOPLE_COLUMNS,
)
from fcl_tui.reports.management.missing_records import (
    CHILDREN,
    COHORT,
    EPISODES,
    children_of,
    cohort_of,
    episodes_of,
    names_of,
    span_of,
)
from fcl_tui.reports.management.whose import SHOWN, with_whose
from fcl_tui.reports.official.listing import official_view
from fcl_tui.reports.parameters.shared import CLIENT, FROM, TEAM, TO, WORKER
from fcl_tui.reports.spec import Breakdown, Chart, Dimension, Listing, Panel, Parts, Report, Row

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from widgets.cells.column import Column

    Finish: TypeAlias = Callable[[Context, Query, pl.LazyFrame, pl.LazyFrame], pl.LazyFrame]


def _beside(context: Context, query: Query) -> Parts:
    """The months for the chart, the line on top, and what no figure can know."""
    import polars as pl

    from fcl_tui.records.gone_missing.words import headline, left_out
    from fcl_tui.reports.measured.figures import value
    from fcl_tui.reports.measured.known import unknown, without
    from fcl_tui.reports.run import groups_of, narrowed

    span = span_of(context, query)
    records = episodes_of(context, query)
    not_known = unknown(context, EPISODES, measures.ALL)
    mine = narrowed(records, query)
    sums = without(mine.select(value(measure) for measure in measures.ALL), not_known)
    here = measures.EPISODES.key not in not_known
    return Parts(
        pl.LazyFrame(),
        left_out(context.scan, mine, context.as_at, span, context.data_date),
        {"months": groups_of(MONTHS, context, query, records), "sums": sums},
        lambda frames: headline(frames["sums"], span, here=here),
    )


def _now(context: Context, query: Query) -> Parts:
    """Who is missing, or away, on the day; gone the longest first."""
    import polars as pl

    from fcl_tui.records.gone_missing.words import listed, with_recent
    from fcl_tui.reports.run import narrowed

    running = narrowed(episodes_of(context, query), query).filter("running")
    days = int(context.settings.get("missing_often_days", 90))
    rows = with_recent(running, context.scan, context.as_at, days)
    missing_first = (pl.col("kind") == "missing").cast(pl.Int8)
    by = (missing_first, "start", "name", "row_key")
    ordered = rows.sort(*by, descending=[True, False, False, False], nulls_last=True)
    return replace(_beside(context, query), rows=listed(ordered))


def _listed(context: Context, query: Query) -> Parts:
    """The episodes behind a figure, or all of them; the latest first."""
    from fcl_tui.records.gone_missing.words import listed
    from fcl_tui.reports.run import behind_drill, narrowed

    rows = behind_drill(REPORT, context, query)
    if rows is None:
        rows = narrowed(episodes_of(context, query), query)
    by = ("start", "name", "row_key")
    ordered = rows.sort(by, descending=[True, False, False], nulls_last=True)
    return replace(_beside(context, query), rows=listed(ordered))


def _people(context: Context, query: Query) -> Parts:
    from fcl_tui.reports.run import behind_drill, narrowed

    rows = behind_drill(REPORT, context, query)
    if rows is None:
        rows = narrowed(children_of(context, query), query)
    by = ("recent", "episodes", "latest", "person_id")
    return replace(_beside(context, query), rows=rows.sort(by, descending=[True, True, True, False]))


def _in_care(context: Context, query: Query) -> Parts:
    from fcl_tui.reports.run import behind_drill, narrowed

    rows = behind_drill(REPORT, context, query)
    if rows is None:
        rows = narrowed(cohort_of(context, query), query)
    by = ("episodes", "name", "person_id")
    listed = rows.sort(by, descending=[True, False, False], nulls_last=True)
    return replace(_beside(context, query), rows=listed)


def _most_first(key: str) -> Finish:
    """Groups of episodes with episodes per child beside them: by length in its order, else most first."""

    def finish(_context: Context, _query: Query, groups: pl.LazyFrame, _all: pl.LazyFrame) -> pl.LazyFrame:
        import polars as pl

        from fcl_tui.records.gone_missing.episodes import LENGTHS
        from fcl_tui.records.gone_missing.words import in_order

        by = TITLES[key][1]
        rows = groups.with_columns(row_key=pl.concat_str(by, separator="|", ignore_nulls=True))
        if key == "length":
            return in_order(rows, "length", LENGTHS)
        begun, children = pl.col("missing_episodes"), pl.col("missing_children")
        rows = rows.with_columns(missing_per_child=pl.when(children > 0).then(begun / children))
        rows = with_whose(rows) if key == "worker" else rows
        most = ("missing_episodes", "missing_children")
        return rows.sort(*most, *by, descending=[True, True, *[False] * len(by)], nulls_last=True)

    return finish


def _months(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:  # noqa: ARG001
    from fcl_tui.records.gone_missing.words import every_month
    from fcl_tui.reports.measured.known import unknown

    counts = [one.key for one in measures.BEGUN if one.statistic == "count"]
    months = every_month(groups, span_of(context, query), counts)
    return months.head(0) if unknown(context, EPISODES, (measures.EPISODES,)) else months


def _bands(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:  # noqa: ARG001
    from fcl_tui.records.gone_missing.children import BANDS
    from fcl_tui.records.gone_missing.words import in_order

    return in_order(groups, "band", BANDS)


def _by_team(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:  # noqa: ARG001
    return groups.sort("missing_from_care", "looked_after_in_year", "team", descending=[True, True, False])


CHART = Chart(
    kind="months", frame="months", label="month", value="missing_episodes", title="Missing episodes begun"
)
EMPTY = "No missing episode here."
TITLES = {
    "team": ("Teams side by side", ("team",), "true"),
    "worker": ("Workers side by side", ("team", "worker"), "true"),
    "status": ("By status on the day", ("status",), "true"),
    "placement": ("By placement, looked-after children", ("placement",), "looked_after"),
    "length": ("By length", ("length",), "started AND length IS NOT NULL"),
}


def _compare(key: str) -> Breakdown:
    title, by, where = TITLES[key]
    label = (SHOWN,) if key == "worker" else by[-1:]
    return Breakdown(
        key=key,
        title=title,
        records=EPISODES,
        dimension=Dimension(key=key, title=title, by=by, label=label, where=where),
        measures=measures.BEGUN if key == "length" else measures.ALL,
        listing="detail",
        columns=COLUMNS[key],
        row_key="row_key",
        finish=_most_first(key),
        parts=_beside,
        chart=CHART,
        empty=EMPTY,
        hidden=HIDDEN,
        into={"worker": "Workers of this team"} if key == "team" else {},
    )


MONTHS = Breakdown(
    key="month",
    title="Months",
    records=EPISODES,
    dimension=Dimension(key="month", title="Months", by=("month",), label=("month_name",), where="started"),
    measures=measures.BEGUN,
    listing="detail",
    columns=COLUMNS["month"],
    row_key="month_name",
    finish=_months,
    parts=_beside,
    chart=CHART,
    empty=EMPTY,
    hidden=HIDDEN,
)
BANDS = Breakdown(
    key="children",
    title="Episodes per child",
    records=CHILDREN,
    dimension=Dimension(key="band", title="Episodes per child", by=("band",)),
    measures=measures.OF_CHILDREN,
    listing="people",
    columns=CHILD_COLUMNS,
    row_key="band",
    finish=_bands,
    parts=_beside,
    empty=EMPTY,
)
IN_CARE = Breakdown(
    key="care",
    title="Looked-after children, twelve months",
    records=COHORT,
    dimension=Dimension(key="team", title="Teams side by side", by=("team",)),
    measures=measures.OF_COHORT,
    listing="cohort",
    columns=COHORT_COLUMNS,
    row_key="team",
    finish=_by_team,
    parts=_beside,
    empty="No child was looked after.",
)


def _behind(
    key: str, title: str, build: Callable[[Context, Query], Parts], columns: tuple[Column, ...]
) -> Listing:
    return Listing(
        key=key,
        title=title,
        build=build,
        columns=columns,
        row=Row.CHILD,
        row_key="row_key",
        opens="person_id",
        empty=EMPTY,
        hidden=HIDDEN,
        behind=True,
        panel=PANEL if key == "detail" else None,
    )


PANEL = Panel(
    facts=(
        ("Hours away", "hours"),
        ("Status then", "status"),
        ("Placed then", "placement"),
        ("Miles from home", "distance"),
        ("Interview", "answers"),
    )
)
REPORT = Report(
    key="missing-children",
    parameters=(
        *(replace(one, names=names_of(one.name, one.names)) for one in (TEAM, WORKER)),
        FROM,
        TO,
        CLIENT,
    ),
    views=(
        Listing(
            key="now",
            title="Missing now",
            build=_now,
            columns=NOW_COLUMNS,
            row=Row.CHILD,
            row_key="row_key",
            opens="person_id",
            panel=PANEL,
            empty="No child is missing.",
            hidden=HIDDEN,
        ),
        *(_compare(key) for key in ("team", "worker", "status", "placement", "length")),
        MONTHS,
        BANDS,
        IN_CARE,
        official_view("missing-children"),
        _behind("detail", "Episodes", _listed, EPISODE_COLUMNS),
        _behind("people", "Children", _people, PEOPLE_COLUMNS),
        _behind("cohort", "Looked-after children", _in_care, CARE_COLUMNS),
    ),
    views_after={"team": ("worker", "team")},
    overdue_figure="rhi_overdue",
    overdue_label="Waiting",
    keys=("table.open", "report.team", "report.switch", "report.overdue"),
)
