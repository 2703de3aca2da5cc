"""Charts that a workbook or document draws itself from its figures: lines, limits, parts, stages, ages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import polars.selectors as cs

from fcl_tui.export.cells import safe

if TYPE_CHECKING:
    from fcl_tui.reports.spec import Chart

OURS, QUIET, TARGET = "#1F5FA8", "#7F7F7F", "#404040"
SHADES = ("#1F5FA8", "#8FB4DC", "#5B9A5F", "#C9DDB8", "#E0A030", "#F3DDAF", "#7F7F7F", "#D0D0D0")
"""Fills of parts: neighbours differ in lightness too, so that they print in black and white"""
BESIDE = ("#5B9A5F", "#B8720A", "#7F7F7F", "#8064A2")
"""Lines of comparators, dashed each in its own way"""
DARK = (OURS, "#5B9A5F", "#7F7F7F")
DASHES = ("dash", "round_dot", "dash_dot", "square_dot", "long_dash")
SIGNALS = {
    "bad": ("Signal: concern", "#C0504D"),
    "good": ("Signal: improvement", "#5B9A5F"),
    "warn": ("Signal", "#E0A030"),
    "quiet": ("Signal of a change", "#404040"),
}
FONT = "Arial"
NEAR_FULL = 80.0
"""Per cent from which a chart's scale would go beyond a hundred by itself"""
FIRST = 1
"""The first row of figures, under their headings"""


def chart_of(
    book: Any, sheet: Any, chart: Chart, frame: pl.DataFrame, target: float | None
) -> tuple[Any, int]:
    """Write the figures into a sheet and make the chart that is drawn of them; it is put in no place yet.

    Returns:
        the chart, and how many columns its figures take.
    """
    made, table = {
        "line": _line,
        "control": _control,
        "stacked": _stacked,
        "funnel": _funnel,
        "pyramid": _pyramid,
    }[chart.kind](book, sheet.get_name(), chart, frame, target)
    _write(book, sheet, table, chart)
    made.set_title({"name": safe(chart.title), "name_font": _font(11)})
    return made, len(table.columns)


def _write(book: Any, sheet: Any, table: pl.DataFrame, chart: Chart) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    number = book.add_format({"num_format": '0.0"%"' if chart.unit == "percent" else "#,##0.0"})
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, safe(name), bold)
        for row, value in enumerate(table[name].to_list(), start=FIRST):
            if isinstance(value, int | float) and not isinstance(value, bool):
                whole = float(value).is_integer() and chart.unit != "percent"
                sheet.write_number(row, column, value, None if whole else number)
            elif value is not None:
                sheet.write_string(row, column, safe(value))
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, len(table.columns), 14)
    sheet.freeze_panes(FIRST, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _labels(chart: Chart, frame: pl.DataFrame) -> pl.Series:
    told = [f"{one:%b %y}" if isinstance(one, date) else str(one) for one in frame[chart.label].to_list()]
    return pl.Series(chart.label.replace("_", " ").capitalize(), told, dtype=pl.String)


def _series(sheet: str, column: int, rows: int, name: str) -> dict[str, Any]:
    last = FIRST + rows - 1
    return {
        "name": safe(name),
        "categories": [sheet, FIRST, 0, last, 0],
        "values": [sheet, FIRST, column, last, column],
    }


def _font(size: int) -> dict[str, Any]:
    return {"name": FONT, "size": size}


def _figures(fill: str, size: int = 8, **more: Any) -> dict[str, Any]:
    """The figure in each bar, white where the bar is dark."""
    ink = "#FFFFFF" if fill in DARK else "#000000"
    return {"value": True, "font": _font(size) | {"color": ink}, **more}


def _axis(**more: Any) -> dict[str, Any]:
    return {"num_font": _font(8), "major_tick_mark": "outside", "minor_tick_mark": "none", **more}


def _over_time(made: Any, chart: Chart, table: pl.DataFrame) -> None:
    """The axes of figures over months; no per cent goes beyond a hundred."""
    top = max((float(one.max() or 0) for one in table.select(cs.numeric())), default=0.0)  # type: ignore[arg-type]
    full = 100.0 if chart.unit == "percent" and NEAR_FULL <= top <= 100 else None
    most = {"max": limit} if (limit := chart.most or full) is not None else {}
    least = {"min": chart.least} if chart.least is not None else {}
    grid = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}
    form = '0"%"' if chart.unit == "percent" else "#,##0"
    made.set_y_axis(_axis(num_format=form, major_gridlines=grid, **most, **least))
    made.set_x_axis(_axis(text_axis=True))
    made.set_legend({"position": "bottom", "font": _font(8)})


