"""What Missing Children counts: episodes, children who were missing, children looked after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.reports.spec import Records

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Names

TABLE = ("missing.miss_missing_episode_start_date",)


def span_of(context: Context, query: Query) -> tuple[date, date]:
    """The period asked for, both days in it."""
    from fcl_tui.definitions.days.periods import twelve_months

    return twelve_months(context.as_at, query.day("from"), query.day("to"))


def episodes_of(context: Context, query: Query) -> pl.LazyFrame:
    """One row per episode (`records.gone_missing.episodes.episodes`)."""
    from fcl_tui.records.gone_missing.episodes import episodes

    return episodes(context.scan, context.as_at, span_of(context, query), query.person_ids())


def children_of(context: Context, query: Query) -> pl.LazyFrame:
    """One row per child who was missing (`records.gone_missing.children.children`)."""
    from fcl_tui.records.gone_missing.children import children

    return children(
        context.scan,
        context.as_at,
        span_of(context, query),
        often=int(context.settings.get("missing_often", 3)),
        within_days=int(context.settings.get("missing_often_days", 90)),
        person_ids=query.person_ids(),
    )


def cohort_of(context: Context, query: Query) -> pl.LazyFrame:
    """One row per child looked after in the year (`records.gone_missing.children.cohort`)."""
    from fcl_tui.records.gone_missing.children import cohort

    return cohort(context.scan, context.as_at, query.person_ids())


EPISODES = Records(
    noun="episode",
    plural="episodes",
    rows=episodes_of,
    needs=TABLE,
    identified_by=("episode_id", "start", "end", "kind", "source_row"),
)
CHILDREN = Records(noun="child", plural="children", rows=children_of, needs=TABLE)
COHORT = Records(
    noun="looked-after child", plural="looked-after children", rows=cohort_of, needs=(*TABLE, "cla_episodes")
)


def names_of(column: str, names: Names | None) -> Names:
    """Teams or workers that hold a client, and those of an episode: children without a case are No team."""

    def known(context: Context, query: Query) -> pl.LazyFrame:
        import polars as pl

        assert names is not None
        holders = names(context, query).select("value", "note")
        rows = episodes_of(context, query)
        team = query.text("team")
        if column == "worker" and team is not None:
            rows = rows.filter(pl.col("team") == team)
        others = rows.select(value=column).unique().drop_nulls().join(holders, on="value", how="anti")
        return pl.concat([holders, others.with_columns(note=pl.lit("no clients now"))]).sort("value")

    return known
