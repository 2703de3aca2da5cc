"""An answer as a Word document: a heading that says as at which day, a table, page numbers."""

from typing import Any

import polars as pl

from fcl_tui.export.cells import circumstances, columns_of, left_out_line, safe, state_word
from fcl_tui.export.text import cell as cell_text
from fcl_tui.export.word import foot, new_document, stays_whole, table, whole
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.named import function


def as_docx(answer: Answer) -> bytes:
    """The report's own document, or the rows as a table on A4 landscape."""
    if "docx" in answer.builds:
        own: bytes = function(answer.builds["docx"])(answer)
        return own
    document = new_document(answer.title, points=9, landscape=True)
    document.add_heading(answer.title, level=1)
    document.add_paragraph(safe(answer.headline))
    document.add_paragraph(circumstances(answer))
    _rows(document, answer.rows)
    left_out = left_out_line(answer)
    if left_out:
        document.add_paragraph(left_out)
    foot(document, f"{answer.title} - as at {answer.as_at:%d/%m/%Y}")
    return whole(document)


def _rows(document: Any, frame: pl.DataFrame) -> None:
    columns = columns_of(frame)
    if not columns:
        return
    made = table(document, [column.title for column in columns], [261 / len(columns)] * len(columns))
    for row in frame.iter_rows():
        line = made.add_row()
        stays_whole(line)
        for cell, value, column in zip(line.cells, row, columns, strict=True):
            known_state = column.kind == "state" and value is not None
            cell.text = safe(state_word(value) if known_state else cell_text(value))
