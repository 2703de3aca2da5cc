"""ChAT as a Word document: each page with its figures, the ages as a pyramid, the groups as bars."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt

from fcl_tui.export.cells import circumstances, left_out_line, safe
from fcl_tui.export.word import foot, marked, new_document, stays_whole, table, whole
from fcl_tui.export.word_chart import add_chart
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.strategic.views.charts import PYRAMID

POINTS = 7.0
AGES = "Age and sex"
FIGURES = ("Figures", "As Annex A counts it")
COLUMNS: tuple[tuple[str, str, float], ...] = (
    ("item", "Figure", 56),
    ("shown", "Ours", 16),
    ("of", "Of", 18),
    ("annex_shown", "Annex A", 16),
    ("year_shown", "12 months", 17),
    ("neighbours", "Neighbours", 20),
    ("region", "Region", 20),
    ("england", "England", 20),
)
"""Key, heading, and width in mm; a column without a value on a page is not there"""
WHY = ("why", "Why they differ", 60.0)
BLOCK: tuple[tuple[str, str, float], ...] = (("item", "", 90), ("shown", "Number", 20), ("share", "%", 20))
PICTURE = replace(PYRAMID, title="Age and sex")


def chat_document(answer: Answer) -> bytes:
    """Every page of the answer's rows, each on a page of its own."""
    frame = answer.rows if answer.shown is None else answer.shown
    document = new_document(answer.title, points=9)
    document.add_heading(safe(answer.title), level=1)
    _small(document, f"{answer.headline} · {circumstances(answer)}")
    for number, name in enumerate(frame["page"].unique(maintain_order=True).to_list()):
        if number:
            document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        document.add_heading(safe(name), level=2).paragraph_format.space_before = Pt(0)
        _page(document, frame.filter(pl.col("page") == name))
    left_out = left_out_line(answer)
    if left_out:
        _small(document, left_out)
    marked(document, answer.owned)
    foot(document, f"{answer.title} - as at {answer.as_at:%d/%m/%Y}")
    return whole(document)


def _page(document: Any, rows: pl.DataFrame) -> None:
    figures = rows.filter(pl.col("block").is_in(FIGURES))
    there = [
        one for one in (*COLUMNS, WHY) if one[0] == "item" or not figures[one[0]].drop_nulls().is_empty()
    ]
    _table(document, figures, there)
    ages = rows.filter(pl.col("block") == AGES).select("item", "male", "female")
    if not ages.is_empty():
        add_chart(document, PICTURE, ages, wide=120, high=66)
    for block in rows["block"].unique(maintain_order=True).to_list():
        if block in (*FIGURES, AGES):
            continue
        of = rows.filter(pl.col("block") == block)
        _table(document, of, [("item", str(block), 90.0), *BLOCK[1:]])


def _table(document: Any, rows: pl.DataFrame, columns: list[tuple[str, str, float]]) -> None:
    if rows.is_empty():
        return
    made = table(document, [words for _, words, _ in columns], [mm for *_, mm in columns], points=POINTS)
    for row in rows.iter_rows(named=True):
        line = made.add_row()
        stays_whole(line)
        for cell, (key, _, mm) in zip(line.cells, columns, strict=True):
            cell.width = Mm(mm)
            value = row[key]
            text = "" if value is None else f"{value:.0f}%" if key == "share" else str(value)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(safe(text)).font.size = Pt(POINTS)
            if key not in ("item", "why"):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    gap = document.add_paragraph()
    gap.paragraph_format.space_after = Pt(0)
    gap.add_run(" ").font.size = Pt(3)


def _small(document: Any, words: str) -> None:
    document.add_paragraph().add_run(safe(words)).font.size = Pt(POINTS)
