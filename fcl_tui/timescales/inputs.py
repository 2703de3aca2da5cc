"""What every rule stands on: the source, its gaps, the rules, and the shape of what a rule gives."""

from collections.abc import Callable
from dataclasses import field

import polars as pl

from data.dataclass import dataclass
from data.frames import Scan, collect
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.timescales.due import later
from fcl_tui.timescales.rulebook.rules import Rules, Settings

CLOCK: dict[str, type[pl.DataType]] = {
    "person_id": pl.String,
    "rule": pl.String,
    "spell": pl.String,
    "cycle": pl.Int32,
    "step": pl.String,
    "started": pl.Date,
    "known_from": pl.Date,
    "done_date": pl.Date,
    "ended": pl.Date,
    "ended_by": pl.String,
    "waived": pl.Boolean,
    "soft": pl.Boolean,
    "at_latest": pl.Date,
    "unknown": pl.String,
    "limit_age": pl.Int32,
    "started_by": pl.String,
    "assumed": pl.String,
    "source_rows": pl.String,
}
"""What a rule gives the engine, one row per cycle.

step picks the interval. known_from: the day on which it became known that the cycle is owed, where that is
later than its start; before it the item is not shown. waived: once ended, nothing was missed whatever the
day. soft: past its due date it asks for a look (due soon), it is not overdue. at_latest: where the source
leaves open which interval holds, the due date is the earliest it can be and this the latest; until it has
passed the item is soft. unknown: why there is no due date although the cycle exists. limit_age: another age
limit than the rule's own.
"""


@dataclass(frozen=True)
class Ground:
    """The frames of one source with the rules in force."""

    scan: Scan
    rules: Rules
    calendar: Calendar
    coverage: pl.DataFrame
    _kept: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    def kept(self, name: str, make: Callable[[], pl.LazyFrame]) -> pl.LazyFrame:
        """A frame that several rules share (births, periods of care, placements), made once and held."""
        if name not in self._kept:
            self._kept[name] = collect(make())
        return self._kept[name].lazy()

    def births(self) -> pl.LazyFrame:
        """person_id (unique), dob, died (Date), birth_row (the name of the row that tells the birth)."""
        return self.kept(
            "births",
            lambda: (
                self.scan("person")
                .select(
                    person_id="pers_person_id",
                    dob="pers_dob",
                    died="pers_death_date",
                    birth_row=pl.lit("person/") + pl.col("pers_person_id"),
                )
                .filter(pl.col("person_id").is_not_null())
                .unique("person_id", keep="first", maintain_order=True)
            ),
        )

    @property
    def settings(self) -> Settings:
        return self.rules.settings

    def runs(self, rule: str) -> bool:
        """Whether the rule is on and the source can feed it."""
        return not self.rules.missing(self.rules[rule], self.coverage)

    def partial(self, table: str) -> bool:
        """Whether the source says it holds only some of the rows or fields of this table."""
        return not self.coverage.filter(pl.col("table") == table, pl.col("coverage") == "partial").is_empty()

    def latest_only(self, table: str) -> bool:
        """Whether the source holds only the latest row of a child."""
        return not self.coverage.filter(pl.col("table") == table, pl.col("latest_only")).is_empty()

    def due(self, rule: str, step: str, start: pl.Expr) -> pl.Expr:
        """When this interval ends for a clock started on `start`: the interval of that day, for all teams."""
        several = self.rules[rule].steps[step]
        ends = later(start, several[0].every, several[0].unit, self.calendar)
        for one in several[1:]:
            mine = later(start, one.every, one.unit, self.calendar)
            ends = pl.when(start >= pl.lit(one.valid_from)).then(mine).otherwise(ends)
        return ends


def ground(scan: Scan, rules: Rules, calendar: Calendar) -> Ground:
    """Read the small `coverage` frame, which decides what can be known, and keep the rest lazy."""
    coverage = collect(
        scan("coverage").select(
            "table", "coverage", pl.col("latest_only").fill_null(False), "missing_columns"
        )
    )
    return Ground(scan, rules, calendar, coverage)


def clock(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The frame in the shape of `CLOCK`; what a rule does not say is null (false)."""
    given = frame.collect_schema().names()
    filled = frame.with_columns(
        *(pl.lit(None, kind).alias(name) for name, kind in CLOCK.items() if name not in given)
    )
    return filled.select(
        pl.col(name).cast(kind) if kind is not pl.Boolean else pl.col(name).cast(kind).fill_null(False)
        for name, kind in CLOCK.items()
    )
