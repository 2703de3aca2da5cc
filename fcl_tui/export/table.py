"""An answer for reading in a terminal: the columns a screen of that width would show, nothing wrapped."""

import polars as pl

from fcl_tui.export.cells import chosen, left_out_line, shown_of
from fcl_tui.export.text import cell, lines
from fcl_tui.reports.answer import Answer
from widgets.cells.column import GAP, Column, lay_out
from widgets.cells.measured import measured
from widgets.cells.plain import fit, plain
from widgets.cells.states import state_of

COLOURS = {"bad": "31", "warn": "33", "good": "32"}
WIDEST = 60
"""Cells of a column where there is no screen to fit"""


def as_table(answer: Answer, *, width: int | None = None, colour: bool = False) -> str:
    """The headline, the parts, the rows and what they leave out.

    Args:
        width: of the terminal, in cells; None: not a terminal, so every column at its own width.
        colour: states in colour, beside their shape and word.

    Raises:
        DataError: a column was asked for that the answer has not.
    """
    told = [*_wrapped(plain(answer.headline), width), ""]
    for name, part in answer.parts.items():
        told += [name.replace("_", " ").upper(), *_part(part), ""]
    if answer.rows.is_empty():
        told.append("No rows.")
    elif answer.chosen_columns is not None or not answer.table:
        told += lines(chosen(answer))
    else:
        frame = answer.rows if answer.shown is None else answer.shown
        columns = measured(shown_of(frame, answer.table), frame)
        table, hidden = _fitted(frame, columns, width, colour=colour)
        told += [*table, *hidden]
    count = answer.rows.height
    told += ["", "1 row" if count == 1 else f"{count:,} rows"]
    if answer.left_out:
        told += _wrapped(left_out_line(answer), width)
    return "\n".join(told) + "\n"


def _part(part: object) -> list[str]:
    if isinstance(part, pl.DataFrame):
        return lines(part) if part.height else ["none"]
    assert isinstance(part, dict)
    return [f"{plain(key).replace('_', ' ')}: {cell(value)}" for key, value in part.items()]


def _fitted(
    frame: pl.DataFrame, columns: tuple[Column, ...], width: int | None, *, colour: bool
) -> tuple[list[str], list[str]]:
    """The table's lines, and the line that says which columns did not fit."""
    cells = {
        column.key: [column.words(value, column.width) for value in frame[column.key].to_list()]
        for column in columns
    }
    if width is None:
        widths = {
            column.key: min(WIDEST, max(map(len, [column.title, *cells[column.key]]), default=0))
            for column in columns
        }
        shown = [(column, widths[column.key]) for column in columns]
    else:
        shown = [(place.column, place.width) for place in lay_out(columns, width).places]
    gap = " " * GAP if width is not None else "  "
    told = [gap.join(fit(column.title, wide, column.side) for column, wide in shown).rstrip()]
    tones = {
        column.key: [state_of(value).tone for value in frame[column.key].to_list()]
        for column, _ in shown
        if column.kind == "state"
    }
    for row in range(frame.height):
        line = [
            _coloured(
                fit(cells[column.key][row], wide, column.side),
                tones[column.key][row] if colour and column.key in tones else "",
            )
            for column, wide in shown
        ]
        told.append(gap.join(line).rstrip())
    left = [column.title for column in columns if column not in [one for one, _ in shown]]
    if not left:
        return told, []
    words = f"{len(left)} columns did not fit ({', '.join(left)}): --columns all, or --format csv."
    return told, ["", *_wrapped(words, width)]


def _coloured(text: str, tone: str) -> str:
    code = COLOURS.get(tone)
    return f"\x1b[{code}m{text}\x1b[0m" if code else text


def _wrapped(text: str, width: int | None) -> list[str]:
    from textwrap import wrap

    return [text] if width is None or len(text) <= width else wrap(text, max(20, width))
