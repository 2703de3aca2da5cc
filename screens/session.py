"""What every screen needs to know: the snapshot, the day, the calendar, and how names are shown."""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.office.office import Office, Seen
    from data.snapshot import Snapshot
    from fcl_tui.access.door import Door
    from fcl_tui.reports.frames import Scan
    from fcl_tui.timescales.calendar import Calendar


@dataclass
class Session:
    """One reader's session on one snapshot."""

    snapshot: "Snapshot"
    as_at: date
    door: "Door"
    """Who reads, what they may see, and where it is written down"""
    restricted: Container[str] = field(default=frozenset())
    assessment_target: float = 90.0
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
    masked: bool = False
    """Privacy: initials for names, years for dates of birth."""

    @cached_property
    def calendar(self) -> "Calendar":
        """The snapshot's working days; first asked for in a thread, after something is on the screen."""
        from fcl_tui.reports.frames import collect
        from fcl_tui.timescales.calendar import Calendar

        return Calendar.of(collect(self.snapshot.scan("holidays")))

    @property
    def scan_open(self) -> "Scan":
        """Frames for what is open on the as-at day, with as few rows as have it all."""
        snapshot, as_at = self.snapshot, self.as_at
        return lambda name: snapshot.scan_open(name, as_at)

    @property
    def data_date(self) -> date:
        """The day the snapshot speaks for."""
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
