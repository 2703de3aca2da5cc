"""What a report may know: frames, the day, the calendar, and what people keep beside the data."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from data.frames import Scan
    from fcl_tui.definitions.calendar import Calendar


@dataclass(frozen=True)
class Earlier:
    """Data of an earlier day to compare with."""

    scan: Scan
    day: date
    words: str = ""
    first: bool = False
    """the reader has not looked before: there is nothing that could be new to them"""
    stood: pl.LazyFrame | None = None
    """how the work stood on that day, where somebody has worked it out already"""


@dataclass(frozen=True)
class Supervised:
    """The supervisions a reader may see, and of which workers."""

    rows: pl.LazyFrame
    """one row per worker, day and kind: worker, supervisor, day (Date), kind (personal, case, group), state
    (held, booked, cancelled), children (List of those the reader may see)"""
    everyone: bool = True
    """false: of workers in `teams` and those named in `workers` alone"""
    teams: frozenset[str] = frozenset()
    workers: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Context:
    """Made for each question by the command line or by a screen's session.

    The functions read only when they are called: a report that has no use for marks reads none.
    """

    scan: Scan
    scan_open: Scan
    """frames for what is open on the as-at day, with as few rows as have it all"""
    calendar: Calendar
    as_at: date
    data_date: date
    user: str
    """whose marks are "mine\""""
    settings: Mapping[str, Any]
    """targets and limits of the authority, by their names in settings.toml"""
    restricted: Container[str]
    marks: Callable[[], pl.LazyFrame]
    leave: Callable[[], pl.DataFrame]
    previous: Callable[[], Earlier | None]
    """the snapshot before, of the same kinds of source"""
    last_visit: Callable[[], Earlier]
    """what My day compares with"""
    carers: Callable[[], pl.DataFrame | None] = field(default=lambda: None)
    """the authority's list of foster carers (`access.carers.carers`); None: it keeps none"""
    supervisions: Callable[[], Supervised | None] = field(default=lambda: None)
    """supervisions of staff (`access.supervision.supervisions`); None: none were entered"""
    population: Callable[[], Mapping[int, int]] = field(default=dict)
    """children aged 0 to 17 by the year of the mid-year estimate; empty: none is known"""
    month_figures: Callable[[], pl.LazyFrame | None] = field(default=lambda: None)
    """prepared sums of all children (`prepared.figures`); None: there are none, or not for this reader"""
    log: Callable[[], tuple[pl.DataFrame, pl.DataFrame]]
    """the newest rows of the access log, and what is not listed"""
