"""How a figure is counted: its definition, numerator and denominator, and the way to its rows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from fcl_tui.reports.question.query import Drill
from screens.report.drill import group_words
from widgets.cells.plain import plain
from widgets.menus.menu import Choice, Menu
from widgets.text.pane import Line
from widgets.text.window import Reader

if TYPE_CHECKING:
    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.spec import Breakdown, Listing, Report
    from screens.report.access_gate import AccessGate
    from screens.report.host import ReportHost


class FigureWhy:
    """Windows that say what stands behind the figures of a row."""

    def __init__(self, host: ReportHost, gate: AccessGate, context: Callable[[], Context]) -> None:
        self._host, self._gate, self._context = host, gate, context

    def of_row(self, report: Report, query: Query, view: Breakdown, row: Mapping[str, Any]) -> None:
        """Ask for one of the row's figures, then say how it is counted."""
        columns = {column.key: column for column in view.columns}
        choices = [
            Choice(
                measure.key,
                measure.label,
                columns[measure.key].text(row[measure.key]).strip()
                if measure.key in columns
                else f"{row[measure.key]:,}",
            )
            for measure in view.measures
            if row.get(measure.key) is not None
        ]
        group = {name: row[name] for name in view.dimension.by}

        def then(key: str | None) -> None:
            if key is not None:
                measure = next(one for one in view.measures if one.key == key)
                drill = Drill(view.key, key, group, group_words(view, row))
                self._host.in_window(self._show(report, query, measure, drill))

        self._host.ask(Menu("How is this counted?" if choices else "No figures here", choices), then)

    def of_figure(self, row: Mapping[str, Any]) -> None:
        """Say how the figure of the row is counted: its measure is named in it, and what it is made of."""
        from fcl_tui.reports.official.registry import family_of

        measure = family_of(str(row["measure"])).measure(str(row["measure"]))
        upper, below = row["numerator"], row["denominator"]
        lines: list[Line | str] = [Line(measure.label, "heading"), measure.definition, ""]
        told = {
            "Value": row["shown"] or "not known",
            "Numerator": f"{upper:,.10g}" if upper is not None else None,
            "Out of": f"{below:,.10g}" if below is not None else None,
            "Unit": measure.unit,
            "When": _when(row["first"], row["last"]),
            "Year ago": row.get("year_ago_shown"),
            "12 months": row.get("rolling_12_shown") or row.get("year_shown"),
            "Target": _target(row),
            "Reported": row.get("reported_words"),
            "Population": row.get("population"),
            "Beside": row.get("compared"),
        } | _counted(measure)
        lines += [Line(plain(words), lead=f"{name:<10} ") for name, words in told.items() if words]
        lines += ["", "Enter opens the rows behind it, with those it counts and those it is out of."]
        self._host.show(Reader("How this figure is counted", lines))

    def of_figures(self, view: Listing, row: Mapping[str, Any]) -> None:
        """Ask for one of the official figures that a row has in its columns, then say how it is counted."""
        from fcl_tui.definitions.days.window import window_of
        from fcl_tui.reports.official.registry import family_of

        measures = {key: family_of(key).measure(key) for key in view.figures if row.get(key) is not None}
        columns = {column.key: column for column in view.columns}
        words = {key: columns[key].text(row[key]).strip() for key in measures}
        choices = [Choice(key, one.label, words[key]) for key, one in measures.items()]
        day = self._host.session.as_at

        def then(key: str | None) -> None:
            if key is None:
                return
            measure = measures[key]
            lines: list[Line | str] = [Line(measure.label, "heading"), measure.definition, ""]
            told = {
                columns[view.row_key].title: row[view.row_key],
                "Value": words[key],
                "Out of": row.get(f"{key}_of"),
                "Unit": measure.unit,
                "When": _when(*window_of(measure).on(day)),
            } | _counted(measure)
            lines += [Line(plain(text), lead=f"{name:<10} ") for name, text in told.items() if text]
            self._host.show(Reader("How this figure is counted", lines))

        self._host.ask(Menu("How is this counted?" if choices else "No figures here", choices), then)

    def of_group(self, view: Listing, row: Mapping[str, Any]) -> None:
        """Say what a row counts that is no measure, as its `counts` has it."""
        titles = {column.key: column.title for column in view.columns}
        lines: list[Line | str] = [Line(plain(row["item"]), "heading"), plain(row["counts"]), ""]
        told = {titles.get(name, name): row.get(name) for name in ("shown", "of", "annex_shown")}
        lines += [Line(plain(words), lead=f"{name:<20} ") for name, words in told.items() if words]
        lines += ["", "Enter opens the rows behind it."]
        self._host.show(Reader("How this figure is counted", lines))

    async def _show(self, report: Report, query: Query, measure: Measure, drill: Drill) -> None:
        from fcl_tui.reports.run import figure

        found = await asyncio.to_thread(lambda: figure(report, self._context(), query, drill))
        lines: list[Line | str] = [Line(measure.label, "heading"), measure.definition, ""]
        told = {
            "Of": drill.words or "all",
            "Value": _value(measure, found.value),
            "Counted": f"{found.numerator:,}",
            "Out of": f"{found.denominator:,}" if found.denominator is not None else None,
            "Unit": measure.unit,
            "When": _when(*_span(report, query, measure, drill, self._host.session.as_at)),
        } | _counted(measure)
        lines += [Line(words, lead=f"{name:<10} ") for name, words in told.items() if words]
        lines += ["", "Enter on the row, then the figure, opens the rows behind it."]
        self._host.show(Reader("How this figure is counted", lines))


def _counted(measure: Measure) -> dict[str, str | None]:
    """What is said of every official figure: which way is better, its source, what it counts, its key."""
    return {
        "Better": {True: "higher", False: "lower", None: None}[measure.higher_is_better],
        "Source": measure.source or None,
        "Counts": measure.where if measure.where != "true" else "every record",
        "Of those": measure.out_of if measure.out_of not in (None, "true") else None,
        "Key": measure.key,
    }


def _span(report: Report, query: Query, measure: Measure, drill: Drill, as_at: date) -> tuple[date, date]:
    """The days that a figure is of: those of its group, of the period asked for, or up to the as-at day."""
    from fcl_tui.definitions.days.window import Window, window_of
    from fcl_tui.reports.parameters.period import spanned

    first, last = drill.group.get("first"), drill.group.get("last")
    if first is not None and last is not None:
        return first, last
    if report.parameter("from") is None:
        return window_of(measure).on(as_at)
    asked = spanned(query, as_at)
    return Window.of(measure).on(as_at, asked.day("from"), asked.day("to"))


def _when(first: date, last: date) -> str:
    day = f"{last:%d/%m/%Y}"
    return f"on {day}" if first == last else f"{first:%d/%m/%Y} to {day}, both days in it"


def _target(row: Mapping[str, Any]) -> str | None:
    """The target of a row, and whose it is."""
    return f"{row['target_shown']}, of {row['target_of']}" if row.get("target_shown") else None


def _value(measure: Measure, value: Any) -> str:
    if value is None:
        return "nothing to count"
    if measure.statistic == "share":
        return f"{value:.1f}%"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
