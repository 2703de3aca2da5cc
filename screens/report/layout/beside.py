"""What a report shows beside its list: the pane of the row under the cursor, and a chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from textual.widget import Widget
from textual.widgets import Static

from screens.report.marking.notes import noted_lines
from widgets.cells.states import state_of
from widgets.detail_pane import DetailPane

if TYPE_CHECKING:
    from textual.timer import Timer

    from fcl_tui.reports.run import Result
    from fcl_tui.reports.spec import Chart, Panel, Report
    from screens.report.screen import DeclaredScreen
    from widgets.charts import BarChart, MonthColumns, Picture

REST = 0.12
"""Seconds the cursor rests before the pane beside the list follows it: it costs more than the row."""
NO_NAME = "Name not in this source"


class Beside:
    """The pane, the line below the list, and the chart of a declared report."""

    def __init__(self, screen: DeclaredScreen) -> None:
        self._screen = screen
        self._resting: Timer | None = None
        self._result: Result | None = None

    @staticmethod
    def compose_pane(report: Report) -> Iterator[Widget]:
        """The pane, where a view has one."""
        panels = [view.panel for view in report.views if view.panel is not None and not view.panel.below]
        if panels:
            longer = any(panel.all_facts for panel in panels)
            yield DetailPane(id="detail", classes="-broad" if longer else "")

    @staticmethod
    def compose_below(report: Report) -> Iterator[Widget]:
        """The line below the list and the chart, where a view has them."""
        if any(view.panel is not None and view.panel.below for view in report.views):
            yield Static(id="advice", markup=False)
        kinds = dict.fromkeys(_drawn_by(view.chart) for view in report.views if view.chart is not None)
        first = report.first.chart
        for kind in kinds:
            chart = kind(classes="chart")
            chart.display = first is not None and _drawn_by(first) is kind
            yield chart

    def begin(self) -> None:
        """Follow the cursor, once it rests."""
        self._resting = self._screen.set_interval(REST, self.follow, pause=True)

    @property
    def shows_notes(self) -> bool:
        """Whether the notes on the child under the cursor are in the pane."""
        return any(pane.size.width for pane in self._screen.query(DetailPane))

    def moved(self) -> None:
        """The cursor is on another row."""
        result = self._result
        if result is None or result.view.panel is None:
            return
        if result.view.panel.below:
            self.follow()
        elif self.shows_notes and self._resting is not None:
            self._resting.reset()
            self._resting.resume()

    def show(self, result: Result) -> None:
        """Show what belongs beside an answer."""
        self._result = result
        for pane in self._screen.query(DetailPane):  # a view that says nothing beside its list has the room
            pane.set_class(result.view.panel is None, "-without")
        chart = result.view.chart
        for drawn in self._screen.query(".chart"):
            drawn.display = chart is not None and isinstance(drawn, _drawn_by(chart))
        if chart is not None:
            self._draw(result, chart)
        self.follow()

    def follow(self) -> None:
        """Say what there is to say of the row under the cursor."""
        if self._resting is not None:
            self._resting.pause()
        result = self._result
        panel = result.view.panel if result is not None else None
        row = self._screen.table.cursor_row()
        for line in self._screen.query("#advice"):
            told = (
                panel.lines(row, result.beside)
                if panel and panel.below and row and panel.lines and result
                else []
            )
            line.display = bool(told)
            assert isinstance(line, Static)
            line.update("\n".join(told))
        for pane in self._screen.query(DetailPane):
            if panel is None or panel.below or not row or result is None:
                pane.show_facts("", {}, [])
                continue
            lines = panel.lines(row, result.beside) if panel.lines is not None else []
            notes = self._screen.notes
            if notes is not None:
                lines = noted_lines(notes.on(notes.child()), lines)
            title, facts = str(row.get(panel.title) or NO_NAME), _facts(panel, row)
            if panel.lines_first and lines:
                pane.show_facts(title, facts, above=lines)
            else:
                pane.show_facts(title, facts, lines)

    def _draw(self, result: Result, chart: Chart) -> None:
        from screens.report.files.pictures import drawing
        from widgets.charts import BarChart, MonthColumns, Picture

        frame = result.beside.get(chart.frame)
        frame = result.rows if frame is None else frame
        target = chart.aim(frame, self._screen.session.figures)
        for months in self._screen.query(MonthColumns) if chart.kind == "months" else ():
            months.show(
                frame,
                chart.label,
                chart.value,
                kind=chart.unit,
                target=target,
                most=chart.most,
                least=chart.least,
            )
        for picture in self._screen.query(Picture) if _drawn_by(chart) is Picture else ():
            picture.show(drawing(chart, frame, target))
        for bars in self._screen.query(BarChart) if chart.kind == "bars" else ():
            bars.show(
                frame.drop_nulls(chart.value),
                chart.label,
                chart.value,
                kind=chart.unit,
                target=target,
                state=chart.state,
            )


def _drawn_by(chart: Chart) -> type[MonthColumns | BarChart | Picture]:
    """The widget that draws charts of this kind; the lists that open first have none."""
    from widgets.charts import BarChart, MonthColumns, Picture

    if chart.kind == "months":
        return MonthColumns
    return BarChart if chart.kind == "bars" else Picture


def _facts(panel: Panel, row: Mapping[str, Any]) -> dict[str, object]:
    facts: dict[str, object] = {}
    for words, column in panel.facts:
        state, _, day = column.partition("+")
        value: object = row.get(state)
        if day and value is not None:
            due = row.get(day)
            value = state_of(value).label + (f" {due:%d/%m/%Y}" if due is not None else "")
        elif state == "status" and value is not None:
            value = str(value).replace("_", " ").capitalize()
        if value is not None or panel.all_facts:
            facts[words] = value
    return facts
