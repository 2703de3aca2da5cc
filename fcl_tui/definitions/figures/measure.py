"""A number of the reports: what it counts, out of what, in which unit. Data alone, as all declarations."""

from typing import Literal

from data.dataclass import dataclass

PERCENT = ("%", "per cent")
"""The units of a percentage"""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One number, defined once: what it counts, out of what, in which unit, and which way is better.

    `where` and `out_of` are conditions on the records' columns, in SQL as Polars reads it: they are the
    definition itself, so a figure's rows are the records that meet its condition, and nothing else.
    A `share` is the records that meet `where` out of those that meet `out_of`, in per cent, unrounded, and
    null when there is nothing to count. A `distribution` is the share of a group in all groups together;
    `steps` are counts of groups in the order of their dimension, each beside the one before. A `ratio` is
    the records that meet `where` for each that meets `out_of`, and a `sum_for_each` the sum of `of` by the
    sum of `over`. A `rate` is the records that meet `where` a year and 10,000 children of the population. A
    count with `out_of` says that number beside it. median, p25, p75 and p90 are of `of` over the records that
    meet `where`.
    """

    key: str
    label: str
    statistic: Literal[
        "count",
        "children",
        "families",
        "share",
        "distribution",
        "steps",
        "rate",
        "ratio",
        "sum_for_each",
        "median",
        "p25",
        "p75",
        "p90",
        "sum",
        "mean",
        "largest",
    ] = "count"
    where: str = "true"
    out_of: str | None = None
    of: str | None = None
    """the column of a median, nine in ten, sum, mean or largest"""
    over: str = ""
    """the column whose sum a sum_for_each is divided by"""
    unit: str = ""
    """what one of them is: assessments, children, working days, per cent"""
    higher_is_better: bool | None = None
    target: str | None = None
    """the setting that holds its target"""
    definition: str = ""
    """in a sentence, for `w`"""
    source: str = ""
    """the regulation, guidance or return that it comes from"""
    window: Literal["now", "period", "rolling"] = "period"
    """as at a day, in the chosen period, or the months ending on the day"""
    months: int = 12
    """of a rolling window"""
    spread: str = ""
    """the dimension it is always told by, each group out of all groups together"""
    opens: bool = True
    """offered when a row is opened"""
    needs: tuple[str, ...] = ()
    """tables, table.field, earlier data or a setting (see `reports.measured.known`): without them it is not
    known"""

    @property
    def is_percent(self) -> bool:
        """Whether it is read with the sign of a percentage."""
        return self.unit in PERCENT
