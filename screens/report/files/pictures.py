"""The declared chart of a report as a drawing: the columns of its frame, in the picture of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from widgets.cells.pictures import Lines, Series, control_chart, funnel, line_chart, pyramid, stacked

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.spec import Chart

MARKS = "nresabcd"
"""What comparators are drawn with in plain ASCII, where their names have no letter of their own"""
EVERY = (3, 4, 6, 8)
"""How far apart the dots of comparators are: each line differs from the others"""


def drawing(chart: Chart, frame: pl.DataFrame, target: float | None) -> Callable[[int, int], Lines]:
    """What draws this chart in any size."""
    return lambda width, height: _DRAWN[chart.kind](chart, frame, target, width, height)


def _labels(chart: Chart, frame: pl.DataFrame) -> list[str]:
    return [
        f"{one:%b %y}" if isinstance(one, date) else "" if one is None else str(one)
        for one in frame[chart.label].to_list()
    ]


def _line(chart: Chart, frame: pl.DataFrame, target: float | None, width: int, height: int) -> Lines:
    ours = Series(chart.words or chart.title, frame[chart.value].to_list())
    others = [
        (column, words)
        for column, words in chart.others
        if column in frame.columns and frame[column].null_count() < frame.height
    ]
    taken: list[str] = []
    for number, (_, words) in enumerate(others):
        letter = words[:1].lower()
        taken.append(letter if letter.isalpha() and letter not in taken else MARKS[number % len(MARKS)])
    rest = [
        Series(words, frame[column].to_list(), "quiet", mark, EVERY[number % len(EVERY)])
        for number, ((column, words), mark) in enumerate(zip(others, taken, strict=True))
    ]
    return line_chart(_labels(chart, frame), [ours, *rest], width, height, unit=chart.unit, target=target)


def _control(chart: Chart, frame: pl.DataFrame, target: float | None, width: int, height: int) -> Lines:
    lower, mean, upper, *ahead = (
        (words, frame[column].to_list()) for column, words in chart.others if column in frame.columns
    )
    return control_chart(
        _labels(chart, frame),
        frame[chart.value].to_list(),
        (lower[1], mean[1], upper[1]),
        [None] * frame.height if chart.state is None else frame[chart.state].to_list(),
        width,
        height,
        unit=chart.unit,
        tones=() if chart.tone is None else frame[chart.tone].to_list(),
        target=target,
        expected=ahead[0] if ahead else None,
    )


def _stacked(chart: Chart, frame: pl.DataFrame, _target: float | None, width: int, height: int) -> Lines:
    rows: dict[str, dict[str, float]] = {}
    part = chart.part or chart.label
    values = zip(_labels(chart, frame), frame[part].to_list(), frame[chart.value].to_list(), strict=True)
    for label, name, value in values:
        rows.setdefault(label, {})[str(name)] = float(value or 0)
    parts = [str(one) for one in frame[part].unique(maintain_order=True).to_list()]
    return stacked(list(rows.items()), parts, width, height)


def _funnel(chart: Chart, frame: pl.DataFrame, _target: float | None, width: int, height: int) -> Lines:
    return funnel(list(zip(_labels(chart, frame), frame[chart.value].to_list(), strict=True)), width, height)


def _pyramid(chart: Chart, frame: pl.DataFrame, _target: float | None, width: int, height: int) -> Lines:
    ((column, right),) = chart.others
    sides = [frame[name].fill_null(0).to_list() for name in (chart.value, column)]
    rows = list(zip(_labels(chart, frame), *sides, strict=True))
    return pyramid(rows, (chart.words or chart.title, right), width, height)


_DRAWN: Mapping[str, Callable[[Any, Any, Any, int, int], Lines]] = {
    "line": _line,
    "control": _control,
    "stacked": _stacked,
    "funnel": _funnel,
    "pyramid": _pyramid,
}
