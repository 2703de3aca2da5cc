"""Text forms of an answer: CSV for spreadsheets, JSON for scripts, lines of a frame for reading."""

import csv
import json
from datetime import date, datetime
from io import StringIO
from typing import Any

import polars as pl
import polars.selectors as cs

from fcl_tui.export.cells import (
    FORMULA_STARTS,
    circumstances,
    columns_of,
    copied,
    left_out_line,
    stays_text,
)
from fcl_tui.reports.answer import Answer
from widgets.cells.plain import fit, plain


def _records(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return frame.with_columns(cs.temporal().dt.to_string("iso")).to_dicts()


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def as_json(answer: Answer) -> str:
    """One object: report, as_at, snapshot, parameters, columns, rows, left_out, and the report's parts."""
    told: dict[str, Any] = {
        "report": answer.report,
        "as_at": answer.as_at.isoformat(),
        "snapshot": {"id": answer.snapshot_id, "data_date": answer.data_date.isoformat()},
        "parameters": answer.parameters,
        "columns": answer.rows.columns,
        "rows": _records(answer.rows),
        "left_out": answer.left_out,
    }
    for name, part in answer.parts.items():
        if isinstance(part, pl.DataFrame):
            told[name] = _records(part)
        else:
            told[name] = {key: _iso(value) for key, value in part.items()}
    return json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n"


def as_csv(answer: Answer) -> str:
    """The rows only, under their column names; a text that could act as a formula gets a leading '.

    With the columns of a screen: under its headings, every cell as it reads there.
    """
    if answer.columns:
        return _as_shown(answer)
    safe = answer.rows.with_columns(
        pl.when(cs.string().str.contains(FORMULA_STARTS))
        .then("'" + cs.string())
        .otherwise(cs.string())
        .name.keep()
        if any(dtype == pl.String for dtype in answer.rows.dtypes)
        else pl.all()
    )
    return safe.with_columns(cs.list().list.join(", ")).write_csv(line_terminator="\r\n")


def _as_shown(answer: Answer) -> str:
    """Two lines that say what this is and what it leaves out, the headings, the rows."""
    columns = columns_of(answer.rows, answer.columns)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([stays_text(plain(answer.headline))])
    writer.writerow([" · ".join(filter(None, (circumstances(answer), left_out_line(answer))))])
    writer.writerow([stays_text(plain(column.title)) for column in columns])
    shown = [[copied(column, value) for value in answer.rows[column.key].to_list()] for column in columns]
    writer.writerows(zip(*shown, strict=True))
    return out.getvalue()


def cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.1f}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return plain(value)


def lines(frame: pl.DataFrame, widest: int = 60) -> list[str]:
    """A frame as lines in reading order, without box characters (a screen reader reads them well)."""
    from rich.cells import cell_len

    columns = [
        [name.replace("_", " "), *(cell(value) for value in frame[name].to_list())] for name in frame.columns
    ]
    widths = [min(widest, max(map(cell_len, column))) for column in columns]
    right = [frame[name].dtype.is_numeric() for name in frame.columns]
    return [
        "  ".join(
            fit(shown, width, "right" if to_right else "left")
            for shown, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in zip(*columns, strict=True)
    ]
