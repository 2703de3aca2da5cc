"""The Board's pack as a workbook: the lines, native charts, and every value as it can be worked with."""

from io import BytesIO
from typing import Any

import polars as pl
import xlsxwriter

from fcl_tui.export.board_kept import chosen, suppressed
from fcl_tui.export.cells import circumstances, safe, state_word
from fcl_tui.export.sheet import FILLS
from fcl_tui.records.board.events import trajectory
from fcl_tui.reports.answer import Answer
from widgets.cells.states import state_of

LINE = (
    ("no", "No", 5), ("name", "Indicator", 56), ("polarity", "Good is", 8), ("period", "Period", 13),
    ("value", "Value", 10), ("unit", "Unit", 9), ("numerator", "Numerator", 10),
    ("denominator", "Denominator", 12), ("green", "Green", 9), ("amber", "Amber", 9),
    ("standing", "RAG", 14), ("direction", "Last period", 11), ("direction_year", "Year before", 11),
    ("direction_mean", "Mean of four", 12), ("signal", "Signal", 13), ("assurance", "Assurance", 12),
    ("benchmark_neighbours", "Neighbours", 11), ("benchmark_england", "England", 9), ("status", "Status", 15),
    ("exception", "Exception", 13), ("owner", "Owner", 16),
)  # fmt: skip
VALUES = (
    "no", "name", "period", "period_end", "value", "numerator", "denominator", "unit", "status", "rag",
    "green", "amber", "direction", "origin", "source", "note", "definition_version", "made_by", "made_at",
    "snapshot_id",
)  # fmt: skip
TARGETS = (
    "no", "year", "period", "green", "amber", "rationale", "benchmark_used", "approved_by", "made_by",
    "made_at",
)  # fmt: skip
EXCEPTIONS = (
    "no", "state", "reason", "owner", "due", "cause", "actions", "trajectory", "review", "requested_by",
    "requested_at", "versions",
)  # fmt: skip
SHEETS = {
    "Targets": ("targets", TARGETS),
    "Benchmarks": ("benchmarks", ("no", "period", "geography", "value", "source", "published_on")),
    "Exceptions": ("exceptions", EXCEPTIONS),
    "Notes": ("comments", ("no", "period", "why", "actions", "made_by", "made_at")),
}
"""Sheet: its frame and columns"""
WORDY = ("name", "rationale", "why", "cause", "actions", "reason", "source", "note")
LINES = (
    (2, "Value", {"color": "#1F5FA8", "width": 1.75}),
    (3, "Green from", {"color": "#404040", "width": 1.25, "dash_type": "dash"}),
    (4, "Expected", {"color": "#B8860B", "width": 1.75, "dash_type": "round_dot"}),
)
"""Of a chart: the column of its figures, the name, how it is drawn"""
AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
HEAD = 3
"""The first row of the lines, under title, circumstances and headings"""
WIDE, HIGH, ACROSS = 520, 260, 2
"""Pixels of a chart, and how many stand beside each other"""


def board_book(answer: Answer) -> bytes:
    """The pack of the Board, or of the forum that the answer was narrowed to, as a workbook."""
    parts = chosen(answer)
    outside = "forum" in answer.parameters
    lines = suppressed(parts["lines"], outside=outside)
    held = lines.filter(pl.col("standing") == "no_figure|Suppressed")["no"].implode()
    values = parts["values"].filter(~pl.col("no").is_in(held))
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": safe(answer.title), "author": "fcl-tui"})
    forms = _forms(book)
    _board(book, forms, answer, lines)
    _tidy(book, forms, "Values", values.select(VALUES))
    _charts(book, forms, lines, _with_expected(values, parts["exceptions"]))
    for name, (frame, columns) in SHEETS.items():
        _tidy(book, forms, name, parts[frame].select(columns))
    book.close()
    return out.getvalue()


def _forms(book: Any) -> dict[str, Any]:
    forms = {
        "title": book.add_format({"bold": True, "font_size": 12}),
        "heading": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        "figure": book.add_format({"num_format": "0.0"}),
        "group": book.add_format({"bold": True, "bg_color": "#EFEFEF"}),
    }
    return forms | {tone: book.add_format({"bg_color": fill, "bold": True}) for tone, fill in FILLS.items()}


