"""Files that once broke a load: made again for the tests and for `make fuzz`, which damages them further."""

import io
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import xlsxwriter

from data.sources.ssd_extracts.parquet_footer import FEW_ROWS


def _workbook(*changes: tuple[str, bytes, bytes]) -> bytes:
    """A small Annex A with something in one of its parts replaced."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    for name in ("Contacts", "Notes"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["Child Unique ID", "Date of Contact", "Contact Source"])
        sheet.write_row(1, 0, [1, "01/02/2026", "6"])
    book.close()
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for part, before, after in changes:
                if name.endswith(part):
                    assert before in content, (part, before)
                    content = content.replace(before, after)
            new.writestr(name, content)
    return out.getvalue()


def _sqlite(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as made:
        for statement in statements:
            made.execute(statement)
    made.close()


def _rows_of_one_value(path: Path) -> None:
    one = pl.select(pl.lit("x").repeat_by(3 * FEW_ROWS).explode().alias("pers_person_id"))
    one.write_parquet(path)


def _one_long_value(path: Path) -> None:
    pl.DataFrame({"pers_person_id": ["x" * 80_000_000]}).write_parquet(path, compression="zstd")


def _texts(path: Path) -> None:
    path.write_bytes(_workbook(("sharedStrings.xml", b'uniqueCount="5"', b'uniqueCount="4000000000"')))


def _row_beyond(path: Path) -> None:
    path.write_bytes(_workbook(("sheet1.xml", b'r="A2"', b'r="A4294967295"')))


def _one_part(path: Path) -> None:
    sheets = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (at, at) for at in range(5, 3_000))
    path.write_bytes(_workbook(("workbook.xml", b"</sheets>", sheets + b"</sheets>")))


def _value_without_measure(path: Path) -> None:
    _sqlite(
        path,
        "CREATE VIEW ssd_person AS SELECT 1 AS pers_person_id, hex(zeroblob(100000000)) AS pers_forename",
    )


def _long_values(path: Path) -> None:
    _sqlite(
        path,
        "CREATE TABLE ssd_person (pers_person_id, pers_forename)",
        "INSERT INTO ssd_person VALUES (1, 'Ann'), (2, zeroblob(1000000))",
    )


def _every_type(path: Path) -> None:
    _sqlite(
        path,
        "CREATE TABLE ssd_person (pers_person_id, pers_forename, pers_dob)",
        "INSERT INTO ssd_person VALUES (x'ff00', 1e999, x''), (1e999, x'31', -1e999), "
        "(9007199254740993, 'Ann', 1e300), (1.5, NULL, 20150303), ('1', 7, '2015-03-03')",
    )


REFUSED: dict[str, Callable[[Path], None]] = {
    "rows of one value/ssd_person.parquet": _rows_of_one_value,
    "one long value/ssd_person.parquet": _one_long_value,
    "thousands of millions of texts.xlsx": _texts,
    "a row beyond the last.xlsx": _row_beyond,
    "three thousand sheets on one part.xlsx": _one_part,
    "a value without measure.db": _value_without_measure,
    "long values.db": _long_values,
}
"""Refused in one sentence; what each is called."""

READ: dict[str, Callable[[Path], None]] = {"every type in every column.db": _every_type}
"""Read, with every row accounted for."""


def write(folder: Path) -> list[Path]:
    """All of them; returns where each is."""
    made = []
    for name, make in (REFUSED | READ).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        make(path)
        made.append(path)
    return made
