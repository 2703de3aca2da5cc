"""The picture of a report in a workbook: a native chart beside the figures it is drawn of."""

from typing import TYPE_CHECKING, Any

import polars as pl

from fcl_tui.export.cells import safe
from widgets.cells.states import state_of

if TYPE_CHECKING:
    from fcl_tui.reports.spec import Chart

NAME = "Chart"
TONES = {"bad": "#C0504D", "warn": "#E0A030", "good": "#5B9A5F", "quiet": "#7F7F7F"}
TARGET = "#404040"
FIRST = 1
"""The first row of figures, under their headings"""
HIGH, EACH = 380, 24
"""Height of the picture in pixels: of one over months, and what each bar of the others adds"""
MOST = 100
"""Bars that one picture shows; all figures are in the sheet beside it"""


def add_chart(book: Any, chart: "Chart", frame: pl.DataFrame, target: float | None) -> None:
    """Add the sheet: label, value and (where there is one) the target, and the picture of them beside."""
    if frame.is_empty() or chart.label not in frame.columns or chart.value not in frame.columns:
        return
    if chart.kind not in ("months", "bars"):
        from fcl_tui.export.native_chart import chart_of

        sheet = book.add_worksheet(NAME)
        made, across = chart_of(book, sheet, chart, frame, target)
        made.set_size({"width": 860, "height": HIGH})
        sheet.insert_chart(1, across + 1, made, {"description": safe(chart.title)})
        return
    sheet = book.add_worksheet(NAME)
    bold = book.add_format({"bold": True, "bottom": 1})
    month = book.add_format({"num_format": "mmm yyyy", "align": "left"})
    figure = book.add_format({"num_format": '0.0"%"' if chart.unit == "percent" else "0.0"})
    title = chart.title or chart.value.replace("_", " ").capitalize()
    has_target = target is not None
    over_months = chart.kind == "months"
    limit = "Target" if over_months else "Limit"
    headings = [chart.label.replace("_", " ").capitalize(), title, *([limit] if has_target else [])]
    for index, words in enumerate(headings):
        sheet.write_string(0, index, safe(words), bold)
    _figures(sheet, chart, frame, target=target, month=month, figure=figure)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 2, max(10, len(title) // 2))
    sheet.freeze_panes(FIRST, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    shown = frame.height if over_months else min(frame.height, MOST)
    made = book.add_chart({"type": "column" if over_months else "bar"})
    made.add_series(_series(0, 1, shown, title) | {"points": _points(chart, frame.head(shown)), "gap": 60})
    if has_target and over_months:
        line = book.add_chart({"type": "line"})
        line.add_series(
            _series(0, 2, shown, "Target") | {"line": {"color": TARGET, "width": 1.5, "dash_type": "dash"}}
        )
        made.combine(line)
    made.set_title({"name": safe(title), "name_font": {"size": 12}})
    made.set_legend({"position": "bottom"} if has_target and over_months else {"none": True})
    scale = {"min": 0} | ({"max": chart.most} if chart.most is not None else {})
    numbers = scale | {"num_format": '0"%"' if chart.unit == "percent" else "General"}
    if over_months:
        made.set_y_axis(numbers)
        made.set_x_axis({"num_format": "mmm yy", "text_axis": True})
    else:
        made.set_x_axis(numbers)
        made.set_y_axis({"reverse": True, "interval_unit": 1})  # the first on top, and every name
    made.set_size({"width": 860, "height": HIGH if over_months else max(HIGH, 90 + EACH * shown)})
    sheet.insert_chart(1, len(headings) + 1, made, {"description": safe(title)})


def _figures(
    sheet: Any, chart: "Chart", frame: pl.DataFrame, *, target: float | None, month: Any, figure: Any
) -> None:
    percent = chart.unit == "percent"
    for row, (label, value) in enumerate(frame.select(chart.label, chart.value).iter_rows(), start=FIRST):
        if frame[chart.label].dtype == pl.Date and label is not None:
            sheet.write_datetime(row, 0, label, month)
        else:
            sheet.write_string(row, 0, safe(label) if label is not None else "not named")
        for index, number in enumerate((value, target), start=1):
            if number is not None:
                sheet.write_number(
                    row, index, number, None if float(number).is_integer() and not percent else figure
                )


def _series(labels: int, values: int, rows: int, name: str) -> dict[str, Any]:
    last = FIRST + rows - 1
    return {
        "name": safe(name),
        "categories": [NAME, FIRST, labels, last, labels],
        "values": [NAME, FIRST, values, last, values],
    }


def _points(chart: "Chart", frame: pl.DataFrame) -> list[dict[str, Any]]:
    """A colour for each bar: of its state, or one for all."""
    if chart.state is None or chart.state not in frame.columns:
        return [{"fill": {"color": "#4F81BD"}}] * frame.height
    return [{"fill": {"color": TONES[state_of(value).tone]}} for value in frame[chart.state].to_list()]
