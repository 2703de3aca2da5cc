"""Cells that show something in Excel and hold no value, or show the value of another."""

from collections.abc import Iterator

import polars as pl

from data.issues import model as issue_frames
from data.issues.model import Effect, Severity
from data.sources.annex_a.headers import Headings
from data.sources.annex_a.problems import row_issues
from data.sources.annex_a.workbook import Sheet
from data.sources.delimited import FAULTS

_KINDS: tuple[tuple[str, Severity, str], ...] = (
    (
        "error_cell",
        "warning",
        "The cell holds an error of Excel's, so it was read as blank; correct its formula.",
    ),
    (
        "formula_without_value",
        "error",
        "The cell's formula was never worked out, so it was read as blank. Open the workbook in Excel, save "
        "it and load it again.",
    ),
)


def cell_issues(sheet: Sheet, headings: Headings, rows: pl.DataFrame, where: str) -> Iterator[pl.DataFrame]:
    """One issue for each such cell of a list.

    Args:
        sheet: the list's sheet.
        headings: which of its cells are which column; others are not told.
        rows: the list's rows, with `source_row`; cells of other rows are not told.
        where: the list's name.
    """
    faults = pl.DataFrame(
        [(f"{where}/row {fault.row}", fault.column, fault.rule, fault.value) for fault in sheet.faults],
        schema={"source_row": pl.String, "cell": pl.Int64, "rule": pl.String, "value": pl.String},
        orient="row",
    ).join(rows.select("source_row"), on="source_row", how="semi", maintain_order="left")
    for rule, severity, reason in _KINDS:
        for name, cell in headings.found.items():
            yield row_issues(
                faults.filter(pl.col("rule") == rule, pl.col("cell") == cell), rule, where, severity,
                effect="value left blank", reason=reason, column=name, value="value",
            )  # fmt: skip
    filled = pl.DataFrame(
        {"source_row": [f"{where}/row {row}" for row in sheet.filled]}, schema={"source_row": pl.String}
    )
    yield row_issues(
        filled.join(rows.select("source_row"), on="source_row", how="semi", maintain_order="left"),
        "merged_cell", where, "note", effect="kept",
        reason="The row takes the value of a cell that is merged over several rows.",
    )  # fmt: skip


def broken_rows(sheet: Sheet, where: str) -> tuple[int, pl.DataFrame]:
    """How many rows of a list in a text file are held for their number of cells, and an issue for each."""
    told = [issue_frames.frame()]
    for fault in sheet.broken:
        severity, reason = FAULTS[fault.rule, fault.held]
        row = pl.DataFrame({"source_row": [f"{where}/row {fault.row}"], "value": [fault.text[:200]]})
        effect: Effect = "row held" if fault.held else "kept"
        told.append(
            row_issues(row, fault.rule, where, severity, effect=effect, reason=reason, value="value")
        )  # fmt: skip
    return sum(fault.held for fault in sheet.broken), pl.concat(told)
