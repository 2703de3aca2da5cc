"""An answer as an Excel workbook: real dates, frozen heading, filters, ready to print."""

import re
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from textwrap import wrap
from typing import Any

import polars as pl
import xlsxwriter

from data.errors import DataError
from fcl_tui.export.cells import circumstances, columns_of, left_out_line, safe, steps, words, written
from fcl_tui.export.sheet_chart import add_chart
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.named import function
from widgets.cells.column import Column
from widgets.cells.states import state_of

FILLS = {"bad": "#F4B6B6", "warn": "#FCE5B0", "good": "#CDE8CF", "quiet": "#E3E3E3"}
LONGEST = 32_767
"""What Excel allows a cell, in UTF-16 units."""
CUT = " [cut: too long for a cell]"
HEADING_ROW = 2
MOST = 1_048_576 - HEADING_ROW - 1
"""Rows of data that fit under the heading."""


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _cut(text: str) -> str:
    if _length(text) <= LONGEST:
        return text
    room = (LONGEST - len(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + CUT


ONE_LINE, HEIGHT = 16, 15
"""Letters of a heading that stay in one line; the height of a line in points"""
LINES = 3
"""Lines that a long heading may take: wider than that, a sheet of many shares prints too small to read"""
BLOCK = 1.4
"""How wide a block of a trend is, in letters"""


class _Sheet:
    """One worksheet in the making."""

    def __init__(self, book: Any, name: str) -> None:
        self.sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
        self.heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 12})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        self.moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"})
        right: dict[str, Any] = {"align": "right", "indent": 1}  # else a figure touches the text after it
        self.right_heading = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"} | right
        )
        self.right = book.add_format(right)
        self.whole = book.add_format({"num_format": "General"} | right)
        self.percent = book.add_format({"num_format": '0.0"%"'} | right)
        self.tenths = book.add_format({"num_format": "0.0"} | right)
        self.fills = {tone: book.add_format({"bg_color": colour}) for tone, colour in FILLS.items()}
        self.cut = 0
        self.lines = 1

    def column(self, index: int, column: Column, values: pl.Series) -> None:
        if isinstance(values.dtype, pl.List):
            values = values.list.join(", ")
        longest = len(column.title)
        if longest > ONE_LINE:
            longest = max(-(-longest // LINES), *map(len, column.title.split(" ")))
        for row, value in enumerate(values.to_list(), start=HEADING_ROW + 1):
            if value is not None:
                longest = max(longest, self._cell(row, index, column, value))
        if column.kind == "trend":
            longest = round(longest * BLOCK)
        width = min(50, max(8, longest + 2))
        self.sheet.set_column(index, index, width)
        self.lines = max(self.lines, len(wrap(column.title, width - 2)))

    def _cell(self, row: int, index: int, column: Column, value: Any) -> int:
        """Write one value as what it is; the result is how wide it reads."""
        if isinstance(value, datetime):
            self.sheet.write_datetime(row, index, value, self.moment)
            return 16
        if isinstance(value, date):
            if value.year < 1900:  # before the first day of Excel's calendar
                self.sheet.write_string(row, index, safe(value))
            else:
                self.sheet.write_datetime(row, index, value, self.day)
            return 10
        if isinstance(value, int | float) and not isinstance(value, bool) and column.kind != "state":
            parts = self.percent if column.kind == "percent" else self.tenths
            whole = float(value).is_integer() and column.kind != "percent"
            self.sheet.write_number(row, index, value, self.whole if whole else parts)
            return 8
        full = steps(str(value or "")) if column.kind == "trend" else words(column, value)
        text = _cut(full)
        self.cut += text != full
        fill = self.fills[state_of(value).tone] if column.kind == "state" else None
        if fill is None and column.side == "right":
            fill = self.right
        self.sheet.write_string(row, index, text, fill)
        return len(text)


def as_xlsx(answer: Answer) -> bytes:
    """A sheet for the rows, one for each further part, one for the picture; no text is a formula or a link.

    Raises:
        DataError: there are more rows than a sheet can hold.
    """
    if "xlsx" in answer.builds:
        own: bytes = function(answer.builds["xlsx"])(answer)
        return own
    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    rows, shown = written(answer)
    frames = {"rows": rows} | {
        name: part if isinstance(part, pl.DataFrame) else pl.DataFrame([part])
        for name, part in answer.parts.items()
    }
    if max(frame.height for frame in frames.values()) > MOST:
        raise DataError("There are more rows than an Excel sheet can hold. Narrow the list, or write CSV.")
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": safe(answer.title), "author": safe(answer.who or "fcl-tui")})
        for name, frame in frames.items():
            made = _Sheet(book, answer.title if name == "rows" else name)
            columns = shown if name == "rows" else columns_of(frame, answer.part_columns.get(name, ()))
            _fill(made, answer, frame, columns)
        if answer.chart is not None and answer.chart_rows is not None:
            title = answer.chart.title or answer.parameters.get("figure", "")
            add_chart(book, replace(answer.chart, title=title), answer.chart_rows, answer.chart_target)
    return out.getvalue()


def _fill(made: _Sheet, answer: Answer, frame: pl.DataFrame, columns: tuple[Column, ...]) -> None:
    sheet = made.sheet
    for index, column in enumerate(columns):
        right = column.side == "right" or frame[column.key].dtype.is_numeric()
        sheet.write_string(
            HEADING_ROW, index, safe(column.title), made.right_heading if right else made.heading
        )
        made.column(index, column, frame[column.key])
    sheet.set_row(HEADING_ROW, HEIGHT * made.lines)
    told = circumstances(answer)
    if made.cut:
        told += f" · {made.cut:,} texts are longer than Excel allows a cell and are cut, and say so"
    sheet.write_string(0, 0, _cut(safe(answer.headline)), made.title)
    left_out = left_out_line(answer)
    if left_out:
        told += f" · {left_out}"  # above the rows: filters leave it alone
    sheet.write_string(1, 0, _cut(told))
    last = HEADING_ROW + max(1, frame.height)
    sheet.freeze_panes(HEADING_ROW + 1, 0)
    if columns:
        sheet.autofilter(HEADING_ROW, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)
    if answer.owned:
        sheet.set_header(f"&C{_printed(' - '.join(answer.owned), 200)}")
    title = _printed(answer.title, 100)
    who = f" - {_printed(answer.who, 40)}" if answer.who else ""
    sheet.set_footer(
        f"&L{title} - as at {answer.as_at:%d/%m/%Y} - data of {answer.data_date:%d/%m/%Y}{who}&RPage &P of &N"
    )


def _printed(text: str, most: int) -> str:
    """A text for the head or foot of a printed page, where & begins an instruction."""
    return safe(text)[:most].replace("&", "&&")
