"""What the data may not do to the reader of an answer, taken out once, before any format is written.

An answer leaves by many ways: printed to a terminal (over SSH it is the reader's), a file that is opened
later, a calendar, a clipboard. A text from the data may hold a sequence that writes the reader's clipboard,
changes the title or colours of a terminal, or turns round the order in which letters are read. No format is
trusted to stop that by itself: `content` cleans the whole answer before it asks for one.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from fcl_tui.reports.answer import Answer

ACTS = r"[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--[\t\n\x{200C}\x{200D}]]"
"""Control signs (C0, DEL, C1), signs that reorder or hide, separators of lines: as `widgets.cells.plain`, but
that a tab and a line end stay, which a cell of CSV or JSON may hold. Surrogates cannot be in a frame."""
LINE_ENDS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
UNKNOWN = "?"


def _clean(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(LINE_ENDS, "\n").str.replace_all(ACTS, UNKNOWN)


def clean_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every text cleaned, in lists too; nothing else is changed."""
    told: list[pl.Expr] = []
    for name, kind in frame.schema.items():
        if kind == pl.String:
            told.append(_clean(pl.col(name)))
        elif kind == pl.List(pl.String):
            told.append(pl.col(name).list.eval(_clean(pl.element())))
        elif kind in (pl.Categorical, pl.Enum):
            told.append(_clean(pl.col(name).cast(pl.String)))
    return frame.with_columns(told)


def clean(value: Any) -> Any:
    """A value with every text in it cleaned: itself, in a mapping (keys too), or in a list."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean(name): clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(clean(one) for one in value)
    return value


def clean_text(text: str) -> str:
    """One text, cleaned."""
    if text.isprintable():
        return text
    whole = text.encode("utf-8", "replace").decode()  # what is half a character
    return str(pl.select(_clean(pl.lit(whole))).item())


def clean_answer(answer: "Answer") -> "Answer":
    """The answer as it may leave: rows, parts, parameters, what is left out, and who asked."""
    return replace(
        answer,
        title=clean_text(answer.title),
        tier=clean_text(answer.tier),
        top=clean_text(answer.top),
        snapshot_id=clean_text(answer.snapshot_id),
        rows=clean_frame(answer.rows),
        shown=None if answer.shown is None else clean_frame(answer.shown),
        parameters=clean(answer.parameters),
        chart_rows=None if answer.chart_rows is None else clean_frame(answer.chart_rows),
        asked=clean(answer.asked),
        authority=clean_text(answer.authority),
        marking=clean_text(answer.marking),
        left_out=clean(answer.left_out),
        parts={
            clean_text(name): clean_frame(part) if isinstance(part, pl.DataFrame) else clean(part)
            for name, part in answer.parts.items()
        },
        who=clean_text(answer.who),
    )
