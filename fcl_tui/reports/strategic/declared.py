"""What a strategic report declares, and the report that is made of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from data.dataclass import dataclass
from fcl_tui.definitions.days.window import window_of
from fcl_tui.reports.official import registry
from fcl_tui.reports.official.family import MONTH, QUARTER, YEAR
from fcl_tui.reports.parameters.shared import MEASURE, MONTH_END, TEAM
from fcl_tui.reports.spec import Breakdown, Dimension, Listing, Option, Records, Report, Row
from fcl_tui.reports.strategic.building import (
    AGES,
    IN_WORDS,
    LONG,
    alone,
    build,
    drawn,
    finish,
    line_of,
    month_rows,
)
from fcl_tui.reports.strategic.views import charts, columns
from widgets.cells.column import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Parts

ROWS = "rows"
"""The key of the view that lists what is behind a figure"""
ALONE = ((MONTH, "Each month alone"), (QUARTER, "Each quarter"), (YEAR, "Each financial year"))
"""Beside the twelve months to each month's end: one family can make a month, and the Board asks by quarter"""


@dataclass(frozen=True, kw_only=True)
class Strategic:
    """A strategic report, by its official keys.

    Its parts are: the headline figures, the months of one, the make-up of the stock now, the flow in and out,
    the teams, and the list behind each.
    """

    key: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    """headings and the figures under each, in order; the first figure is the one the months open on"""
    stock: str
    """a count as at a day: whose make-up is shown, and what opens and closes each month"""
    made_up_of: tuple[str, ...]
    """dimensions of its family; of another figure its key before a stroke: icpc/wait"""
    steps: tuple[str, ...] = ()
    """counts one after the other, each beside the one before: the way through the front door"""
    flow: tuple[str, ...] = ()
    """counts of a period of one family: what came in, what went out, and the net"""
    by_team: tuple[tuple[str, str], ...] = ()
    """the figures shown for each team, each with a heading that fits beside the others at 80 columns"""
    noun: str = "children"

    @property
    def net(self) -> tuple[dict[str, int], ...]:
        """What came in, less what went out, is the net."""
        if len(self.flow) != 3:
            return ()
        came, went, net = self.flow
        return ({came: 1, went: -1, net: -1},)

    @property
    def teams(self) -> tuple[str, ...]:
        """The figures shown for each team."""
        return tuple(key for key, _ in self.by_team)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every figure of its headline, in order."""
        return tuple(key for _, keys in self.sections for key in keys)

    def made_up(self, view: str) -> tuple[str, str]:
        """The figure and the dimension of a view of what something is made up of."""
        for key, dimension in self.make_up:
            if view == _view(self, key, dimension):
                return key, dimension
        raise LookupError(view)

    @property
    def make_up(self) -> tuple[tuple[str, str], ...]:
        """The figures and dimensions of the views that show what something is made up of."""
        parted = (item.rpartition("/") for item in self.made_up_of)
        return tuple((key or self.stock, dimension) for key, _, dimension in parted)

    def report(self) -> Report:
        """The report that is made of it."""
        options = tuple(Option(key, registry.family_of(key).measure(key).label) for key in self.keys)
        figure = replace(MEASURE, options=options)
        return Report(
            key=self.key,
            parameters=(TEAM, figure, MONTH_END),
            views=(
                _headline(self),
                _months(self),
                *(_alone(self, *each) for each in ALONE),
                *((_steps(self),) if self.steps else ()),
                *(_made_up(self, *pair) for pair in self.make_up),
                *((_flow(self),) if self.flow else ()),
                _teams(self),
                _rows(self),
            ),
            switch_label="Show",
            keys=("table.open", "report.switch", "report.team", "report.measure", "report.why"),
            explains=("strategic",),
        )


def _headline(declared: Strategic) -> Listing:
    return Listing(
        key="headline",
        title="Headline figures",
        build=partial(build, "views.headline:headline", declared),
        columns=columns.HEADLINE,
        row=Row.FIGURE,
        row_key="measure",
        group_by="section",
        drills={ROWS: "The rows behind it", "months": f"Month by month, {LONG} months"},
        sums=declared.net,
        hidden=("measure", "section", *columns.AS_TEXT),
        empty="No figures here.",
    )


def _months(declared: Strategic) -> Listing:
    return _over_time("months", "Month by month", partial(build, "views.headline:months", declared))


def _alone(declared: Strategic, step: Dimension, title: str) -> Listing:
    return _over_time(f"each-{step.key}", title, partial(alone, step, declared))


def _over_time(key: str, title: str, made: Callable[[Context, Query], Parts]) -> Listing:
    return Listing(
        key=key,
        title=title,
        build=made,
        columns=columns.MONTHS,
        row=Row.FIGURE,
        row_key="row_key",
        drills={ROWS: "The rows behind it"},
        chart=charts.OVER_TIME,
        hidden=("row_key", "month", *columns.AS_TEXT),
        empty="No figures here.",
    )


def _view(declared: Strategic, key: str, dimension: str) -> str:
    return dimension if key == declared.stock else f"{key}-{dimension}"


def _made_up(declared: Strategic, figure: str, by: str) -> Breakdown:
    family = registry.family_of(figure)
    dimension, measure = family.dimension(by), family.measure(figure)
    now = measure.window == "now"
    what = "Now" if now and figure == declared.stock else measure.label
    width = max(24, 12 * len(dimension.by))
    names = (IN_WORDS.format(dimension.by[0]),) if dimension.codes else dimension.by
    told = tuple(
        Column(name, title, width, frozen=not number)
        for number, (name, title) in enumerate(zip(names, _headings(dimension), strict=True))
    )
    return Breakdown(
        key=_view(declared, figure, by),
        title=f"{what}, by {dimension.title[0].lower()}{dimension.title[1:]}",
        records=family.records_over(window_of(measure)),
        dimension=replace(dimension, label=names) if dimension.codes else dimension,
        measures=(measure,),
        listing=ROWS,
        columns=(
            *told,
            Column(measure.key, "Now" if now else "Year", 8, kind="number"),
            columns.SHARE,
            columns.COUNT_AGO,
            columns.MORE,
        ),
        row_key=dimension.by[0] if len(dimension.by) == 1 else "row_key",
        finish=partial(finish, "views.make_up:beside_last_year", declared),
        sums=({measure.key: 1, "year_ago": -1, "more": -1},),
        changes=("more",),
        follows={"share": measure.key},
        parts=partial(drawn, figure, by),
        chart=replace(
            charts.PYRAMID if by == AGES else charts.SHARES,
            title=f"{measure.label}: {dimension.title.lower()}",
        ),
        hidden=("row_key",) if len(dimension.by) > 1 else names if dimension.codes else (),
        empty=f"No {declared.noun} here.",
    )


def _headings(dimension: Dimension) -> tuple[str, ...]:
    """Age and Sex where it has two columns, else what the dimension is called."""
    if len(dimension.by) == 1:
        return (dimension.title,)
    return tuple(name.removesuffix("_band").replace("_", " ").capitalize() for name in dimension.by)


def _steps(declared: Strategic) -> Listing:
    return Listing(
        key="steps",
        title="Step by step",
        build=partial(build, "views.steps:steps", declared),
        columns=columns.STEPS,
        row=Row.FIGURE,
        row_key="measure",
        drills={ROWS: "The rows behind it", "months": f"Month by month, {LONG} months"},
        chart=charts.STEPS,
        hidden=("measure", "shown", "year_ago_shown", "change_shown"),
        empty="No figures here.",
    )


def _flow(declared: Strategic) -> Breakdown:
    family = registry.family_of(declared.flow[0])
    measures = tuple(family.measure(key) for key in declared.flow)
    stock = registry.family_of(declared.stock).measure(declared.stock)
    return Breakdown(
        key="flow",
        title="Flow, month by month",
        records=Records(
            noun=family.noun,
            plural=family.plural,
            rows=partial(month_rows, family),
            needs=family.needs,
            identified_by=family.identified_by,
        ),
        dimension=Dimension(key="month", title="Months", by=MONTH.by, label=("day",)),
        measures=measures,
        listing=ROWS,
        columns=(
            columns.DAY,
            columns.OPENING,
            *(Column(one.key, _short(one.label), 8, kind="number") for one in measures),
            columns.CLOSING,
            columns.OTHER,
        ),
        row_key="day",
        finish=partial(finish, "views.make_up:opening_and_closing", declared),
        sums=(*declared.net, {"opening": 1, declared.flow[-1]: 1, "other": 1, "closing": -1}),
        changes=(declared.flow[-1], "other"),
        parts=partial(line_of, declared.stock),
        chart=replace(charts.STOCK, title=stock.label),
        hidden=("first", "last"),
        empty="No months here.",
    )


def _short(label: str) -> str:
    """The word that says which way: Started to be looked after, Protection plans ended, Net change."""
    words = label.split()
    return words[0] if words[0] in ("Started", "Ceased", "Net") else words[-1].capitalize()


def _teams(declared: Strategic) -> Listing:
    return Listing(
        key="teams",
        title="Teams",
        build=partial(build, "views.teams:teams", declared),
        columns=(
            columns.TEAM,
            *(
                column
                for place, (key, heading) in enumerate(declared.by_team, start=1)
                for column in columns.of_team(registry.family_of(key).measure(key), heading, place)
            ),
        ),
        row=Row.GROUP,
        row_key="team",
        figures=declared.teams,
        drills={"headline": "The figures of this team"},
        sums=declared.net,
        empty="No teams here.",
    )


def _rows(declared: Strategic) -> Listing:
    return columns.listed(
        ROWS, "List", partial(build, "views.behind:rows", declared), f"No {declared.noun} here."
    )
