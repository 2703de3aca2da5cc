"""What a report has beside its rows: a chart, a pane, files of its own, keys of its own. Data alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from data.dataclass import dataclass

if TYPE_CHECKING:
    import polars as pl

    from widgets.cells.held import HeldFrames


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture beside the table, of one of the frames beside the rows.

    months, bars: `value` of each row. line: that, with a column of `others` for each comparator. control:
    `others` are lower limit, mean and upper limit, and what is expected where the frame has it; `state` says
    in words what a point signals; they are columns of the frame, worked out by the report. stacked: a row per
    `label` and `part`. funnel: a row per stage. pyramid: `value` to the left, the one column of `others` to
    the right, named by their words.
    """

    kind: Literal["months", "bars", "line", "control", "stacked", "funnel", "pyramid"]
    frame: str
    label: str
    value: str
    others: tuple[tuple[str, str], ...] = ()
    """further columns and what each is called: comparators, limits"""
    part: str | None = None
    """the column that names the parts of a total"""
    words: str = ""
    """what the value is called in a legend; none: the title"""
    tone: str | None = None
    """the column with the tone of a signal: good, bad, quiet"""
    state: str | None = None
    """a column of states, which colour a bar and stand after it"""
    title: str = ""
    unit: Literal["number", "percent"] = "number"
    target: str | None = None
    """the setting of the authority that holds what it is held against"""
    target_of: str | None = None
    """the column of the frame that holds it, in place of a setting"""
    least: float | None = None
    """the figure at the foot of a chart of months, where no month is lower; none: 0"""
    most: float | None = None

    def aim(self, frame: pl.DataFrame, settings: Mapping[str, Any]) -> float | None:
        """The target or limit that its picture has a line at; None: none is known."""
        if self.target_of is not None:
            return None if frame.is_empty() else frame[self.target_of][0]
        return settings.get(self.target) if self.target is not None else None


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What the pane beside the list says of the row under the cursor.

    `facts` are (words, column); a column that the row has no value in is left out. `lines` gives further
    lines from the row and the collected frames.
    """

    facts: tuple[tuple[str, str], ...] = ()
    lines: Callable[[Mapping[str, Any], HeldFrames], list[str]] | None = None
    lines_first: bool = False
    """the lines stand before the facts: they are the point of the report"""
    title: str = "name"
    below: bool = False
    """under the list, one or two lines, in place of beside it"""
    all_facts: bool = False
    """facts without a value are shown too: that nothing is known is a fact to talk about"""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file of a report's own kind, beside what every list offers."""

    key: str
    """its letter in the menu of exports"""
    label: str
    """Word, supervision sheet with room to write"""
    format: Literal["docx", "xlsx", "csv", "ics"]
    build: str = ""
    """module:function from an Answer to the file, imported when asked for; none: the rows as a table"""
    view: str | None = None
    """the view whose rows it is made of, with the same values; None: the one on the screen"""
    of_row: str | None = None
    """a column, named like a parameter: on a screen the document is of the value under the cursor"""
    alike: tuple[str, str] | None = None
    """a column and what it is called: on a screen the document is of the rows alike that under the cursor"""
    asks_above: int | None = None
    """a screen asks before it writes one of more rows than this"""
    with_parts: bool = False
    """it is made of what is beside the rows too"""
    rows_are: str = "rows"
    """what a row of it is, in that question: sheets"""


@dataclass(frozen=True, kw_only=True)
class Extra:
    """A key of one report alone, done by a function that screens know by this name."""

    name: str
    key: str
    id: str
    label: str
    tooltip: str
