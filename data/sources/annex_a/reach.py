"""How far the cells of a sheet reach, in the three ways of writing one that are zip files.

What reads the cells makes room for all between the first and the last of them, so one cell in the last row
and one in the last column of a sheet of 20 rows would fill any memory. Cells that are only formatted do not
count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""What a sheet of Excel has; a number beyond is a mistake or a trap."""

_QUOTE = rb"""\s*=\s*["']"""
_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r" + _QUOTE + rb"\$?([A-Za-z]{1,3})\$?([0-9]{1,20})[^>]*(?<!/)>(?!</)"
)
"""A cell that holds something; one that is only formatted closes at once."""
_NAMELESS = re.compile(rb"<(?:\w+:)?c(?:>|\s(?!r\s*=)(?![^>]*\sr\s*=)[^>]*(?<!/)>)(?!</)")
"""A cell that does not say where it is: it is the next one of its row."""
_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^>]*?\s)?r" + _QUOTE + rb"([0-9]{1,20})")

_ODS = re.compile(rb"<(?:\w+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
_ODS_REPEAT = re.compile(rb"number-(?:rows|columns)-repeated" + _QUOTE + rb"([0-9]{1,9})")

_XLSB_ROW, _XLSB_CELLS = 0, range(2, 12)
"""Kinds of records: the start of a row, and cells that hold something."""


def column_number(letters: bytes) -> int:
    """A is 0."""
    wide = 0
    for letter in letters.upper():
        wide = wide * 26 + letter - 64
    return wide - 1


def of_xml(text: bytes) -> tuple[int, int]:
    """The last row and column, counted from 1, of a piece of a sheet in XML; (0, 0) where it has no cells."""
    rows = wide = 0
    if cells := _CELL.findall(text):
        columns, numbers = map(set, zip(*cells, strict=True))
        wide = max(map(column_number, columns)) + 1
        rows = max(map(int, numbers))
    if _NAMELESS.search(text):
        rows = max(rows, *map(int, _ROW.findall(text)), 0)
        wide = max(wide, *(len(_NAMELESS.findall(row)) for row in re.split(rb"<(?:\w+:)?row[\s>]", text)))
    return rows, wide


def of_ods(text: bytes) -> int:
    """The area of the largest sheet of an .ods workbook, given its content in full."""
    largest = row = repeat = column = rows = wide = 0
    for token in _ODS.finditer(text):
        kind, attributes = token[1], token[2]
        found = _ODS_REPEAT.search(attributes)
        times = int(found[1]) if found else 1
        if kind == b"table":
            largest, row, repeat, rows, wide = max(largest, rows * wide), 0, 0, 0, 0
        elif kind == b"table-row":
            row, repeat, column = row + repeat, times, 0
        else:
            column += times
            if b"value-type" in attributes or not attributes.rstrip().endswith(b"/"):
                rows, wide = max(rows, row + repeat), max(wide, column)
    return max(largest, rows * wide)


def of_xlsb(content: bytes) -> int:
    """The area of a sheet of an .xlsb workbook, given its part in full."""
    rows = wide = row = 0
    for kind, at in _records(content):
        if kind == _XLSB_ROW:
            row = int.from_bytes(content[at : at + 4], "little") + 1
        elif kind in _XLSB_CELLS:
            rows = max(rows, row)
            wide = max(wide, int.from_bytes(content[at : at + 4], "little") + 1)
    return rows * wide


def _records(content: bytes) -> Iterator[tuple[int, int]]:
    """The kind of each record and where its data begins; ends where the part does not go on as it should."""
    at, end = 0, len(content)
    while at < end - 1:
        kind = content[at]
        at += 1
        if kind & 0x80:
            kind |= content[at] << 8
            at += 1
        size = shift = 0
        while at < end:
            byte = content[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift == 28:
                break
        yield kind, at
        at += size
