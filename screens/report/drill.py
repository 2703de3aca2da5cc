"""Going in from a row: to the child, to the rows behind a figure, or to the whole row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fcl_tui.reports.question.query import Drill, Query
from fcl_tui.reports.question.words import day_words
from fcl_tui.reports.spec import Breakdown, Listing, Row
from screens.messages import ClientWanted, ReportWanted
from screens.report.extras.by_name import do as extra
from widgets.cells.plain import plain
from widgets.menus.menu import Choice, Menu
from widgets.text.pane import Line
from widgets.text.window import Reader

if TYPE_CHECKING:
    from fcl_tui.reports.spec import Report, View
    from screens.report.host import ReportHost

VIEW = "\0view:"
"""Before the key of another view among the figures of a row"""


class DrillDown:
    """Opens what is behind the row under the cursor.

    Args:
        host: the report on the screen.
        asked: the question whose answer is on the screen.
    """

    def __init__(self, host: ReportHost, asked: Callable[[], tuple[Report, Query]]) -> None:
        self._host, self._asked = host, asked

    def open(self, row: Mapping[str, Any]) -> None:
        """Go in from this row."""
        report, query = self._asked()
        view = report.view(query.view)
        if isinstance(view, Breakdown):
            self._group(report, query, view, row)
        elif view.row is Row.FIGURE and len(ways := _ways_of(view, row)) > 1:
            self._ways(report, query, view, ways, row)
        elif view.enter:
            extra(view.enter, self._host)
        elif view.drills:
            self._other_view(report, query, next(iter(view.drills)), row)
        elif view.opens is not None and view.row is not Row.GROUP:
            self._child(view, row)
        else:
            self._whole(view, row)

    def _child(self, view: Listing, row: Mapping[str, Any]) -> None:
        person = row.get(view.opens or "")
        if person is not None and (view.opens_if is None or row.get(view.opens_if)):
            self._host.post_message(ClientWanted(str(person)))
        else:
            self._host.say(
                "The child has no record here" if person is not None else "This row names no child"
            )

    def _whole(self, view: View, row: Mapping[str, Any]) -> None:
        titles = {column.key: column.title for column in view.columns}
        stood_for = {column.sort_by for column in view.columns} - titles.keys()
        lines: list[Line | str] = [
            Line(plain(value), lead=f"{titles.get(name, name.replace('_', ' ').capitalize()):<18} ")
            for name, value in row.items()
            if value is not None
            and (name not in view.hidden or name in titles)
            and name not in stood_for
            and f"{name}_shown" not in titles
        ]
        self._host.show(Reader(view.title, lines))

    # Figures

    def _ways(
        self, report: Report, query: Query, view: Listing, ways: Mapping[str, str], row: Mapping[str, Any]
    ) -> None:
        """What a figure leads to: its rows, its months."""

        def then(key: str | None) -> None:
            if key is not None:
                self._other_view(report, query, key, row)

        choices = [Choice(key, words) for key, words in ways.items()]
        self._host.ask(Menu(plain(row.get("label") or row.get("item") or view.title), choices), then)

    def _group(self, report: Report, query: Query, view: Breakdown, row: Mapping[str, Any]) -> None:
        if view.direct:
            self._other_view(report, query, next(iter(view.into)), row)
            return
        choices = [Choice(VIEW + key, words) for key, words in view.into.items()]
        choices += [
            Choice(measure.key, measure.label, f"{row[measure.key]:,}")
            for measure in sorted(view.measures, key=lambda one: one.higher_is_better is not False)
            if measure.opens and row.get(measure.key)
        ]

        def then(key: str | None) -> None:
            if key is None:
                return
            if key.startswith(VIEW):
                self._other_view(report, query, key.removeprefix(VIEW), row)
            else:
                self.behind(key, row)

        self._host.ask(Menu(group_words(view, row) or view.title, choices), then)

    def behind(self, measure: str, row: Mapping[str, Any] | None = None) -> None:
        """Open the rows behind a figure: of a group, or of all of them."""
        report, query = self._asked()
        view = report.view(query.view)
        if not isinstance(view, Breakdown):
            view = next(one for one in report.views if isinstance(one, Breakdown))
        label = next(one.label for one in view.measures if one.key == measure)
        group = {} if row is None else {name: row[name] for name in view.dimension.by}
        words = ", ".join(filter(None, [group_words(view, row) if row is not None else "", label.lower()]))
        drill = Drill(view.key, measure, group, words)
        self._go(report, replace(query, view=view.listing, drill=drill))

    def _other_view(self, report: Report, query: Query, key: str, row: Mapping[str, Any]) -> None:
        """Another view of the same report, narrowed to the row's own values."""
        values = {
            parameter.name: row[parameter.name]
            for parameter in report.parameters
            if parameter.kind in ("name", "choice", "text") and row.get(parameter.name) is not None
        }
        self._go(report, replace(query.changed(**values), view=key, drill=None))

    def _go(self, report: Report, query: Query) -> None:
        self._host.post_message(ReportWanted(report.key, query=query))


def _ways_of(view: Listing, row: Mapping[str, Any]) -> dict[str, str]:
    """The views that this row leads to, with their words."""
    return {
        key: words
        for key, words in view.drills.items()
        if key not in view.drills_if or row.get(view.drills_if[key]) is not None
    }


def group_words(view: Breakdown, row: Mapping[str, Any]) -> str:
    """What a group is called: Pod 7; Mary Smith; Mar 2026."""
    columns = view.dimension.label or view.dimension.by
    return ", ".join(plain(day_words(row[name])) for name in columns if row.get(name) is not None)
