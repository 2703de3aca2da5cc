"""What every Word document has here: A4, a readable font, page numbers, tables that break well."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from fcl_tui.export.cells import safe

FONT = "Arial"
MARGIN = 18


def new_document(title: str, *, points: float, landscape: bool = False) -> Any:
    """An empty A4 document in the house font."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    for style in ("Normal", "Heading 1", "Heading 2"):
        font = document.styles[style].font
        font.name = FONT
        fonts = document.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for name in list(fonts.attrib):
            if name.endswith("Theme"):  # the theme's font would go before the one named
                del fonts.attrib[name]
        fonts.set(qn("w:eastAsia"), FONT)
    document.styles["Normal"].font.size = Pt(points)
    document.styles["Normal"].paragraph_format.space_after = Pt(3)
    document.core_properties.title = safe(title)
    document.core_properties.author = "fcl-tui"
    document.core_properties.comments = ""
    return document


def _field(paragraph: Any, instruction: str) -> None:
    for kind, text in (("begin", None), (None, instruction), ("separate", None), ("", "1"), ("end", None)):
        run = paragraph.add_run()
        if kind == "":
            run.text = text
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def foot(document: Any, words: str) -> None:
    """Words and "Page X of Y" at the foot of every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{safe(words)} - Page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")
    for run in paragraph.runs:
        run.font.size = Pt(8)


def marked(document: Any, owned: tuple[str, ...]) -> None:
    """The protective marking and the authority's name at the head of every page, if there are any."""
    if not owned:
        return
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(safe(" · ".join(owned)))
    run.bold, run.font.size = True, Pt(9)


def _flag(row: Any, name: str) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def repeats(row: Any) -> None:
    """The row stands at the top of every page of its table."""
    _flag(row, "w:tblHeader")


def stays_whole(row: Any) -> None:
    """No page ends inside the row."""
    _flag(row, "w:cantSplit")


def shaded(cell: Any, colour: str) -> None:
    """Give a cell a background (RRGGBB)."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def table(document: Any, headings: list[str], widths: list[float], *, points: float | None = None) -> Any:
    """A ruled table of fixed widths (mm) with a heading that repeats, in letters of that many points."""
    made = document.add_table(rows=1, cols=len(headings))
    made.style = "Table Grid"
    made.autofit = False
    for index, width in enumerate(widths):
        made.columns[index].width = Mm(width)
    for cell, words, width in zip(made.rows[0].cells, headings, widths, strict=True):
        cell.width = Mm(width)
        cell.text = safe(words)
        run = cell.paragraphs[0].runs[0]
        run.bold = True
        if points is not None:
            run.font.size = Pt(points)
        shaded(cell, "E8E8E8")
    repeats(made.rows[0])
    stays_whole(made.rows[0])
    return made


def whole(document: Any) -> bytes:
    """The document as a file."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()
