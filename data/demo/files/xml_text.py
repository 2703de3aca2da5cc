"""Columns as XML text: elements around values, groups around elements, lists of rows."""

import polars as pl


def leaf(element: str, value: pl.Expr) -> pl.Expr:
    """An element around a value; null around null."""
    text = value.cast(pl.String)
    for character, reference in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.str.replace_all(character, reference, literal=True)
    return pl.format(f"<{element}>{{}}</{element}>", text)


def group(element: str, *parts: pl.Expr) -> pl.Expr:
    """An element around those of its parts that are not null; null when all are."""
    inside = pl.concat_str(*parts, separator="", ignore_nulls=True)
    return pl.when(inside != "").then(pl.format(f"<{element}>{{}}</{element}>", inside))


def true(condition: pl.Expr) -> pl.Expr:
    """The text true where the condition holds, else false."""
    return pl.when(condition.fill_null(False)).then(pl.lit("true")).otherwise(pl.lit("false"))


def listed(rows: pl.DataFrame, by: str, text: pl.Expr, *order: str) -> pl.DataFrame:
    """by and text: the texts of its rows one after the other, in this order."""
    return (
        rows.sort(*order, nulls_last=True)
        .select(by, text=text)
        .group_by(by, maintain_order=True)
        .agg(pl.col("text").str.join(""))
    )
