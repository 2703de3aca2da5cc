"""What the Board is made of, from a report's context: the quarter, the definitions, values, what is due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass
from fcl_tui.definitions.board import indicators, periods

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import polars as pl

    from fcl_tui.definitions.board.periods import Period
    from fcl_tui.records.board.lines import Kept, Rules
    from fcl_tui.reports.context import BoardRows, Context


@dataclass(frozen=True)
class Board:
    """The Board as at a day: the newest quarter that has ended, and all that its lines are worked out of."""

    quarter: Period
    kept: Kept
    rows: BoardRows


def _computed(context: Context, rows: BoardRows) -> pl.DataFrame:
    """The values that the data gives; worked out once for a snapshot, a day and what the reader sees."""
    import polars as pl

    from data.frames import collect
    from fcl_tui.reports.measured.board_computed import computed

    key = f"{rows.snapshot_id} {context.as_at} {rows.scope}"
    if key not in rows.memory:
        rows.memory.clear()
        rows.memory[key] = pl.concat(collect(part) for part in computed(context, rows.snapshot_id))
    return rows.memory[key]


def board_of(context: Context) -> Board:
    """What the Board looks at on the as-at day."""
    from fcl_tui.records.board.events import open_exceptions, rebases
    from fcl_tui.records.board.lines import Kept

    quarter = periods.last_quarter(context.as_at)
    rows = rows_of(context)
    definitions = indicators.frame(quarter.last, dict(context.settings.get("board_polarity") or {}))
    kept = Kept(
        definitions=definitions.lazy(),
        entered=rows.values,
        computed=_computed(context, rows).lazy(),
        targets=rows.targets,
        benchmarks=_benchmarks(context, definitions, rows, quarter.last),
        wanted=wanted(definitions, context.as_at).lazy(),
        open_exceptions=open_exceptions(rows.events, context.as_at),
        rebases=rebases(rows.events),
        rules=rules_of(context.settings),
    )
    return Board(quarter, kept, rows)


def _benchmarks(context: Context, definitions: pl.DataFrame, rows: BoardRows, last: date) -> pl.LazyFrame:
    """The comparators that were entered, and the published figures of the measures up to a day before them.

    Of counts only those entered: how many children another area has says nothing of ours.
    """
    import polars as pl

    from fcl_tui.records.board.lines import BENCHMARKS

    entered = rows.benchmarks.select(list(BENCHMARKS))
    known = context.comparators()
    wanted_of = definitions.filter((pl.col("measure") != "") & (pl.col("unit") != "number"))
    if known is None or wanted_of.is_empty():
        return entered
    names = {"england": "england", "neighbours": "statistical_neighbours", "region": "region"}
    before = pl.col("year") - 1
    told = (
        known.newest(wanted_of["measure"].to_list(), last, yearly=True)
        .filter(pl.col("who").is_in(list(names)))
        .join(wanted_of.select("no", key="measure"), on="key", how="inner")
        .select(
            "no",
            period=pl.format("{}-{}FY", before, (pl.col("year") % 100).cast(pl.String).str.zfill(2)),
            geography=pl.col("who").replace_strict(names, return_dtype=pl.String),
            value="value",
            source=pl.concat_str("label", "source", separator=": "),
            seq=pl.lit(0, pl.Int64),
        )
    )
    return pl.concat([told.lazy(), entered])


def rows_of(context: Context) -> BoardRows:
    """What the office keeps; nothing where it cannot be asked."""
    from fcl_tui.reports.context import BoardRows

    found = context.board()
    if found is not None:
        return found
    import polars as pl

    from fcl_tui.records.board import empty

    nothing = {name: pl.LazyFrame(schema=schema) for name, schema in empty.TABLES.items()}
    return BoardRows(
        values=nothing["values"],
        targets=nothing["targets"],
        benchmarks=nothing["benchmarks"],
        events=nothing["events"],
        frozen=nothing["frozen"],
        items=lambda: nothing["items"],
    )


def rules_of(settings: Mapping[str, Any]) -> Rules:
    """How the Board judges, by the settings of the authority."""
    from fcl_tui.records.board.lines import Rules

    return Rules(
        fewest=int(settings.get("fewest_cases", 10)),
        run=int(settings.get("board_run", 7)),
        screen=bool(settings.get("board_screen", True)),
    )


def wanted(definitions: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """The newest period of each indicator whose value is due on a day: no, due_period, due_end."""
    import polars as pl

    told = []
    for one in definitions.select("no", "frequency", "calendar", "lag_days", "retired").iter_rows(named=True):
        if one["retired"]:
            continue
        due = periods.newest_due(one["frequency"], one["calendar"], one["lag_days"], as_at)
        told.append((one["no"], due.name, due.last))
    schema = {"no": pl.Int64, "due_period": pl.String, "due_end": pl.Date}
    return pl.DataFrame(told, schema=schema, orient="row")


def due(definitions: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """Every period whose value the Board waits for on a day: the newest of each that is due.

    Of monthly indicators also the months before it, back to the beginning of the Board's quarter.

    Returns:
        no, due_period, due_end.
    """
    import polars as pl

    newest = wanted(definitions, as_at)
    monthly = set(definitions.filter(pl.col("frequency") == "monthly")["no"].to_list())
    begins = periods.last_quarter(as_at).first
    rows = []
    for no, name, end in newest.iter_rows():
        rows.append((no, name, end))
        month = periods.period(name)
        while no in monthly and month is not None and month.kind == "month" and month.first > begins:
            month = periods.months_to(month.first - timedelta(days=1), 1)[0]
            rows.append((no, month.name, month.last))
    return pl.DataFrame(rows, schema=newest.schema, orient="row")
