"""A note of thanks as a letter."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from docx.shared import Pt

from fcl_tui.export.cells import safe
from fcl_tui.export.word import marked, new_document, whole


def letter(note: Mapping[str, Any], authority: str = "", marking: str = "") -> bytes:
    """A note of thanks (to_whom, words, signed_by, made_at) as a letter on one page of A4.

    One that is not signed yet has room for the signature.
    """
    document = new_document("A note of thanks", points=11)
    marked(document, tuple(one for one in (marking, authority) if one))
    day = note["made_at"] if note.get("made_at") is not None else date.today()
    document.add_paragraph(f"{day:%d/%m/%Y}")
    document.add_paragraph(safe(note["to_whom"])).paragraph_format.space_after = Pt(18)
    document.add_heading("Thank you", level=1)
    for line in str(note["words"] or "").splitlines():
        document.add_paragraph(safe(line)).paragraph_format.space_after = Pt(8)
    document.add_paragraph("For the Performance Board").paragraph_format.space_before = Pt(18)
    signed = note.get("signed_by")
    document.add_paragraph(safe(signed) if signed else "\n\n________________________")
    return whole(document)
