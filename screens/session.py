"""What every screen needs to know: the snapshot, the day, the calendar, and how names are shown."""

from collections.abc import Callable, Container, Mapping
from dataclasses import field
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass

if TYPE_CHECKING:
    import polars as pl

    from data.frames import Scan
    from data.office.office import Office, Seen
    from data.snapshots.reader import Snapshot
    from fcl_tui.access.gate import Door
    from fcl_tui.definitions.days.calendar import Calendar
    from fcl_tui.definitions.figures.comparators import Comparators
    from fcl_tui.reports.context import Audited, BoardRows, Context, Earlier, Highlights, Supervised


@dataclass
class Session:
    """One reader's session on one snapshot."""

    snapshot: "Snapshot"
    as_at: date
    door: "Door"
    """Who reads, what they may see, and where it is written down"""
    restricted: Container[str] = field(default=frozenset())
    figures: Mapping[str, Any] = field(default_factory=dict)
    """Targets and limits of the authority, by their names in settings.toml"""
    stale_after_hours: int = 24
    exports: Path = field(default_factory=Path.cwd)
    """Where files of this session go"""
    leave_file: Path | None = None
    """The authority's list of who is on leave when, if it keeps one"""
    office: "Office | None" = None
    """Where marks are kept"""
    who: str = "unknown"
    """Who marks are by"""
    seen: "Seen | None" = None
    """The marks, as they were last read"""
    given_day: date | None = None
    """The as-at day asked for, at the start or by a saved view; None: today, whatever day that has become"""
    opens: str | None = None
    """The name of the saved view asked for at the start"""
    team: str | None = None
    """The team the reader chose last, by any list; lists open on it. None: all"""
    team_known: bool = False
    """Whether that has been read or chosen"""
    board_memory: "dict[str, pl.DataFrame]" = field(default_factory=dict)
    """The Board's values of the data, as they were worked out last"""
    masked: bool = False
    """Privacy: initials for names, years for dates of birth."""

    @cached_property
    def calendar(self) -> "Calendar":
        """The snapshot's working days; first asked for in a thread, after something is on the screen."""
        from data.frames import collect
        from fcl_tui.definitions.days.calendar import Calendar

        return Calendar.of(collect(self.snapshot.scan("holidays")))

    def own_team(self) -> str | None:
        """The team the reader chose last, read once; None where it holds nobody they may see today.

        Runs in a thread. What cannot be read now is as if none had been chosen.
        """
        from data.errors import DataError
        from data.office.own_team import kept_team

        if self.team_known or self.office is None:
            self.team_known = True
            return self.team
        try:
            kept = kept_team(self.office, self.who)
        except DataError:
            kept = None
        if kept is not None:
            from data.frames import collect
            from fcl_tui.definitions.choices import teams

            there = collect(teams(self.scan_open, self.as_at))["team"]
            kept = kept if kept in there else None
        if not self.team_known:  # else the reader has chosen one meanwhile
            self.team, self.team_known = kept, True
        return self.team

    def keep_team(self, team: str | None) -> None:
        """Keep in the office database what `team` has become. Runs in a thread. DataError as `keep_team`."""
        from data.office.own_team import keep_team

        if self.office is not None and self.door.home.exists():
            keep_team(self.office, self.who, team)

    def context(
        self,
        marks: "Callable[[], pl.DataFrame] | None" = None,
        last_visit: "Callable[[], Earlier] | None" = None,
    ) -> "Context":
        """What a report may know in this session; made in a thread, since it may read the calendar.

        Args:
            marks: gives the marks as far as they are known; None: as they were last read.
            last_visit: gives what My day compares with; None: the snapshot before.
        """
        from fcl_tui.access import context_sources as sources
        from fcl_tui.config.leave import read
        from fcl_tui.reports.context import Context

        known_marks, compared = marks or self.marks, cache(self._comparators)
        snapshot, as_at = self.snapshot.for_answer(), self.as_at
        return Context(
            scan=snapshot.scan,
            scan_open=lambda name: snapshot.scan_open(name, as_at),
            calendar=self.calendar,
            as_at=self.as_at,
            data_date=self.data_date,
            user=self.who,
            settings=self.figures,
            restricted=self.restricted,
            whole=sources.sees_all(self.door),
            marks=lambda: sources.chased_until(known_marks().lazy(), self.calendar, self.figures),
            leave=lambda: read(self.leave_file),
            carers=self._carers,
            supervisions=self._supervisions,
            audits=self._audits,
            board=self._board,
            highlights=self._highlights,
            comparators=compared,
            population=lambda: known.population if (known := compared()) is not None else {},
            month_figures=lambda: sources.month_figures(self.snapshot),
            previous=lambda: sources.previous(self.snapshot),
            last_visit=last_visit or (lambda: sources.compared_with(self.snapshot, None, self.as_at)),
            log=lambda: sources.newest_looks(self.door),
        )

    def _carers(self) -> "pl.DataFrame | None":
        from fcl_tui.access.carers import carers

        if self.leave_file is None:
            return None
        home, demo = self.leave_file.parent, self.snapshot.manifest.demo
        return carers(home, self.door, self.snapshot.scan, demo=demo)

    def _highlights(self) -> "Highlights | None":
        from fcl_tui.access.board.highlights import highlights

        return highlights(self.door, self.office)

    def _comparators(self) -> "Comparators | None":
        from fcl_tui.access.board.comparators import comparators

        return comparators(self.office, self.figures, demo=self.snapshot.manifest.demo)

    def _supervisions(self) -> "Supervised | None":
        from fcl_tui.access.supervision import supervisions

        return supervisions(self.door, self.snapshot.scan, demo=self.snapshot.manifest.demo)

    def _audits(self) -> "Audited | None":
        from fcl_tui.access.quality.rows import audited

        return audited(self.door, self.snapshot.scan, self.as_at, demo=self.snapshot.manifest.demo)

    def _board(self) -> "BoardRows | None":
        from fcl_tui.access.board.rows import board_rows

        demo = self.snapshot.manifest.demo
        return board_rows(self.door, self.snapshot.id, demo=demo, memory=self.board_memory)

    def marks(self) -> "pl.DataFrame":
        """The marks as they were last read; none before."""
        from data.office.office import schema

        if self.seen is not None:
            return self.seen.marks
        import polars as pl

        return pl.DataFrame(schema=schema())

    def marks_known(self) -> bool:
        """Whether all marks are read, or there are none. Runs in a thread."""
        return self.seen is not None or self.office is None or not self.office.in_use("marks")

    @property
    def scan_open(self) -> "Scan":
        """Frames for what is open on the as-at day, with as few rows as have it all."""
        snapshot, as_at = self.snapshot, self.as_at
        return lambda name: snapshot.scan_open(name, as_at)

    @property
    def data_date(self) -> date:
        """The date of the snapshot."""
        return self.snapshot.manifest.data_date

    def stale(self, now: datetime) -> bool:
        """Whether the snapshot is older than the authority wants it to be."""
        return (now - self.snapshot.manifest.created).total_seconds() > self.stale_after_hours * 3600

    def age(self, now: datetime) -> str:
        """How old the snapshot is, in words."""
        days = (now.date() - self.snapshot.manifest.created.date()).days
        if days <= 0:
            return "loaded today"
        return "loaded yesterday" if days == 1 else f"loaded {days} days ago"
