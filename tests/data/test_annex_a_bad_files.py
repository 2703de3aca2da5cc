"""Files that are no Annex A workbook: each gets one message that names it and says what to do."""

import io
import zipfile

import msoffcrypto
import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from data.errors import DataError
from data.sources.annex_a import AnnexA, package, workbook
from data.sources.base import silent


def book(**sheets: list[list[object]]) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    made.close()
    return out.getvalue()


GOOD = book(Contacts=[["Child Unique ID", "Date of Contact", "Contact Source"], [1, "01/02/2026", "6"]])


def problem(path) -> str:
    with pytest.raises(DataError) as told:
        list(AnnexA(path).batches(silent))
    text = str(told.value)
    assert path.name in text
    assert "Traceback" not in text
    return text


def at(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_the_good_one_is_read(tmp_path):
    assert {b.table for b in AnnexA(at(tmp_path, "a.xlsx", GOOD)).batches(silent)} == {"person", "contacts"}


def test_no_such_file(tmp_path):
    assert "There is no file" in problem(tmp_path / "none.xlsx")


def test_a_folder(tmp_path):
    (tmp_path / "a.xlsx").mkdir()
    assert "folder" in problem(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"Child Unique ID,Date\n1,2\n", "text or CSV"),
        ("a.pdf", b"%PDF-1.7\n\0\0", "PDF"),
        ("a.xls", b"<html><table></table></html>", "web page"),
        ("a.xlsx", b"\x89PNG\0\0\0", "another kind"),
        ("a.xlsx", b"", "empty"),
        ("a.xlsx", workbook._OLE + b"\0" * 2000, "damaged"),
    ],
)
def test_not_a_workbook(tmp_path, name, content, said):
    assert said in problem(at(tmp_path, name, content))


@pytest.mark.parametrize("part", [0.2, 0.6, 0.98])
def test_a_workbook_cut_short(tmp_path, part):
    assert "cut short" in problem(at(tmp_path, "half.xlsx", GOOD[: int(len(GOOD) * part)]))


def test_a_workbook_with_a_broken_part(tmp_path):
    with zipfile.ZipFile(io.BytesIO(GOOD)) as parts:
        info = parts.getinfo("xl/worksheets/sheet1.xml")
    broken = bytearray(GOOD)
    broken[info.header_offset + 80] ^= 0xFF
    assert "cut short or damaged" in problem(at(tmp_path, "broken.xlsx", bytes(broken)))


def test_a_zip_that_is_no_workbook(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("letter.txt", "hello")
    assert "no workbook" in problem(at(tmp_path, "zip.xlsx", out.getvalue()))


def test_a_password(tmp_path):
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(GOOD)).encrypt("secret", locked)
    assert msoffcrypto.OfficeFile(locked).is_encrypted()
    told = problem(at(tmp_path, "locked.xlsx", locked.getvalue()))
    assert "password" in told
    assert "secret" not in told


def test_no_list_in_it(tmp_path):
    told = problem(at(tmp_path, "other.xlsx", book(Budget=[["Team", "Pounds"], ["A", 3]], Empty=[])))
    assert "None of the sheets" in told


def test_a_workbook_that_unpacks_to_far_too_much(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "MAX_BYTES", 2000)
    assert "unpacks to more" in problem(at(tmp_path, "bomb.xlsx", GOOD))


def test_a_cell_far_outside_is_refused_before_it_is_read(tmp_path):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    sheet = made.add_worksheet("List 1")
    sheet.write(0, 0, "Child Unique ID")
    sheet.write(1048575, 16383, "x")
    made.close()
    assert "Ctrl+End" in problem(at(tmp_path, "far.xlsx", out.getvalue()))


def test_a_size_that_lies_is_found_out(tmp_path):
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 5_000_000)
    content = bytearray(inside.getvalue())
    size = (5_000_000).to_bytes(4, "little")
    while (found := content.find(size)) >= 0:
        content[found : found + 4] = (100).to_bytes(4, "little")
    assert "cut short or damaged" in problem(at(tmp_path, "lies.xlsx", bytes(content)))


def test_a_reader_that_gives_up_is_a_message_too(tmp_path, monkeypatch):
    class PanicException(BaseException):
        """The name that Rust's panics have in Python."""

    def panic(_content):
        raise PanicException("index out of bounds")

    monkeypatch.setattr("python_calamine.load_workbook", panic)
    assert "damaged" in problem(at(tmp_path, "odd.xlsx", GOOD))
