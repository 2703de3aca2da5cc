"""Writing the eleven lists as one workbook."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import polars as pl

from data.demo.annex_a import care, front_door, protection
from data.demo.annex_a.facts import CHILD, Facts
from data.demo.files.writing import demo_file
from data.sources.annex_a.headers import LISTS, columns, place

FILE_NAME = "Annex A.xlsx"
AUTHOR = "fcl-tui demo"
"""In the workbook's properties; a workbook without it is somebody's own and is never overwritten."""

_LISTS: Mapping[int, Callable[[Facts], pl.DataFrame]] = {
    1: front_door.contacts,
    2: front_door.early_help,
    3: front_door.referrals,
    4: front_door.assessments,
    5: protection.enquiries,
    6: front_door.children_in_need,
    7: protection.plans,
    8: care.children_in_care,
    9: care.care_leavers,
    10: care.adoption,
}


def write_annex_a(tables: Mapping[str, pl.DataFrame], folder: Path, as_at: date) -> Path:
    """Write the lists that SSD tables give on a day as "Annex A.xlsx" in a folder, made if need be.

    List 11 has its headings only: the standard does not hold adopters.

    Raises:
        DataError: the folder cannot be written to, or holds an Annex A that is not the demo's.
    """
    path = folder / FILE_NAME
    facts = Facts(tables, as_at)
    content = _workbook({list_no: _listed(facts, list_no) for list_no in LISTS}, as_at)
    with demo_file(path, _is_demo) as beside:
        beside.write_bytes(content)
    return path


def _is_demo(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as parts:
            return f">{AUTHOR}<".encode() in parts.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError):
        return False


def _listed(facts: Facts, list_no: int) -> pl.DataFrame:
    names = [column.name for column in columns(list_no)]
    if list_no not in _LISTS:
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    return _LISTS[list_no](facts).sort(CHILD, *names, nulls_last=True).select(names)


def _workbook(lists: Mapping[int, pl.DataFrame], as_at: date) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        },
    )
    noon = datetime(as_at.year, as_at.month, as_at.day, 12)
    book.set_properties({"title": "Annex A", "author": AUTHOR, "created": noon})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    for list_no, frame in lists.items():
        sheet = book.add_worksheet(place(list_no))
        sheet.freeze_panes(1, 1)
        for at, name in enumerate(frame.columns):
            values = frame[name]
            sheet.write_string(0, at, name, bold)
            sheet.set_column(at, at, 14)
            sheet.write_column(1, at, values.to_list(), day if values.dtype == pl.Date else None)
    book.close()
    return out.getvalue()
