"""What a report may know: frames, the day, the calendar, and what people keep beside the data."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass

if TYPE_CHECKING:
    import polars as pl

    from data.frames import Scan
    from fcl_tui.definitions.coverage import Coverage
    from fcl_tui.definitions.days.calendar import Calendar
    from fcl_tui.definitions.figures.comparators import Comparators


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


@dataclass(frozen=True)
class Audited:
    """The audits of practice as a reader may see them."""

    cases: pl.LazyFrame
    """`quality.current.cases` with name and part (what the reader does in it: audit, moderate, manage, read;
    null: they see it in figures alone, so whose case it is and who audits it is blank)"""
    ratings: pl.LazyFrame
    """one row per audit and standard: case_id, standard_key, value, not_applicable_reason, in the
    tool's order
    """
    outcomes: pl.LazyFrame
    """one row per audit and area of part B: case_id, area, outcome"""
    actions: pl.LazyFrame
    """`quality.current.actions` of the cases that the reader sees, with pod, period, person_id, mine
    (Boolean)
    """
    rounds: pl.LazyFrame
    """round_id, kind, period, title, audits_due, moderation_due, briefing_due, in the order made"""
    returns: pl.LazyFrame
    """what other agencies gave back of the cases that the reader sees: case_id, agency, grade, findings"""
    draws: pl.LazyFrame
    """reason, count: who was left out of the newest draw of each round; round_id"""
    standards: Mapping[str, str]
    """names of standards by key"""
    pods: frozenset[str] | None
    """the pods whose figures the reader sees whatever their size; None: all"""
    fewest: int = 5
    """figures of fewer audits of another pod are not shown"""


@dataclass(frozen=True, kw_only=True)
class BoardRows:
    """What the office keeps for the Performance Board: the tables of `data.office.board`."""

    values: pl.LazyFrame
    targets: pl.LazyFrame
    benchmarks: pl.LazyFrame
    events: pl.LazyFrame
    frozen: pl.LazyFrame
    items: Callable[[], pl.LazyFrame]
    """the lines of registers, read when they are asked for; without those that the reader may not see"""
    snapshot_id: str = ""
    """the data that computed values are of"""
    scope: str = ""
    """changes whenever the reader comes to see other children"""
    memory: dict[str, pl.DataFrame] = field(default_factory=dict)
    """what was worked out of the data before, by what it depends on: the session keeps it"""


@dataclass(frozen=True)
class Highlights:
    """Comments on the indicators of a month, and the figures that were frozen for its meeting."""

    comments: pl.DataFrame
    """month (Date, its last day), key, comment, made_by, made_at"""
    frozen: pl.DataFrame
    """month, key, value, numerator, denominator, snapshot_id, frozen_by, frozen_at; none where the reader
    does not see the whole authority: the figures are of all of it"""


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
    whole: bool = True
    """whether the reader's figures are those of the whole authority"""
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
    audits: Callable[[], Audited | None] = field(default=lambda: None)
    """the audits of practice (`access.quality.rows.audited`); None: none were drawn"""
    comparators: Callable[[], Comparators | None] = field(default=lambda: None)
    """published figures of us and of others (`access.board.comparators`); None: no authority is set"""
    highlights: Callable[[], Highlights | None] = field(default=lambda: None)
    """what is kept of the months of the Monthly Highlights (`access.board.highlights`); None: nothing is"""
    population: Callable[[], Mapping[int, int]] = field(default=dict)
    """children aged 0 to 17 by the year of the mid-year estimate; empty: none is known"""
    board: Callable[[], BoardRows | None] = field(default=lambda: None)
    """what the office keeps for the Board (`access.board.rows.board_rows`); None: nothing can be kept here"""
    month_figures: Callable[[], pl.LazyFrame | None] = field(default=lambda: None)
    """prepared sums of all children (`prepared.figures`); None: there are none, or not for this reader"""
    log: Callable[[], tuple[pl.DataFrame, pl.DataFrame]]
    """the newest rows of the access log, and what is not listed"""

    @cached_property
    def coverage(self) -> Coverage:
        """What the source at hand can tell, read once a question: each figure asks it."""
        from fcl_tui.definitions.coverage import Coverage

        return Coverage.read(self.scan)
