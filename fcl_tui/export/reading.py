"""An answer for a screen reader: a row a line, each value after its heading, no columns to keep in mind."""

from fcl_tui.export.cells import left_out_line, shown_of, words
from fcl_tui.reports.answer import Answer
from widgets.cells.plain import plain


def as_reading(answer: Answer) -> str:
    """The headline, how many rows, then each row as "2 of 20. Name: Lee, Ann. Due: 15/11/2026 ..."."""
    frame = answer.rows if answer.shown is None else answer.shown
    columns = shown_of(frame, answer.table)
    count = frame.height
    told = [plain(answer.headline), "1 row." if count == 1 else f"{count:,} rows."]
    cells = [
        [
            f"{plain(column.title)}: {words(column, value)}" if value is not None else ""
            for value in frame[column.key].to_list()
        ]
        for column in columns
    ]
    told += [
        f"{number} of {count}. {'. '.join(part for part in row if part)}."
        for number, row in enumerate(zip(*cells, strict=True), start=1)
    ]
    if answer.left_out:
        told.append(f"{left_out_line(answer)}.")
    return "\n".join(told) + "\n"
