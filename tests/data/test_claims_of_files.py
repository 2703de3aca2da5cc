"""Files that say of themselves that they hold more than they can: refused before room is made for it."""

import io
import os
import subprocess
import sys
import zipfile

import polars as pl
import pytest

from data.errors import DataError
from data.quiet import hushed
from data.sources import open_source
from data.sources.annex_a import AnnexA, package, workbook
from data.sources.base import silent
from data.sources.ssd_extracts import parquet_footer
from data.sources.ssd_extracts.parquet_footer import FEW_ROWS, claimed
from tests.data.test_annex_a_bad_files import GOOD, at, book, problem


def parquet(frame, **options):
    out = io.BytesIO()
    frame.write_parquet(out, **options)
    return out


def told(path):
    with pytest.raises(DataError) as refused:
        list(open_source(str(path)).batches(silent))
    assert "\n" not in str(refused.value)
    return str(refused.value)


# Parquet


def test_a_footer_says_rows_and_size(tmp_path):
    frame = pl.DataFrame(
        {"a": range(5), "b": ["x", None, "z", "", "y"], "c": [[1]] * 5, "d": [{"e": 1.5, "f": True}] * 5}
    )
    out = parquet(frame, row_group_size=2)
    size, claim = claimed("a.parquet", out)
    assert (size, claim.rows) == (len(out.getvalue()), 5)
    assert 0 < claim.unpacked < 5_000


@pytest.mark.parametrize("zipped", [False, True])
def test_rows_that_no_file_of_its_size_can_hold(tmp_path, zipped):
    """Thirty million times one value in 60 kB took 13.9 GB."""
    one = pl.select(pl.lit("x").repeat_by(FEW_ROWS + 1).explode().alias("pers_person_id"))
    path = tmp_path / "ssd_person.parquet"
    one.write_parquet(path)
    if zipped:
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as parts:
            parts.write(path, "ssd_person.parquet")
        path = tmp_path / "all.zip"
    said = told(path)
    assert "ssd_person.parquet says that it holds 1,000,001 rows in" in said
    assert "export it again" in said


def test_a_file_that_unpacks_to_far_more_than_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_footer, "SMALL", 1_000_000)
    path = tmp_path / "ssd_person.parquet"
    pl.DataFrame({"pers_person_id": ["x" * 5_000_000]}).write_parquet(path, compression="zstd")
    assert "would grow from" in told(path)


def test_many_rows_of_numbers_of_their_own_are_read(tmp_path):
    path = tmp_path / "ssd_person.parquet"
    count = FEW_ROWS + 5
    pl.select(pl.int_range(count).cast(pl.String).alias("pers_person_id")).write_parquet(path)
    source = open_source(str(path))
    assert sum(len(batch.frame) for batch in source.batches(silent)) == count


def test_an_encrypted_file_is_called_that(tmp_path):
    content = bytearray(parquet(pl.DataFrame({"pers_person_id": ["1"]})).getvalue())
    content[-4:] = b"PARE"
    (tmp_path / "ssd_person.parquet").write_bytes(bytes(content))
    assert "encrypted" in told(tmp_path / "ssd_person.parquet")


