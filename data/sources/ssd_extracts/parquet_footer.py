"""What a Parquet file says at its end about its rows and its size, read before anything is unpacked.

The footer is written in Thrift's compact protocol; only the few numbers that are asked for are kept, the rest
is passed over. Nothing in it is trusted: a size or depth that the bytes cannot carry is a ValueError.

Source: the Parquet format (FileMetaData, RowGroup, ColumnChunk, ColumnMetaData), and Thrift's compact
protocol.
"""

from __future__ import annotations

import os
from typing import IO, Any

from data.dataclass import dataclass
from data.errors import DataError

MOST_ROWS = 100_000_000
"""Rows of one file; twenty years of visits of the largest authority are a twentieth of that."""
FEW_ROWS = 1_000_000
"""Rows that any file may have, however small it is."""
ROWS_A_BYTE = 4
"""Rows that a larger one may have for each byte: numbers that count up, and nothing beside them, are two."""
MOST_BYTES = 16 * 1024**3
"""Bytes of one file, unpacked: as of an extract in text."""
SMALL = 64 * 1024**2
"""Bytes that any file may unpack to."""
RATIO = 300
"""How many times its own size a larger one may unpack to; tables pack to a tenth."""
LARGEST_FOOTER = 64 * 1024**2

_MAGIC, _LOCKED = b"PAR1", b"PARE"
_DEEPEST = 16
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 11, 12


@dataclass(frozen=True)
class Claim:
    """What a footer says of its file."""

    rows: int
    unpacked: int
    """bytes of all columns, unpacked"""


def refuse_too_much(name: str, file: IO[bytes]) -> None:
    """Raise DataError where the file holds more than its size lets an honest one hold.

    Rows of one repeated value pack to almost nothing, so the rows are bounded by the file's size too: an
    honest row has at least a number of its own.

    Raises:
        DataError: there is too much in it, or it is encrypted.
        ValueError: the footer cannot be read.
    """
    size, claim = claimed(name, file)
    if claim.rows > min(MOST_ROWS, max(FEW_ROWS, size * ROWS_A_BYTE)):
        raise DataError(
            f"{name} says that it holds {claim.rows:,} rows in {size:,} bytes, as no extract does. It was "
            "not read; export it again."
        )
    if claim.unpacked > min(MOST_BYTES, max(SMALL, size * RATIO)):
        raise DataError(
            f"{name} would grow from {size:,} to {claim.unpacked:,} bytes, as no extract does. It was not "
            "read; export it again."
        )


def claimed(name: str, file: IO[bytes]) -> tuple[int, Claim]:
    """The file's size in bytes, and what its footer says. Raises DataError or ValueError, as above."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - 8, 0))
    end = file.read(8)
    if end[4:] == _LOCKED:
        raise DataError(f"{name} is encrypted. Export it again without a key.")
    length = int.from_bytes(end[:4], "little")
    if end[4:] != _MAGIC or length > min(size - 8, LARGEST_FOOTER):
        raise ValueError("no whole Parquet file")
    file.seek(size - 8 - length)
    footer = _Reader(file.read(length)).struct()
    file.seek(0)
    groups = [group for group in _list(footer.get(4)) if isinstance(group, dict)]
    chunks = [_chunks(group) for group in groups]
    values = sum(max((_number(chunk.get(5)) for chunk in each), default=0) for each in chunks)
    rows = max(_number(footer.get(3)), sum(_number(group.get(3)) for group in groups), values)
    return size, Claim(rows, sum(_number(chunk.get(6)) for each in chunks for chunk in each))


def _chunks(group: dict[int, Any]) -> list[dict[int, Any]]:
    """What is said of each column of a group of rows."""
    columns = (column.get(3) for column in _list(group.get(1)) if isinstance(column, dict))
    return [column for column in columns if isinstance(column, dict)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: object) -> int:
    if value is None:
        return 0
    if not isinstance(value, int) or value < 0:
        raise ValueError("no number where one belongs")
    return value


class _Reader:
    """Reads a struct as its fields by number: numbers, lists and structs; of everything else nothing."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """The fields up to the struct's end."""
        if depth > _DEEPEST:
            raise ValueError("too deep")
        fields: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            kind = head & 0x0F
            number = number + (head >> 4) if head >> 4 else self._signed()
            fields[number] = None if kind in (_TRUE, _FALSE) else self._value(kind, depth)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        if kind == _STRUCT:
            return self.struct(depth + 1)
        if kind in (_LIST, _SET):
            return self._several(depth)
        if kind == _MAP:
            return self._pairs(depth)
        if kind in (_TRUE, _FALSE, _BYTE):
            return self._byte()
        if kind == _DOUBLE:
            return self._skip(8)
        if kind == _BINARY:
            return self._skip(self._unsigned())
        if kind in (4, 5, 6):
            return self._signed()
        raise ValueError("an unknown kind of field")

    def _several(self, depth: int) -> list[Any]:
        head = self._byte()
        count = head >> 4 if head >> 4 < 15 else self._unsigned()
        self._carries(count)
        if depth > _DEEPEST:
            raise ValueError("too deep")
        return [self._value(head & 0x0F, depth + 1) for _ in range(count)]

    def _pairs(self, depth: int) -> None:
        count = self._unsigned()
        if count:
            self._carries(count)
            kinds = self._byte()
            for _ in range(count):
                self._value(kinds >> 4, depth + 1)
                self._value(kinds & 0x0F, depth + 1)

    def _carries(self, count: int) -> None:
        """What is said to follow takes a byte each at least."""
        if count > len(self._content) - self._at:
            raise ValueError("shorter than it says")

    def _skip(self, count: int) -> None:
        self._carries(count)
        self._at += count

    def _byte(self) -> int:
        self._carries(1)
        self._at += 1
        return self._content[self._at - 1]

    def _unsigned(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return value
            if shift > 63:
                raise ValueError("too long a number")

    def _signed(self) -> int:
        value = self._unsigned()
        return (value >> 1) ^ -(value & 1)
