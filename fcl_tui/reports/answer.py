"""What a report answered, with all that must be said beside it."""

from dataclasses import field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.spec import Chart
    from widgets.cells.column import Column


@dataclass(frozen=True)
class Answer:
    """One report's rows and their circumstances.

    `parts` holds what a report gives besides its rows (the overview and the other arrays of a Client
    Summary): a frame becomes an array, a mapping an object.
    """

    report: str
    title: str
    as_at: date
    snapshot_id: str
    data_date: date
    rows: "pl.DataFrame"
    tier: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    left_out: list[dict[str, Any]] = field(default_factory=list)
    parts: "dict[str, pl.DataFrame | dict[str, Any]]" = field(default_factory=dict)
    columns: "tuple[Column, ...]" = ()
    """What a screen shows, in its order, under its headings; empty: every column of the rows by its name"""
    table: "tuple[Column, ...]" = ()
    """What a screen would show of these rows, most important first: for reading in a terminal"""
    shown: "pl.DataFrame | None" = None
    """The rows with all that `table` shows; None: they have it themselves"""
    grouped_by: str | None = None
    """The column of `shown` whose values a screen sets as headings; a file has it as its first column"""
    part_columns: "dict[str, tuple[Column, ...]]" = field(default_factory=dict)
    """What a screen shows of the frames among `parts`, by their names"""
    chart: "Chart | None" = None
    """The picture that a screen draws beside the rows, for a workbook"""
    chart_rows: "pl.DataFrame | None" = None
    """What it is drawn of"""
    chart_target: float | None = None
    """The target or limit of the authority that it is held against"""
    chosen_columns: str | None = None
    """Columns asked for by name, or all; None: those that a screen would show"""
    asked: tuple[str, ...] | None = None
    """What was asked for in plain English, for headings; None: the parameters as they are"""
    authority: str = ""
    marking: str = ""
    """The authority's name and the protective marking, from the settings"""
    builds: dict[str, str] = field(default_factory=dict)
    """By format, the module:function that makes the report's own document; else the rows as a table"""
    top: str = ""
    """The lines that a screen has over the rows; empty in what is published: they hold small numbers"""
    who: str = ""
    exported: datetime | None = None
    masked: bool = False
    """Names are initials, dates of birth are gone"""

    @property
    def headline(self) -> str:
        """The line that stands over every form of the answer."""
        if self.asked is not None:
            told = self.asked
        else:
            told = tuple(
                value if name == "shown" else f"{name.replace('_', ' ')}: {value}"
                for name, value in self.parameters.items()
            )
        data = f"data of {self.data_date:%d/%m/%Y} (snapshot {self.snapshot_id})"
        return " · ".join((*self.owned, self.title, *told, f"as at {self.as_at:%d/%m/%Y}", data))

    @property
    def owned(self) -> tuple[str, ...]:
        """The protective marking and the authority's name, as far as the settings give them."""
        return tuple(one for one in (self.marking, self.authority) if one)
