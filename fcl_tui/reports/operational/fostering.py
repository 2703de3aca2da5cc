"""Fostering Overview: children with foster carers now, how settled they are, what is due; and the carers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from fcl_tui.measures import fostering as measures
from fcl_tui.reports.management.on_time import span_of
from fcl_tui.reports.operational import fostering_columns as columns
from fcl_tui.reports.parameters.shared import CLIENT, FROM, KIND, TEAM, TO, WORKER
from fcl_tui.reports.spec import Breakdown, Dimension, Listing, Option, Parts, Records, Report, Row
from widgets.cells.column import Column

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

OPTIONS = tuple(Option(value, words) for value, words in measures.KIND_NAMES.items())
EMPTY = "No child is in foster care here."
NEEDS = ("cla_placement.clap_cla_placement_type", "cla_episodes")
KIND_OF_CARER = replace(
    KIND, help="Children with one kind of carer only.", options=OPTIONS, question="With which carers?"
)


def _children(context: Context, query: Query) -> pl.LazyFrame:
    from fcl_tui.records.fostering.children import children

    return children(
        context.scan_open,
        context.scan,
        context.calendar,
        context.as_at,
        kind_asked=query.text("kind"),
        person_ids=query.person_ids(),
    )


def _ended(context: Context, query: Query) -> pl.LazyFrame:
    from fcl_tui.records.fostering.ends import ended

    return ended(
        context.scan,
        context.as_at,
        span_of(context, query),
        kind_asked=query.text("kind"),
        person_ids=query.person_ids(),
    )


CHILDREN = Records(noun="child in foster care", plural="children in foster care", rows=_children, needs=NEEDS)
ENDED = Records(
    noun="placement that ended",
    plural="placements that ended",
    rows=_ended,
    needs=("cla_placement.clap_cla_placement_type",),
    identified_by=("row_key",),
)


def _beside(context: Context, query: Query) -> Parts:
    """The line on top, and who is in no figure."""
    import polars as pl

    from fcl_tui.definitions.coverage import Coverage
    from fcl_tui.records.fostering.children import left_out
    from fcl_tui.records.fostering.words import absent, headline
    from fcl_tui.reports.measured.figures import value
    from fcl_tui.reports.run import narrowed

    coverage = Coverage.read(context.scan)
    sums = narrowed(_children(context, query), query).select(value(one) for one in measures.NOW)
    out = pl.concat([absent(coverage), left_out(context.scan_open, context.scan, context.as_at)])
    return Parts(pl.LazyFrame(), out, {"sums": sums}, partial(headline, here=coverage.has("cla_placement")))


def _beside_ends(context: Context, query: Query) -> Parts:
    """The period and its ends on top, and what the source cannot tell."""
    import polars as pl

    from fcl_tui.definitions.coverage import Coverage
    from fcl_tui.records.fostering.words import absent, ends_headline
    from fcl_tui.reports.measured.figures import value
    from fcl_tui.reports.measured.known import unknown, without
    from fcl_tui.reports.run import narrowed

    coverage = Coverage.read(context.scan)
    sums = narrowed(_ended(context, query), query).select(value(one) for one in measures.ENDED)
    sums = without(sums, unknown(context, ENDED, measures.ENDED))
    line = partial(ends_headline, span=span_of(context, query), here=coverage.has("cla_placement"))
    return Parts(pl.LazyFrame(), absent(coverage), {"ends": sums}, line)


def _finish(context: Context, query: Query, groups: pl.LazyFrame, records: pl.LazyFrame) -> pl.LazyFrame:  # noqa: ARG001
    """Kinds of carer in their order; teams and others by how many children, most first."""
    import polars as pl

    from fcl_tui.reports.catalogue import load

    view = load(query.report).breakdown(query.view)
    by = view.dimension.by
    key = pl.concat_str(*(pl.col(one).fill_null("-") for one in by), separator="|")
    first = view.measures[0].key
    groups = groups.with_columns(row_key=key)
    for name, order in (("kind", tuple(measures.KIND_NAMES)), ("length", measures.LENGTHS)):
        if by[0] == name:
            rank = pl.col(name).replace_strict(
                {one: at for at, one in enumerate(order)}, default=len(order), return_dtype=pl.Int32
            )
            return groups.sort(rank, name)
    return groups.sort(first, *by, descending=[True, *([False] * len(by))], nulls_last=True)


def _listed(context: Context, query: Query) -> Parts:
    """The children behind a figure, or all of them; those with something overdue first."""
    import polars as pl

    from fcl_tui.records.due.items import severity
    from fcl_tui.reports.run import behind_drill, narrowed

    rows = behind_drill(REPORT, context, query)
    if rows is None:
        rows = narrowed(_children(context, query), query)
    worst = pl.min_horizontal(severity("visit_state"), severity("review_state"))
    soonest = pl.min_horizontal("visit_due", "review_due")
    ordered = rows.sort(worst, soonest, "name", "person_id", nulls_last=True)
    return replace(_beside(context, query), rows=ordered)


def _ends(context: Context, query: Query) -> Parts:
    from fcl_tui.reports.run import behind_drill, narrowed

    rows = behind_drill(REPORT, context, query)
    if rows is None:
        rows = narrowed(_ended(context, query), query)
    ordered = rows.sort("end", "name", "row_key", descending=[True, False, False], nulls_last=True)
    return replace(_beside_ends(context, query), rows=ordered)


def _carers(context: Context, query: Query) -> Parts:
    """The households of the authority's list; the team, worker or kind of a child narrows none of them."""
    import polars as pl

    from data.errors import DataError
    from data.frames import collect
    from fcl_tui.records.fostering.carers import on_day
    from fcl_tui.records.fostering.words import carers_headline

    for name in ("team", "kind", "client", "from", "to"):
        if name in query.values:
            raise DataError(f"Carers are not listed by {name}: ask for the list without one.")
    listed = context.carers()
    if listed is None:
        none = pl.LazyFrame({"reason": [NO_LIST], "count": [1], "what": ["list"]})
        shape = dict.fromkeys(("row_key", *(column.key for column in columns.CARERS)), pl.String)
        return Parts(pl.LazyFrame(schema=shape), none, headline=lambda _: "No list of carers is kept here.")
    weeks = int(context.settings.get("carer_supervision_weeks", 6))
    rows = collect(on_day(listed.lazy(), context.as_at, weeks)).lazy()
    worker = query.text("worker")
    kept = rows if worker is None else rows.filter(pl.col("worker") == worker)
    later = listed.height - collect(rows.select(pl.len())).item()
    out = pl.LazyFrame({"reason": ["approved after the day"], "count": [later], "what": ["households"]})
    return Parts(kept, out.filter(pl.col("count") > 0), headline=carers_headline)


