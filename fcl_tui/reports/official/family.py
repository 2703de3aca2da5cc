"""A kind of record counted over time, with its measures and what they can be told by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from data.dataclass import dataclass
from fcl_tui.definitions.days.window import Days, Window, begin_of, months_to
from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.reports.parameters.shared import FROM, TEAM, TO
from fcl_tui.reports.spec import Breakdown, Dimension, Parts, Records, Report

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query

DAY = Dimension(key="day", title="As at the day", by=("day",))
MONTH = Dimension(key="month", title="Months", by=("day", "first", "last"), label=("day",))
QUARTER = Dimension(key="quarter", title="Quarters", by=MONTH.by, label=("day",))
YEAR = Dimension(key="year", title="Years", by=MONTH.by, label=("day",))
ROLLING = Dimension(key="rolling", title="Twelve months to each month's end", by=MONTH.by, label=("day",))
STEPS = {MONTH: 1, QUARTER: 3, YEAR: 12, ROLLING: 1}
"""Dimensions of time, and the months between their days"""
BACK = {MONTH: 12, QUARTER: 22, YEAR: 25, ROLLING: 12}
"""Months that they go back without a period asked for: twelve months, eight quarters, three years"""
TEAMS = Dimension(key="team", title="Teams", by=("team",))
WORKERS = Dimension(key="worker", title="Workers", by=("team", "worker"), label=("worker",))


@dataclass(frozen=True, kw_only=True)
class Family:
    """Records over time, and the official figures counted of them."""

    key: str
    """as a word of the address of its figures: looked-after"""
    report: str
    """the report whose readers may have them"""
    noun: str
    plural: str
    rows: str
    """module:function from (scan, days), or from (context, days) with `of_context`, to rows with day"""
    measures: tuple[Measure, ...]
    dimensions: tuple[Dimension, ...] = ()
    """beside the day, month, team and worker"""
    needs: tuple[str, ...] = ()
    identified_by: tuple[str, ...] = ()
    takes: tuple[str, ...] = ("scan",)
    """what of the context the function is given before the days: scan, calendar, settings ..."""
    of_context: bool = False
    past: tuple[str, ...] = ()
    """needs without which no day before that of the data is known"""
    of_office: bool = False
    """its rows are of what the office keeps"""
    steady: tuple[str, ...] = ()
    """keys of figures that no setting changes, where its rows are given the settings"""
    of_workers: bool = False
    """its rows are of workers: what is theirs is not the sum of what some of their children tell"""
    held: bool = True
    """its rows have team and worker"""
    flagged: tuple[str, ...] = ()
    """tables of which it leaves out the rows that say so: plans held for another authority"""

    def records(self, context: Context, days: pl.LazyFrame) -> pl.LazyFrame:
        """Its rows for a frame of days (day, first, last): these columns and its own."""
        module, _, name = self.rows.partition(":")
        make: Callable[..., pl.LazyFrame] = getattr(import_module(module), name)
        if self.of_context:
            return make(context, days)
        return make(*(getattr(context, name) for name in self.takes), days)

    @property
    def prepared(self) -> bool:
        """Whether its rows follow from the data alone, so that their sums are made at a load."""
        return "settings" not in self.takes and not self.of_office

    def is_prepared(self, key: str) -> bool:
        """Whether a figure of it follows from the data alone."""
        return self.prepared or key in self.steady

    @property
    def as_records(self) -> Records:
        """Its rows at the as-at day, as every report names what it counts."""
        return self.records_over(Window("now"))

    def records_over(self, window: Window, over: Dimension | None = None) -> Records:
        """Its rows over a window, or over those of each month, quarter or year of a period."""
        return Records(
            noun=self.noun,
            plural=self.plural,
            rows=partial(_rows, self, window, over),
            needs=self.needs,
            identified_by=self.identified_by,
        )

    @property
    def every_dimension(self) -> tuple[Dimension, ...]:
        """All that its figures can be told by; the day first: it leaves nothing out."""
        held = (TEAMS, WORKERS) if self.held else ()
        return (DAY, *STEPS, *held, *self.dimensions)

    def dimension(self, key: str) -> Dimension:
        """The dimension of this key. LookupError: it has none."""
        for one in self.every_dimension:
            if one.key == key:
                return one
        raise LookupError(key)

    def measure(self, key: str) -> Measure:
        """The measure of this key. LookupError: it has none."""
        for one in self.measures:
            if one.key == key:
                return one
        raise LookupError(key)

    def breakdowns(self, window: Window) -> tuple[Breakdown, ...]:
        """A breakdown for each dimension, with the measures of one window: one number, grouped many ways."""
        those = tuple(one for one in self.measures if Window.of(one) == window)
        return tuple(
            Breakdown(
                key=f"{self.key}-{window.kind}-{window.months}-{dimension.key}",
                title=dimension.title,
                records=self.records_over(window, dimension if dimension in STEPS else None),
                dimension=dimension,
                measures=those,
                listing="",
                columns=(),
                row_key=dimension.by[0],
                parts=partial(_parts, self, window),
            )
            for dimension in self.every_dimension
        )

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows of its measures, each once."""
        return tuple(dict.fromkeys(Window.of(one) for one in self.measures))

    def as_report(self) -> Report:
        """Its figures as a report that `measure` can ask: the audience is that of the report it names."""
        views = tuple(view for window in self.windows for view in self.breakdowns(window))
        return Report(key=self.report, parameters=(TEAM, FROM, TO), views=views)


Asked: TypeAlias = "tuple[Family, Sequence[Measure], Days]"
"""Measures of one family, and the days with the window that they share"""


def days_asked(window: Window, context: Context, query: Query, over: Dimension | None = None) -> Days:
    """The days a question means: the as-at day, or the ends of months, quarters or years of the period.

    Args:
        over: of STEPS; without a period asked for it goes back as far as BACK has it.
    """
    first, last = query.day("from"), query.day("to")
    if over is None:
        return [(context.as_at, *window.on(context.as_at, first, last))]
    until, months = min(last or context.as_at, context.as_at), STEPS[over]
    since = first or begin_of(months_to(until, BACK[over])[0], months)
    shown = Window("rolling") if over == ROLLING and window.kind == "period" else window
    return shown.monthly(since, until, months)


def _parts(family: Family, window: Window, context: Context, query: Query) -> Parts:
    """What of the tables it needs is in no figure, and why; the rows are not used."""
    from fcl_tui.records.over_time.uncounted import uncounted

    tables = tuple(need for need in family.needs if "." not in need)
    first, _ = window.on(context.as_at, query.day("from"), query.day("to"))
    left_out = uncounted(context.scan, tables, first, family.flagged)
    return Parts(left_out.select(), left_out)


def _rows(
    family: Family, window: Window, over: Dimension | None, context: Context, query: Query
) -> pl.LazyFrame:
    from fcl_tui.definitions.days.asked import frame

    return family.records(context, frame(days_asked(window, context, query, over)))
