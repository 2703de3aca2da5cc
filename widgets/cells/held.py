"""Frames in as little memory as they take: a long one holds each word once, and numbers in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from data.dataclass import dataclass

if TYPE_CHECKING:
    import polars as pl

LONG = 20_000
"""Rows from which on a frame is worth packing"""
MANY = 0.5
"""Different words, as a share of the rows, from which on numbers in their place save nothing"""
APART = 8_192
"""Rows of such a column that are taken out of it together"""


@dataclass(frozen=True)
class _Columns:
    """As they were given; or smaller: see `_small`."""

    there: Mapping[str, pl.Series]
    apart: Mapping[str, bytes]


class Held:
    """A frame, read whole, by columns or by windows of rows. Packing changes nothing that is read of it."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.schema, self.height = frame.schema, frame.height
        self._now = _Columns(dict(zip(frame.columns, frame.get_columns(), strict=True)), {})
        self._last: tuple[bytes, int, pl.Series] | None = None

    def __contains__(self, key: str) -> bool:
        return key in self.schema

    @property
    def is_packed(self) -> bool:
        """Whether it takes less memory than it was given with."""
        there = self._now.there
        return any(key not in there or there[key].dtype != kind for key, kind in self.schema.items())

    def frame(self, keys: Iterable[str] | None = None) -> pl.DataFrame:
        """All rows, with all columns or some."""
        import polars as pl

        return pl.DataFrame(
            [self.column(key) for key in dict.fromkeys(self.schema if keys is None else keys)]
        )

    def column(self, key: str) -> pl.Series:
        """One column."""
        import polars as pl

        now = self._now
        if key in now.apart:
            return pl.read_parquet(now.apart[key])[key]
        return _given(now.there[key], self.schema[key])

    def words(self, key: str) -> tuple[pl.Series, pl.Series | None]:
        """A column's different words, and which of them each row has; or a word for each row, and None."""
        import polars as pl

        series = self._now.there.get(key)
        if series is not None and isinstance(series.dtype, pl.Enum):
            return series.dtype.categories.alias(key), series.to_physical()
        return self.column(key), None

    def slice(self, first: int, length: int, keys: Iterable[str] | None = None) -> pl.DataFrame:
        """Rows from number `first` on."""
        import polars as pl

        now, length = self._now, max(0, min(length, self.height - first))
        return pl.DataFrame(
            [
                self._stretch(now.apart[key], key, first, length)
                if key in now.apart
                else _given(now.there[key].slice(first, length), self.schema[key])
                for key in dict.fromkeys(self.schema if keys is None else keys)
            ]
        )

    def gather(self, rows: pl.Series, keys: Iterable[str] | None = None) -> pl.DataFrame:
        """Rows by their numbers."""
        import polars as pl

        if rows.len() == 1:
            return self.slice(int(rows[0]), 1, keys)
        now = self._now
        return pl.DataFrame(
            [
                self.column(key).gather(rows)
                if key in now.apart
                else _given(now.there[key].gather(rows), self.schema[key])
                for key in dict.fromkeys(self.schema if keys is None else keys)
            ]
        )

    def where(self, key: str, word: str, keys: Iterable[str]) -> pl.DataFrame:
        """The rows with this word in a String column."""
        words, which = self.words(key)
        if which is None:
            return self.gather((words == word).arg_true(), keys)
        number = words.index_of(word)
        return self.slice(0, 0, keys) if number is None else self.gather((which == number).arg_true(), keys)

    def value(self, key: str, row: int) -> object:
        """One value."""
        return self.slice(row, 1, (key,)).to_series()[0]

    def _stretch(self, file: bytes, key: str, first: int, length: int) -> pl.Series:
        """Rows of a column that is compressed; the part that was read last is kept."""
        start = first // APART * APART
        if first + length > start + APART:
            return _part(file, key, first, length)
        last = self._last
        if last is None or last[0] is not file or last[1] != start:
            last = self._last = (file, start, _part(file, key, start, APART))
        return last[2].slice(first - start, length)

    def _become(self, columns: _Columns) -> None:
        self._now = columns


class HeldFrames(Mapping[str, "pl.DataFrame"]):
    """Frames by name, each held."""

    def __init__(self, frames: Mapping[str, pl.DataFrame]) -> None:
        self.held = {name: Held(frame) for name, frame in frames.items()}

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.held[name].frame()

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)


def pack(frames: Sequence[Held]) -> None:
    """Hold frames in less memory; takes a while, in which they are read as before.

    What several of them have alike, rows and all, is held once.
    """
    done: dict[str, list[tuple[pl.Series, pl.Series | bytes]]] = {}
    packed: list[_Columns] = []
    for held in frames:
        there, apart = dict(held._now.there), dict(held._now.apart)
        for key, series in held._now.there.items():
            alike = (made for given, made in done.get(key, ()) if _same(given, series))
            small = next(alike, None)
            if small is None:
                small = _small(series)
                done.setdefault(key, []).append((series, small))
            if isinstance(small, bytes):
                del there[key]
                apart[key] = small
            else:
                there[key] = small
        packed.append(_Columns(there, apart))
    for held, columns in zip(frames, packed, strict=True):
        held._become(columns)


def _same(one: pl.Series, other: pl.Series) -> bool:
    return one.dtype == other.dtype and one.equals(other, null_equal=True)


def _small(series: pl.Series) -> pl.Series | bytes:
    """Few different words as numbers (`pl.Enum`), many compressed; numbers and days as short as they are."""
    import polars as pl

    if series.dtype == pl.Date or series.dtype.is_integer():
        return series.to_physical().shrink_dtype()
    if series.dtype != pl.String:
        return series
    words = series.unique().drop_nulls()
    if words.len() <= MANY * series.len():
        return series.cast(pl.Enum(words))
    file = BytesIO()
    series.to_frame().write_parquet(file, compression="zstd", row_group_size=APART, statistics=False)
    return file.getvalue()


def _given(series: pl.Series, kind: pl.DataType) -> pl.Series:
    import polars as pl

    return series.cast(pl.Int32).cast(kind) if kind == pl.Date else series.cast(kind)


def _part(file: bytes, key: str, first: int, length: int) -> pl.Series:
    import polars as pl

    return pl.scan_parquet(file).slice(first, length).collect()[key]
