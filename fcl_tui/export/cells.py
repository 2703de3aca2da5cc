"""One value as the text of one cell of a file: as on the screen, without anything that could act."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from fcl_tui.definitions.wording.amounts import amount, in_words
from widgets.cells.column import DRAWN, Column
from widgets.cells.glyphs import UTF8
from widgets.cells.plain import plain
from widgets.cells.small_charts import figures_of
from widgets.cells.states import state_of

if TYPE_CHECKING:
    from fcl_tui.reports.answer import Answer

FORMULA_STARTS = r"^\s*[=+\-@\t\r＝＋－＠]"
"""How a text begins that a spreadsheet may take for a formula, wide forms included."""
_LIVE = re.compile(FORMULA_STARTS)
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def safe(value: object) -> str:
    """The value as text that XML can hold and that neither acts nor reorders what stands beside it."""
    return _NO_XML.sub("?", plain(value))


def stays_text(text: str) -> str:
    """The text, with ' before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if _LIVE.match(text) else text


def state_word(value: object) -> str:
    """A state in the word of the screen; its sign where it has no word."""
    state = state_of(value)
    return state.word or state.shape


def steps(text: str) -> str:
    """Figures over time as blocks between their lowest and highest, for a file whose reader looks at it."""
    values = figures_of(text)
    known = [value for value in values if value is not None]
    low, span = min(known, default=0.0), max(known, default=0.0) - min(known, default=0.0)
    top = len(UTF8.steps) - 1
    return "".join(
        UTF8.gap if value is None else UTF8.steps[round((value - low) / span * top) if span else top // 2]
        for value in values
    )


def words(column: Column, value: Any) -> str:
    """The value as it reads on the screen; nothing for no value."""
    if value is None:
        return ""
    if column.kind == "state":
        return safe(state_word(value))
    if column.kind in DRAWN:
        return safe(value)
    return safe(column.words(value, column.width))


def copied(column: Column, value: Any) -> str:
    """The value for a clipboard or a CSV file: as it reads, and never a formula."""
    text = words(column, value)
    return stays_text(text) if isinstance(value, str) else text


def columns_of(frame: pl.DataFrame, columns: tuple[Column, ...] = ()) -> tuple[Column, ...]:
    """The columns to write: those given that the frame has; with none given, all, by their names.

    A column that says a number in words is written as what it has for files, where the frame has that.
    """
    if columns:
        wanted = (_in_file(frame, column) for column in columns)
        return tuple({one.key: one for group in wanted for one in group}.values())
    return tuple(
        Column(
            name,
            name.replace("_", " ").capitalize(),
            12,
            kind="state" if name == "state" or name.endswith("_state") else "text",
        )
        for name in frame.columns
    )


def shown_of(frame: pl.DataFrame, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns to read, as the screen has them: those given that the frame has; with none given, all."""
    return tuple(one for one in columns if one.key in frame.columns) if columns else columns_of(frame)


def heading(group: str) -> Column:
    """The column of what a screen sets as headings over its rows."""
    return Column(group, group.removesuffix("_shown").replace("_", " ").capitalize(), 20)


def _in_file(frame: pl.DataFrame, column: Column) -> tuple[Column, ...]:
    if column.in_files and all(one.key in frame.columns for one in column.in_files):
        return column.in_files
    return (column,) if column.key in frame.columns else ()


def written(answer: "Answer") -> tuple[pl.DataFrame, tuple[Column, ...]]:
    """The rows and columns of a workbook or document, the same whether it was asked for by key or command.

    From a screen the columns chosen there, from the command line those that the report declares (or those
    asked for by name), with that of the headings in front.

    Raises:
        DataError: a column was asked for that the answer has not.
    """
    if answer.columns:
        return answer.rows, columns_of(answer.rows, answer.columns)
    if answer.chosen_columns is not None or not answer.table:
        frame = chosen(answer)
        return frame, columns_of(frame)
    frame = answer.rows if answer.shown is None else answer.shown
    group = answer.grouped_by
    first = () if group is None else (heading(group),)
    return frame, columns_of(frame, (*first, *answer.table))


ALL = "all"


def chosen(answer: "Answer") -> pl.DataFrame:
    """The rows with the columns asked for by name. Raises DataError for one that there is none of."""
    asked = answer.chosen_columns
    if asked is None or asked == ALL:
        return answer.rows
    names = [name.strip() for name in asked.split(",") if name.strip()]
    unknown = [name for name in names if name not in answer.rows.columns]
    if unknown or not names:
        there = ", ".join(answer.rows.columns)
        raise DataError(f"There is no column {', '.join(unknown) or asked!r}. There are: {there}.")
    return answer.rows.select(names)


def circumstances(answer: "Answer") -> str:
    """Who wrote the file and when, how many rows, whether names are masked."""
    told = [amount(answer.rows.height, "rows")]
    if answer.masked:
        told.append("NAMES MASKED: initials for names, no dates of birth")
    if answer.exported is not None:
        told.append(
            f"exported by {answer.who or 'unknown'} on {answer.exported:%d/%m/%Y} at {answer.exported:%H:%M}"
        )
    return safe(" · ".join(told))


STILL_SHOWN = ("shown ", "are in no family group and count")
"""How a reason begins that leaves nothing out"""


def left_out_line(answer: "Answer") -> str:
    """What the report leaves out and why, and what it shows with a part missing; empty when nothing."""
    told: dict[bool, list[str]] = {False: [], True: []}
    for item in answer.left_out:
        shown = str(item["reason"]).startswith(STILL_SHOWN)
        told[shown].append(in_words(item))
    lines = [f"Left out: {'; '.join(told[False])}"] if told[False] else []
    lines += [f"In the list: {'; '.join(told[True])}"] if told[True] else []
    return safe(". ".join(lines))


def day(value: object) -> str:
    """A date as dd/mm/yyyy, or words for one that is not known."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else "date not known"
