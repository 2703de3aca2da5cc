"""From sources to a snapshot: the one place where data and reports meet on the way in."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from data.errors import DataError
from data.snapshots import open_rows as still_open
from data.sources.base import PlaceCount, Progress, silent
from fcl_tui.loading.loss_guard import MAX_LOSS, Accept, Guard, last_alike, refused
from fcl_tui.loading.prepare import write_prepared
from fcl_tui.loading.summary import LoadResult, account, notes, nothing_usable, numbers_its_rows

if TYPE_CHECKING:
    import polars as pl

    from data.frames import Scan
    from data.snapshots.writer import Staging
    from data.sources.base import Source

__all__ = ["KEEP", "LoadResult", "load"]

Prepare: TypeAlias = "Callable[[Scan, Any, Any], Mapping[str, pl.LazyFrame]]"
"""Makes the prepared frames of the tables, the rules and the calendar."""

KEEP = 5
"""Snapshots kept, the one in use among them."""

YEARS_AHEAD = 3
"""Bank holidays are known this many years after the day of the data."""


def load(
    sources: Sequence[str | Source],
    home: Path,
    *,
    progress: Progress = silent,
    schema: str | None = None,
    data_date: date | None = None,
    demo: bool = False,
    rules_path: Path | None = None,
    closures: Sequence[date] = (),
    keep: int = KEEP,
    max_loss: float = MAX_LOSS,
    accept: Accept = refused,
    prepare: Prepare | None = None,
) -> LoadResult:
    """Read the sources into the next snapshot and put it in use.

    Args:
        sources: database URLs, paths or open sources. What an earlier one says about a child wins.
        home: the application's folder; made if it is not there.
        progress: told what is being done.
        schema: where the tables are in a database, if not in its default schema.
        data_date: the date of the data; None takes the newest the sources say, else today.
        demo: whether the data is made up.
        rules_path: a file of rules that override the packaged ones.
        closures: days on which the authority is closed; they are no working days.
        keep: how many snapshots to keep.
        max_loss: percent of the children that may go against the last snapshot of the same kinds of source.
        accept: asked, with what would go, whether a load that loses more is right.
        prepare: makes the prepared frames; None takes the application's own and adds up the figures by
            month, without which the strategic reports count them from the rows.

    Raises:
        DataError: something about sources, folder or disk; the last snapshot is still in use.
    """
    from data.snapshots.writer import staging
    from data.sources import open_sources

    started = time.monotonic()
    if not sources:
        raise DataError("There is nothing to load. Give a database URL, a file or a folder.")
    opened = open_sources(sources, schema=schema)
    twice = [name for name, count in Counter(each.name for each in opened).items() if count > 1]
    if twice:
        raise DataError(f"Two of the sources are called {twice[0]}. Give each its own name, or give it once.")
    with staging(home) as place:
        last = None if demo else last_alike(home, {each.kind for each in opened})
        return _Load(place, opened, progress).run(
            data_date,
            guard=Guard(last, max_loss, accept),
            demo=demo,
            rules_path=rules_path,
            closures=closures,
            keep=keep,
            prepare=prepare,
            started=started,
        )


class _Load:
    """One load: its staging directory, its sources and its counts."""

    def __init__(self, place: Staging, sources: Sequence[Source], progress: Progress) -> None:
        self._place, self._sources, self._progress = place, sources, progress
        self._rows_in: Counter[str] = Counter()
        self._rows_out: dict[str, int] = {}
        self._held: dict[str, pl.DataFrame] = {}
        self._issue_parts = 0
        self._written: dict[str, Path] = {}

    def run(
        self,
        day: date | None,
        *,
        guard: Guard,
        demo: bool,
        rules_path: Path | None,
        closures: Sequence[date],
        keep: int,
        prepare: Prepare | None,
        started: float,
    ) -> LoadResult:
        from data.snapshots.manifest import SourceInfo

        for number, source in enumerate(self._sources):
            self._read(number, source)
        known = [said for source in self._sources if (said := source.data_date()) is not None]
        day = day or max(known, default=date.today())
        self._finish_tables()
        self._check(day)
        coverage = self._coverage()
        issues = self._issues()
        if not any(self._rows_out.values()):
            raise DataError(nothing_usable(self._sources, issues))
        self._prepare(day, rules_path, closures, prepare)
        self._progress("Comparing with the last snapshot", 0, None)
        shrunk = guard.passed(self._scan, self._rows_out, day)
        places = {source.name: self._account(source) for source in self._sources}
        rows_in = {name: sum(place.rows_in for place in counted) for name, counted in places.items()}
        infos = tuple(
            SourceInfo(each.kind, each.name, each.checksum(), rows_in[each.name], each.data_date())
            for each in self._sources
        )
        self._progress("Putting the snapshot in use", 0, None)
        manifest = self._place.publish(infos, self._infos(coverage), day, demo=demo, keep=keep)
        return LoadResult(
            manifest.id,
            day,
            places,
            dict(self._rows_out),
            issues,
            time.monotonic() - started,
            [*notes(self._sources, day), *shrunk],
        )

    def _scan(self, name: str) -> pl.LazyFrame:
        import polars as pl

        return pl.scan_parquet(self._written[name], glob=False)

    def _read(self, number: int, source: Source) -> None:
        """Spool every batch to disk, so that memory holds one at a time."""
        for count, batch in enumerate(source.batches(self._progress)):
            self._tell(batch.issues)
            if len(batch.frame):
                self._rows_in[batch.table] += len(batch.frame)
                folder = self._place.spool(f"{number}/{batch.table}")
                batch.frame.write_parquet(
                    folder / f"{count:06d}.parquet", compression="lz4", statistics=False
                )

    def _tell(self, issues: pl.DataFrame) -> None:
        if len(issues):
            folder = self._place.spool("issues")
            issues.write_parquet(
                folder / f"{self._issue_parts:06d}.parquet", compression="lz4", statistics=False
            )
            self._issue_parts += 1

    def _finish_tables(self) -> None:
        from data.merging.merge import Part, finished
        from data.schema.tables import names

        rows_in = sum(self._rows_in.values())
        for table in names():
            self._progress(f"Putting {table} in order", sum(self._rows_out.values()), rows_in)
            parts = [
                Part(
                    self._spooled(f"{number}/{table}", table),
                    numbers_its_rows(source),
                    self._spool_of(number),
                )
                for number, source in enumerate(self._sources)
            ]
            table_done = finished(table, parts, self._scan)
            self._tell(table_done.issues)
            self._held[table] = table_done.held
            name = f"tables/{table}"
            self._written[table] = self._place.write_sorted(name, table_done.frame, table_done.order)
            self._rows_out[table] = self._place.rows(name)
        for number in range(len(self._sources)):
            self._place.drop(str(number))

    def _spooled(self, name: str, table: str) -> pl.LazyFrame:
        import polars as pl

        from data.schema.tables import polars_schema

        files = sorted(self._place.spool(name).glob("*.parquet"))
        if not files:
            return pl.LazyFrame(schema=polars_schema(table))
        return pl.scan_parquet(files, glob=False)

    def _spool_of(self, number: int) -> Scan:
        """What one source gave, by table, as it came."""
        return lambda name: self._spooled(f"{number}/{name}", name)

    def _check(self, day: date) -> None:
        from data.checks.run import checks

        self._progress("Checking the data", 0, None)
        for issues in checks(self._scan, day):
            self._tell(issues)

    def _coverage(self) -> pl.DataFrame:
        from data.checks.run import best_coverage

        coverage = best_coverage([source.coverage() for source in self._sources])
        self._written["coverage"] = self._place.write("prepared/coverage", coverage)
        return coverage

    def _issues(self) -> dict[tuple[str, str], int]:
        from data.issues.files import in_order, told

        files = sorted(self._place.spool("issues").glob("*.parquet"))
        issues = told(files)
        self._written["issues"] = self._place.write_parts("issues", in_order(issues))
        counts = (
            issues.group_by("severity", "rule")
            .len()
            .sort("severity", "len", "rule", descending=[False, True, False])
            .collect(engine="streaming")
        )
        return {(severity, rule): count for severity, rule, count in counts.iter_rows()}

    def _prepare(
        self, day: date, rules_path: Path | None, closures: Sequence[date], prepare: Prepare | None
    ) -> None:
        from data.checks.run import first_year
        from fcl_tui.definitions.days.calendar import Calendar
        from fcl_tui.timescales.rulebook.packaged import load_rules

        own = prepare is None
        if prepare is None:
            from fcl_tui.prepared.prepare import prepared

            prepare = prepared
        try:
            rules = load_rules(rules_path)
        except ValueError as error:
            raise DataError(f"The rules cannot be used: {error}") from error
        calendar = Calendar.england(first_year(self._scan, day), day.year + YEARS_AHEAD, closures)

        def make(scan: Scan) -> Mapping[str, pl.LazyFrame]:
            return prepare(scan, rules, calendar)

        self._written |= write_prepared(self._place, self._scan, make, self._rows_out, self._progress)
        if own:
            from fcl_tui.loading.find_index import write_find_index
            from fcl_tui.loading.month_figures import write_month_figures
            from fcl_tui.prepared.figures import NAME

            self._written[NAME] = write_month_figures(self._place, self._scan, calendar, day, self._progress)
            self._written |= write_find_index(self._place, self._scan, day, self._progress)
        for name in still_open.ENDS:
            if name in self._written:
                self._progress(f"Setting apart {name.replace('_', ' ')} that are open", 0, None)
                rows = self._scan(name).filter(still_open.not_over(name, day))
                self._place.sink(f"prepared/{still_open.file_of(name)}", rows)

    def _account(self, source: Source) -> list[PlaceCount]:
        import polars as pl

        held = pl.concat(list(self._held.values())).filter(pl.col("source") == source.name)
        return account(source, held, (self._scan(table) for table in self._rows_out))

    def _infos(self, coverage: pl.DataFrame) -> dict[str, Any]:
        from data.snapshots.manifest import TableInfo

        said = {row["table"]: row for row in coverage.iter_rows(named=True)}
        return {
            table: TableInfo(
                self._rows_in[table],
                rows,
                len(self._held[table]),
                said[table]["coverage"],
                said[table]["note"],
            )
            for table, rows in self._rows_out.items()
        }
