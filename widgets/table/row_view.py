"""A frame filtered by text, sorted and read a window at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from threading import Lock
from typing import TYPE_CHECKING, Any

from data.dataclass import dataclass
from widgets.cells.column import Column
from widgets.cells.folding import fold_quickly, words_of
from widgets.cells.held import Held, pack
from widgets.cells.measured import measured
from widgets.cells.states import STATES
from widgets.table.searched import Searched

if TYPE_CHECKING:
    import polars as pl

NEIGHBOURS = 200


@dataclass
class _Base:
    """The rows and what is worked out from them once: folded text, sort orders."""

    held: Held
    columns: tuple[Column, ...]
    group_by: str | None = None
    folded_by: str | None = None
    searched: tuple[bool, Searched] | None = None
    """Whether the rows were packed, and how they are searched since"""
    orders: dict[tuple[str, bool], pl.Series] = field(default_factory=dict)
    ranks: dict[tuple[str, bool], pl.Series] = field(default_factory=dict)
    making: Lock = field(default_factory=Lock)
    """held while they are made ready to be searched: who asks meanwhile waits for it"""

    def search(self) -> Searched:
        """Return the rows as they are searched."""
        with self.making:
            made, packed = self.searched, self.held.is_packed
            if made is None or made[0] != packed:
                made = self.searched = packed, Searched(self.held, self.columns, self.folded_by)
            return made[1]

    def order(self, key: str, descending: bool) -> pl.Series:
        """Return the row numbers of the frame in sorted order: empty last, else as the frame has them."""
        import polars as pl

        made = self.orders.get((key, descending))
        if made is None:
            by = _sorted_by(self.columns, key, self.held.schema)
            keys = {"by": by}
            if self.group_by is not None:
                keys = {"group": pl.col(self.group_by).rle_id(), **keys}
            named = [name for expression in keys.values() for name in expression.meta.root_names()]
            sorted_keys = (
                self.held.frame(named)
                .select(**keys)
                .with_row_index("row")
                .sort(
                    list(keys),
                    descending=[name == "by" and descending for name in keys],
                    nulls_last=True,
                    maintain_order=True,
                )
            )
            made = sorted_keys["row"]
            self.orders[key, descending] = made
        return made

    def rank(self, key: str, descending: bool) -> pl.Series:
        """Return the place of each row of the frame in the sorted order."""
        made = self.ranks.get((key, descending))
        if made is None:
            made = self.order(key, descending).arg_sort()
            self.ranks[key, descending] = made
        return made


class Rows:
    """Rows of a frame as a reader sees them: those that match, in the order asked for. Never changes."""

    def __init__(
        self,
        frame: pl.DataFrame,
        columns: Sequence[Column],
        *,
        group_by: str | None = None,
        folded_by: str | None = None,
    ) -> None:
        """Take a frame as it is.

        Args:
            frame: holds the keys of `columns` (a column it lacks is not shown), and any others.
            columns: what is shown; text, dates and states are searched, and the longer words that files have
                in place of short ones (`Column.in_files`); figures are not.
            group_by: a column by which the rows already stand together; sorting keeps the groups together.
            folded_by: a String column that holds searchable text already in the form that `fold` gives.
        """
        present = measured(columns, frame)
        self._base = _Base(Held(frame), present, group_by, folded_by)
        self._hits: pl.Series | None = None  # matching rows of the frame, ascending; None is all
        self._index: pl.Series | None = None  # rows of the frame in the order shown; None is as they are
        self.words: tuple[str, ...] = ()
        self.text = ""
        self.sort: tuple[str, bool] | None = None

    def pack(self, beside: Sequence[Held] = ()) -> None:
        """Hold the frame and those beside it in less memory; takes a while, in which it is read as before."""
        pack([self._base.held, *beside])
        self._base.search()

    def get_ready(self) -> None:
        """Work out what searching needs, before the first letter asks for it."""
        self._base.search()

    def has(self, key: str) -> bool:
        """Say whether the frame has a column."""
        return key in self._base.held

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that the frame has."""
        return self._base.columns

    @property
    def total(self) -> int:
        """How many rows the frame has."""
        return self._base.held.height

    @property
    def group_by(self) -> str | None:
        """The column by which rows stand together."""
        return self._base.group_by

    def same_frame(self, other: Rows) -> bool:
        """Say whether these are rows of the very same frame."""
        return self._base is other._base

    @property
    def count(self) -> int:
        """How many rows match."""
        return self.total if self._hits is None else self._hits.len()

    def viewed(self, text: str, sort: tuple[str, bool] | None) -> Rows:
        """The same frame seen with this filter and this sort.

        Args:
            text: the rows that hold every word of it, in any order; empty keeps all.
            sort: a column, and whether the last comes first; empty values are last. None: the frame's order.
        """
        seen = object.__new__(Rows)
        seen._base = self._base
        seen.text, seen.words = text, words_of(text) if text.strip() else ()
        seen.sort = sort if sort is not None and self._can_sort(sort[0]) else None
        seen._hits = self._matching(seen.words)
        seen._index = self._ordered(seen._hits, seen.sort)
        return seen

    def window(self, first: int, length: int, keys: Sequence[str] | None = None) -> pl.DataFrame:
        """Return up to `length` rows from number `first` on, with all columns of the frame or some."""
        held = self._base.held
        return (
            held.slice(first, length, keys)
            if self._index is None
            else held.gather(self._index.slice(first, length), keys)
        )

    def column(self, key: str) -> pl.Series:
        """Return one column of the rows, in the order shown."""
        series = self._base.held.column(key)
        return series if self._index is None else series.gather(self._index)

    def key_at(self, row: int, key: str) -> str | None:
        """Return the key of a row, or None when there is no such row."""
        if not 0 <= row < self.count:
            return None
        value = self._base.held.value(key, row if self._index is None else self._index[row])
        return None if value is None else str(value)

    def find(self, key: str, value: str) -> int | None:
        """Return the number of the first row whose key is `value`, or None."""
        places = self._places(key, [value])
        return min(places.values(), default=None)

    def again(self, former: Rows, row: int) -> int | None:
        """Return the number here of a row of `former`, of the same frame; None where it is not listed."""
        number = former._numbers(row, 1)[0]
        return number if self._index is None else self._index.index_of(number)

    def nearest(self, key: str, former: Rows, row: int) -> int | None:
        """Return the row that stood nearest to `row` of `former` and is still here, those after it first."""
        first = max(0, row - NEIGHBOURS)
        length = row - first + NEIGHBOURS
        keys: list[Any]
        if self.same_frame(former):
            keys = former._numbers(first, length)
            places: dict[Any, int] = self._places_of(keys)
        else:
            keys = former._text_keys(key, first, length)
            places = self._places(key, keys)
        here = row - first
        listed = [number for number, value in enumerate(keys) if value in places]
        if not listed:
            return None
        return places[keys[min(listed, key=lambda number: (abs(number - here), number < here))]]

    def _can_sort(self, key: str) -> bool:
        dtype = self._base.held.schema.get(key)
        return dtype is not None and not (dtype.is_nested() or dtype.is_object())

    def _text_keys(self, key: str, first: int, length: int) -> list[str]:
        return [str(value) for value in self.window(first, length, [key]).to_series().to_list()]

    def _numbers(self, first: int, length: int) -> list[int]:
        """The numbers that rows have in the frame."""
        if self._index is None:
            return list(range(first, min(first + length, self.total)))
        return self._index.slice(first, length).to_list()

    def _places_of(self, numbers: list[int]) -> dict[int, int]:
        import polars as pl

        if self._index is None:
            return {number: number for number in numbers}
        wanted = pl.Series(numbers, dtype=self._index.dtype)
        rows = self._index.is_in(wanted.implode()).arg_true()
        return dict(zip(self._index.gather(rows).to_list(), rows.to_list(), strict=True))

    def _places(self, key: str, values: list[str]) -> dict[str, int]:
        import polars as pl

        keys = self._base.held.column(key)
        if keys.dtype != pl.String:
            keys = keys.cast(pl.String)
        found = (keys == values[0]) if len(values) == 1 else keys.is_in(values)
        numbers = found.arg_true()
        rows = numbers if self._index is None else self._index.is_in(numbers.implode()).arg_true()
        names = keys.gather(rows if self._index is None else self._index.gather(rows))
        places: dict[str, int] = {}
        for name, row in zip(names.to_list(), rows.to_list(), strict=True):
            places.setdefault(name, row)
        return places

    def _matching(self, words: tuple[str, ...]) -> pl.Series | None:
        if not words:
            return None
        if words == self.words:
            return self._hits
        narrower = bool(self.words) and all(any(old in new for new in words) for old in self.words)
        hits = self._hits if narrower else None
        for word in sorted(words, key=len, reverse=True):
            hits = self._base.search().matching(word, hits)
        return hits

    def _ordered(self, hits: pl.Series | None, sort: tuple[str, bool] | None) -> pl.Series | None:
        if sort is None:
            return hits
        if hits is None:
            return self._base.order(*sort)
        return hits.gather(self._base.rank(*sort).gather(hits).arg_sort())


def _sorted_by(columns: Sequence[Column], key: str, schema: pl.Schema) -> pl.Expr:
    """Return what a column is sorted by: states by urgency, text as it is searched, the rest by value."""
    import polars as pl

    shown = next((column for column in columns if column.key == key), None)
    kind = shown.kind if shown is not None else "text"
    if shown is not None and shown.sort_by in schema:
        return pl.col(shown.sort_by)
    if schema[key] != pl.String:
        return pl.col(key)
    if kind == "state":
        ranks = {name: state.rank for name, state in STATES.items()}
        return pl.col(key).replace_strict(ranks, default=98, return_dtype=pl.Int32)
    return fold_quickly(pl.col(key))