def _line(
    book: Any, sheet: str, chart: Chart, frame: pl.DataFrame, target: float | None
) -> tuple[Any, pl.DataFrame]:
    others = [(column, words) for column, words in chart.others if is_drawn(frame, column)]
    words = chart.words or chart.title
    table = pl.DataFrame([_labels(chart, frame), frame[chart.value].alias(words)])
    table = table.with_columns(frame[column].alias(name) for column, name in others)
    if target is not None:
        table = table.with_columns(pl.lit(float(target)).alias("Target"))
    made = book.add_chart({"type": "line"})
    for at, name in enumerate(table.columns[1:], start=1):
        line = {"color": OURS, "width": 2.5} if at == 1 else _thin(at, name)
        made.add_series(_series(sheet, at, table.height, name) | {"line": line})
    _over_time(made, chart, table)
    return made, table


def is_drawn(frame: pl.DataFrame, column: str) -> bool:
    """Whether a line beside ours has a point: one that has none is not named either."""
    return column in frame.columns and frame[column].null_count() < frame.height


def _thin(at: int, name: str) -> dict[str, Any]:
    if name == "Target":
        return {"color": TARGET, "width": 1.25, "dash_type": "dash"}
    return {"color": BESIDE[at % len(BESIDE)], "width": 1.5, "dash_type": DASHES[at % len(DASHES)]}


def _control(
    book: Any, sheet: str, chart: Chart, frame: pl.DataFrame, target: float | None
) -> tuple[Any, pl.DataFrame]:
    """Points with a signal are a line of their own without a stroke: a shape, and a colour by its tone."""
    words = chart.words or chart.title
    others = [(column, name) for column, name in chart.others if column in frame.columns]
    named = [frame[column].alias(name) for column, name in others]
    table = pl.DataFrame([_labels(chart, frame), frame[chart.value].alias(words), *named])
    if target is not None:
        table = table.with_columns(pl.lit(float(target)).alias("Target"))
    signals = {} if chart.state is None else _signals(chart, frame)
    table = table.with_columns(values.alias(name) for name, (_, values) in signals.items())
    styles: dict[str, dict[str, Any]] = {words: {"line": {"color": OURS, "width": 2.25}}}
    for number, (_, name) in enumerate(others):
        styles[name] = {
            "line": {"color": QUIET, "width": 1.25} | ({} if number == 1 else {"dash_type": "dash"})
        }
    styles |= {"Target": {"line": _thin(0, "Target")}}
    for name, (colour, _) in signals.items():
        marker = {"type": "diamond", "size": 9, "fill": {"color": colour}, "border": {"color": colour}}
        styles[name] = {"line": {"none": True}, "marker": marker}
    made = book.add_chart({"type": "line"})
    for at, name in enumerate(table.columns[1:], start=1):
        made.add_series(_series(sheet, at, table.height, name) | styles[name])
    if chart.state is not None:
        table = table.with_columns(frame[chart.state].alias("What it shows"))
    _over_time(made, chart, table)
    return made, table


