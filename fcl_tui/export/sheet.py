"""An answer as an Excel workbook: real dates, frozen heading, filters, ready to print."""

from io import BytesIO
from typing import Any

import polars as pl
import xlsxwriter

from fcl_tui.export.answer import Answer
from widgets.plain import plain

STATE_FILLS = {
    "overdue": "#F4B6B6",
    "missed": "#F4B6B6",
    "late": "#F4B6B6",
    "due_soon": "#FCE5B0",
    "due": "#CDE8CF",
    "on_time": "#CDE8CF",
    "not_required": "#E3E3E3",
}
HEADING_ROW = 2


def _texts(column: pl.Series) -> list[Any]:
    return [plain(value) if isinstance(value, str) else value for value in column.to_list()]


def as_xlsx(answer: Answer) -> bytes:
    """One sheet for the rows and one for each further part; text is never a formula or a link."""
    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd/mm/yyyy",
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(out, options) as book:
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        title = book.add_format({"bold": True, "font_size": 12})
        fills = {state: book.add_format({"bg_color": colour}) for state, colour in STATE_FILLS.items()}
        frames = {"rows": answer.rows} | {
            name: part if isinstance(part, pl.DataFrame) else pl.DataFrame([part])
            for name, part in answer.parts.items()
        }
        for name, frame in frames.items():
            sheet = book.add_worksheet((answer.title if name == "rows" else name)[:31].replace("/", " "))
            sheet.write_string(0, 0, plain(answer.headline), title)
            for index, column in enumerate(frame.columns):
                sheet.write_string(HEADING_ROW, index, column.replace("_", " ").capitalize(), heading)
                values = frame[column]
                if isinstance(values.dtype, pl.List):
                    values = values.list.join(", ")
                sheet.write_column(HEADING_ROW + 1, index, _texts(values))
                widest = values.cast(pl.String, strict=False).str.len_chars().max()
                sheet.set_column(index, index, min(50, max(10, len(column), int(str(widest or 0)) + 2)))
                if column == "state":
                    for state, fill in fills.items():
                        sheet.conditional_format(
                            HEADING_ROW + 1,
                            index,
                            HEADING_ROW + max(1, frame.height),
                            index,
                            {"type": "cell", "criteria": "==", "value": f'"{state}"', "format": fill},
                        )
            sheet.freeze_panes(HEADING_ROW + 1, 0)
            if frame.width:
                sheet.autofilter(HEADING_ROW, 0, HEADING_ROW + max(1, frame.height), frame.width - 1)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(HEADING_ROW)
            sheet.set_footer(f"&L{answer.title} - as at {answer.as_at:%d/%m/%Y}&RPage &P of &N")
    return out.getvalue()