NO_LIST = "of carers is not kept here: put a file carers.csv into the home (guidance: ?)"
CARERS = Listing(
    key="carers",
    title="Carers: reviews, visits, places",
    build=_carers,
    columns=columns.CARERS,
    row=Row.RECORD,
    row_key="row_key",
    empty="No carers are listed.",
    takes=("worker",),
    hidden=("row_key", "line", "temporary_extended"),
    discreet="fcl_tui.records.fostering.carers:discreet",
)

BY_KIND = Breakdown(
    key="kind",
    title="Children now, by kind of carer",
    records=CHILDREN,
    dimension=Dimension(key="kind", title="Kinds of carer", by=("kind", "kind_name"), label=("kind_name",)),
    measures=measures.NOW,
    listing="detail",
    columns=(Column("kind_name", "With", 22, frozen=True), *columns.NOW),
    row_key="row_key",
    finish=_finish,
    parts=_beside,
    empty=EMPTY,
    hidden=("row_key",),
    into={"team": "Teams, this kind of carer"},
)
BY_REASON = replace(
    BY_KIND,
    key="ends",
    title="Placements that ended, by reason",
    records=ENDED,
    dimension=Dimension(key="reason", title="Reasons", by=("reason",)),
    measures=measures.ENDED,
    listing="ended",
    parts=_beside_ends,
    columns=(Column("reason", "Why it ended", 30, frozen=True, stretch=True), *columns.ENDED),
    empty="No foster placement ended in this period.",
    into={},
)


def _compare(key: str, title: str, by: tuple[str, ...], first: Column, **more: object) -> Breakdown:
    dimension = Dimension(key=key, title=title, by=by, label=by[-1:])
    shown = replace(
        BY_KIND, key=key, title=title, dimension=dimension, columns=(first, *columns.NOW), into={}
    )
    return replace(shown, **more)  # type: ignore[arg-type]


REPORT = Report(
    key="fostering-overview",
    parameters=(TEAM, WORKER, KIND_OF_CARER, FROM, TO, CLIENT),
    views=(
        BY_KIND,
        _compare(
            "team",
            "Children now, by team",
            ("team",),
            Column("team", "Team", 22, frozen=True, stretch=True),
            into={"worker": "Workers of this team"},
        ),
        _compare(
            "worker",
            "Children now, by worker",
            ("team", "worker"),
            Column("worker", "Worker", 22, frozen=True, stretch=True),
        ),
        _compare(
            "length",
            "Children now, by how long",
            ("length",),
            Column("length", "In the placement", 18, frozen=True),
        ),
        Listing(
            key="children",
            title="Children now",
            build=_listed,
            columns=columns.CHILDREN,
            row=Row.CHILD,
            row_key="person_id",
            opens="person_id",
            empty=EMPTY,
        ),
        BY_REASON,
        CARERS,
        Listing(
            key="detail",
            title="Children in foster care",
            build=_listed,
            columns=columns.CHILDREN,
            row=Row.CHILD,
            row_key="person_id",
            opens="person_id",
            empty=EMPTY,
            behind=True,
        ),
        Listing(
            key="ended",
            title="Placements that ended",
            build=_ends,
            columns=columns.ENDS,
            row=Row.CHILD,
            row_key="row_key",
            opens="person_id",
            empty="No foster placement ended in this period.",
            hidden=("row_key", "credit_day", "source_row"),
            behind=True,
        ),
    ),
    views_after={"team": ("worker", "team")},
    overdue_figure="foster_visit_overdue",
    explains=("timescales",),
    keys=("table.open", "report.team", "report.switch", "report.overdue"),
)
