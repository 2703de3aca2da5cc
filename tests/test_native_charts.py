"""Charts that Excel and Word draw themselves: the figures are in them, and the file opens."""

from io import BytesIO
from zipfile import ZipFile

import polars as pl
import pytest
from docx import Document
from openpyxl import load_workbook

from fcl_tui.export.sheet_chart import add_chart as add_to_sheet
from fcl_tui.export.word import new_document, whole
from fcl_tui.export.word_chart import add_chart
from fcl_tui.reports.beside import Chart

MONTHS = ["Oct 25", "Nov 25", "Dec 25"]
LINE = Chart(
    kind="line", frame="", label="month", value="v", others=(("e", "England"),), title="Rate", words="Ours"
)
AGES = Chart(
    kind="pyramid", frame="", label="age", value="m", others=(("f", "Female"),), words="Male", title="Ages"
)
CHARTS = {
    "line": (
        LINE,
        pl.DataFrame({"month": MONTHS, "v": [1.5, None, 3.0], "e": [2.0] * 3}),
    ),
    "control": (
        Chart(
            kind="control",
            frame="",
            label="month",
            value="v",
            others=(("l", "Lower limit"), ("m", "Mean"), ("u", "Upper limit")),
            state="s",
            tone="t",
            title="Control",
        ),
        pl.DataFrame(
            {"month": MONTHS, "v": [1, 2, 9], "l": [0.0] * 3, "m": [2.0] * 3, "u": [4.0] * 3,
             "s": [None, None, "above the limit"], "t": [None, None, "bad"]}
        ),
    ),
    "stacked": (
        Chart(kind="stacked", frame="", label="at", part="part", value="n", title="Parts"),
        pl.DataFrame({"at": ["now", "now"], "part": ["=1+1", "<b>&"], "n": [3, 4]}),
    ),
    "funnel": (
        Chart(kind="funnel", frame="", label="stage", value="n", title="Stages"),
        pl.DataFrame({"stage": ["Contacts", "Referrals"], "n": [10, 4]}),
    ),
    "pyramid": (
        AGES,
        pl.DataFrame({"age": ["1", "0"], "m": [3, 1], "f": [2, 5]}),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def document() -> bytes:
    made = new_document("Charts", points=9)
    for chart, frame in CHARTS.values():
        add_chart(made, chart, frame, 2.5 if chart.kind == "line" else None)
    return whole(made)


def test_a_document_has_each_chart_with_the_workbook_of_its_figures(document: bytes) -> None:
    assert len(Document(BytesIO(document)).inline_shapes) == len(CHARTS)
    with ZipFile(BytesIO(document)) as package:
        names = package.namelist()
        for number in range(1, len(CHARTS) + 1):
            drawn = package.read(f"word/charts/chart{number}.xml").decode()
            assert "<c:externalData" in drawn
            assert f"word/embeddings/figures{number}.xlsx" in names
            told = package.read(f"word/charts/_rels/chart{number}.xml.rels").decode()
            assert f"figures{number}.xlsx" in told
        line = package.read("word/charts/chart1.xml").decode()
        assert '<c:dispBlanksAs val="gap"/>' in line
        assert line.count('<c:smooth val="0"/>') == 3  # ours, England, the target
        types = package.read("[Content_Types].xml").decode()
        assert "drawingml.chart+xml" in types


def test_the_figures_in_a_chart_are_those_given(document: bytes) -> None:
    with ZipFile(BytesIO(document)) as package:
        book = load_workbook(BytesIO(package.read("word/embeddings/figures1.xlsx")))
    rows = [[cell.value for cell in row] for row in book["Figures"].iter_rows()]
    assert rows[0] == ["Month", "Ours", "England", "Target"]
    assert rows[2] == ["Nov 25", None, 2.0, 2.5]


@pytest.mark.parametrize("kind", list(CHARTS))
def test_a_workbook_has_the_chart_and_no_formula(kind: str) -> None:
    import xlsxwriter

    chart, frame = CHARTS[kind]
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        book.add_worksheet("Rows")
        add_to_sheet(book, chart, frame, None)
    made = load_workbook(BytesIO(out.getvalue()))
    assert len(made["Chart"]._charts) == 1
    for row in made["Chart"].iter_rows():
        assert all(cell.data_type != "f" for cell in row)


def test_signals_are_a_shape_of_their_own() -> None:
    import xlsxwriter

    chart, frame = CHARTS["control"]
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        add_to_sheet(book, chart, frame, None)
    rows = [
        [cell.value for cell in row] for row in load_workbook(BytesIO(out.getvalue()))["Chart"].iter_rows()
    ]
    assert rows[0][-2:] == ["Signal: concern", "What it shows"]
    assert [row[-2] for row in rows[1:]] == [None, None, 9]
