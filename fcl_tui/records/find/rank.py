"""How well a person fits the words typed."""

from collections.abc import Iterable

import polars as pl

from data.text import fold

NUMBER, NUMBER_BEGINS, WHOLE_NAMES, BEGINNINGS, WITHIN = range(5)
"""The number itself, it begins so, a whole name, names begin so, somewhere within: as they are listed"""


def holds(text: pl.Expr, parts: Iterable[str]) -> pl.Expr:
    """Whether every part is somewhere in the text."""
    return pl.all_horizontal(*(text.str.contains(part, literal=True) for part in parts))


def rank(parts: list[str]) -> pl.Expr:
    """The rank (Int8) of a person with `person_id` and `find_key`, all parts being in the key.

    Args:
        parts: folded words, one at least.
    """
    whole = " ".join(parts)
    key = pl.concat_str(pl.lit(" "), pl.col("find_key"), pl.lit(" "))
    # the number stands in the key as it is folded: folding those alone whose key has it spares a second
    number = fold(pl.when(key.str.contains(f" {whole}", literal=True)).then("person_id"))
    return (
        pl.when(number == whole)
        .then(NUMBER)
        .when(number.str.starts_with(whole))
        .then(NUMBER_BEGINS)
        .when(holds(key, [f" {part} " for part in parts]))
        .then(WHOLE_NAMES)
        .when(holds(key, [f" {part}" for part in parts]))
        .then(BEGINNINGS)
        .otherwise(WITHIN)
        .cast(pl.Int8)
    )