def _signals(chart: Chart, frame: pl.DataFrame) -> dict[str, tuple[str, pl.Series]]:
    """For each tone that a signal has: its name, colour, and the figures of its points."""
    there = frame[chart.state or ""].is_not_null()
    tones = (
        pl.repeat("warn", frame.height, eager=True)
        if chart.tone is None
        else frame[chart.tone].fill_null("warn")
    )
    made = {}
    for tone, (name, colour) in SIGNALS.items():
        points = there & (tones == tone)
        if points.any():
            values = pl.select(pl.when(points).then(frame[chart.value])).to_series()
            made[name] = (colour, values)
    return made


def _stacked(
    book: Any, sheet: str, chart: Chart, frame: pl.DataFrame, _target: float | None
) -> tuple[Any, pl.DataFrame]:
    part = chart.part or chart.label
    told = frame.select(
        _labels(chart, frame).alias("_label"), pl.col(part).cast(pl.String), pl.col(chart.value)
    )
    table = told.pivot(part, index="_label", values=chart.value, maintain_order=True)
    table = table.rename({"_label": chart.label.replace("_", " ").capitalize()}).fill_null(0)
    made = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for at, name in enumerate(table.columns[1:], start=1):
        fill = {"color": SHADES[(at - 1) % len(SHADES)]}
        labels = _figures(fill["color"])
        more = {"fill": fill, "gap": 40, "data_labels": labels, "border": {"color": "#FFFFFF"}}
        made.add_series(_series(sheet, at, table.height, name) | more)
    made.set_x_axis(_axis(num_format="0%"))
    made.set_y_axis(_axis(reverse=True))
    made.set_legend({"position": "bottom", "font": _font(8)})
    return made, table


def _funnel(
    book: Any, sheet: str, chart: Chart, frame: pl.DataFrame, _target: float | None
) -> tuple[Any, pl.DataFrame]:
    """The bars stand in the middle: an unseen one before each takes half of what is missing to the widest."""
    words = chart.words or chart.title
    value = frame[chart.value].cast(pl.Float64)
    whole = value.max() or 0.0
    table = pl.DataFrame([_labels(chart, frame), frame[chart.value].alias(words)]).with_columns(
        ((pl.lit(whole) - value.fill_null(0.0)) / 2).alias("Room"),
        (value / value.shift(1) * 100).round(1).alias("% of the stage above"),
    )
    made = book.add_chart({"type": "bar", "subtype": "stacked"})
    made.add_series(
        _series(sheet, 2, table.height, "Room") | {"fill": {"none": True}, "border": {"none": True}}
    )
    labels = _figures(OURS)
    made.add_series(
        _series(sheet, 1, table.height, words) | {"fill": {"color": OURS}, "gap": 15, "data_labels": labels}
    )
    made.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    made.set_y_axis(_axis(reverse=True))
    made.set_legend({"none": True})
    return made, table


def _pyramid(
    book: Any, sheet: str, chart: Chart, frame: pl.DataFrame, _target: float | None
) -> tuple[Any, pl.DataFrame]:
    """Those to the left are negative figures that read as what they are."""
    ((column, right),) = chart.others
    left = chart.words or chart.title
    table = pl.DataFrame(
        [
            _labels(chart, frame),
            -frame[chart.value].fill_null(0).alias(left),
            frame[column].fill_null(0).alias(right),
        ]
    )
    made = book.add_chart({"type": "bar", "subtype": "stacked"})
    for at, (name, colour) in enumerate(((left, OURS), (right, SHADES[1])), start=1):
        labels = _figures(colour, 7, num_format="#,##0;#,##0;")
        made.add_series(
            _series(sheet, at, table.height, name)
            | {"fill": {"color": colour}, "gap": 10, "data_labels": labels}
        )
    made.set_x_axis(_axis(num_format="#,##0;#,##0", major_gridlines={"visible": False}))
    made.set_y_axis(_axis(reverse=True, label_position="low", interval_unit=1))
    made.set_legend({"position": "top", "font": _font(8)})
    return made, table
