"""Rows as they are searched: the different words of each column, folded, and which of them each row has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from widgets.cells.column import DRAWN, Column
from widgets.cells.folding import folded
from widgets.cells.held import MANY
from widgets.cells.states import OWN_WORDS, STATES

if TYPE_CHECKING:
    import polars as pl

    from widgets.cells.held import Held


class Searched:
    """The words of a frame's columns, as the table words them."""

    def __init__(self, held: Held, columns: Sequence[Column], folded_by: str | None) -> None:
        """Take the columns shown, and the longer words that files have in their place.

        Args:
            folded_by: a column that holds all of it, folded already.
        """
        self._height = held.height
        self._words = _words(held, columns, folded_by)

    def matching(self, word: str, hits: pl.Series | None) -> pl.Series:
        """Return the numbers of the rows, all or of some, that hold a word as the table words them."""
        import polars as pl

        # of many rows all are asked: taking some out costs more than asking
        some = None if hits is None or hits.len() > self._height // 4 else hits
        found: pl.Series | None = None
        for words, which in self._words:
            if which is None:
                here = (words if some is None else words.gather(some)).str.contains(word, literal=True)
            else:
                among = words.str.contains(word, literal=True)
                if not among.any():
                    continue
                here = among.gather(which if some is None else which.gather(some))
            here = here.fill_null(value=False)
            found = here if found is None else found | here
        if found is None:
            return pl.Series(dtype=pl.UInt32)
        if hits is None:
            return found.arg_true()
        return hits.filter(found if some is not None else found.gather(hits))


def _words(
    held: Held, columns: Sequence[Column], folded_by: str | None
) -> list[tuple[pl.Series, pl.Series | None]]:
    """For each column its folded words, and which of them each row has; None: a word a row."""
    import polars as pl

    if folded_by is not None:
        return [held.words(folded_by)]
    searched = _in_words(columns, held.schema)
    if not searched:
        return []
    told = _different({column.key: held.words(column.key) for column in searched})
    worded = [_worded(column, told[column.key][0]) for column in searched]
    text = folded(pl.concat([words.rename("") for words in worded]))  # all at once: a call costs as much
    end = list(accumulate((words.len() for words in worded), initial=0))
    return [
        # where they are the same they need not be held twice
        (words if words.equals(text.slice(first, words.len())) else text.slice(first, words.len()), which)
        for first, words, (_, which) in zip(end[:-1], worded, told.values(), strict=True)
    ]


def _different(
    told: dict[str, tuple[pl.Series, pl.Series | None]],
) -> dict[str, tuple[pl.Series, pl.Series | None]]:
    """The same with each word once, where there are few of them and many rows."""
    import polars as pl

    whole = pl.DataFrame(
        [
            words.rename(key)
            for key, (words, which) in told.items()
            if which is None and (words.dtype == pl.String or words.dtype.is_temporal())
        ]
    )
    found = whole.select(pl.all().unique().drop_nulls().sort().implode())
    few = {one.name: one.explode() for one in found if one.list.len().sum() <= MANY * whole.height}
    places = whole.select(
        pl.when(pl.col(key).is_not_null()).then(pl.lit(words).search_sorted(pl.col(key))).alias(key)
        if words.dtype.is_temporal()
        else pl.col(key).cast(pl.Enum(words)).to_physical()
        for key, words in few.items()
    )
    return told | {key: (words, places[key]) for key, words in few.items()}


def _worded(column: Column, words: pl.Series) -> pl.Series:
    """Words of a column as the table words them."""
    import polars as pl

    if words.dtype == pl.String and column.kind not in ("state", "code"):
        return words
    return words.to_frame(column.key).select(_searched(column, words.dtype)).to_series()


def _in_words(columns: Sequence[Column], schema: pl.Schema) -> list[Column]:
    """Return the columns searched: those shown, and the longer words that files have in their place."""
    both = {one.key: one for column in columns for one in (*column.in_files, column) if one.key in schema}
    return [
        column for column in both.values() if column.kind not in DRAWN and _is_searched(schema[column.key])
    ]


def _is_searched(dtype: pl.DataType) -> bool:
    return not (dtype.is_numeric() or dtype.is_nested() or dtype.is_object())


def _searched(column: Column, dtype: pl.DataType) -> pl.Expr:
    """Return a column worded as the table words it, as far as words are searched."""
    import polars as pl

    value = pl.col(column.key)
    if dtype in (pl.Date, pl.Datetime):
        return value.dt.strftime("%d/%m/%Y")
    if column.kind == "state" and dtype == pl.String:
        shown = {key: state.word or state.shape for key, state in STATES.items()}
        parts = value.str.splitn(OWN_WORDS, 2)
        return pl.concat_str(
            parts.struct.field("field_0").replace(shown),
            parts.struct.field("field_1"),
            separator=" ",
            ignore_nulls=True,
        )
    if column.kind == "code" and dtype == pl.String:
        return value.str.replace_all("_", " ", literal=True)
    return value.cast(pl.String)