@pytest.mark.parametrize(
    "footer",
    [
        b"\x1c" * 5_000,  # structs in structs without end
        b"\x19\xfc\xff\xff\xff\xff\x0f",  # a list of four thousand million
        b"\x18\xff\xff\xff\xff\x0f",  # a text longer than the file
        b"\x16" + b"\xff" * 30,  # a number without end
        b"\x1f",  # a kind that there is not
        b"\x36\x01\x00",  # fewer rows than none
        b"",
    ],
)
def test_a_footer_that_says_nonsense_is_a_damaged_file(tmp_path, footer):
    path = tmp_path / "ssd_person.parquet"
    path.write_bytes(b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1")
    assert "damaged" in told(path)


# Workbooks


def changed(**parts):
    """The good workbook with something in its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for part, (before, after) in parts.items():
                if name.endswith(f"/{part}.xml"):
                    assert before in content
                    content = content.replace(before, after)
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("count", [b"4000000000", b"18446744073709551615", b"&#52;000000000", b"-1"])
def test_a_workbook_that_claims_thousands_of_millions_of_texts(tmp_path, count):
    """Room is made for all of them at once: 96 GB, and the process is ended without a word."""
    bomb = changed(sharedStrings=(b'uniqueCount="5"', b'uniqueCount="%b"' % count))
    assert "more texts than there is room for" in problem(at(tmp_path, "texts.xlsx", bomb))


def test_the_claim_may_stand_far_into_the_part(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "_CHUNK", 4_096)
    late = b"<!--" + b"x" * 20_000 + b'--><sst uniqueCount="4000000000"'
    bomb = changed(sharedStrings=(b"<sst", late))
    assert "more texts than there is room for" in problem(at(tmp_path, "texts.xlsx", bomb))


def test_how_often_texts_are_used_may_be_more_than_there_are(tmp_path):
    many = changed(sharedStrings=(b' count="5"', b' count="40000000"'))
    assert list(AnnexA(at(tmp_path, "a.xlsx", many)).batches(silent))


def test_a_workbook_of_the_binary_kind_claims_too(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr(
            "xl/sharedStrings.bin",
            b"\x9f\x01\x08" + b"\x01\0\0\0" + (4_000_000_000).to_bytes(4, "little") + b"\xa0\x01\0",
        )
    assert "more texts than there is room for" in problem(at(tmp_path, "texts.xlsb", out.getvalue()))


@pytest.mark.parametrize("row", [b"1048577", b"4294967295", b"99999999999"])
def test_a_cell_below_the_last_row_of_a_sheet(tmp_path, row):
    far = changed(sheet1=(b'r="A2"', b'r="A' + row + b'"'))
    assert "far outside" in problem(at(tmp_path, "far.xlsx", far))


def test_more_sheets_than_anybody_has(tmp_path):
    sheets = {f"S{at}": [["x"]] for at in range(package.MAX_SHEETS)}
    with pytest.raises(DataError, match="None of the sheets"):
        AnnexA(at(tmp_path, "many.xlsx", book(**sheets))).batches(silent).__next__()
    sheets["more"] = [["x"]]
    said = problem(at(tmp_path, "many.xlsx", book(**sheets)))
    assert "has 101 sheets" in said


def test_sheets_that_are_one_part_of_the_file(tmp_path):
    more = b'<sheet name="Again" sheetId="7" r:id="rId1"/></sheets>'
    assert "one and the same" in problem(at(tmp_path, "same.xlsx", changed(workbook=(b"</sheets>", more))))


def test_all_sheets_together_have_a_largest_area(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "MAX_ALL_CELLS", 11)
    two = book(A=[["x", "y"]] * 3, B=[["x", "y"]] * 3)
    assert "far outside" in problem(at(tmp_path, "two.xlsx", two))


def test_merged_cells_over_one_another(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_CELLS", 1)
    merged = b'</sheetData><mergeCells count="2">' + b'<mergeCell ref="A1:A9"/>' * 2 + b"</mergeCells>"
    assert "far outside" in problem(at(tmp_path, "m.xlsx", changed(sheet1=(b"</sheetData>", merged))))


# What the readers print by themselves


def test_what_a_reader_prints_is_held_back_and_ours_is_not(capfd):
    with hushed():
        os.write(2, b"thread '<unnamed>' panicked at src/lib.rs\n")
    os.write(2, b"one sentence\n")
    assert capfd.readouterr().err == "one sentence\n"


def test_a_progress_bar_goes_on_while_readers_are_held_back():
    program = (
        "import os, sys\nfrom data.quiet import hushed\n"
        "with hushed():\n    os.write(2, b'panic\\n')\n    print('bar', file=sys.stderr)\n"
        "print('end', file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == "bar\nend\n"