def _board(book: Any, forms: dict[str, Any], answer: Answer, lines: pl.DataFrame) -> None:
    sheet = book.add_worksheet("Board")
    sheet.write_string(0, 0, safe(answer.headline), forms["title"])
    sheet.write_string(1, 0, circumstances(answer))
    for column, (_, title, width) in enumerate(LINE):
        sheet.write_string(HEAD - 1, column, title, forms["heading"])
        sheet.set_column(column, column, width)
    row = HEAD
    for one in lines.to_dicts():
        for column, (key, *_) in enumerate(LINE):
            if key == "standing":
                sheet.write_string(row, column, state_word(one[key]), forms[state_of(one[key]).tone])
            else:
                _cell(sheet, row, column, one.get(key), forms)
        row += 1
    sheet.freeze_panes(HEAD, 2)
    sheet.autofilter(HEAD - 1, 0, max(HEAD, row - 1), len(LINE) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD - 1)
    if answer.owned:
        sheet.set_header(f"&C{safe(' · '.join(answer.owned)).replace('&', '&&')}")


def _cell(sheet: Any, row: int, column: int, value: Any, forms: dict[str, Any]) -> None:
    from datetime import date, datetime

    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "Yes" if value else "No")
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, None if float(value).is_integer() else forms["figure"])
    elif isinstance(value, datetime | date):
        sheet.write_datetime(row, column, value, forms["day"])
    else:
        sheet.write_string(row, column, safe(value)[:32_767])


def _tidy(book: Any, forms: dict[str, Any], name: str, frame: pl.DataFrame) -> None:
    """A sheet of one row per record, under its column names, ready for a pivot table."""
    sheet = book.add_worksheet(name)
    for column, title in enumerate(frame.columns):
        sheet.write_string(0, column, title, forms["heading"])
        sheet.set_column(
            column, column, 40 if title in ("name", "rationale", "why", "cause", "actions") else 14
        )
        for row, value in enumerate(frame[title].to_list(), 1):
            _cell(sheet, row, column, value, forms)
    sheet.freeze_panes(1, 0)
    if frame.height:
        sheet.autofilter(0, 0, frame.height, frame.width - 1)


def _with_expected(values: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """The values of charts, with what the newest answer to an exception report expects of periods."""
    newest = reports.filter(pl.col("trajectory").is_not_null()).unique(
        "no", keep="first", maintain_order=True
    )
    told = [
        (no, name, value) for no, words in newest.select("no", "trajectory").iter_rows()
        for name, value in trajectory(words)
    ]  # fmt: skip
    schema = {"no": pl.Int64, "period": pl.String, "expected": pl.Float64}
    rows = pl.DataFrame(told, schema=schema, orient="row").unique(
        ["no", "period"], keep="last", maintain_order=True
    )
    drawn = values.filter(pl.col("value").is_not_null()).select("no", "period", "value", "green")
    after = rows.join(drawn, on=["no", "period"], how="anti")
    return pl.concat([drawn.join(rows, on=["no", "period"], how="left"), after], how="diagonal")


def _charts(book: Any, forms: dict[str, Any], lines: pl.DataFrame, values: pl.DataFrame) -> None:
    """A line of values and of the target for each indicator that has two values or more."""
    data, sheet = book.add_worksheet("Chart data"), book.add_worksheet("Charts")
    columns = ("no", "period", "value", "green", "expected")
    for column, title in enumerate(columns):
        data.write_string(0, column, title, forms["heading"])
    first, drawn = 1, 0
    for one in lines.select("no", "name").iter_rows(named=True):
        rows = values.filter(pl.col("no") == one["no"])
        if rows.height < 2:
            continue
        for row, told in enumerate(rows.select(columns).iter_rows(), first):
            for column, value in enumerate(told):
                _cell(data, row, column, value, forms)
        last = first + rows.height - 1
        chart = book.add_chart({"type": "line"})
        for column, name, line in (
            (2, "Value", {"color": "#1F5FA8"}),
            (3, "Green from", {"color": "#404040", "dash_type": "dash"}),
        ):
            if rows[columns[column]].null_count() == rows.height:
                continue
            chart.add_series(
                {
                    "name": name,
                    "categories": ["Chart data", first, 1, last, 1],
                    "values": ["Chart data", first, column, last, column],
                    "line": line,
                    "marker": {"type": "circle", "size": 4} if column == 2 else {"type": "none"},
                }
            )
        chart.set_title({"name": safe(f"{one['no']} {one['name']}")[:120], "name_font": {"size": 9}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": WIDE, "height": HIGH})
        place = {"x_offset": (drawn % ACROSS) * (WIDE + 12), "y_offset": (drawn // ACROSS) * (HIGH + 12)}
        sheet.insert_chart(0, 0, chart, place | {"description": safe(f"{one['no']} {one['name']}")})
        first, drawn = last + 1, drawn + 1
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
