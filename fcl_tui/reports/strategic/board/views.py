"""The Board's views: the 51 lines, one indicator, and what was done about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.reports.spec import Parts

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.strategic.board.kept import Board


def _with_short(rows: pl.LazyFrame) -> pl.LazyFrame:
    """With short: what an indicator is called where there is little room."""
    import polars as pl

    from fcl_tui.definitions.board.short_names import SHORT_NAMES

    return rows.with_columns(short=pl.col("name").replace(SHORT_NAMES))


def _all_lines(board: Board) -> pl.LazyFrame:
    """The Board's lines with short names, and who owns each."""
    from fcl_tui.records.board.events import owners
    from fcl_tui.records.board.lines import lines
    from fcl_tui.records.board.shown import shown

    told = lines(board.kept, board.quarter.last)
    return _with_short(shown(told).join(owners(board.rows.events), on="no", how="left"))


def _narrowed(rows: pl.LazyFrame, query: Query) -> pl.LazyFrame:
    import polars as pl

    forum = query.text("forum")
    if forum == "corporate":
        rows = rows.filter("corporate")
    elif forum == "dmt":
        rows = rows.filter(pl.col("goes_to") == "DMT")
    elif forum is not None:
        rows = rows.filter(pl.col("teams").list.contains(forum))
    if query.flag("attention"):
        rows = rows.filter(pl.col("rag").is_in(["red", "amber"]))
    kpi = query.text("kpi")
    return rows if kpi is None else rows.filter(pl.col("kpi") == kpi)


def listed(order: tuple[str, ...]) -> Callable[[Context, Query], Parts]:
    """The 51 lines in an order, with the line on top and why some have no colour."""

    def build(context: Context, query: Query) -> Parts:
        from data.frames import collect
        from fcl_tui.records.board.shown import greys, headline
        from fcl_tui.reports.strategic.board.kept import board_of

        board = board_of(context)
        every = collect(_narrowed(_all_lines(board), query.changed(attention=None)).sort(*order, "no"))
        rows = collect(_narrowed(every.lazy(), query))
        name = board.quarter.name
        beside = _of_everything(board, context)
        return Parts(
            rows.lazy(),
            left_out=greys(rows.lazy()),
            beside=beside,
            headline=lambda _: headline(every, name),
            words={"quarter": name},
        )

    return build


def _of_everything(board: Board, context: Context) -> dict[str, pl.LazyFrame]:
    """What a pack has beside the lines."""
    from fcl_tui.records.board import events
    from fcl_tui.records.board.lines import charts, series
    from fcl_tui.records.board.one import expected
    from fcl_tui.records.board.register import summary

    told = board.rows.events
    return {
        "series": series(board.kept),
        "charts": charts(board.kept, board.quarter.last),
        "targets": board.rows.targets,
        "benchmarks": board.rows.benchmarks,
        "exceptions": expected(events.exceptions(told, context.as_at), series(board.kept)),
        "thanks": events.thanks(told),
        "comments": events.comments(told),
        "registers": summary(board.rows.items(), context.calendar, context.as_at),
    }


def one(context: Context, query: Query) -> Parts:
    """The values of one indicator (of all without its number), newest first, superseded ones too.

    Beside those of one is all there is to say of it.
    """
    import polars as pl

    from data.frames import collect
    from fcl_tui.records.board import events
    from fcl_tui.records.board.lines import charts, series
    from fcl_tui.records.board.one import expected, points, values, with_expected
    from fcl_tui.reports.strategic.board.kept import board_of

    board = board_of(context)
    kpi = query.text("kpi")
    mine = pl.lit(value=True) if kpi is None else pl.col("no") == int(kpi)
    steps = collect(series(board.kept).filter(mine))
    drawn = collect(charts(board.kept, board.quarter.last).filter(mine))
    rows = values(steps.lazy(), board.rows.values.filter(mine), drawn.lazy())
    alone = pl.lit(kpi is not None)
    told = board.rows.events.filter(mine & alone)
    answers = collect(events.exceptions(told, context.as_at))["trajectory"].drop_nulls()  # the newest first
    answer = answers[0] if kpi is not None and answers.len() else None
    return Parts(
        rows,
        beside={
            "line": _all_lines(board).filter(mine & alone),
            "points": with_expected(points(drawn.lazy(), steps.lazy()).filter(alone), answer),
            "chart": drawn.lazy(),
            "comments": events.comments(told),
            "exceptions": expected(events.exceptions(told, context.as_at), steps.lazy()),
            "targets": board.rows.targets.filter(mine).sort("seq", descending=True),
        },
        headline=lambda frames: _called(frames["line"]),
        words={"quarter": board.quarter.name},
    )


