"""A chart in a Word document that Word draws itself, with the workbook of its figures inside.

The chart is made by the same code as in a workbook, and taken out of one: python-docx has no charts.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import polars as pl
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from fcl_tui.export.cells import safe
from fcl_tui.export.native_chart import chart_of

if TYPE_CHECKING:
    from fcl_tui.reports.spec import Chart

CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "Figures"
INSIDE = "xl/charts/chart1.xml"
_LABELS = (
    b'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    b'<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_AFTER = re.compile(rb"<c:printSettings|</c:chartSpace>")
"""Before what the workbook's address stands, in the order that the format asks for"""


def add_chart(
    document: Any,
    chart: Chart,
    frame: pl.DataFrame,
    target: float | None = None,
    *,
    wide: float = 174,
    high: float = 70,
    paragraph: Any = None,
) -> None:
    """Add a chart of that size (mm) at the end of a document or in a paragraph; its title describes it."""
    book = _workbook(chart, frame, target)
    with ZipFile(BytesIO(book)) as package:
        drawn = package.read(INSIDE)
    number = 1 + sum(1 for part in document.part.package.iter_parts() if part.content_type == CHART)
    outer = document.part.package
    inner = Part(PackURI(f"/word/embeddings/figures{number}.xlsx"), WORKBOOK, book, outer)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART, b"", outer)
    address = part.relate_to(inner, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = _with_workbook(drawn, address)
    shown = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    into = document.add_paragraph() if paragraph is None else paragraph
    into.add_run()._r.append(_frame(shown, number, safe(chart.title), int(Mm(wide)), int(Mm(high))))


def _workbook(chart: Chart, frame: pl.DataFrame, target: float | None) -> bytes:
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(SHEET)
        made, across = chart_of(book, sheet, chart, frame, target)
        sheet.insert_chart(1, across + 1, made)
    return out.getvalue()


def _with_workbook(drawn: bytes, address: str) -> bytes:
    """The chart with the address of its workbook, and with what Excel assumes and Word does not."""
    told = f'<c:externalData r:id="{address}"><c:autoUpdate val="0"/></c:externalData>'.encode()
    at = _AFTER.search(drawn)
    assert at is not None
    drawn = drawn[: at.start()] + told + drawn[at.start() :]
    drawn = drawn.replace(b'<c:showVal val="1"/>', _LABELS)
    if b"<c:dispBlanksAs" not in drawn:
        drawn = drawn.replace(b"</c:chart>", b'<c:dispBlanksAs val="gap"/></c:chart>')
    begin, end = drawn.find(b"<c:lineChart>"), drawn.find(b"</c:lineChart>")
    if begin < 0:
        return drawn
    lines = drawn[begin:end].replace(b"</c:ser>", b'<c:smooth val="0"/></c:ser>')
    return drawn[:begin] + lines + drawn[end:]


def _frame(address: str, number: int, words: str, wide: int, high: int) -> Any:
    """The inline picture that refers to the chart (EMU)."""
    made = parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{1000 + number}" name="Chart {number}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'r:id="{address}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    made[0].find("{*}docPr").set("descr", words)
    return made
