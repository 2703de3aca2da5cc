"""What a report answered, with all that must be said beside it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

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
    chosen_columns: str | None = None
    """Columns asked for by name in a table, or all; None: what a screen of this width would show"""
    builds: dict[str, str] = field(default_factory=dict)
    """By format, the module:function that makes the report's own document; else the rows as a table"""
    who: str = ""
    exported: datetime | None = None
    masked: bool = False
    """Names are initials, dates of birth are gone"""

    @property
    def headline(self) -> str:
        """The line that stands over every form of the answer."""
        chosen = "".join(f" · {name.replace('_', ' ')}: {value}" for name, value in self.parameters.items())
        return (
            f"{self.title}{chosen} · as at {self.as_at:%d/%m/%Y}"
            f" · data of {self.data_date:%d/%m/%Y} (snapshot {self.snapshot_id})"
        )