def _called(line: pl.DataFrame) -> str:
    if line.is_empty():
        return ""
    told = line.row(0, named=True)
    return f"{told['no']} {told['name']}, {told['polarity']} is good"


def exceptions(context: Context, query: Query) -> Parts:
    """Every exception report, the newest first, with what was expected and what came."""
    from fcl_tui.records.board import events
    from fcl_tui.records.board.lines import series
    from fcl_tui.records.board.one import expected
    from fcl_tui.reports.strategic.board.kept import board_of

    board = board_of(context)
    rows = events.exceptions(board.rows.events, context.as_at)
    names = board.kept.definitions.select("no", "name", "unit")
    named = rows.join(names, on="no", how="left", maintain_order="left")
    told = expected(named, series(board.kept))
    return Parts(_of_kpi(_with_short(told), query))


def _of_kpi(rows: pl.LazyFrame, query: Query) -> pl.LazyFrame:
    import polars as pl

    kpi = query.text("kpi")
    return rows if kpi is None else rows.filter(pl.col("no").cast(pl.String) == kpi)


def thanks(context: Context, query: Query) -> Parts:
    """Every note of thanks, the newest first."""
    from fcl_tui.records.board.events import thanks as notes
    from fcl_tui.reports.strategic.board.kept import rows_of

    return Parts(_of_kpi(notes(rows_of(context).events), query))


def meetings(context: Context, query: Query) -> Parts:  # noqa: ARG001  the same face as every build
    """Every meeting, the newest first, with how many figures it has frozen."""
    import polars as pl

    from fcl_tui.records.board.events import meetings as held
    from fcl_tui.reports.strategic.board.kept import rows_of

    rows = rows_of(context)
    counts = rows.frozen.group_by("meeting").agg(frozen=pl.len().cast(pl.Int64))
    told = held(rows.events).join(counts, left_on="subject", right_on="meeting", how="left")
    return Parts(told.with_columns(pl.col("frozen").fill_null(0)).sort("day", descending=True))


def reported(context: Context, query: Query) -> Parts:
    """The figures that meetings froze, each beside what the same period is now."""
    from fcl_tui.records.board.events import meetings as held
    from fcl_tui.records.board.lines import series
    from fcl_tui.records.board.one import as_reported
    from fcl_tui.reports.strategic.board.kept import board_of

    board = board_of(context)
    told = as_reported(board.rows.frozen, held(board.rows.events), series(board.kept), board.kept.definitions)
    return Parts(_of_kpi(_with_short(told), query))


def registers(context: Context, query: Query) -> Parts:  # noqa: ARG001
    """One row per standing register: lines, open, overdue, done in time."""
    from fcl_tui.records.board.register import summary
    from fcl_tui.reports.strategic.board.kept import rows_of

    return Parts(summary(rows_of(context).items(), context.calendar, context.as_at))


def items(context: Context, query: Query) -> Parts:
    """The lines of the registers, overdue first."""
    import polars as pl

    from fcl_tui.records.board.register import lines
    from fcl_tui.reports.strategic.board.kept import rows_of

    rows = lines(rows_of(context).items(), context.calendar, context.as_at)
    wanted = query.text("register")
    return Parts(rows if wanted is None else rows.filter(pl.col("register") == wanted))


def due(context: Context, query: Query) -> Parts:
    """The values that are due and not entered, the longest due first."""
    from data.frames import collect
    from fcl_tui.records.board.lines import series
    from fcl_tui.records.board.one import values_due
    from fcl_tui.records.board.series import held, latest
    from fcl_tui.reports.strategic.board.kept import board_of
    from fcl_tui.reports.strategic.board.kept import due as waited_for

    board = board_of(context)
    kept = board.kept
    known = held(latest(kept.entered), kept.computed, kept.definitions)
    waits = waited_for(collect(kept.definitions), context.as_at).lazy()
    rows = values_due(_all_lines(board), waits, known, series(kept), context.as_at)
    return Parts(_narrowed_by_forum(rows, query))


def _narrowed_by_forum(rows: pl.LazyFrame, query: Query) -> pl.LazyFrame:
    return _narrowed(rows, query.changed(attention=None))
