"""Files that lie about themselves, beside those of other suites: refused in a sentence or accounted for."""

import io
import os
import struct
import zipfile

import polars as pl
import pytest

from data.errors import DataError
from data.sources import open_source
from data.sources.archive import Archive, Limits
from data.sources.base import silent
from data.sources.ssd_extracts.parts import MOST_COLUMNS
from tests.fuzz import read

EMPTY = b"0" * 30_000


def overlapping(path, times):
    """A zip file whose directory names one packed member so many times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.csv", os.urandom(20_000) + EMPTY)
    whole = out.getvalue()
    start, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    entries = b"".join(
        whole[start : start + 46] + b"%05d" % at + whole[start + 51 : end] for at in range(times)
    )
    tail = bytearray(whole[end:])
    struct.pack_into("<HHLL", tail, 8, times, times, len(entries), start)
    path.write_bytes(whole[:start] + entries + bytes(tail))
    return path


@pytest.mark.parametrize("times", [2, 1_500])
def test_members_that_lie_over_one_another_are_refused(tmp_path, times):
    with pytest.raises(DataError) as refused:
        for member in Archive(overlapping(tmp_path / "z.zip", times), Limits()).members():
            with member.open() as file:
                file.read()
    assert "\n" not in str(refused.value)


def wide(path, columns):
    """A file of so many columns; it took a time that grew with their square."""
    headings = ["pers_person_id", "CHILD", *(f"c{at}" for at in range(columns - 2))]
    if path.suffix == ".parquet":
        pl.DataFrame({name: ["1"] for name in headings}).write_parquet(path)
    else:
        path.write_text(",".join(headings) + "\n1,1\n")
    return path


@pytest.mark.parametrize("name", ["person.csv", "person.parquet"])
def test_more_columns_than_any_table_has_are_refused(tmp_path, name):
    source = open_source(str(wide(tmp_path / name, MOST_COLUMNS + 1)))
    with pytest.raises(DataError, match="has 2,001 columns"):
        list(source.batches(silent))


def test_as_many_columns_as_a_table_may_have_are_read(tmp_path):
    assert read(wide(tmp_path / "person.csv", MOST_COLUMNS)) == "read"


def test_a_hundred_thousand_columns_are_refused(tmp_path):
    assert read(wide(tmp_path / "person.csv", 100_000)) == "refused"
    assert read(wide(tmp_path / "episodes.csv", 100_000)) == "refused"


@pytest.mark.parametrize("number", ["-1", "4294967295", "9" * 40, "x"])
def test_a_text_that_a_workbook_does_not_have(tmp_path, number):
    from tests.broke import _workbook

    path = tmp_path / "a.xlsx"
    path.write_bytes(_workbook(("sheet1.xml", b"<v>0</v>", b"<v>%s</v>" % number.encode())))
    assert read(path) in ("refused", "read")
