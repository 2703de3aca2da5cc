"""Text as a list is searched: what a reader types finds a name however either is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

# Letters that no decomposition takes apart, and marks that are written in several ways or left out.
LETTERS = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
LEFT_OUT = ("'", "’", "‘", "ʼ", "`", "´", "′")
SPACES = ("-", "‐", "‑", "‒", "–", "—", ",", "\u00a0")


def fold(text: pl.Expr) -> pl.Expr:
    """Return text as it is searched: lower case, accents and apostrophes off, hyphens as spaces."""
    lower = text.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}+", "")
    marks = {**LETTERS, **dict.fromkeys(LEFT_OUT, ""), **dict.fromkeys(SPACES, " ")}
    return lower.str.replace_many(list(marks), list(marks.values()))


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of what a reader typed, each once."""
    import polars as pl

    plain: str = pl.select(fold(pl.lit(text))).item()
    return tuple(dict.fromkeys(plain.split()))


def fold_quickly(text: pl.Expr) -> pl.Expr:
    """Fold without taking letters apart where there are only ASCII ones, which is nearly everywhere."""
    return text.map_batches(folded, return_dtype=_string())


def folded(text: pl.Series) -> pl.Series:
    """`fold` for a column that is there already."""
    import polars as pl

    others = text.str.contains(r"[^\x00-\x7F]").fill_null(False).arg_true()
    lower = text.str.to_lowercase().str.replace_many(["'", "`", "-", ","], ["", "", " ", " "])
    if others.is_empty():
        return lower
    hard = pl.select(fold(pl.lit(text.gather(others)))).to_series()
    return lower.scatter(others, hard)


def _string() -> type[pl.String]:
    import polars as pl

    return pl.String
