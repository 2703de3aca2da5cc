"""The parts a report is declared from. Data alone: no Polars, no Textual, nothing is read here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from fcl_tui.definitions.measure import Measure

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.query import Query
    from widgets.cells.column import Column

Value: TypeAlias = "str | date | bool"
Names: TypeAlias = "Callable[[Context, Query], pl.LazyFrame]"


class Row(StrEnum):
    """What one row of a view is: it decides what enter, m, n and w do there."""

    ITEM = "item"
    """a due item of a child: can be marked, `w` says why its date is what it is"""
    CHILD = "child"
    """one child: opens the Client Summary, takes notes"""
    GROUP = "group"
    """a team, worker, month: enter offers its figures, each opens the rows behind it"""
    RECORD = "record"
    """anything else: enter shows the whole row"""


@dataclass(frozen=True)
class Option:
    """One value a parameter can have: as it is typed and saved, and as people read it."""

    value: str
    words: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What a reader may ask of a report: command line option, key, menu, saved-view field and words in one.

    A report refuses every parameter that it does not declare.
    """

    name: str
    """as in a saved view and in JSON: from"""
    label: str
    """the key's label, and the word in headings: Team"""
    help: str
    kind: Literal["name", "choice", "flag", "date", "text"]
    """name: one of the names in the data (`names`); choice: one of `options`"""
    key: str | None = None
    """the key that asks for it on every screen"""
    names: Names | None = None
    """lazily: value (String), note (String), for a `name`; may depend on what else was chosen"""
    options: tuple[Option, ...] = ()
    resets: tuple[str, ...] = ()
    """choosing this forgets these: a team's choice forgets the worker"""
    question: str = ""
    """the heading of its menu: Which team?"""
    everyone: str = ""
    """what is shown when none is chosen: all teams"""
    words: str = ""
    """what is shown for a flag that is on: overdue only"""
    metavar: str | None = None
    turns: tuple[str, ...] = ()
    """the key does not open a menu: it goes through these values and back to all"""
    former: tuple[str, ...] = ()
    """names it had in views saved by earlier versions"""
    saved: bool = True
    """kept in a saved view; a client's number is not"""


@dataclass(frozen=True, kw_only=True)
class Records:
    """What a report counts, one row each: assessments, visits that fell due, children held."""

    noun: str
    plural: str
    rows: Callable[[Context, Query], pl.LazyFrame]
    """lazily, with the columns that measures and dimensions name; person_id among them"""


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """What records are grouped by: team, worker, month, outcome."""

    key: str
    title: str
    """the line in the menu: Teams side by side"""
    by: tuple[str, ...]
    """columns of the records; a group's values of them are its name"""
    label: tuple[str, ...] = ()
    """those of them that name the group to people; none given: all"""
    where: str = "true"
    """other records are in none of its groups (an outcome needs a completed assessment)"""


