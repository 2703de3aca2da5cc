"""The parts a report is declared from. Data alone: no Polars, no Textual, nothing is read here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

from data.dataclass import dataclass
from fcl_tui.definitions.figures.measure import Measure
from fcl_tui.reports.beside import Chart, Document, Extra, Panel
from fcl_tui.reports.parameters.parameter import Names, Option, Parameter, Value

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from widgets.cells.column import Column

__all__ = [
    "Breakdown",
    "Chart",
    "Dimension",
    "Document",
    "Extra",
    "Listing",
    "Names",
    "Option",
    "Panel",
    "Parameter",
    "Parts",
    "Records",
    "Report",
    "Row",
    "Value",
    "View",
]
"""A declaration takes all of its parts from here."""


class Row(StrEnum):
    """What one row of a view is: it decides what enter, m, n and w do there."""

    ITEM = "item"
    """a due item of a child: can be marked, `w` says why its date is what it is"""
    CHILD = "child"
    """one child: opens the Client Summary, takes notes"""
    FIGURE = "figure"
    """one figure: value, numerator and denominator in its columns, the key of its measure in `measure`"""
    GROUP = "group"
    """a team, worker, month: enter offers its figures, each opens the rows behind it"""
    RECORD = "record"
    """anything else: enter shows the whole row"""


@dataclass(frozen=True, kw_only=True)
class Records:
    """What a report counts, one row each: assessments, visits that fell due, children held."""

    noun: str
    plural: str
    rows: Callable[[Context, Query], pl.LazyFrame]
    """lazily, with the columns that measures and dimensions name; person_id among them"""
    needs: tuple[str, ...] = ()
    """tables, or table.field, without which none of its figures is known"""
    identified_by: tuple[str, ...] = ()
    """the columns that tell one record from another, beside person_id"""


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
    order: tuple[str, ...] = ()
    """values of its first column as they follow each other, where that is not by the alphabet"""
    as_loaded: bool = False
    """a source holds its values as they are on the day of the data: no day before is told by it"""
    codes: str = ""
    """the code list whose codes its values begin with, as files have them; people read the words"""


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
    only: tuple[str, ...] = ()
    """the columns that files from the command line have; empty: all but the hidden"""
    behind: bool = False
    """only reached from a figure, or by --detail"""
    former: str = ""
    """what was true in views saved by earlier versions where they meant this view"""
    marks: bool = False
    """its rows carry marks, and can be narrowed by them"""
    discreet: str | None = None
    """module:function from rows to rows, for privacy beyond names and birth dates"""
    takes: tuple[str, ...] | None = None
    """the parameters that narrow it, where not all of its report's do: the others are left behind"""
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """columns that say nothing once a parameter was chosen: {"rule": ("kind",)}"""
    sums: tuple[Mapping[str, int], ...] = ()
    """of rows that are figures: measures that add up to 0, as {started: 1, ceased: -1, net: -1}"""
    enter: str = ""
    """the extra that enter does on a row; none: as its kind of row has it"""
    figures: tuple[str, ...] = ()
    """of rows with several official figures each: their keys, which are columns"""
    drills: Mapping[str, str] = field(default_factory=dict)
    """for a row that leads to another view: {view: words}; what it passes on are the columns named like
    parameters"""
    drills_if: Mapping[str, str] = field(default_factory=dict)
    """for a view of `drills` that some rows alone lead to, the column that is null in the others"""


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
    optional: tuple[str, ...] = ()
    """columns that are there only where a setting of the authority asks for them"""
    sums: tuple[Mapping[str, int], ...] = ()
    """columns of a row that add up to 0: what a publication must not give away by subtraction"""
    changes: tuple[str, ...] = ()
    """those of them that are no counts"""
    follows: Mapping[str, str] = field(default_factory=dict)
    """columns worked out of another alone: a share of all, of its count"""
    compared: tuple[str, ...] = ()
    """measures that are said of the period before as well, of all groups together, when one is chosen"""

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
    def only(self) -> tuple[str, ...]:
        """Files have all of its columns that are not hidden."""
        return ()

    @property
    def former(self) -> str:
        """It has always been named by its key."""
        return ""

    @property
    def marks(self) -> bool:
        """Figures carry no marks."""
        return False


View: TypeAlias = Listing | Breakdown


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
    export_label: str = ""
    """the label of the key that writes files, where it is not Export"""
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

    def __post_init__(self) -> None:
        """Add what parameters bring with them, before the first that does."""
        declared = {one.name for one in self.parameters}
        listed: list[Parameter] = []
        for each in self.parameters:
            listed += [*(one for one in each.brings if one.name not in declared), each]
        object.__setattr__(self, "parameters", tuple(listed))

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