@dataclass(frozen=True)
class Parts:
    """What a view is made of, lazily; `run` collects it."""

    rows: pl.LazyFrame
    left_out: pl.LazyFrame | None = None
    """reason, count, what"""
    beside: Mapping[str, pl.LazyFrame] = field(default_factory=dict)
    """other frames the screen shows (months for a chart, all items for the pane) or a file carries"""
    headline: Callable[[Mapping[str, pl.DataFrame]], str] | None = None
    """one or two lines over the list, from the collected frames; the rows are called rows"""
    words: Mapping[str, str] = field(default_factory=dict)
    """what else belongs into the heading: compared with the data of which day"""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture beside the table, of one of the frames beside the rows."""

    kind: Literal["months", "bars"]
    frame: str
    label: str
    value: str
    state: str | None = None
    """a column of states, which colour a bar and stand after it"""
    title: str = ""
    unit: Literal["number", "percent"] = "number"
    target: str | None = None
    most: float | None = None


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What the pane beside the list says of the row under the cursor.

    `facts` are (words, column); a column that the row has no value in is left out. `lines` gives further
    lines from the row and the collected frames.
    """

    facts: tuple[tuple[str, str], ...] = ()
    lines: Callable[[Mapping[str, Any], Mapping[str, pl.DataFrame]], list[str]] | None = None
    title: str = "name"
    below: bool = False
    """under the list, one or two lines, in place of beside it"""
    all_facts: bool = False
    """facts without a value are shown too: that nothing is known is a fact to talk about"""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Rows as they are."""

    key: str
    title: str
    build: Callable[[Context, Query], Parts]
    columns: tuple[Column, ...]
    row: Row
    row_key: str
    opens: str | None = None
    """the column with the number of the child that enter opens; none: enter shows the whole row"""
    opens_if: str | None = None
    """a Boolean column: only where it is true there is a child to open"""
    group_by: str | None = None
    panel: Panel | None = None
    chart: Chart | None = None
    empty: str = "Nothing to show."
    hidden: tuple[str, ...] = ()
    """columns that only the screen needs: not in files from the command line"""
    behind: bool = False
    """only reached from a figure, or by --detail"""
    marks: bool = False
    """its rows carry marks, and can be narrowed by them"""
    discreet: str | None = None
    """module:function from rows to rows, for privacy beyond names and birth dates"""
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """columns that say nothing once a parameter was chosen: {"rule": ("kind",)}"""
    drills: Mapping[str, str] = field(default_factory=dict)
    """for a row that leads to another view: {view: words}; what it passes on are the columns named like
    parameters"""


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """Records by a dimension, with measures; the rows behind each figure follow from its definition."""

    key: str
    title: str
    records: Records
    dimension: Dimension
    measures: tuple[Measure, ...]
    listing: str
    """the Listing that shows the records behind a figure"""
    columns: tuple[Column, ...]
    row_key: str
    finish: Callable[[Context, Query, pl.LazyFrame, pl.LazyFrame], pl.LazyFrame] | None = None
    """(context, query, groups, records) to groups: adds what is no measure of one group, and the order"""
    parts: Callable[[Context, Query], Parts] | None = None
    """what belongs beside the groups; its rows are not used"""
    chart: Chart | None = None
    panel: Panel | None = None
    empty: str = "Nothing to compare."
    hidden: tuple[str, ...] = ()
    into: Mapping[str, str] = field(default_factory=dict)
    """other views that a group opens, in words: {"worker": "Workers of this team"}"""
    direct: bool = False
    """enter goes there at once, without offering the figures"""

    @property
    def row(self) -> Row:
        """A group."""
        return Row.GROUP

    @property
    def group_by(self) -> None:
        """Its rows stand under no headings."""
        return

    @property
    def behind(self) -> bool:
        """It is chosen by --by, like any view."""
        return False

    @property
    def marks(self) -> bool:
        """Figures carry no marks."""
        return False


View: TypeAlias = Listing | Breakdown


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
    asks_above: int | None = None
    """a screen asks before it writes one of more rows than this"""
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


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report: what may be asked, what it shows, what it writes."""

    key: str
    parameters: tuple[Parameter, ...]
    views: tuple[View, ...]
    switch: Literal["menu", "toggle", "sections", "none"] = "menu"
    """how one goes from view to view: b and a menu, c and back, tab along a bar"""
    switch_label: str = "Compare by"
    documents: tuple[Document, ...] = ()
    extras: tuple[Extra, ...] = ()
    beside: tuple[str, ...] = ()
    """other reports that share its screen as parts of it, each allowed and logged on its own; tab goes on"""
    since_last_visit: bool = False
    """it is compared with how things stood when the reader last opened it, and that they did is kept"""
    explains: tuple[str, ...] = ()
    """further guidance pages: marks, timescales"""
    keys: tuple[str, ...] = ()
    """the parameters and actions whose keys stand first in the line of keys"""
    check: Callable[[Query], None] | None = None
    """raises DataError when the values do not go together"""
    views_after: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """on a screen, the views to go on to when a parameter was chosen, and when it was taken away"""
    overdue_figure: str | None = None
    """the measure whose rows the key for overdue opens, where the report has no such parameter"""
    overdue_label: str = "Overdue"
    of_one_child: bool = False
    """asked of one child, whom the reader must be allowed to see: client is needed"""

    def view(self, key: str) -> View:
        """The view of this key. LookupError: there is none."""
        for one in self.views:
            if one.key == key:
                return one
        raise LookupError(key)

    def breakdown(self, key: str) -> Breakdown:
        """The breakdown of this key. LookupError: there is none, or its rows are no figures."""
        view = self.view(key)
        if isinstance(view, Breakdown):
            return view
        raise LookupError(key)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of this name, if the report declares it."""
        return next((one for one in self.parameters if one.name == name), None)

    @property
    def first(self) -> View:
        """The view it opens on."""
        return self.views[0]

    @property
    def switchable(self) -> tuple[View, ...]:
        """The views one can choose, as against those reached from a figure."""
        return tuple(one for one in self.views if not one.behind)
